"""Targets: paths through the year, growth gaps, what remains, and whether value and growth agree."""

from collections.abc import Mapping, Sequence
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


def history_shares(years: Sequence[Mapping[int, Decimal]]) -> tuple[Decimal | None, ...]:
    """How much of a year was reached by the end of each month, on average of past years, percent of the whole year.

    Meaning: cumulative level of the month ÷ that of December, averaged over the years; unrounded. None for a month that
    one of the years lacks. Empty: no year has a positive December, so there is no path.

    >>> [share and f"{share:.1f}" for share in history_shares([{3: Decimal(20), 6: Decimal(50), 12: Decimal(100)},
    ...     {3: Decimal(15), 6: Decimal(60), 12: Decimal(150)}])][2:6]
    ['15.0', None, None, '45.0']
    """
    whole = [year for year in years if year.get(12, Decimal(0)) > 0]
    if not whole:
        return ()
    return tuple(
        sum((year[month] / year[12] * HUNDRED for year in whole), Decimal(0)) / len(whole)
        if all(month in year for year in whole)
        else None
        for month in range(1, 13)
    )


def explicit_path(given: Mapping[int, Decimal], year_target: Decimal, opening: Decimal = Decimal(0)) -> tuple[Decimal, ...]:
    """A path through months that were named; between two of them it is straight (以月保季、以季保年).

    Meaning: cumulative values at the end of months 1 to 12, from ``opening`` before January to the year's target.

    >>> [f"{value:.0f}" for value in explicit_path({3: Decimal(12), 6: Decimal(45)}, Decimal(100))]
    ['4', '8', '12', '23', '34', '45', '54', '63', '72', '82', '91', '100']
    """
    points = {0: opening, **given, 12: year_target}
    named = sorted(points)
    path = []
    for month in range(1, 13):
        end = next(each for each in named if each >= month)
        begin = named[named.index(end) - 1]
        path.append(points[begin] + (points[end] - points[begin]) * (month - begin) / (end - begin))
    return tuple(path)


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


@dataclass(frozen=True)
class Remaining:
    """What a value target still asks of the rest of the year; an amount of zero or less: reached already.

    ``per_month`` is the average of the months left, None at the end of the year or where nothing is left to do.
    """

    amount: Decimal
    months: int
    per_month: Decimal | None


def remaining_amount(year_target: Decimal, done: Decimal, month: int) -> Remaining:
    """What the rest of the year must still bring for a value target (R = T − YTD), after ``month`` months.

    >>> left = remaining_amount(Decimal(1300), Decimal(428), 5)
    >>> left.amount, left.months, f"{left.per_month:.2f}"
    (Decimal('872'), 7, '124.57')
    """
    amount, months = year_target - done, 12 - month
    return Remaining(amount, months, amount / months if months and amount > 0 else None)


def growth_level_path(base: Mapping[int, Decimal], growth_target_pct: Decimal) -> tuple[Decimal | None, ...]:
    """The cumulative levels that a growth target asks for at the end of each month: base × (1 + target).

    ``base`` has last year's cumulative levels by month; None for months it lacks. An estimate where growth is published on
    comparable scope.

    >>> growth_level_path({2: Decimal(100), 3: Decimal(200)}, Decimal(8))[:4]
    (None, Decimal('108.00'), Decimal('216.00'), None)
    """
    factor = 1 + growth_target_pct / HUNDRED
    return tuple(base[month] * factor if month in base else None for month in range(1, 13))


def has_passed_half(done: Decimal | None, year_target: Decimal, month: int) -> bool | None:
    """时间过半、任务过半: half of the year's target by the end of June. None before June or without a figure.

    >>> has_passed_half(Decimal(50), Decimal(100), 6), has_passed_half(Decimal(50), Decimal(100), 5) is None
    (True, True)
    """
    if done is None or month < 6:
        return None
    return done * 2 >= year_target
