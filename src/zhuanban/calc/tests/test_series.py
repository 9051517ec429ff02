"""Worked examples on spans and series."""

from decimal import Decimal

import pytest

from zhuanban.calc.errors import NotAdditive, PeriodsDiffer
from zhuanban.calc.growth import PeriodGrowth, base_from_growth, growth_pct
from zhuanban.calc.periods import Period
from zhuanban.calc.rounding import half_up
from zhuanban.calc.series import (
    StockChange,
    ValueKind,
    cumulative_value,
    derived,
    month_value,
    quarter_value,
    since_year_start,
    summed_over_parts,
    weighted_rate_pct,
    year_on_year_pct,
)

D = Decimal

RETAIL = {
    Period.cumulative(2022, 3): D(108659),
    Period.month(2022, 3): D(34233),
    Period.joint(2023): D(77067),
}


def test_I_01_month_from_cumulative_keeps_january_and_february_joint() -> None:
    joint = derived(RETAIL, Period.joint(2022))
    assert joint == 74426
    assert half_up(growth_pct(RETAIL[Period.joint(2023)], joint) or D(0), 3) == D("3.548")
    assert half_up(year_on_year_pct(RETAIL, Period.joint(2023)) or D(0)) == D("3.5")
    assert derived(RETAIL, Period.month(2022, 1)) is None
    assert derived(RETAIL, Period.month(2022, 2)) is None
    through_march = {Period.joint(2022): D(74426), Period.cumulative(2022, 3): D(108659)}
    assert month_value(through_march, Period.month(2022, 3)) == 34233


def test_I_03_month_growth_is_not_cumulative_growth() -> None:
    base_march, base_cum = base_from_growth(D("1545.21"), D("25.5")), base_from_growth(D("4611.01"), D("5.2"))
    assert (half_up(base_march or D(0), 2), half_up(base_cum or D(0), 2)) == (D("1231.24"), D("4383.09"))
    now = {Period.cumulative(2023, 3): D("4611.01"), Period.month(2023, 3): D("1545.21")}
    then = {Period.cumulative(2022, 3): D("4383.09"), Period.month(2022, 3): D("1231.24")}
    assert derived(now, Period.joint(2023)) == D("3065.80")
    assert derived(then, Period.joint(2022)) == D("3151.85")
    assert half_up(year_on_year_pct({**now, **then}, Period.joint(2023)) or D(0)) == D("-2.7")


def test_I_03_a_month_held_against_a_cumulative_span_is_refused_by_name() -> None:
    zone = PeriodGrowth(Period.month(2023, 3), D("25.5"))
    city = PeriodGrowth(Period.cumulative(2023, 3), D("5.2"))
    with pytest.raises(PeriodsDiffer) as refused:
        zone.gap_pp(city)
    assert refused.value.facts == {"period": "2023-03", "other": "2023-01..03"}


def test_I_18_a_balance_is_compared_with_its_month_last_year_and_with_last_december() -> None:
    loans = {
        Period.month(2022, 4): D("780.0"),
        Period.month(2022, 12): D("800.0"),
        Period.month(2023, 4): D("842.4"),
    }
    assert year_on_year_pct(loans, Period.month(2023, 4), ValueKind.STOCK) == D("8.0")
    assert since_year_start(loans, Period.month(2023, 4)) == StockChange(D("42.4"), D("5.3"))
    assert since_year_start(loans, Period.month(2022, 12)) is None


@pytest.mark.parametrize("kind", [ValueKind.STOCK, ValueKind.RATE_ONLY])
def test_I_18_subtracting_or_adding_balances_over_time_is_refused_by_name(kind: ValueKind) -> None:
    values = {Period.cumulative(2023, 3): D(800), Period.cumulative(2023, 4): D(842)}
    with pytest.raises(NotAdditive):
        month_value(values, Period.month(2023, 4), kind)
    with pytest.raises(NotAdditive):
        quarter_value(values, Period.quarter(2023, 2), kind)
    with pytest.raises(NotAdditive):
        cumulative_value(values, Period.cumulative(2023, 2), kind)


def test_I_19_bare_rates_have_no_total_and_a_weighted_rate_is_an_estimate() -> None:
    with pytest.raises(NotAdditive):
        summed_over_parts([D(10), D(2)], ValueKind.RATE_ONLY)
    estimate = weighted_rate_pct([(D(30), D(10)), (D(70), D(2))])
    assert estimate is not None
    assert (estimate.value, estimate.label_zh) == (D("4.4"), "测算")


def test_a_second_quarter_is_the_first_half_less_the_first_quarter() -> None:
    values = {Period.cumulative(2023, 3): D(90), Period.cumulative(2023, 6): D(200)}
    assert quarter_value(values, Period.quarter(2023, 2)) == 110
    assert quarter_value(values, Period.quarter(2023, 3)) is None


def test_months_of_a_national_series_add_up_through_the_joint_months() -> None:
    months = {
        Period.joint(2012): D("33668.6"),
        Period.month(2012, 3): D("15650.2"),
        Period.month(2012, 4): D("15603.1"),
        Period.month(2012, 5): D("16714.8"),
    }
    assert cumulative_value(months, Period.cumulative(2012, 5)) == D("81636.7")


def test_a_missing_month_leaves_the_total_unknown_and_a_reported_zero_does_not() -> None:
    gap = {Period.joint(2023): D(10), Period.month(2023, 3): None, Period.month(2023, 4): D(5)}
    assert cumulative_value(gap, Period.cumulative(2023, 4)) is None
    zero = {**gap, Period.month(2023, 3): D(0)}
    assert cumulative_value(zero, Period.cumulative(2023, 4)) == 15


def test_a_total_over_parts_needs_every_part() -> None:
    assert summed_over_parts([D(30), D(0)], ValueKind.STOCK) == 30
    assert summed_over_parts([D(30), None], ValueKind.FLOW) is None
