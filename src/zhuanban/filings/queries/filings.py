"""Filings as a month's list and as a page. The scope of ``filings.view`` is a constant predicate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from zhuanban.calc.due_days import Week
from zhuanban.filings.kinds.cadence import Covered, Dates, timeliness
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.queries.cadences import cadences
from zhuanban.filings.queries.confidential import without_confidential
from zhuanban.filings.queries.frozen_text import content_of, is_intact
from zhuanban.filings.queries.reach import acted_on, may, seen
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class FilingRow:
    """One filing as lists see it. ``timeliness`` is a key of calc's words: not_due, on_time, late, overdue, missed."""

    id: int
    cadence: str
    unit_id: int
    unit_zh: str
    unit_en: str
    group_id: int
    group_zh: str
    group_en: str
    covered: Covered
    dates: Dates
    state: str
    timeliness: str
    first_signed_on: date | None
    certificate: str
    version: int
    owed_to_id: int | None = None
    owed_to_zh: str = ""
    owed_to_en: str = ""

    @property
    def is_weekly(self) -> bool:
        return isinstance(self.covered, Week)

    @property
    def owed_to_name(self) -> str:
        """The department a weekly filing goes to; empty for the office."""
        return self.owed_to_en if get_language() == "en" else self.owed_to_zh

    @property
    def is_optional(self) -> bool:
        return not cadences()[self.cadence].is_mandatory

    def may(self, viewer: Viewer, action: str) -> bool:
        """Whether ``action``, named as for monthly filings, lets the viewer act on this one."""
        return may(viewer, action, weekly=self.is_weekly, group_id=self.group_id, unit_id=self.unit_id, owed_to_id=self.owed_to_id)

    @property
    def unit_name(self) -> str:
        return self.unit_en if get_language() == "en" else self.unit_zh

    @property
    def group_name(self) -> str:
        return self.group_en if get_language() == "en" else self.group_zh


@dataclass(frozen=True)
class FrozenVersion:
    """A signed version with its content. ``intact`` says whether the text still has the sealed SHA-256."""

    number: int
    content: dict[str, Any]
    sha256: str
    certificate: str
    signed_at: datetime
    signed_by_post: str
    is_late: bool
    received_at: datetime | None
    received_by_post: str
    received_own_unit: bool
    receive_remark: str
    sent_back_at: datetime | None
    sent_back_by_post: str
    send_back_reason: str
    intact: bool


@dataclass(frozen=True)
class FilingPage:
    """Everything the page of one filing shows; ``frozen`` newest first."""

    row: FilingRow
    compiled: dict[str, Any] | None
    compiled_at: datetime | None
    compiled_by_post: str
    comment: str
    no_change: bool
    frozen: tuple[FrozenVersion, ...]


def _newest_certificate() -> Subquery:
    return Subquery(
        FrozenFiling.objects.filter(filing=OuterRef("pk")).order_by("-number").values("certificate")[:1]
    )


def _visible(viewer: Viewer) -> QuerySet[Filing]:
    return (
        Filing.objects.filter(seen(viewer))
        .select_related("unit", "group", "owed_to")
        .annotate(newest_certificate=_newest_certificate())
    )


def _row(filing: Any, today: date) -> FilingRow:
    return FilingRow(
        id=filing.pk, cadence=filing.cadence,
        unit_id=filing.unit_id, unit_zh=filing.unit.name_zh, unit_en=filing.unit.name_en,
        group_id=filing.group_id, group_zh=filing.group.name_zh, group_en=filing.group.name_en,
        covered=filing.covered, dates=filing.dates, state=filing.state,
        timeliness=timeliness(filing.dates, filing.first_signed_on, today).value,
        first_signed_on=filing.first_signed_on, certificate=filing.newest_certificate or "", version=filing.version,
        owed_to_id=filing.owed_to_id,
        owed_to_zh=filing.owed_to.name_zh if filing.owed_to else "", owed_to_en=filing.owed_to.name_en if filing.owed_to else "",
    )  # fmt: skip


def rows_of(filings: QuerySet[Filing], *, today: date) -> tuple[FilingRow, ...]:
    """Filings as rows, as they stand on a day; without what was compiled. One query. Internal to the room."""
    shown = filings.select_related("unit", "group", "owed_to").defer("compiled")
    return tuple(_row(filing, today) for filing in shown.annotate(newest_certificate=_newest_certificate()))


def filings_of_month(*, viewer: Viewer, year: int, month: int) -> tuple[FilingRow, ...]:
    """The monthly filings that cover a month, in the plan's order of groups and units. One query."""
    found = _visible(viewer).filter(year=year, month=month, week=0).defer("compiled")
    return tuple(_row(filing, clock.today()) for filing in found)


def weekly_filings_of_month(
    *, viewer: Viewer, year: int, month: int, group_id: int | None = None
) -> tuple[FilingRow, ...]:
    """The weekly filings listed under a month, in the plan's order of groups and units. One query."""
    found = Filing.objects.filter(seen(viewer), year=year, month=month, week__gt=0)
    if group_id is not None:
        found = found.filter(group_id=group_id)
    order = ("group__position", "group_id", "unit__position", "unit_id", "week")
    return rows_of(found.order_by(*order), today=clock.today())


def own_week(*, viewer: Viewer, week: Week) -> tuple[FilingRow, ...]:
    """The week's filings that the viewer may write, in the plan's order of groups. One query."""
    mine = _visible(viewer).filter(acted_on(viewer, "filings.compile"), year=week.year, week=week.number)
    return tuple(_row(filing, clock.today()) for filing in mine.defer("compiled").order_by("group__position", "unit__position", "id"))


def months_with_filings(*, viewer: Viewer) -> tuple[tuple[int, int], ...]:
    """The covered months for which anything within reach is owed, newest first; at most 36."""
    pairs = Filing.objects.filter(seen(viewer)).order_by("-year", "-month").values_list("year", "month").distinct()
    return tuple((year, month) for year, month in pairs[:36])


def filing_page(*, viewer: Viewer, filing_id: int) -> FilingPage | None:
    """One filing with all its signed versions; None where there is none within reach. Two queries, and one per
    certificate for its seal."""
    filing = _visible(viewer).filter(pk=filing_id).first()
    if filing is None:
        return None
    return FilingPage(
        row=_row(filing, clock.today()),
        compiled=without_confidential(viewer=viewer, compiled=filing.compiled),
        compiled_at=filing.compiled_at,
        compiled_by_post=filing.compiled_by_post,
        comment=filing.comment,
        no_change=filing.no_change,
        frozen=tuple(_version(frozen) for frozen in FrozenFiling.objects.filter(filing_id=filing.pk)),
    )


def may_on_filing(*, viewer: Viewer, filing_id: int, action: str) -> bool:
    """Whether ``action``, named as for monthly filings, lets the viewer act on this filing. One query."""
    return Filing.objects.filter(seen(viewer), acted_on(viewer, action), pk=filing_id).exists()


def _version(frozen: FrozenFiling) -> FrozenVersion:
    return FrozenVersion(
        number=frozen.number, content=content_of(frozen.body), sha256=frozen.sha256, certificate=frozen.certificate,
        signed_at=frozen.signed_at, signed_by_post=frozen.signed_by_post, is_late=frozen.is_late,
        received_at=frozen.received_at, received_by_post=frozen.received_by_post,
        received_own_unit=frozen.received_own_unit, receive_remark=frozen.receive_remark, sent_back_at=frozen.sent_back_at,
        sent_back_by_post=frozen.sent_back_by_post, send_back_reason=frozen.send_back_reason,
        intact=is_intact(frozen),
    )  # fmt: skip


def waiting_filings(*, viewer: Viewer, action: str, states: tuple[str, ...]) -> tuple[FilingRow, ...]:
    """The filings in ``states`` that ``action`` lets the viewer act on, nearest deadline first; at most 100.

    Filings that were never signed and are locked by now are left out: nobody can sign them any more. So are optional
    ones from the morning on which they would be late: nobody has to catch up on them.
    """
    today = clock.today()
    found = _visible(viewer).filter(acted_on(viewer, action), state__in=states).defer("compiled").order_by("due_on", "id")
    if Filing.State.SIGNED.value not in states:
        optional = [key for key, each in cadences().items() if not each.is_mandatory]
        found = found.filter(lock_on__gt=today).exclude(
            cadence__in=optional, late_on__lte=today, first_signed_on=None
        )
    return tuple(_row(filing, today) for filing in found[:100])


def findable_filings(*, viewer: Viewer, limit: int = 1_000) -> QuerySet[Filing]:
    """The newest filings within reach, with what names them. One query."""
    found = Filing.objects.filter(seen(viewer))
    return found.select_related("unit", "group").defer("compiled").order_by("-year", "-month", "-week", "id")[:limit]
