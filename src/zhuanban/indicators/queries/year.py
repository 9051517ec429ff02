"""Everything the boards of one year are made of, read once.

The facts depend only on what is recorded in a few tables, so they are kept per process under the hash of the newest
entry of those tables: a change of any of them makes them anew, and other work leaves them alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from zhuanban.calc.lights import LightRule
from zhuanban.calc.periods import Basis, Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import Rank, competition_ranks
from zhuanban.calc.reporting import Frequency, ReportingCalendar
from zhuanban.indicators.kinds.kind import IndicatorKind
from zhuanban.indicators.models import Figure, Indicator, LightThresholds, PeerMember, Target
from zhuanban.indicators.queries.known import Key, PeerGrowths, Places, YearFigures, peer_growths, places, year_figures
from zhuanban.indicators.queries.owners import NamesThen, Owner, owners_on
from zhuanban.kit import clock
from zhuanban.kit.drawers import open_drawer
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import GroupsHistory, groups_history
from zhuanban.trail.queries import newest_hash_of

KINDS = open_drawer("zhuanban.indicators.kinds", "KIND", IndicatorKind)

TABLES = (
    "indicators_figure", "indicators_indicator", "indicators_place", "indicators_target", "indicators_peermember",
    "indicators_lightthresholds", "people_workgroup", "people_unit", "people_groupmember", "people_groupleader",
    "people_post", "people_postholder", "people_calendarday", "indicators_indicatorterritory",
)  # fmt: skip
"""The tables whose changes make a board, or what its page keeps beside it, anew."""

_reading: ContextVar[str] = ContextVar("reading", default="")


@contextmanager
def one_reading() -> Iterator[None]:
    """Everything asked in the block stands on one state of the record, which is asked for once: for pages that only read."""
    token = _reading.set(newest_hash_of(TABLES))
    try:
        yield
    finally:
        _reading.reset(token)


def state_of_reading() -> str:
    """The state that a reading stands on; empty outside of one."""
    return _reading.get()


def state_of_record() -> str:
    """What caches of these tables are kept under. One query, none within ``one_reading``."""
    return _reading.get() or newest_hash_of(TABLES)


@dataclass(frozen=True)
class YearFacts:
    """What is known of a year at an instant. ``day`` is the Shanghai day of that instant."""

    year: int
    day: date
    places: Places
    indicators: tuple[Indicator, ...]
    calendars: dict[int, ReportingCalendar]
    figures: YearFigures
    peer_growths: PeerGrowths
    targets: dict[int, tuple[Target, ...]]
    peers: dict[int | None, frozenset[int]]
    rule: LightRule
    openings: dict[int, Decimal]
    groups: GroupsHistory
    owners: dict[int, Owner]
    rule_version: LightThresholds | None

    @cached_property
    def _ranks(self) -> dict[tuple[int, Period], Rank | None]:
        return {}

    def peers_of(self, indicator_id: int) -> frozenset[int]:
        """The places ranked for an indicator: its own set where it has one, else the general one."""
        return self.peers.get(indicator_id) or self.peers.get(None, frozenset())

    def rank(self, indicator: Indicator, period: Period | None) -> Rank | None:
        """The zone's published rank where there is one, else its place among the peers' growth at published precision."""
        if period is None or self.places.zone is None:
            return None
        key = (indicator.pk, period)
        if key not in self._ranks:
            self._ranks[key] = self._rank(indicator, period, self.places.zone.pk)
        return self._ranks[key]

    def _rank(self, indicator: Indicator, period: Period, zone: int) -> Rank | None:
        own = self.figures.at(indicator.pk, zone, period)
        if own is None:
            return None
        members = self.peers_of(indicator.pk)
        if own.rank is not None:
            return Rank(own.rank, own.rank_of or len(members) or own.rank)
        if zone not in members or own.growth_pct is None:
            return None
        growths: dict[int, Decimal | None] = {zone: own.growth_pct}
        for place_id in members - {zone}:
            key: Key = (indicator.pk, place_id, period.first_month, period.last_month)
            growths[place_id] = self.peer_growths.get(key)
        mine = competition_ranks(growths, polarity=Polarity(indicator.polarity))[zone]
        # Alone among its peers, a place has no rank worth printing.
        return mine if mine.of > 1 else None


def facts_of_year(*, year: int, as_known: datetime | None) -> YearFacts:
    """The facts of a year as known at ``as_known`` (None: now). One query where nothing has changed."""
    return _facts(year, as_known, state_of_record(), clock.today())


@lru_cache(maxsize=12)
def _facts(year: int, as_known: datetime | None, newest: str, today: date) -> YearFacts:
    del newest, today
    known_at = as_known or clock.now()
    day = clock.shanghai(known_at).date()
    where = places()
    own = [place.pk for place in (where.zone, where.city) if place]
    every = tuple(Indicator.objects.filter(active=True, context_only=False).select_related("group", "dept"))
    owners = owners_on(day if as_known else None, every)
    groups = groups_history(viewer=system_viewer("board"), active_only=as_known is None)
    targets = _targets(where, year, day)
    _name_then(as_known, every, owners, groups, targets)
    rule, version = rule_on(day)
    return YearFacts(
        year=year,
        day=day,
        places=where,
        indicators=_in_order(every, owners),
        calendars={indicator.pk: calendar_of(indicator) for indicator in every},
        figures=year_figures(year=year, as_known=known_at, own_places=own),
        peer_growths=peer_growths(year=year, as_known=known_at, own_places=own),
        targets=targets,
        peers=_peers(year),
        rule=rule,
        openings=_openings(where, targets, year, known_at),
        groups=groups,
        owners=owners,
        rule_version=version,
    )


def _in_order(indicators: tuple[Indicator, ...], owners: dict[int, Owner]) -> tuple[Indicator, ...]:
    """Those that a group owned, in the plan's order of the groups."""
    owned = [(group.position, group.code, each) for each in indicators if (group := owners[each.pk].group)]
    return tuple(each for *_, each in sorted(owned, key=lambda row: (row[0], row[1], row[2].position, row[2].code)))


def _name_then(
    as_known: datetime | None, indicators: tuple[Indicator, ...], owners: dict[int, Owner], groups: GroupsHistory,
    targets: dict[int, tuple[Target, ...]],
) -> None:  # fmt: skip
    """Write the names of that moment into everything that a board prints."""
    names = NamesThen(as_known)
    names.put(*indicators, *groups.groups, *(member.unit for member in groups.members), *(each.post for each in groups.leaders))
    names.put(*(owner.group for owner in owners.values()), *(owner.dept for owner in owners.values()))
    names.put(*(target.follows for found in targets.values() for target in found))


def calendar_of(indicator: Indicator) -> ReportingCalendar:
    """When the indicator reports."""
    return ReportingCalendar(
        frequency=Frequency(indicator.frequency),
        has_january=indicator.has_january,
        has_fourth_quarter=indicator.has_fourth_quarter,
        lag_months=indicator.lag_months,
        basis=Basis(indicator.basis),
        active_until=indicator.active_until,
    )


def rule_on(day: date) -> tuple[LightRule, LightThresholds | None]:
    """The light rule in force on ``day`` and the version it comes from; the product's defaults without one."""
    version = LightThresholds.objects.filter(in_force_from__lte=day).order_by("-in_force_from").first()
    return (LightRule.from_parameters(version.parameters) if version else LightRule()), version


def _targets(where: Places, year: int, day: date) -> dict[int, tuple[Target, ...]]:
    """The targets in force on a day: of each indicator the one of its value before the one of its growth."""
    if where.zone is None:
        return {}
    versions = Target.objects.filter(
        place=where.zone, year=year, in_force_from__lte=day, is_stretch=False
    ).select_related("follows").order_by("in_force_from", "id")
    newest = {(target.indicator_id, target.kind): target for target in versions}
    found: dict[int, tuple[Target, ...]] = {}
    for (indicator_id, _kind), target in sorted(newest.items(), key=lambda each: each[0][1] != Target.Kind.VALUE):
        found[indicator_id] = (*found.get(indicator_id, ()), target)
    return found


def _peers(year: int) -> dict[int | None, frozenset[int]]:
    members = PeerMember.objects.filter(from_year__lte=year).exclude(until_year__lt=year)
    sets: dict[int | None, set[int]] = {}
    for place_id, indicator_id in members.values_list("place_id", "indicator_id"):
        sets.setdefault(indicator_id, set()).add(place_id)
    return {key: frozenset(found) for key, found in sets.items()}


def _openings(where: Places, targets: dict[int, tuple[Target, ...]], year: int, known_at: datetime) -> dict[int, Decimal]:
    """Last December's balance of stocks with a value target: their path opens there, not at zero."""
    wanted = [pk for pk, found in targets.items() if found[0].kind == Target.Kind.VALUE]
    if not wanted or where.zone is None:
        return {}
    balances_of = [key for key, kind in KINDS.items() if kind.opens_at_balance]
    balances = Figure.objects.filter(
        indicator_id__in=wanted, indicator__value_kind__in=balances_of, place=where.zone,
        year=year - 1, first_month=12, last_month=12, known_at__lte=known_at, level__isnull=False,
    )  # fmt: skip
    ordered = balances.order_by("known_at", "id").values_list("indicator_id", "level")
    return {indicator_id: level for indicator_id, level in ordered if level is not None}
