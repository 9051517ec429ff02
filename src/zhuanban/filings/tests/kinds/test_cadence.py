"""The dates of the monthly filing on real calendars, and timeliness in words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period
from zhuanban.calc.working_days import Roll, RollRule, WorkingCalendar
from zhuanban.filings.kinds import weekly
from zhuanban.filings.kinds.cadence import Timeliness, dates_of, lock_after_return, timeliness
from zhuanban.filings.kinds.monthly import CADENCE


def cases(name: str) -> list[list[str]]:
    """The rows of a case file."""
    return [
        [cell.strip() for cell in line.split("|")]
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


CASES, WEEKS = cases("monthly.txt"), cases("weekly.txt")


@pytest.mark.parametrize(("title", "covers", "due", "late", "lock"), CASES, ids=[row[0] for row in CASES])
def test_dates(title: str, covers: str, due: str, late: str, lock: str) -> None:
    dates = dates_of(CADENCE, Period.from_key(covers))
    assert [day.isoformat() for day in (dates.due_on, dates.late_on, dates.lock_on)] == [due, late, lock]
    assert dates.is_provisional is False


@pytest.mark.parametrize(("title", "covers", "due", "late", "lock"), WEEKS, ids=[row[0] for row in WEEKS])
def test_fridays_roll_and_two_weeks_due_on_one_day_stay_two(title: str, covers: str, due: str, late: str, lock: str) -> None:
    dates = dates_of(weekly.CADENCE, Week(int(covers[:4]), int(covers[6:])))
    assert [day.isoformat() for day in (dates.due_on, dates.late_on, dates.lock_on)] == [due, late, lock]
    assert dates.is_provisional is False


def test_a_year_without_an_announced_calendar_follows_weekdays_and_is_provisional() -> None:
    dates = dates_of(CADENCE, Period.month(2026, 12), WorkingCalendar(known_until=2026))
    assert (dates.due_on, dates.is_provisional) == (date(2027, 1, 20), True)


def test_a_local_day_off_moves_the_due_day() -> None:
    calendar = WorkingCalendar({date(2023, 7, 20): False})
    assert dates_of(CADENCE, Period.month(2023, 6), calendar).due_on == date(2023, 7, 21)


def test_a_zone_may_roll_backward() -> None:
    backward = replace(CADENCE, roll=RollRule(Roll.BACKWARD))
    assert dates_of(backward, Period.month(2023, 4)).due_on == date(2023, 5, 19)


@pytest.mark.parametrize(
    ("signed", "today", "expected"),
    [
        (None, date(2023, 5, 22), Timeliness.NOT_DUE),
        (None, date(2023, 5, 23), Timeliness.OVERDUE),
        (None, date(2023, 5, 30), Timeliness.MISSED),
        (date(2023, 5, 22), date(2023, 6, 1), Timeliness.ON_TIME),
        (date(2023, 5, 23), date(2023, 6, 1), Timeliness.LATE),
    ],
)
def test_a_late_filing_is_flagged_the_morning_after_it_was_due(
    signed: date | None, today: date, expected: Timeliness
) -> None:
    assert timeliness(dates_of(CADENCE, Period.month(2023, 4)), signed, today) is expected


def test_a_filing_sent_back_near_its_lock_day_gets_three_working_days_and_keeps_its_due_day() -> None:
    dates = dates_of(CADENCE, Period.month(2023, 4))
    early = lock_after_return(CADENCE, dates, date(2023, 5, 23))
    near = lock_after_return(CADENCE, dates, date(2023, 5, 29))
    assert early == dates
    assert (near.due_on, near.lock_on) == (date(2023, 5, 22), date(2023, 6, 2))


def test_the_page_can_name_the_authority_of_every_number() -> None:
    assert [(s.name.zh, s.value.zh, s.authority, s.clause) for s in CADENCE.settings] == [
        ("报送日", "次月20日", "plan", "五(二)"),
        ("遇非工作日", "顺延至下一个工作日", "product_default", ""),
        ("迟报", "报送日次日起", "product_default", ""),
        ("锁定", "报送日后满5个工作日的次日起", "product_default", ""),
    ]
