"""The clock of one matter: due days that escalation adds to, and never moves."""

from dataclasses import dataclass
from datetime import date

from zhuanban.calc.working_days import NATIONAL, WorkingCalendar, after_working_days


@dataclass(frozen=True)
class MatterClock:
    """The first due day of the responsible unit and the due day of the level that has the matter now."""

    first_due_on: date
    level: int
    level_due_on: date

    def is_overdue(self, on: date) -> bool:
        """Overdue for the responsible unit: by the first due day, whatever level has taken over.

        >>> MatterClock(date(2023, 10, 12), 2, date(2023, 10, 16)).is_overdue(date(2023, 10, 13))
        True
        """
        return on > self.first_due_on


def escalated(clock: MatterClock, on: date, working_days: int, calendar: WorkingCalendar = NATIONAL) -> MatterClock:
    """Hand a matter to the next level with its own term; the first clock keeps running.

    >>> escalated(MatterClock(date(2023, 10, 12), 1, date(2023, 10, 12)), date(2023, 10, 11), 3)
    MatterClock(first_due_on=datetime.date(2023, 10, 12), level=2, level_due_on=datetime.date(2023, 10, 16))
    """
    due = after_working_days(on, working_days, calendar)
    return MatterClock(clock.first_due_on, clock.level + 1, due.on)


def extended(clock: MatterClock, until: date) -> MatterClock:
    """An approved extension: the only thing that moves the first due day.

    >>> extended(MatterClock(date(2023, 10, 12), 1, date(2023, 10, 12)), date(2023, 10, 20)).is_overdue(date(2023, 10, 13))
    False
    """
    return MatterClock(until, clock.level, max(until, clock.level_due_on))
