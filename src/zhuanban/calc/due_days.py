"""Recurring due days: the monthly day, the weekly Friday, each under its own key."""

import calendar as civil
from dataclasses import dataclass
from datetime import date, timedelta

from zhuanban.calc.periods import Period
from zhuanban.calc.working_days import FORWARD, NATIONAL, DueDay, RollRule, WorkingCalendar, rolled

FRIDAY = 5


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week: two reports that roll to one day stay two reports by this key."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week a day lies in.

        >>> Week.of(date(2023, 10, 7)), Week.of(date(2024, 12, 31))
        (Week(year=2023, number=40), Week(year=2025, number=1))
        """
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def key(self) -> str:
        """A short sortable text.

        >>> Week(2023, 9).key
        '2023-W09'
        """
        return f"{self.year}-W{self.number:02d}"

    def day(self, weekday: int) -> date:
        """One day of the week, Monday 1 to Sunday 7.

        >>> Week(2023, 39).day(5)
        datetime.date(2023, 9, 29)
        """
        return date.fromisocalendar(self.year, self.number, weekday)

    @property
    def next(self) -> "Week":
        """The week after.

        >>> Week(2023, 52).next
        Week(year=2024, number=1)
        """
        return Week.of(self.day(1) + timedelta(days=7))


def monthly_due(month: Period, day: int = 20, calendar: WorkingCalendar = NATIONAL, rule: RollRule = FORWARD) -> DueDay:
    """The due day of a monthly report that falls due in a month; a day the month lacks becomes its last.

    Source: the 20th is the plan's own day; whether it rolls is configuration.

    >>> monthly_due(Period.month(2024, 1)).on, monthly_due(Period.month(2023, 2), day=31).nominal_on
    (datetime.date(2024, 1, 22), datetime.date(2023, 2, 28))
    """
    last = civil.monthrange(month.year, month.last_month)[1]
    return rolled(date(month.year, month.last_month, min(day, last)), calendar, rule)


def weekly_due(
    week: Week, weekday: int = FRIDAY, calendar: WorkingCalendar = NATIONAL, rule: RollRule = FORWARD
) -> DueDay:
    """The due day of a weekly report, Friday unless said otherwise.

    >>> weekly_due(Week.of(date(2023, 9, 29))).on, weekly_due(Week.of(date(2023, 10, 6))).on
    (datetime.date(2023, 10, 7), datetime.date(2023, 10, 7))
    """
    return rolled(week.day(weekday), calendar, rule)
