"""The monthly board: every indicator's target, path, actual, growth, city, gap, rank and light, as known at an instant.

The facts of a board depend only on the record, so they are kept per process under the record's newest hash: any write
anywhere makes them anew, and a board that nothing has changed costs one look at the head.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from zhuanban.calc.lights import Light, LightInputs, LightRule, Verdict, judge
from zhuanban.calc.periods import Basis, Period, months_earlier
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import competition_ranks
from zhuanban.calc.reporting import Frequency, ReportingCalendar, board_period, expected_periods
from zhuanban.calc.rounding import half_up
from zhuanban.calc.targets import linear_value_path
from zhuanban.indicators.kinds.kind import IndicatorKind
from zhuanban.indicators.models import Figure, Indicator, LightThresholds, PeerMember, Place, Target
from zhuanban.indicators.queries.known import Known, Places, YearFigures, places, year_figures
from zhuanban.kit import clock
from zhuanban.kit.drawers import open_drawer
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import groups_on
from zhuanban.trail.queries import head_certificate

KINDS = open_drawer("zhuanban.indicators.kinds", "KIND", IndicatorKind)


@dataclass(frozen=True)
class TargetShown:
    """A year's target as the board shows it; ``to_date`` is the linear path at the shown period, None without one."""

    kind: str
    operator: str
    value: Decimal | None
    to_date: Decimal | None
    in_force_from: date
    authority: str


@dataclass(frozen=True)
class BoardRow:
    """One indicator for one month. None = not reported or not known; ``period`` is the span the figures speak of."""

    indicator_id: int
    code: str
    name_zh: str
    name_en: str
    group_id: int | None
    group_code: str
    dept_id: int | None
    dept_code: str
    dept_zh: str
    dept_en: str
    measure: str
    decimals: int
    polarity: str
    value_kind: str
    clause: str
    city_published: bool
    due_period: Period | None
    period: Period | None
    figure_id: int | None
    status: str
    known_at: datetime | None
    source: str
    is_revised: bool
    level: Decimal | None
    growth_pct: Decimal | None
    period_before: Period | None
    growth_before_pct: Decimal | None
    city_growth_pct: Decimal | None
    rank: int | None
    rank_of: int | None
    rank_tied: bool
    rank_before: int | None
    target: TargetShown | None
    verdict: Verdict
    trend: tuple[Decimal | None, ...]
    trend_is_growth: bool

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    @property
    def dept_name(self) -> str:
        return self.dept_en if get_language() == "en" else self.dept_zh

    @property
    def light(self) -> str:
        return self.verdict.light.value

    @property
    def provisional(self) -> bool:
        return self.verdict.provisional

    @property
    def gap_pp(self) -> Decimal | None:
        """Growth less the city's growth at published precision, percentage points."""
        if self.growth_pct is None or self.city_growth_pct is None:
            return None
        return half_up(self.growth_pct) - half_up(self.city_growth_pct)

    @property
    def growth_change_pp(self) -> Decimal | None:
        """Growth less the growth of the period reported before, percentage points."""
        if self.growth_pct is None or self.growth_before_pct is None:
            return None
        return half_up(self.growth_pct) - half_up(self.growth_before_pct)

    @property
    def rank_change(self) -> int | None:
        """Places moved up since the period before; negative = moved down."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank

    @property
    def target_gap(self) -> Decimal | None:
        """Actual less the path: percentage points for growth targets, the measure for value targets."""
        if self.target is None or self.target.to_date is None:
            return None
        actual = self.growth_pct if self.target.kind == Target.Kind.GROWTH else self.level
        if actual is None:
            return None
        places_shown = 1 if self.target.kind == Target.Kind.GROWTH else self.decimals
        return half_up(actual, places_shown) - half_up(self.target.to_date, places_shown)


@dataclass(frozen=True)
class BoardGroup:
    """The heading of a group on the board: its names, responsible units and leaders on the month's last day."""

    id: int
    code: str
    name_zh: str
    name_en: str
    units: tuple[tuple[str, str], ...]
    leaders: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    @property
    def unit_names(self) -> list[str]:
        return [en if get_language() == "en" else zh for zh, en in self.units]

    @property
    def leader_names(self) -> list[str]:
        return [en if get_language() == "en" else zh for zh, en in self.leaders]


@dataclass(frozen=True)
class Board:
    """The board of a month as known at ``as_known`` (None: now): rows in the plan's order."""

    year: int
    month: int
    as_known: datetime | None
    rows: tuple[BoardRow, ...]
    groups: tuple[BoardGroup, ...]
    zone_zh: str
    zone_en: str
    peers: int

    @property
    def zone_name(self) -> str:
        return self.zone_en if get_language() == "en" else self.zone_zh

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows show each light."""
        return Counter(row.light for row in self.rows)

    @property
    def arrived(self) -> int:
        """How many rows have a figure."""
        return sum(1 for row in self.rows if row.figure_id is not None)

    def row(self, code: str) -> BoardRow | None:
        return next((row for row in self.rows if row.code == code), None)


def board(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> Board:
    """The board as the viewer may see it. ``as_known`` None means everything known by now."""
    full = _full_board(year, month, as_known, head_certificate().hash, clock.today())
    scope = viewer.scope("indicators.view")
    if scope.is_everything:
        return full
    rows = tuple(row for row in full.rows if scope.allows(group=row.group_id, unit=row.dept_id))
    seen = {row.group_id for row in rows}
    return replace(full, rows=rows, groups=tuple(group for group in full.groups if group.id in seen))


def light_counts(*, viewer: Viewer, year: int, as_known: datetime | None) -> list[Board]:
    """The boards of the year's twelve months, for the month strip."""
    return [board(viewer=viewer, year=year, month=month, as_known=as_known) for month in range(1, 13)]


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


@lru_cache(maxsize=96)
def _full_board(year: int, month: int, as_known: datetime | None, head: str, today: date) -> Board:
    known_at = as_known or clock.now()
    day = clock.shanghai(known_at).date()
    where = places()
    targets = _targets(where, year, day)
    assembler = _Assembler(
        year=year,
        month=month,
        places=where,
        figures=_figures(year, month, known_at, where),
        targets=targets,
        peers=_peers(year),
        rule=rule_on(day)[0],
        openings=_openings(where, targets, year, known_at),
    )
    indicators = (
        Indicator.objects.filter(active=True, context_only=False, group__isnull=False)
        .select_related("group", "dept")
        .order_by("group__position", "position", "code")
    )
    rows = tuple(assembler.row(indicator) for indicator in indicators if _lives(indicator, year, month))
    zone = where.zone
    return Board(
        year, month, as_known, rows, _groups(rows, Period.month(year, month).end_on),
        zone.name_zh if zone else "", zone.name_en if zone else "", assembler.peer_count(None),
    )  # fmt: skip


def _lives(indicator: Indicator, year: int, month: int) -> bool:
    return indicator.active_until is None or Period.month(year, month).end_on <= indicator.active_until


def _figures(year: int, month: int, known_at: datetime, where: Places) -> YearFigures:
    own = [place.pk for place in (where.zone, where.city) if place]
    # Quarterly and lagged indicators show older periods, and ranks are compared with the period before.
    months = tuple(range(max(1, month - 6), month + 1))
    return year_figures(year=year, as_known=known_at, months=months, own_places=own)


def _targets(where: Places, year: int, day: date) -> dict[int, Target]:
    if where.zone is None:
        return {}
    versions = Target.objects.filter(
        place=where.zone, year=year, in_force_from__lte=day, is_stretch=False
    ).order_by("in_force_from", "id")
    return {target.indicator_id: target for target in versions}


def _openings(where: Places, targets: dict[int, Target], year: int, known_at: datetime) -> dict[int, Decimal]:
    """Last December's balance of stocks with a value target: their path opens there, not at zero."""
    wanted = [pk for pk, target in targets.items() if target.kind == Target.Kind.VALUE]
    if not wanted or where.zone is None:
        return {}
    balances_of = [key for key, kind in KINDS.items() if kind.opens_at_balance]
    balances = Figure.objects.filter(
        indicator_id__in=wanted, indicator__value_kind__in=balances_of, place=where.zone,
        year=year - 1, first_month=12, last_month=12, known_at__lte=known_at, level__isnull=False,
    )  # fmt: skip
    ordered = balances.order_by("known_at", "id").values_list("indicator_id", "level")
    return {indicator_id: level for indicator_id, level in ordered if level is not None}


def _peers(year: int) -> dict[int | None, frozenset[int]]:
    members = PeerMember.objects.filter(from_year__lte=year).exclude(until_year__lt=year)
    sets: dict[int | None, set[int]] = {}
    for place_id, indicator_id in members.values_list("place_id", "indicator_id"):
        sets.setdefault(indicator_id, set()).add(place_id)
    return {key: frozenset(found) for key, found in sets.items()}


def _groups(rows: tuple[BoardRow, ...], day: date) -> tuple[BoardGroup, ...]:
    wanted = {row.group_id for row in rows}
    return tuple(
        BoardGroup(group.id, group.code, group.name_zh, group.name_en, group.responsible, group.leaders)
        for group in groups_on(viewer=system_viewer("board"), day=day)
        if group.id in wanted
    )


@dataclass(frozen=True)
class _Assembler:
    """Puts the rows of one board together from what was loaded."""

    year: int
    month: int
    places: Places
    figures: YearFigures
    targets: dict[int, Target]
    peers: dict[int | None, frozenset[int]]
    rule: LightRule
    openings: dict[int, Decimal]

    def peer_count(self, indicator_id: int | None) -> int:
        return len(self.peers.get(indicator_id) or self.peers.get(None, frozenset()))

    def row(self, indicator: Indicator) -> BoardRow:
        calendar = calendar_of(indicator)
        due = board_period(calendar, self.year, self.month)
        figure = self._zone_figure(indicator.pk, due)
        period = figure.period if figure else due
        before = self._before(calendar, period)
        city = self.figures.at(indicator.pk, self.places.city.pk if self.places.city else None, period)
        rank, rank_of, rank_tied = self._rank(indicator, period)
        target = self._target(indicator, period)
        earlier = self.figures.at(indicator.pk, self.places.zone.pk if self.places.zone else None, before)
        # A month published alone is not measured against the path of the months since January.
        on_path = target if period == due else None
        inputs = LightInputs(
            growth_pct=figure.growth_pct if figure else None,
            city_growth_pct=city.growth_pct if city else None,
            target_to_date_pct=target.to_date if target and target.kind == Target.Kind.GROWTH else None,
            rank=rank,
            rank_of=rank_of,
            level=figure.level if figure else None,
            path_level=on_path.to_date if on_path and on_path.kind == Target.Kind.VALUE else None,
            year_target_level=on_path.value if on_path and on_path.kind == Target.Kind.VALUE else None,
            polarity=Polarity(indicator.polarity),
            expected=due is not None,
            city_published=indicator.city_published,
        )
        trend, trend_is_growth = self._trend(indicator, calendar)
        group, dept = indicator.group, indicator.dept
        return BoardRow(
            indicator_id=indicator.pk, code=indicator.code, name_zh=indicator.name_zh, name_en=indicator.name_en,
            group_id=indicator.group_id, group_code=group.code if group else "",
            dept_id=indicator.dept_id, dept_code=dept.code if dept else "",
            dept_zh=dept.name_zh if dept else "", dept_en=dept.name_en if dept else "",
            measure=indicator.measure, decimals=indicator.decimals, polarity=indicator.polarity,
            value_kind=indicator.value_kind, clause=indicator.clause,
            city_published=indicator.city_published, due_period=due, period=period,
            figure_id=figure.id if figure else None, status=figure.status if figure else "",
            known_at=figure.known_at if figure else None, source=figure.source if figure else "",
            is_revised=bool(figure and self.figures.is_revised(figure)),
            level=figure.level if figure else None, growth_pct=inputs.growth_pct,
            period_before=before if earlier else None, growth_before_pct=earlier.growth_pct if earlier else None, city_growth_pct=inputs.city_growth_pct,
            rank=rank, rank_of=rank_of, rank_tied=rank_tied, rank_before=self._rank(indicator, before)[0] if before else None,
            target=target, verdict=judge(inputs, self.rule), trend=trend, trend_is_growth=trend_is_growth,
        )  # fmt: skip

    def _zone_figure(self, indicator_id: int, due: Period | None) -> Known | None:
        """The zone's figure of the due period; where only the month alone was published, that one, never a sum."""
        if due is None or self.places.zone is None:
            return None
        zone = self.places.zone.pk
        return self.figures.at(indicator_id, zone, due) or self.figures.at(indicator_id, zone, due.closing_month)

    def _before(self, calendar: ReportingCalendar, period: Period | None) -> Period | None:
        if period is None:
            return None
        earlier = [each for each in expected_periods(calendar, self.year) if each.last_month < period.last_month]
        if not earlier:
            return None
        newest = earlier[-1]
        return newest if period.is_cumulative or period.is_month and newest.is_month else newest.closing_month

    def _rank(self, indicator: Indicator, period: Period | None) -> tuple[int | None, int | None, bool]:
        """The published rank where there is one, else the rank among the peers' growth at published precision."""
        zone = self.places.zone
        own = self.figures.at(indicator.pk, zone.pk if zone else None, period)
        if zone is None or own is None:
            return None, None, False
        members = self.peers.get(indicator.pk) or self.peers.get(None, frozenset())
        if own.rank is not None:
            return own.rank, own.rank_of or len(members) or None, False
        if zone.pk not in members or own.growth_pct is None:
            return None, None, False
        growths = {
            place_id: figure.growth_pct
            for place_id in members
            if (figure := self.figures.at(indicator.pk, place_id, period)) and figure.growth_pct is not None
        }
        ranks = competition_ranks(growths, polarity=Polarity(indicator.polarity))
        mine = ranks[zone.pk]
        return mine.place, mine.of, mine.is_tied

    def _target(self, indicator: Indicator, period: Period | None) -> TargetShown | None:
        target = self.targets.get(indicator.pk)
        if target is None:
            return None
        to_date = target.value
        if target.kind == Target.Kind.VALUE and target.value is not None:
            opening = self.openings.get(indicator.pk, Decimal(0))
            to_date = linear_value_path(target.value, period.last_month, opening) if period else None
        return TargetShown(
            target.kind, target.operator, target.value, to_date, target.in_force_from, target.authority
        )

    def _trend(self, indicator: Indicator, calendar: ReportingCalendar) -> tuple[tuple[Decimal | None, ...], bool]:
        zone = self.places.zone
        if zone is None:
            return (), True
        periods = [each for each in expected_periods(calendar, self.year) if each.last_month <= self.month]
        found = [self._zone_figure(indicator.pk, each) for each in periods]
        growths = tuple(figure.growth_pct if figure else None for figure in found)
        if any(growth is not None for growth in growths):
            return growths, True
        return tuple(figure.level if figure else None for figure in found), False


def unowned_indicators(*, viewer: Viewer, as_known: datetime | None) -> list[Indicator]:
    """Inputs of the national accounts that no group owns: listed under the board, so that nobody forgets them."""
    del as_known
    if viewer.scope("indicators.view").is_empty:
        return []
    return list(Indicator.objects.filter(active=True, context_only=False, group__isnull=True))


def base_shares_pct(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> dict[int, Decimal]:
    """Which share of last year's total fell into the shown months, in percent, by indicator: for cumulative levels
    whose last year is wholly known."""
    zone = places().zone
    rows = board(viewer=viewer, year=year, month=month, as_known=as_known).rows
    wanted = {row.indicator_id: row.period for row in rows if row.period and row.period.is_cumulative}
    if zone is None:
        return {}
    last_year = year_figures(
        year=year - 1, as_known=as_known or clock.now(), months=(), own_places=[zone.pk]
    )  # fmt: skip
    shares = {}
    for indicator_id, period in wanted.items():
        part = last_year.at(indicator_id, zone.pk, period.year_before)
        whole = last_year.at(indicator_id, zone.pk, Period.full_year(year - 1))
        if part and whole and part.level is not None and whole.level:
            shares[indicator_id] = part.level / whole.level * 100
    return shares


def closing_months(*, viewer: Viewer, as_known: datetime | None) -> list[tuple[int, int]]:
    """The months that have any figure of the zone, oldest first; the newest is what the board opens with."""
    known = Figure.objects.filter(place__kind=Place.Kind.ZONE, known_at__lte=as_known or clock.now())
    if viewer.scope("indicators.view").is_empty:
        return []
    pairs = known.order_by("year", "last_month").values_list("year", "last_month").distinct()
    return [(year, month) for year, month in pairs]


def newest_month(*, viewer: Viewer, as_known: datetime | None) -> tuple[int, int]:
    """The month the board opens with: the newest one with figures, else the month before today's."""
    months = closing_months(viewer=viewer, as_known=as_known)
    if months:
        return months[-1]
    today = clock.today()
    earlier = months_earlier(today.year, today.month, 1)
    return earlier.year, earlier.last_month


LIGHTS = tuple(light.value for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY))
