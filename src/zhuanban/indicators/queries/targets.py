"""The year's targets: what is in force, their histories, and what the rest of the year must bring."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhuanban.calc.growth import HUNDRED
from zhuanban.calc.targets import history_shares, remaining_growth_from_rates_pct, remaining_growth_pct
from zhuanban.indicators.models import Figure, Indicator, Place, Target
from zhuanban.indicators.queries.board import board
from zhuanban.indicators.queries.shown import BoardRow
from zhuanban.indicators.queries.year import KINDS
from zhuanban.kit import clock
from zhuanban.people.access import Viewer

PAST_YEARS = 3
"""Shares of a year are averaged over so many years before it."""


@dataclass(frozen=True)
class TargetLine:
    """One indicator of a year: its row of a month's board, what is in force, and what is decided for a day ahead.

    ``needed_pct`` is the growth that the rest of the year needs to meet the target (I-17), None where it cannot be told.
    """

    row: BoardRow
    in_force: tuple[Target, ...]
    ahead: tuple[Target, ...]
    needed_pct: Decimal | None


def targets_of_year(*, viewer: Viewer, as_known: datetime | None, year: int, month: int) -> tuple[TargetLine, ...]:
    """Every indicator of the board with its targets, in the board's order. Two queries beside the board's."""
    today = clock.shanghai(as_known).date() if as_known else clock.today()
    rows = board(viewer=viewer, year=year, month=month, as_known=as_known).rows
    versions: dict[int, list[Target]] = defaultdict(list)
    wanted = Target.objects.filter(year=year, place__kind=Place.Kind.ZONE).select_related("follows")
    for target in wanted.order_by("in_force_from", "id"):
        versions[target.indicator_id].append(target)
    levels = levels_of_year(year - 1, as_known)
    return tuple(
        TargetLine(
            row, _newest([each for each in versions[row.indicator_id] if each.in_force_from <= today]),
            tuple(each for each in versions[row.indicator_id] if each.in_force_from > today),
            needed_growth(row, levels.get(row.indicator_id, {})),
        )
        for row in rows
    )  # fmt: skip


def _newest(versions: list[Target]) -> tuple[Target, ...]:
    """Of each kind the version in force: value before growth, the target before its stretch mark."""
    found = {(each.kind != Target.Kind.VALUE, each.is_stretch): each for each in versions}
    return tuple(found[key] for key in sorted(found))


def needed_growth(row: BoardRow, before: dict[int, Decimal]) -> Decimal | None:
    """The growth that the rest of the year needs, from the months so far and the levels of the year before by month."""
    if row.period is None or row.period.last_month not in before or 12 not in before or not row.period.is_cumulative:
        return None
    month, whole = row.period.last_month, before[12]
    for target in (row.target, row.also):
        if target is None or target.value is None:
            continue
        if target.kind == Target.Kind.VALUE and row.level is not None:
            return remaining_growth_pct(target.value, row.level, whole, before[month])
        if target.kind == Target.Kind.GROWTH and row.growth_pct is not None and whole:
            return remaining_growth_from_rates_pct(before[month] / whole * HUNDRED, row.growth_pct, target.value)
    return None


def levels_of_year(year: int, as_known: datetime | None, indicator: Indicator | None = None) -> dict[int, dict[int, Decimal]]:
    """The zone's cumulative levels of a year by indicator and month, as known. Internal. One query."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Figure.objects.filter(
        place__kind=Place.Kind.ZONE, year=year, first_month=1, level__isnull=False, known_at__lte=as_known or clock.now()
    )
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    for pk, month, level in rows.order_by("known_at", "id").values_list("indicator_id", "last_month", "level"):
        assert level is not None
        found[pk][month] = level
    return found


def target_history(*, viewer: Viewer, as_known: datetime | None, code: str, year: int) -> tuple[Target, ...]:
    """Every version of an indicator's targets of a year that was decided by then, newest first; open to who sees the board."""
    if not viewer.can("indicators.view"):
        return ()
    found = Target.objects.filter(indicator__code=code, year=year, place__kind=Place.Kind.ZONE)
    if as_known is not None:
        found = found.filter(in_force_from__lte=clock.shanghai(as_known).date())
    return tuple(found.select_related("follows").order_by("-in_force_from", "-id"))


def history_path(*, indicator: Indicator, year: int) -> tuple[Decimal | None, ...]:
    """How much of a year was reached by each month in the years before, percent; empty without a whole year on record."""
    years = [levels_of_year(year - back, None, indicator).get(indicator.pk, {}) for back in range(1, PAST_YEARS + 1)]
    return history_shares([each for each in years if 12 in each])


def opening_of(*, indicator: Indicator, year: int) -> Decimal:
    """Where a path begins: a balance at last December, everything else at zero."""
    if not KINDS[indicator.value_kind].opens_at_balance:
        return Decimal(0)
    balances = Figure.objects.filter(
        indicator=indicator, place__kind=Place.Kind.ZONE, year=year - 1, first_month=12, last_month=12, level__isnull=False
    )
    newest = balances.order_by("-known_at", "-id").first()
    return newest.level if newest and newest.level is not None else Decimal(0)


def year_base(*, indicator: Indicator, year: int) -> Decimal | None:
    """The level of the whole year before, None where it is not on record."""
    return levels_of_year(year - 1, None, indicator).get(indicator.pk, {}).get(12)
