"""The working calendar: which days work, how due days roll, how working-day clocks run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from zhuanban.calc.national_days import LAST_YEAR, is_national_working_day

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """National working days with the local table of exceptions laid over them.

    `overrides` maps a day to True (works) or False (free) and wins over the national table; `known_until` is the last year
    whose national arrangement counts as loaded. Days of unknown years follow the weekday and are provisional.

    >>> eve = date(2024, 2, 9)
    >>> WorkingCalendar().is_working(eve), WorkingCalendar({eve: False}).is_working(eve)
    (True, False)
    """

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    known_until: int = LAST_YEAR

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; an unknown year counts Monday to Friday.

        >>> WorkingCalendar().is_working(date(2023, 10, 7)), WorkingCalendar(known_until=2026).is_working(date(2027, 10, 1))
        (True, True)
        """
        if day in self.overrides:
            return self.overrides[day]
        national = self._national(day)
        return day.weekday() < 5 if national is None else national

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for a day rests on its weekday only, because its year's notice is not loaded.

        >>> WorkingCalendar(known_until=2026).is_provisional(date(2027, 1, 20))
        True
        """
        return day not in self.overrides and self._national(day) is None

    def _national(self, day: date) -> bool | None:
        return is_national_working_day(day) if day.year <= self.known_until else None


NATIONAL = WorkingCalendar()


class Roll(StrEnum):
    """What happens to a due day that is not worked."""

    FORWARD = "forward"
    BACKWARD = "backward"
    NONE = "none"


@dataclass(frozen=True)
class RollRule:
    """How a due day moves off a free day: the way, and to which working day that way (2: the second one after a holiday).

    Source: 民法典 第二百零三条 rolls to the day after the holiday; a ministry's weekly rule rolled to the second working day.
    """

    way: Roll = Roll.FORWARD
    nth_working_day: int = 1


FORWARD = RollRule(Roll.FORWARD)
BACKWARD = RollRule(Roll.BACKWARD)


@dataclass(frozen=True)
class DueDay:
    """A due day, the day it was before rolling, and whether an unloaded year's calendar may still move it."""

    on: date
    nominal_on: date
    is_provisional: bool = False

    @property
    def first_overdue_on(self) -> date:
        """The morning from which it is overdue: the day after.

        >>> DueDay(date(2023, 5, 22), date(2023, 5, 20)).first_overdue_on
        datetime.date(2023, 5, 23)
        """
        return self.on + _ONE_DAY


def rolled(day: date, calendar: WorkingCalendar = NATIONAL, rule: RollRule = FORWARD) -> DueDay:
    """Move a due day off a day that is not worked; a working day stays, a worked Sunday included.

    >>> rolled(date(2023, 5, 20)).on, rolled(date(2023, 5, 20), rule=BACKWARD).on
    (datetime.date(2023, 5, 22), datetime.date(2023, 5, 19))
    >>> rolled(date(2026, 9, 20)).on
    datetime.date(2026, 9, 20)
    """
    if rule.way is Roll.NONE or calendar.is_working(day):
        return DueDay(day, day, calendar.is_provisional(day))
    step = _ONE_DAY if rule.way is Roll.FORWARD else -_ONE_DAY
    moved = _walked(day, step, rule.nth_working_day, calendar)
    return DueDay(moved.on, day, moved.is_provisional or calendar.is_provisional(day))


def _walked(start: date, step: timedelta, working_days: int, calendar: WorkingCalendar) -> DueDay:
    day, provisional = start, False
    while working_days > 0:
        day += step
        provisional = provisional or calendar.is_provisional(day)
        if calendar.is_working(day):
            working_days -= 1
    return DueDay(day, start, provisional)


def after_working_days(start: date, days: int, calendar: WorkingCalendar = NATIONAL) -> DueDay:
    """The last day of a term in working days; the day it starts is not counted.

    Meaning: 0 days is the start itself. Source: 民法典 第二百零一条.

    >>> after_working_days(date(2023, 9, 27), 7).on, after_working_days(date(2026, 2, 12), 3).on
    (datetime.date(2023, 10, 12), datetime.date(2026, 2, 24))
    """
    return _walked(start, _ONE_DAY, days, calendar)


def working_days_between(start: date, end: date, calendar: WorkingCalendar = NATIONAL) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

    >>> working_days_between(date(2023, 9, 27), date(2023, 10, 12)), working_days_between(date(2023, 10, 9), date(2023, 10, 8))
    (7, -1)
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_working(start + _ONE_DAY * offset) for offset in range(1, (end - start).days + 1))
