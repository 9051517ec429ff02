"""The facts of a monthly analysis: plain values, read beforehand at one moment. None means not reported, never zero."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhuanban.calc.lights import Light, LightRule
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import Rank
from zhuanban.calc.rounding import printed_gap


@dataclass(frozen=True)
class TargetFacts:
    """A target of the year as printed (``operator`` is ≥, ≤, = or 约), and what its path asks for by the period's end.

    ``is_growth``: both values are growth in percent; otherwise they are levels in the indicator's measure.
    """

    operator: str
    year_value: Decimal
    path_value: Decimal | None
    is_growth: bool


@dataclass(frozen=True)
class Earlier:
    """The same indicator one report earlier: the period before, on the same basis."""

    period: Period
    growth_pct: Decimal | None = None
    rank: Rank | None = None


@dataclass(frozen=True)
class Explanation:
    """What a unit wrote about an alert of this indicator: the cause, and what it does about it."""

    unit: str
    cause: str
    measures: str = ""


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator in the report's month, for the period that it shows there.

    ``expected`` False: nothing is published for the month. ``city_published`` False: the city never publishes it.
    ``status`` is the word of a figure that is not final (快报, 预计, 修订), else empty. ``base_share_pct``: which share
    of last year's total fell into the same months, where known.
    """

    code: str
    name: str
    group: str
    dept: str
    measure: str
    period: Period
    light: Light
    level: Decimal | None = None
    level_places: int = 2
    growth_pct: Decimal | None = None
    earlier: Earlier | None = None
    city_growth_pct: Decimal | None = None
    rank: Rank | None = None
    target: TargetFacts | None = None
    base_share_pct: Decimal | None = None
    provisional: bool = False
    expected: bool = True
    city_published: bool = True
    status: str = ""
    polarity: Polarity = Polarity.HIGHER
    explanations: tuple[Explanation, ...] = ()

    @property
    def has_data(self) -> bool:
        return self.level is not None or self.growth_pct is not None

    @property
    def city_awaited(self) -> bool:
        """There is a growth to compare, but the city has not published its own yet."""
        return self.growth_pct is not None and self.city_published and self.city_growth_pct is None

    @property
    def city_gap_pp(self) -> Decimal | None:
        """Growth less the city's, both as printed, in percentage points."""
        return printed_gap(self.growth_pct, self.city_growth_pct, 1)

    @property
    def moved_pp(self) -> Decimal | None:
        """Growth less the growth one report earlier, both as printed, in percentage points."""
        return printed_gap(self.growth_pct, self.earlier.growth_pct if self.earlier else None, 1)

    @property
    def path_gap(self) -> Decimal | None:
        """Distance to the path as printed: percentage points for a growth target, else in the indicator's measure."""
        if self.target is None:
            return None
        mine = self.growth_pct if self.target.is_growth else self.level
        return printed_gap(mine, self.target.path_value, 1 if self.target.is_growth else self.level_places)

    @property
    def is_below_city(self) -> bool:
        gap = self.city_gap_pp
        return gap is not None and self.polarity.is_worse(gap, Decimal(0))

    @property
    def is_behind_path(self) -> bool:
        gap = self.path_gap
        return gap is not None and self.polarity.is_worse(gap, Decimal(0))


@dataclass(frozen=True)
class OpenMatter:
    """A matter that is not struck off at the report's moment."""

    number: str
    title: str
    unit: str
    due_on: date
    state: str
    indicator_code: str = ""


@dataclass(frozen=True)
class MonthlyFacts:
    """Everything a monthly analysis says. ``groups`` gives the order; ``as_known`` is the day whose knowledge it holds.

    ``certificate`` names the frozen figures it was made from; ``rule`` is the light rule in force.
    """

    zone_name: str
    year: int
    month: int
    as_known: date
    demo: bool
    report_unit: str
    groups: tuple[str, ...]
    indicators: tuple[IndicatorFacts, ...]
    matters: tuple[OpenMatter, ...] = ()
    certificate: str = ""
    number: str = ""
    addressee: str = ""
    rule: LightRule = LightRule()

    @property
    def period(self) -> Period:
        return Period.cumulative(self.year, self.month)

    @property
    def reported(self) -> tuple[IndicatorFacts, ...]:
        return self.where(lambda each: each.expected and each.has_data)

    @property
    def not_reported(self) -> tuple[IndicatorFacts, ...]:
        return self.where(lambda each: each.expected and not each.has_data)

    def where(self, test: Callable[[IndicatorFacts], bool]) -> tuple[IndicatorFacts, ...]:
        return tuple(each for each in self.indicators if test(each))
