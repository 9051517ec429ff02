"""Timeliness by unit over the months of a plan year. It speaks of units' filings, never of persons, and ranks nobody."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from zhuanban.filings.kinds.cadence import Timeliness
from zhuanban.filings.models import Filing
from zhuanban.filings.queries.cadences import monthly_cadences
from zhuanban.filings.queries.filings import FilingRow, rows_of
from zhuanban.filings.queries.reach import seen
from zhuanban.kit import clock
from zhuanban.people.access import Viewer

MONTHS = range(1, 13)


@dataclass(frozen=True)
class UnitPunctuality:
    """A unit's mandatory filings of a plan year. ``months`` are its filings by covered month, 1 to 12, several where
    the unit files for several groups."""

    unit_id: int
    unit_zh: str
    unit_en: str
    filings: tuple[FilingRow, ...]

    @property
    def unit_name(self) -> str:
        return self.unit_en if get_language() == "en" else self.unit_zh

    def of_month(self, month: int) -> tuple[FilingRow, ...]:
        """The filings that cover a month."""
        return tuple(row for row in self.filings if row.covered.last_month == month)  # type: ignore[union-attr]

    def count(self, standing: Timeliness) -> int:
        """How many filings stand so against their dates."""
        return Counter(row.timeliness for row in self.filings)[standing.value]

    @property
    def decided(self) -> int:
        """The denominator of the rate: filings that were signed, or are late without a signature. Not yet due ones
        count neither way."""
        return len(self.filings) - self.count(Timeliness.NOT_DUE)

    @property
    def extended(self) -> int:
        """How many of those on time had more time granted: they are in the numerator and the denominator like the others."""
        return sum(row.dates.extended_to is not None and row.timeliness == Timeliness.ON_TIME for row in self.filings)

    @property
    def rate_pct(self) -> int | None:
        """Filings on time of those decided, in whole percent, half up; None where none is decided.

        8 of 9 are 89.
        """
        return (200 * self.count(Timeliness.ON_TIME) + self.decided) // (2 * self.decided) if self.decided else None


def punctuality(*, viewer: Viewer, year: int, group_id: int | None = None) -> tuple[UnitPunctuality, ...]:
    """Every unit within reach that owes monthly filings of a plan year, in the plan's order of units. One query."""
    own = Q(cadence__in=monthly_cadences(), year=year, week=0)
    if group_id is not None:
        own &= Q(group_id=group_id)
    found = Filing.objects.filter(seen(viewer), own).order_by("unit__position", "unit_id", "month", "group__position")
    units: dict[int, list[FilingRow]] = {}
    for row in rows_of(found, today=clock.today()):
        units.setdefault(row.unit_id, []).append(row)
    return tuple(
        UnitPunctuality(unit, rows[0].unit_zh, rows[0].unit_en, tuple(rows)) for unit, rows in units.items()
    )


def filings_between(*, viewer: Viewer, since: date, until: date, group_id: int | None = None) -> tuple[FilingRow, ...]:
    """The filings within reach, monthly and weekly, that are due or locked between two days. One query."""
    days = Q(due_on__range=(since, until)) | Q(lock_on__range=(since, until))
    if group_id is not None:
        days &= Q(group_id=group_id)
    return rows_of(Filing.objects.filter(seen(viewer), days), today=clock.today())
