"""The monthly board: every indicator's target, path, actual, growth, city, gap, rank and light, as known at an instant."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q

from zhuanban.calc.lights import Light
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.indicators.models import Figure, Indicator, Place
from zhuanban.indicators.queries.assembling import rows_of_month
from zhuanban.indicators.queries.known import places, year_figures
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.indicators.queries.shown import Board, BoardGroup
from zhuanban.indicators.queries.year import YearFacts, facts_of_year, state_of_record
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


def board(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> Board:
    """The board as the viewer may see it. ``as_known`` None means everything known by now."""
    return _within_reach(viewer, _FullBoards(facts_of_year(year=year, as_known=as_known)).of(month, as_known))


def light_counts(*, viewer: Viewer, year: int, as_known: datetime | None) -> list[Board]:
    """The boards of the year's twelve months, for the month strip."""
    full = _FullBoards(facts_of_year(year=year, as_known=as_known))
    return [_within_reach(viewer, full.of(month, as_known)) for month in range(1, 13)]


def _within_reach(viewer: Viewer, full: Board) -> Board:
    reach = reach_of(viewer)
    if reach.scope.is_everything:
        return full
    full = replace(full, unowned=0)
    rows = tuple(row for row in full.rows if reach.allows_row(row))
    seen = {row.group_id for row in rows}
    return replace(full, rows=rows, groups=tuple(group for group in full.groups if group.id in seen))


class _FullBoards:
    """The unscoped boards of one year, each made once for the facts it rests on."""

    def __init__(self, facts: YearFacts) -> None:
        self.facts = facts

    def of(self, month: int, as_known: datetime | None) -> Board:
        return _full_board(_ByIdentity(self.facts), month, as_known)


class _ByIdentity:
    """The facts as a cache key: they are kept by identity, comparing them would cost more than making the board."""

    def __init__(self, facts: YearFacts) -> None:
        self.facts = facts

    def __hash__(self) -> int:
        return id(self.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.facts is self.facts


@lru_cache(maxsize=96)
def _full_board(key: _ByIdentity, month: int, as_known: datetime | None) -> Board:
    facts = key.facts
    rows = rows_of_month(facts, month)
    zone = facts.places.zone
    return Board(
        year=facts.year,
        month=month,
        as_known=as_known,
        rows=rows,
        groups=_groups(facts, {row.group_id for row in rows}, facts.day if as_known else Period.month(facts.year, month).end_on),
        zone_zh=zone.name_zh if zone else "",
        zone_en=zone.name_en if zone else "",
        peers=len(facts.peers.get(None, frozenset())),
        rule_version=facts.rule_version,
        unowned=sum(1 for owner in facts.owners.values() if owner.group is None or owner.dept is None),
    )


def _groups(facts: YearFacts, wanted: set[int | None], day: date) -> tuple[BoardGroup, ...]:
    return tuple(
        BoardGroup(group.id, group.code, group.name_zh, group.name_en, group.responsible, group.leaders)
        for group in facts.groups.on(day)
        if group.id in wanted
    )


def unowned_indicators(*, viewer: Viewer, as_known: datetime | None) -> list[Indicator]:
    """Indicators, mostly inputs of the national accounts, without a group or without a department in charge.

    Open to who reads every indicator: nobody else could act on them.
    """
    del as_known
    if not viewer.scope("indicators.view").is_everything:
        return []
    unowned = Q(group__isnull=True) | Q(dept__isnull=True)
    return list(Indicator.objects.filter(unowned, active=True, context_only=False).select_related("group", "dept"))


def base_shares_pct(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> dict[int, Decimal]:
    """Which share of last year's total fell into the shown months, in percent, by indicator: for cumulative levels
    whose last year is wholly known."""
    zone = places().zone
    rows = board(viewer=viewer, year=year, month=month, as_known=as_known).rows
    wanted = {row.indicator_id: row.period for row in rows if row.period and row.period.is_cumulative}
    if zone is None:
        return {}
    last_year = year_figures(year=year - 1, as_known=as_known or clock.now(), own_places=[zone.pk])
    shares = {}
    for indicator_id, period in wanted.items():
        part = last_year.at(indicator_id, zone.pk, period.year_before)
        whole = last_year.at(indicator_id, zone.pk, Period.full_year(year - 1))
        if part and whole and part.level is not None and whole.level:
            shares[indicator_id] = part.level / whole.level * 100
    return shares


def closing_months(*, viewer: Viewer, as_known: datetime | None) -> list[tuple[int, int]]:
    """The months that have any figure of the zone, oldest first; the newest is what the board opens with."""
    if viewer.scope("indicators.view").is_empty:
        return []
    if as_known is not None:
        return list(_months_then(state_of_record(), as_known))
    return list(_months_now(state_of_record(), clock.today()))


def _months_known(at: datetime) -> tuple[tuple[int, int], ...]:
    known = Figure.objects.filter(place__kind=Place.Kind.ZONE, known_at__lte=at)
    return tuple(known.order_by("year", "last_month").values_list("year", "last_month").distinct())


@lru_cache(maxsize=32)
def _months_then(newest: str, at: datetime) -> tuple[tuple[int, int], ...]:
    del newest
    return _months_known(at)


@lru_cache(maxsize=4)
def _months_now(newest: str, today: date) -> tuple[tuple[int, int], ...]:
    """Kept until the boards change: every board asks, and the answer is drawn from all figures there are."""
    del newest, today
    return _months_known(clock.now())


def newest_month(*, viewer: Viewer, as_known: datetime | None) -> tuple[int, int]:
    """The month the board opens with: the newest one with figures, else the month before today's."""
    months = closing_months(viewer=viewer, as_known=as_known)
    if months:
        return months[-1]
    today = clock.today()
    earlier = months_earlier(today.year, today.month, 1)
    return earlier.year, earlier.last_month


LIGHTS = tuple(light.value for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY))
