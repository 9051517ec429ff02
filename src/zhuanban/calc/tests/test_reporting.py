"""Worked examples on what is expected when."""

from datetime import date

import pytest

from zhuanban.calc.errors import InvalidReportingCalendar
from zhuanban.calc.periods import Basis, Period
from zhuanban.calc.reporting import (
    Frequency,
    ReportingCalendar,
    board_period,
    expected_periods,
    is_expected,
    is_owed_in,
    month_covered,
    newest_expected,
    plan_year,
    previous_expected,
)

BUDGET_REVENUE = ReportingCalendar()
FAI = ReportingCalendar(has_january=False)
LEASING = ReportingCalendar(has_january=False, lag_months=1)
GDP = ReportingCalendar(Frequency.QUARTER)
WAGES = ReportingCalendar(Frequency.QUARTER, has_fourth_quarter=False)
LOANS = ReportingCalendar(basis=Basis.POINT)
BUSINESS_TAX = ReportingCalendar(active_until=date(2016, 4, 30))


def test_I_02_on_20_february_only_series_with_a_january_owe_one() -> None:
    on = date(2023, 2, 20)
    assert [is_owed_in(each, on) for each in (BUDGET_REVENUE, FAI)] == [True, False]
    assert newest_expected(BUDGET_REVENUE, on) == Period.cumulative(2023, 1)
    assert is_expected(BUDGET_REVENUE, Period.month(2023, 1))
    assert not is_expected(FAI, Period.month(2023, 1))


def test_I_02_on_20_march_all_owe_january_to_february() -> None:
    on = date(2023, 3, 20)
    assert {newest_expected(each, on) for each in (BUDGET_REVENUE, FAI)} == {Period.joint(2023)}
    assert is_owed_in(BUDGET_REVENUE, on)
    assert is_owed_in(FAI, on)


def test_I_20_wages_owe_no_fourth_quarter() -> None:
    alone = ReportingCalendar(Frequency.QUARTER, has_fourth_quarter=False, basis=Basis.QUARTER)
    assert [is_expected(alone, Period.quarter(2023, quarter)) for quarter in (1, 2, 3, 4)] == [True, True, True, False]
    assert [is_expected(WAGES, Period.cumulative(2023, month)) for month in (3, 6, 9, 12)] == [True, True, True, False]
    assert newest_expected(WAGES, date(2024, 1, 20)) == Period.cumulative(2023, 9)


def test_I_21_services_lag_one_month_behind_industry() -> None:
    on = date(2023, 5, 20)
    assert newest_expected(FAI, on) == Period.cumulative(2023, 4)
    assert newest_expected(LEASING, on) == Period.cumulative(2023, 3)


def test_I_34_a_report_due_in_january_belongs_to_the_year_it_covers() -> None:
    covered = month_covered(date(2024, 1, 22))
    assert covered == Period.month(2023, 12)
    assert plan_year(covered) == 2023
    assert plan_year(newest_expected(FAI, date(2024, 1, 22)) or covered) == 2023


def test_I_43_a_retired_tax_owes_nothing() -> None:
    assert is_expected(BUSINESS_TAX, Period.cumulative(2016, 4))
    assert not is_expected(BUSINESS_TAX, Period.cumulative(2016, 5))
    assert not is_expected(BUSINESS_TAX, Period.cumulative(2023, 5))
    assert board_period(BUSINESS_TAX, 2023, 6) is None
    assert newest_expected(BUSINESS_TAX, date(2023, 6, 20)) is None
    assert expected_periods(BUSINESS_TAX, 2023) == ()


BOARD = [
    # series          month  shows
    (BUDGET_REVENUE, 1, Period.month(2023, 1)),
    (BUDGET_REVENUE, 6, Period.cumulative(2023, 6)),
    (FAI, 1, None),
    (FAI, 2, Period.joint(2023)),
    (FAI, 12, Period.full_year(2023)),
    (LEASING, 1, Period.full_year(2022)),
    (LEASING, 2, None),
    (LEASING, 3, Period.joint(2023)),
    (GDP, 2, None),
    (GDP, 3, Period.cumulative(2023, 3)),
    (GDP, 5, Period.cumulative(2023, 3)),
    (WAGES, 12, Period.cumulative(2023, 9)),
    (LOANS, 6, Period.month(2023, 6)),
]


@pytest.mark.parametrize(("series", "month", "shows"), BOARD)
def test_the_board_of_a_month_shows_the_newest_period_of_the_year(
    series: ReportingCalendar, month: int, shows: Period | None
) -> None:
    assert board_period(series, 2023, month) == shows


def test_before_the_joint_months_comes_the_whole_year_before() -> None:
    assert previous_expected(FAI, Period.joint(2023)) == Period.full_year(2022)
    assert previous_expected(FAI, Period.cumulative(2023, 3)) == Period.joint(2023)
    assert previous_expected(WAGES, Period.cumulative(2023, 3)) == Period.cumulative(2022, 9)


def test_a_monthly_series_without_january_reports_the_joint_months_alone_in_february() -> None:
    months = ReportingCalendar(has_january=False, basis=Basis.MONTH)
    assert expected_periods(months, 2018)[:3] == (Period.joint(2018), Period.month(2018, 3), Period.month(2018, 4))
    assert not is_expected(months, Period.month(2018, 2))


def test_a_series_that_begins_in_april_owes_nothing_before() -> None:
    begun = ReportingCalendar(active_from=date(2023, 4, 1))
    assert [is_expected(begun, Period.cumulative(2023, month)) for month in (3, 4)] == [False, True]


def test_a_quarterly_series_cannot_report_single_months() -> None:
    with pytest.raises(InvalidReportingCalendar):
        ReportingCalendar(Frequency.QUARTER, basis=Basis.MONTH)
