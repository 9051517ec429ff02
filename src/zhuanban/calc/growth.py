"""Growth rates: computed where they may be, refused where they may not, official ones kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.errors import PeriodsDiffer
from zhuanban.calc.periods import Period

HUNDRED = Decimal(100)


class GrowthCase(StrEnum):
    """What a value against its base amounts to where a percentage would or would not make sense."""

    RATE = "rate"
    NOT_REPORTED = "not_reported"
    BASE_ZERO = "base_zero"
    LOSS_TO_PROFIT = "loss_to_profit"
    PROFIT_TO_LOSS = "profit_to_loss"
    LOSS_REDUCED = "loss_reduced"
    LOSS_WIDENED = "loss_widened"
    LOSS_UNCHANGED = "loss_unchanged"


@dataclass(frozen=True)
class Growth:
    """A comparison with the base: the case, and the percentage that belongs to it.

    `pct` is the growth rate for RATE, the share of the loss for LOSS_REDUCED and LOSS_WIDENED, otherwise None.
    """

    case: GrowthCase
    pct: Decimal | None = None


def compared(value: Decimal | None, base: Decimal | None) -> Growth:
    """Compare a value with its base, naming the case where no rate exists.

    Meaning: value ÷ base − 1 in percent, unrounded, for a positive base and a value that is not negative. A negative
    or zero base gives words, never a percentage of growth. None on either side: not reported.
    Source: practice of fiscal and profit statistics (扭亏为盈, 减亏); VAT net of refunds in April 2022 had such bases.

    >>> compared(Decimal(110), Decimal(100))
    Growth(case=<GrowthCase.RATE: 'rate'>, pct=Decimal('10.0'))
    >>> compared(Decimal(100), Decimal(-200)).case.value, compared(Decimal(-100), Decimal(-200)).pct
    ('loss_to_profit', Decimal('50.0'))
    """
    if value is None or base is None:
        return Growth(GrowthCase.NOT_REPORTED)
    if base == 0:
        return Growth(GrowthCase.BASE_ZERO)
    if base > 0:
        return Growth(GrowthCase.PROFIT_TO_LOSS) if value < 0 else Growth(GrowthCase.RATE, _rate(value, base))
    if value > 0:
        return Growth(GrowthCase.LOSS_TO_PROFIT)
    change = _rate(value, base)
    if change == 0:
        return Growth(GrowthCase.LOSS_UNCHANGED)
    return Growth(GrowthCase.LOSS_WIDENED if change > 0 else GrowthCase.LOSS_REDUCED, abs(change))


def _rate(value: Decimal, base: Decimal) -> Decimal:
    return (value / base - 1) * HUNDRED


def growth_pct(value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Growth over the base in percent, unrounded.

    Meaning: (value ÷ base − 1) × 100. None: either figure not reported, base zero or negative, or the value negative.

    >>> growth_pct(Decimal(77067), Decimal(74426)).quantize(Decimal("0.001"))
    Decimal('3.548')
    >>> growth_pct(Decimal(100), Decimal(-200)) is None, growth_pct(Decimal(30), Decimal(0)) is None
    (True, True)
    """
    return compared(value, base).pct if compared(value, base).case is GrowthCase.RATE else None


def base_from_growth(value: Decimal, pct: Decimal) -> Decimal | None:
    """The base implied by a value and its growth: value ÷ (1 + pct/100).

    None: growth of −100 % or less leaves no base.

    >>> f"{base_from_growth(Decimal('1545.21'), Decimal('25.5')):.2f}"
    '1231.24'
    """
    factor = 1 + pct / HUNDRED
    return value / factor if factor > 0 else None


def combined_growth_pct(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Growth of a whole from its parts, each (base, growth in percent).

    Meaning: Σ base × (1 + g) ÷ Σ base − 1, which is not the mean of the rates; a city's growth is not the mean of its
    districts. None: no positive base in sum.

    >>> combined_growth_pct([(Decimal(150), Decimal(10)), (Decimal(100), Decimal(-5))])
    Decimal('4.00')
    """
    listed = list(parts)
    base = sum((part_base for part_base, _ in listed), Decimal(0))
    if base <= 0:
        return None
    increment = sum((part_base * pct / HUNDRED for part_base, pct in listed), Decimal(0))
    return increment / base * HUNDRED


def average_growth_pct(total_pct: Decimal, years: int = 2) -> Decimal | None:
    """Average yearly growth behind the growth over several years: 两年平均增长.

    Meaning: (1 + total/100)^(1/years) − 1, not total ÷ years. None: a fall of more than 100 % has no root.
    Source: real-estate release of the National Bureau of Statistics, January–February 2021 (+15.7 % → 7.6 %).

    >>> f"{average_growth_pct(Decimal('15.7')):.1f}"
    '7.6'
    """
    factor = 1 + total_pct / HUNDRED
    if factor < 0:
        return None
    root = factor.sqrt() if years == 2 else factor ** (Decimal(1) / years)
    return (root - 1) * HUNDRED


def two_year_average_pct(first_pct: Decimal, second_pct: Decimal) -> Decimal | None:
    """Average growth of two consecutive years from their own rates.

    >>> f"{two_year_average_pct(Decimal('-16.3'), Decimal('38.3')):.1f}"
    '7.6'
    """
    total = ((1 + first_pct / HUNDRED) * (1 + second_pct / HUNDRED) - 1) * HUNDRED
    return average_growth_pct(total)


def official_growth_pct(official: Decimal | None, value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The growth to show: the official one where published, otherwise the ratio of levels.

    Meaning: an official rate may stand on comparable scope and is never overwritten. None: neither exists.
    Source: fixed-asset investment, January–July 2025, National Bureau of Statistics (published 1.6, ratio 0.2).

    >>> official_growth_pct(Decimal("1.6"), Decimal(288229), Decimal(287611))
    Decimal('1.6')
    """
    return official if official is not None else growth_pct(value, base)


def is_comparable_scope(
    official: Decimal | None, value: Decimal | None, base: Decimal | None, tolerance_pp: Decimal = Decimal("0.3")
) -> bool:
    """Whether an official rate needs the note 可比口径 beside the levels.

    Meaning: |official − ratio of levels| > `tolerance_pp` percentage points. False where either is unknown.

    >>> is_comparable_scope(Decimal("1.6"), Decimal(288229), Decimal(287611))
    True
    """
    ratio = growth_pct(value, base)
    return official is not None and ratio is not None and abs(official - ratio) > tolerance_pp


@dataclass(frozen=True)
class PeriodGrowth:
    """A growth rate together with the span it speaks of; only rates over the same span compare."""

    period: Period
    pct: Decimal

    def gap_pp(self, other: "PeriodGrowth") -> Decimal:
        """This rate less another, in percentage points.

        Errors: `PeriodsDiffer` when a month is held against a cumulative span or another year.

        >>> june = Period.cumulative(2023, 6)
        >>> PeriodGrowth(june, Decimal("6.2")).gap_pp(PeriodGrowth(june, Decimal("5.2")))
        Decimal('1.0')
        """
        if self.period != other.period:
            raise PeriodsDiffer(period=str(self.period), other=str(other.period))
        return self.pct - other.pct
