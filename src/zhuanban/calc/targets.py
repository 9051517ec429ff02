"""Targets: paths through the year, growth gaps, what remains, and whether value and growth agree."""

from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.growth import HUNDRED, base_from_growth, growth_pct
from zhuanban.calc.polarity import Polarity


def linear_value_path(year_target: Decimal, month: int, opening: Decimal = Decimal(0)) -> Decimal:
    """The value a linear path asks for at the end of a month.

    Meaning: opening + (target − opening) × month ÷ 12. Flows and counts open at zero; a balance opens at last December.

    >>> linear_value_path(Decimal(60), 3), linear_value_path(Decimal(860), 6, opening=Decimal(800))
    (Decimal('15'), Decimal('830'))
    """
    return opening + (year_target - opening) * month / 12


def linear_growth_path(year_target_pct: Decimal, month: int) -> Decimal:
    """The cumulative growth a linear path asks for at the end of a month: the year's growth in every month.

    >>> linear_growth_path(Decimal("12.0"), 6)
    Decimal('12.0')
    """
    return year_target_pct


@dataclass(frozen=True)
class GrowthGap:
    """Distance of a growth rate to its target. `gap_pp` positive: the better side, whatever the polarity."""

    gap_pp: Decimal
    is_met: bool


def growth_gap(actual_pct: Decimal, target_pct: Decimal, polarity: Polarity = Polarity.HIGHER) -> GrowthGap:
    """Measure a growth target by its gap in percentage points; a growth rate has no completion rate.

    >>> growth_gap(Decimal("6.0"), Decimal("12.0"))
    GrowthGap(gap_pp=Decimal('-6.0'), is_met=False)
    >>> growth_gap(Decimal("-1.0"), Decimal("-2.0"))
    GrowthGap(gap_pp=Decimal('1.0'), is_met=True)
    """
    gap = (actual_pct - target_pct) * polarity.sign
    return GrowthGap(gap, gap >= 0)


@dataclass(frozen=True)
class TargetMismatch:
    """A value target and a growth target that do not mean the same year."""

    implied_base: Decimal
    recorded_base: Decimal
    implied_growth_pct: Decimal
    stated_growth_pct: Decimal


def target_mismatch(
    value_target: Decimal, growth_target_pct: Decimal, recorded_base: Decimal, tolerance_pp: Decimal = Decimal("0.5")
) -> TargetMismatch | None:
    """Check that the value and the growth target of one year agree on the recorded base.

    Meaning: the growth that the value target implies on the recorded base differs from the stated growth by more than
    `tolerance_pp` percentage points. None: they agree, or the base is not positive.

    >>> mismatch = target_mismatch(Decimal(470), Decimal(12), Decimal(430))
    >>> f"{mismatch.implied_growth_pct:.1f}", f"{mismatch.implied_base:.2f}"
    ('9.3', '419.64')
    """
    implied_growth, implied_base = (
        growth_pct(value_target, recorded_base),
        base_from_growth(value_target, growth_target_pct),
    )
    if implied_growth is None or implied_base is None or abs(implied_growth - growth_target_pct) <= tolerance_pp:
        return None
    return TargetMismatch(implied_base, recorded_base, implied_growth, growth_target_pct)


def remaining_growth_pct(year_target: Decimal, done: Decimal, base_year: Decimal, base_done: Decimal) -> Decimal | None:
    """Growth the rest of the year needs for a value target.

    Meaning: (target − done) ÷ (base of the year − base of the elapsed part) − 1 in percent, unrounded. Levels in one
    measure. None: the year is over in the base, or nothing is left that a rate could describe.

    >>> f"{remaining_growth_pct(Decimal(530), Decimal('343.2'), Decimal(500), Decimal(330)):.1f}"
    '9.9'
    """
    return growth_pct(year_target - done, base_year - base_done)


def remaining_growth_from_rates_pct(
    elapsed_base_share_pct: Decimal, growth_so_far_pct: Decimal, growth_target_pct: Decimal
) -> Decimal | None:
    """Growth the rest of the year needs where only rates are published.

    Meaning: (target − share × growth so far) ÷ (1 − share), where share is the elapsed part of the base. None: the whole
    base has elapsed.

    >>> remaining_growth_from_rates_pct(Decimal(60), Decimal(6), Decimal(12))
    Decimal('21')
    """
    rest_pct = HUNDRED - elapsed_base_share_pct
    if rest_pct <= 0:
        return None
    return (growth_target_pct * HUNDRED - elapsed_base_share_pct * growth_so_far_pct) / rest_pct


def has_passed_half(done: Decimal | None, year_target: Decimal, month: int) -> bool | None:
    """时间过半、任务过半: half of the year's target by the end of June. None before June or without a figure.

    >>> has_passed_half(Decimal(50), Decimal(100), 6), has_passed_half(Decimal(50), Decimal(100), 5) is None
    (True, True)
    """
    if done is None or month < 6:
        return None
    return done * 2 >= year_target
