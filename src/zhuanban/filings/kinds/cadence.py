"""What a cadence is: who owes what to whom by when, and from which mornings it is late and locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from zhuanban.calc.due_days import FRIDAY, Week, monthly_due, weekly_due
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.calc.words import Words
from zhuanban.calc.working_days import NATIONAL, Roll, RollRule, WorkingCalendar, after_working_days

_ONE_DAY = timedelta(days=1)
_TERMS = ("late_after_working_days", "lock_after_working_days", "resubmit_working_days")

Covered = Period | Week
"""What one filing covers: a month, or an ISO week."""

_WEEKDAYS = (
    Words("周一", "Monday"), Words("周二", "Tuesday"), Words("周三", "Wednesday"), Words("周四", "Thursday"),
    Words("周五", "Friday"), Words("周六", "Saturday"), Words("周日", "Sunday"),
)  # fmt: skip


def weekday_words(weekday: int) -> Words:
    """The name of a weekday, Monday 1 to Sunday 7."""
    return _WEEKDAYS[weekday - 1]


class Rhythm(StrEnum):
    """How often a filing recurs."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Setting:
    """One number of a cadence as shown: its value in words, and who says so."""

    name: Words
    value: Words
    authority: str
    clause: str = ""


@dataclass(frozen=True)
class Cadence:
    """A filing that recurs every month or every week.

    ``day_of_month`` and ``month_offset`` count for monthly ones, ``weekday`` (Monday 1) for weekly ones, which are due
    in the week they cover. ``month_offset`` 1: due in the month after the one it covers. ``late_after_working_days`` and
    ``lock_after_working_days`` count from the rolled due day; ``resubmit_working_days`` is the least time a unit gets
    after a filing was sent back. The plan fixes the due day and whether it is mandatory; the other numbers are the
    product's default.
    """

    key: str
    name: Words
    owed_by: Words
    owed_to: Words
    clause: str
    is_mandatory: bool
    day_of_month: int = 20
    rhythm: Rhythm = Rhythm.MONTHLY
    weekday: int = FRIDAY
    month_offset: int = 1
    roll: RollRule = RollRule(Roll.FORWARD)
    due_time: time = time(17)
    late_after_working_days: int = 0
    lock_after_working_days: int = 5
    resubmit_working_days: int = 3
    authorities: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def whole(self) -> tuple[str, ...]:
        """The whole numbers that can be set of this kind."""
        return ("weekday" if self.rhythm is Rhythm.WEEKLY else "day_of_month", *_TERMS)

    @property
    def settable(self) -> tuple[str, ...]:
        """What the office can set of this kind."""
        return (*self.whole, "roll", "due_time")

    def with_settings(self, settings: Mapping[str, str], authority: str) -> "Cadence":
        """The cadence with numbers that the office set; those that differ carry its authority.

        >>> from zhuanban.filings.kinds.monthly import CADENCE
        >>> CADENCE.with_settings({"day_of_month": "18", "due_time": "12:00"}, "会议纪要").day_of_month
        18
        """
        given: dict[str, Any] = {name: int(settings[name]) for name in self.whole if name in settings}
        if "roll" in settings:
            given["roll"] = RollRule(Roll(settings["roll"]))
        if "due_time" in settings:
            given["due_time"] = time.fromisoformat(settings["due_time"])
        wanted = replace(self, **given)
        differing = [name for name in self.settable if getattr(wanted, name) != getattr(self, name)]
        return replace(wanted, authorities=dict.fromkeys(differing, authority))

    def said(self) -> dict[str, str]:
        """The numbers that can be set, as text."""
        whole = {name: str(getattr(self, name)) for name in self.whole}
        return {**whole, "roll": self.roll.way.value, "due_time": f"{self.due_time:%H:%M}"}

    def _authority(self, name: str, otherwise: str = "product_default") -> str:
        return self.authorities.get(name, otherwise)

    def _day_words(self) -> Words:
        if self.rhythm is Rhythm.WEEKLY:
            day = weekday_words(self.weekday)
            return Words(f"每{day.zh}", f"every {day.en}")
        return Words(f"次月{self.day_of_month}日", f"day {self.day_of_month} of the following month")

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The numbers with their authority, for the page that explains the dates."""
        way = {
            Roll.FORWARD: Words("顺延至下一个工作日", "rolls forward to the next working day"),
            Roll.BACKWARD: Words("提前至上一个工作日", "rolls back to the working day before"),
            Roll.NONE: Words("不移动", "does not move"),
        }[self.roll.way]
        late, lock = self.late_after_working_days, self.lock_after_working_days
        fixed = self.whole[0]
        return (
            Setting(
                Words("报送日", "due day"), self._day_words(),
                self._authority(fixed, "plan"), "" if fixed in self.authorities else self.clause,
            ),
            Setting(Words("遇非工作日", "on a day off"), way, self._authority("roll")),
            Setting(
                Words("迟报", "late"),
                Words(f"报送日后{late}个工作日起" if late else "报送日次日起",
                      f"from the morning after {late} more working days" if late else "from the morning after"),
                self._authority("late_after_working_days"),
            ),
            Setting(
                Words("锁定", "locked"),
                Words(f"报送日后满{lock}个工作日的次日起", f"from the morning after {lock} more working days"),
                self._authority("lock_after_working_days"),
            ),
        )  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """The dates of one filing. ``late_on`` and ``lock_on`` are the first mornings on which it is late and locked.

    ``is_provisional``: a calendar that is not announced yet may still move them. ``extended_to``: the last day in time
    that the office granted; None where the due day holds.
    """

    due_on: date
    nominal_on: date
    late_on: date
    lock_on: date
    is_provisional: bool
    extended_to: date | None = None

    @property
    def until(self) -> date:
        """The last day that the unit is asked to keep: the due day, or the one granted instead."""
        return self.extended_to or self.due_on


def dates_of(cadence: Cadence, covered: Covered, calendar: WorkingCalendar = NATIONAL) -> Dates:
    """When the filing that covers a month or a week is due, late and locked.

    >>> from zhuanban.filings.kinds.monthly import CADENCE
    >>> april = dates_of(CADENCE, Period.month(2023, 4))
    >>> april.due_on, april.late_on, april.lock_on
    (datetime.date(2023, 5, 22), datetime.date(2023, 5, 23), datetime.date(2023, 5, 30))
    """
    if isinstance(covered, Week):
        due = weekly_due(covered, cadence.weekday, calendar, cadence.roll)
    else:
        month = months_earlier(covered.year, covered.last_month, -cadence.month_offset)
        due = monthly_due(month, cadence.day_of_month, calendar, cadence.roll)
    late = after_working_days(due.on, cadence.late_after_working_days, calendar)
    lock = after_working_days(due.on, cadence.lock_after_working_days, calendar)
    provisional = due.is_provisional or late.is_provisional or lock.is_provisional
    return Dates(due.on, due.nominal_on, late.on + _ONE_DAY, lock.on + _ONE_DAY, provisional)


def lock_after_return(cadence: Cadence, dates: Dates, sent_back_on: date, calendar: WorkingCalendar = NATIONAL) -> Dates:
    """A filing sent back near its lock day gets the least time for another signature; its due day stays."""
    again = after_working_days(sent_back_on, cadence.resubmit_working_days, calendar).on + _ONE_DAY
    return replace(dates, lock_on=max(dates.lock_on, again))


def extended(cadence: Cadence, dates: Dates, until: date, calendar: WorkingCalendar = NATIONAL) -> Dates:
    """A filing with more time: in time through ``until``, and locked as many working days later as without it.

    The due day stays, and no date comes nearer.

    >>> from zhuanban.filings.kinds.monthly import CADENCE
    >>> june = extended(CADENCE, dates_of(CADENCE, Period.month(2023, 6)), date(2023, 7, 25))
    >>> june.due_on, june.late_on, june.lock_on
    (datetime.date(2023, 7, 20), datetime.date(2023, 7, 26), datetime.date(2023, 8, 2))
    """
    lock = after_working_days(until, cadence.lock_after_working_days, calendar).on + _ONE_DAY
    return replace(
        dates, late_on=max(dates.late_on, until + _ONE_DAY), lock_on=max(dates.lock_on, lock), extended_to=until
    )


class Timeliness(StrEnum):
    """How a filing stands against its dates. Words about a filing, never about a person."""

    NOT_DUE = "not_due"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    MISSED = "missed"


def timeliness(dates: Dates, first_signed_on: date | None, today: date) -> Timeliness:
    """On time or late by the first signature; without one: not due yet, overdue, or missed once locked.

    A filing that was signed in time and sent back stays on time: the unit did file.
    """
    if first_signed_on is not None:
        return Timeliness.LATE if first_signed_on >= dates.late_on else Timeliness.ON_TIME
    if today >= dates.lock_on:
        return Timeliness.MISSED
    return Timeliness.OVERDUE if today >= dates.late_on else Timeliness.NOT_DUE


def covered_days(covered: Covered) -> tuple[date, date]:
    """The first and the last day that a filing covers.

    >>> covered_days(Week(2023, 40))
    (datetime.date(2023, 10, 2), datetime.date(2023, 10, 8))
    """
    if isinstance(covered, Week):
        return covered.day(1), covered.day(7)
    return covered.start_on, covered.end_on


def covered_words(covered: Covered) -> Words:
    """What a filing covers, in words.

    >>> covered_words(Week(2023, 29)).zh, covered_words(Week(2023, 31)).en
    ('2023年第29周（7月17日—7月23日）', 'week 31 of 2023 (31 Jul to 6 Aug)')
    """
    if isinstance(covered, Period):
        return Words(covered.title_zh, covered.title_en)
    first, last = covered_days(covered)
    zh = f"{covered.year}年第{covered.number}周（{first.month}月{first.day}日—{last.month}月{last.day}日）"
    en = f"week {covered.number} of {covered.year} ({first.day} {first:%b} to {last.day} {last:%b})"
    return Words(zh, en)


def covered_month(covered: Covered) -> tuple[int, int]:
    """The year and month that a filing is listed under; a week lies in the month of its Thursday, as in ISO 8601.

    >>> covered_month(Week(2024, 1)), covered_month(Week(2023, 35))
    ((2024, 1), (2023, 8))
    """
    if isinstance(covered, Week):
        thursday = covered.day(4)
        return thursday.year, thursday.month
    return covered.year, covered.last_month


def weeks_of(year: int, month: int) -> tuple[Week, ...]:
    """The weeks that are listed under a month: those whose Thursday lies in it.

    >>> [week.number for week in weeks_of(2023, 7)]
    [27, 28, 29, 30]
    """
    week, found = Week.of(date(year, month, 1)), []
    while (place := covered_month(week)) <= (year, month):
        if place == (year, month):
            found.append(week)
        week = week.next
    return tuple(found)
