"""The national arrangement of working days and holidays, by year of the State Council's notice."""

from datetime import date

import chinese_calendar

FIRST_YEAR = 2004
LAST_YEAR = max(day.year for day in chinese_calendar.holidays)


def is_national_working_day(day: date) -> bool | None:
    """Whether the national arrangement works on a day, moved weekends included.

    None: no arrangement is known for its year (the notice for a year comes out in November of the year before).
    Source: 国务院办公厅关于节假日安排的通知, as carried by the chinesecalendar table.

    >>> is_national_working_day(date(2026, 9, 20)), is_national_working_day(date(2023, 10, 6))
    (True, False)
    >>> is_national_working_day(date(LAST_YEAR + 1, 3, 2)) is None
    True
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return bool(chinese_calendar.is_workday(day))
