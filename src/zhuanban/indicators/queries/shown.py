"""What the board shows: rows, groups, the board itself."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language

from zhuanban.calc.lights import Verdict
from zhuanban.calc.pace import ahead_of_path_pp
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import Rank, rank_move
from zhuanban.calc.rounding import half_up_or_none, printed_gap
from zhuanban.indicators.models import LightThresholds, Target


@dataclass(frozen=True)
class TargetShown:
    """A year's target as the board shows it; ``to_date`` is its path at the shown period, None without one.

    ``path`` names the path; ``follows`` is the indicator a target keeps step with, in both languages, else empty.
    """

    kind: str
    operator: str
    value: Decimal | None
    to_date: Decimal | None
    in_force_from: date
    authority: str
    path: str = "linear"
    follows_zh: str = ""
    follows_en: str = ""


@dataclass(frozen=True)
class BoardRow:
    """One indicator for one month. None = not reported or not known; ``period`` is the span the figures speak of.

    Group and department are those of the moment the board is known at; ``read_by`` are the present ones, by which it is
    decided who may read the row. ``rank_scope`` is what the published rank says it goes by; empty for one by growth.
    """

    indicator_id: int
    code: str
    name_zh: str
    name_en: str
    group_id: int | None
    group_code: str
    group_zh: str
    group_en: str
    dept_id: int | None
    dept_code: str
    dept_zh: str
    dept_en: str
    read_by: tuple[int | None, int | None]
    measure: str
    decimals: int
    polarity: str
    value_kind: str
    frequency: str
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
    ranked: Rank | None
    ranked_before: Rank | None
    rank_scope: str
    target: TargetShown | None
    also: TargetShown | None
    verdict: Verdict
    trend: tuple[Decimal | None, ...]
    trend_is_growth: bool

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    @property
    def group_name(self) -> str:
        return self.group_en if get_language() == "en" else self.group_zh

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
        return printed_gap(self.growth_pct, self.city_growth_pct)

    @property
    def growth_change_pp(self) -> Decimal | None:
        """Growth less the growth of the period reported before, percentage points."""
        return printed_gap(self.growth_pct, self.growth_before_pct)

    @property
    def rank(self) -> int | None:
        return self.ranked.place if self.ranked else None

    @property
    def rank_of(self) -> int | None:
        """Among how many: the peers with data, or the number published with the rank."""
        return self.ranked.of if self.ranked else None

    @property
    def rank_change(self) -> int | None:
        """Places moved up since the period before; negative = moved down."""
        return rank_move(self.ranked_before, self.ranked) if self.ranked and self.ranked_before else None

    def ahead_pp(self, target: TargetShown | None) -> Decimal | None:
        """How far ahead of a target's path (behind: negative), percentage points at one decimal; the better side is ahead.

        Of a growth target by its rates at published precision, of a value target by its completion. None where nothing was
        reported or there is no path, and for a month published alone against the path of the months since January.
        """
        if target is None or (target.kind == Target.Kind.VALUE and self.period != self.due_period):
            return None
        if target.kind == Target.Kind.GROWTH:
            ahead = printed_gap(self.growth_pct, target.to_date)
        else:
            ahead = half_up_or_none(ahead_of_path_pp(self.level, target.value, target.to_date), 1)
        return None if ahead is None else ahead * Polarity(self.polarity).sign

    @property
    def target_gap(self) -> Decimal | None:
        """Actual less the path: percentage points for growth targets, the measure for value targets."""
        if self.target is None:
            return None
        is_growth = self.target.kind == Target.Kind.GROWTH
        actual, places = (self.growth_pct, 1) if is_growth else (self.level, self.decimals)
        return printed_gap(actual, self.target.to_date, places)


@dataclass(frozen=True)
class BoardGroup:
    """The heading of a group on the board: its names, responsible units and leaders on the month's last day, or on the
    day the board is known at."""

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
    """The board of a month as known at ``as_known`` (None: now): rows in the plan's order.

    ``rule_version`` None: judged by the product's defaults. ``unowned`` is how many indicators lack a group or department, for
    who reads all of them.
    """

    year: int
    month: int
    as_known: datetime | None
    rows: tuple[BoardRow, ...]
    groups: tuple[BoardGroup, ...]
    zone_zh: str
    zone_en: str
    peers: int
    rule_version: LightThresholds | None
    unowned: int

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
