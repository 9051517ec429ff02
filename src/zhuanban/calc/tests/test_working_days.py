"""Worked examples on working days, with the calendars of 2023 to 2026 complete."""

import calendar as civil
from datetime import date, timedelta

import pytest

from zhuanban.calc.clocks import MatterClock, escalated, extended
from zhuanban.calc.due_days import Week, monthly_due, weekly_due
from zhuanban.calc.national_days import LAST_YEAR
from zhuanban.calc.periods import Period
from zhuanban.calc.working_days import (
    BACKWARD,
    FORWARD,
    NATIONAL,
    DueDay,
    Roll,
    RollRule,
    WorkingCalendar,
    after_working_days,
    rolled,
    working_days_between,
)

# Adjusted working days and weekday holidays as printed in the State Council's notices.
WORKED_WEEKENDS = {
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
WEEKDAY_HOLIDAYS = {
    2023: "01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 10-06",
    2024: "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 "
    "10-01 10-02 10-03 10-04 10-07",
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
    "10-01 10-02 10-05 10-06 10-07",
}

# The 20th where it is not a working day: nominal, forward, backward.
MONTHLY = """
2023-05-20 2023-05-22 2023-05-19
2023-08-20 2023-08-21 2023-08-18
2024-01-20 2024-01-22 2024-01-19
2024-04-20 2024-04-22 2024-04-19
2024-07-20 2024-07-22 2024-07-19
2024-10-20 2024-10-21 2024-10-18
2025-04-20 2025-04-21 2025-04-18
2025-07-20 2025-07-21 2025-07-18
2025-09-20 2025-09-22 2025-09-19
2025-12-20 2025-12-22 2025-12-19
2026-02-20 2026-02-24 2026-02-14
2026-06-20 2026-06-22 2026-06-18
2026-12-20 2026-12-21 2026-12-18
"""

# Fridays that are holidays: nominal, forward, backward.
FRIDAYS = """
2023-01-27 2023-01-28 2023-01-20
2023-06-23 2023-06-25 2023-06-21
2023-09-29 2023-10-07 2023-09-28
2023-10-06 2023-10-07 2023-09-28
2024-02-16 2024-02-18 2024-02-09
2024-04-05 2024-04-07 2024-04-03
2024-05-03 2024-05-06 2024-04-30
2024-10-04 2024-10-08 2024-09-30
2025-01-31 2025-02-05 2025-01-27
2025-04-04 2025-04-07 2025-04-03
2025-05-02 2025-05-06 2025-04-30
2025-10-03 2025-10-09 2025-09-30
2026-01-02 2026-01-04 2025-12-31
2026-02-20 2026-02-24 2026-02-14
2026-05-01 2026-05-06 2026-04-30
2026-06-19 2026-06-22 2026-06-18
2026-09-25 2026-09-28 2026-09-24
2026-10-02 2026-10-08 2026-09-30
"""


def _rows(table: str) -> list[tuple[date, date, date]]:
    rows = [[date.fromisoformat(day) for day in line.split()] for line in table.strip().splitlines()]
    return [(nominal, forward, backward) for nominal, forward, backward in rows]


def _days(year: int, listed: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in listed.split()}


@pytest.mark.parametrize("year", WORKED_WEEKENDS)
def test_calendar_11_1_every_day_of_the_year_is_as_the_notice_says(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if civil.isleap(year) else 365)]
    assert {day for day in days if day.weekday() > 4 and NATIONAL.is_working(day)} == _days(year, WORKED_WEEKENDS[year])
    assert {day for day in days if day.weekday() < 5 and not NATIONAL.is_working(day)} == _days(
        year, WEEKDAY_HOLIDAYS[year]
    )
    assert not any(NATIONAL.is_provisional(day) for day in days)


def test_calendar_11_2_the_20th_rolls_on_exactly_these_months() -> None:
    expected = {nominal: (forward, backward) for nominal, forward, backward in _rows(MONTHLY)}
    found = {}
    for year in range(2023, 2027):
        for month in range(1, 13):
            period = Period.month(year, month)
            forward, backward = monthly_due(period), monthly_due(period, rule=BACKWARD)
            if forward.on != forward.nominal_on:
                found[forward.nominal_on] = (forward.on, backward.on)
    assert found == expected


def test_calendar_11_3_fridays_that_are_holidays_are_exactly_these() -> None:
    expected = {nominal: (forward, backward) for nominal, forward, backward in _rows(FRIDAYS)}
    found = {}
    friday = date(2023, 1, 6)
    while friday.year < 2027:
        week = Week.of(friday)
        forward, backward = weekly_due(week), weekly_due(week, rule=BACKWARD)
        if forward.on != friday:
            found[friday] = (forward.on, backward.on)
        friday += timedelta(days=7)
    assert found == expected


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2023-05-20", "2023-05-22"),
        ("2023-08-20", "2023-08-21"),
        ("2024-04-20", "2024-04-22"),
        ("2026-02-20", "2026-02-24"),
        ("2026-09-20", "2026-09-20"),
    ],
)
def test_I_29_the_20th_on_a_holiday_rolls_forward_and_a_worked_sunday_stays(day: str, due: str) -> None:
    assert rolled(date.fromisoformat(day)).on == date.fromisoformat(due)


def test_I_29_the_way_and_the_working_day_it_rolls_to_are_configuration() -> None:
    national_day = date(2023, 10, 3)
    assert rolled(national_day, rule=FORWARD).on == date(2023, 10, 7)
    assert rolled(national_day, rule=RollRule(Roll.FORWARD, nth_working_day=2)).on == date(2023, 10, 8)
    assert rolled(national_day, rule=BACKWARD).on == date(2023, 9, 28)
    assert rolled(national_day, rule=RollRule(Roll.NONE)).on == national_day


def test_I_30_two_weekly_reports_on_one_day_stay_two_by_their_week() -> None:
    weeks = [Week.of(date(2023, 9, 29)), Week.of(date(2023, 10, 6))]
    assert [week.key for week in weeks] == ["2023-W39", "2023-W40"]
    assert {weekly_due(week).on for week in weeks} == {date(2023, 10, 7)}
    assert {weekly_due(week, rule=BACKWARD).on for week in weeks} == {date(2023, 9, 28)}
    assert weekly_due(Week.of(date(2023, 6, 23))).on == date(2023, 6, 25)
    assert weekly_due(Week.of(date(2024, 2, 16))).on == date(2024, 2, 18)


def test_I_31_a_clock_in_working_days_leaves_out_the_day_it_starts() -> None:
    assert after_working_days(date(2023, 9, 27), 7).on == date(2023, 10, 12)
    assert after_working_days(date(2026, 2, 12), 3).on == date(2026, 2, 24)
    assert working_days_between(date(2023, 9, 27), date(2023, 10, 12)) == 7


def test_I_32_the_zone_may_set_the_eve_of_spring_festival_free() -> None:
    eve = date(2024, 2, 9)
    zone = WorkingCalendar({eve: False})
    assert NATIONAL.is_working(eve)
    assert not zone.is_working(eve)
    assert rolled(eve, zone).on == date(2024, 2, 18)
    assert weekly_due(Week.of(date(2024, 2, 16)), calendar=zone, rule=BACKWARD).on == date(2024, 2, 8)


def test_I_33_beyond_the_loaded_calendar_weekdays_count_and_the_day_is_provisional() -> None:
    before = WorkingCalendar(known_until=2025)
    due = monthly_due(Period.month(2026, 2), calendar=before)
    assert due == DueDay(date(2026, 2, 20), date(2026, 2, 20), is_provisional=True)
    assert monthly_due(Period.month(2026, 2)) == DueDay(date(2026, 2, 24), date(2026, 2, 20))
    assert not monthly_due(Period.month(2025, 12), calendar=before).is_provisional
    assert after_working_days(date(2025, 12, 30), 5, before).is_provisional
    assert NATIONAL.is_provisional(date(LAST_YEAR + 1, 1, 4))


def test_a_local_entry_for_an_unknown_year_is_not_provisional() -> None:
    day = date(LAST_YEAR + 1, 10, 1)
    assert not WorkingCalendar({day: False}).is_provisional(day)
    assert not WorkingCalendar({day: False}).is_working(day)


def test_a_late_return_is_overdue_from_the_morning_after() -> None:
    assert monthly_due(Period.month(2023, 5)).first_overdue_on == date(2023, 5, 23)


def test_I_44_escalation_keeps_the_first_clock() -> None:
    first = MatterClock(date(2023, 10, 12), 1, date(2023, 10, 12))
    second = escalated(first, date(2023, 10, 11), 3)
    assert second == MatterClock(date(2023, 10, 12), 2, date(2023, 10, 16))
    assert [second.is_overdue(date(2023, 10, day)) for day in (12, 13)] == [False, True]
    assert not extended(second, date(2023, 10, 20)).is_overdue(date(2023, 10, 13))
