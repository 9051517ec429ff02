"""The way up: which level answers for a matter that its own unit has not solved in time. Pure.

A level adds a day of its own; the responsible unit's day stays what it was. Nobody comes down a level by himself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from zhuanban.calc.working_days import NATIONAL, DueDay, WorkingCalendar, after_working_days

FIRST = 1
"""The level on which every matter begins: its responsible unit."""

_ONE_DAY = timedelta(days=1)


class Addressee(StrEnum):
    """Who is meant by a level, found for each matter by unit, group and role."""

    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    OFFICE = "office"
    CHIEF = "chief"


@dataclass(frozen=True)
class Level:
    """One level: who has to act, who is informed, and the product's own terms in working days.

    ``overdue_days`` after the day of the level below a matter climbs by itself; 0: never by itself. ``answer_days`` the
    level has from the day on which it is reached.
    """

    number: int
    name_zh: str
    name_en: str
    addressed: tuple[Addressee, ...]
    informed: tuple[Addressee, ...] = ()
    overdue_days: int = 0
    answer_days: int = 0

    @property
    def code(self) -> str:
        return f"L{self.number}"

    @property
    def overdue_key(self) -> str:
        """The key under which the office sets ``overdue_days``."""
        return f"l{self.number}_overdue"

    @property
    def answer_key(self) -> str:
        """The key under which the office sets ``answer_days``."""
        return f"l{self.number}_answer"

    def with_days(self, days: Mapping[str, int]) -> "Level":
        """The level with the terms of ``days``; what is not named there stays."""
        return replace(
            self,
            overdue_days=int(days.get(self.overdue_key, self.overdue_days)),
            answer_days=int(days.get(self.answer_key, self.answer_days)),
        )


@dataclass(frozen=True)
class Ladder:
    """The levels from the responsible unit upwards."""

    levels: tuple[Level, ...]

    @property
    def upper(self) -> tuple[Level, ...]:
        """The levels that a matter can climb to."""
        return self.levels[1:]

    @property
    def top(self) -> int:
        return self.levels[-1].number

    def level(self, number: int) -> Level:
        """The level of a number. StopIteration where the ladder has none."""
        return next(level for level in self.levels if level.number == number)

    def above(self, number: int) -> Level | None:
        """The next level; None at the top."""
        return next((level for level in self.levels if level.number == number + 1), None)

    def with_days(self, days: Mapping[str, int]) -> "Ladder":
        """The same levels under other terms, by ``overdue_key`` and ``answer_key``."""
        return Ladder(tuple(level.with_days(days) if level.number > FIRST else level for level in self.levels))

    @property
    def days(self) -> dict[str, int]:
        """The terms of the upper levels by key."""
        return {
            key: value
            for level in self.upper
            for key, value in ((level.overdue_key, level.overdue_days), (level.answer_key, level.answer_days))
        }


UNIT_ONLY = Ladder((Level(FIRST, "责任单位", "Responsible unit", (Addressee.UNIT_HEAD,)),))
"""No way up: the responsible unit answers for it and nobody above."""


@dataclass(frozen=True)
class Stand:
    """Where a matter stands: the responsible unit's day, the level reached, and that level's day (None on the first)."""

    due_on: date
    level: int = FIRST
    level_due_on: date | None = None

    @property
    def runs_out_on(self) -> date:
        """The day that has to be over before it climbs: the level's own, never before the responsible unit's."""
        return max(self.due_on, self.level_due_on or self.due_on)


def climbed(stand: Stand, level: Level, on: date, calendar: WorkingCalendar = NATIONAL) -> Stand:
    """The stand after reaching ``level`` on a day: a new day for the level, the first one untouched.

    >>> unit_level, leaders = Stand(date(2023, 10, 12)), Level(2, "", "", (), answer_days=3)
    >>> climbed(unit_level, leaders, date(2023, 10, 11)).level_due_on
    datetime.date(2023, 10, 16)
    """
    return replace(stand, level=level.number, level_due_on=level_due(level, on, calendar).on)


def level_due(level: Level, on: date, calendar: WorkingCalendar = NATIONAL) -> DueDay:
    """By when a level reached on a day has to answer."""
    return after_working_days(on, level.answer_days, calendar)


def climbs_on(ladder: Ladder, stand: Stand, calendar: WorkingCalendar = NATIONAL) -> date | None:
    """The first day on which an unresolved matter climbs by itself; None at the top and where the next level waits to be asked.

    >>> leaders = Level(2, "", "", (), overdue_days=1, answer_days=3)
    >>> climbs_on(Ladder((Level(1, "", "", ()), leaders)), Stand(date(2023, 9, 28)))
    datetime.date(2023, 10, 7)
    """
    level = ladder.above(stand.level)
    if level is None or level.overdue_days < 1:
        return None
    return after_working_days(stand.runs_out_on, level.overdue_days, calendar).on


def reached(
    ladder: Ladder, stand: Stand, *, today: date, day: date, calendar: WorkingCalendar = NATIONAL
) -> Stand:
    """Where an unresolved matter that stands so ``today`` will stand on ``day``, looked at every day in between.

    Whoever looks late lets no level be passed over: each has its time from the day on which it is told.
    """
    while (on := climbs_on(ladder, stand, calendar)) is not None and max(on, today) <= day:
        level = ladder.above(stand.level)
        assert level is not None
        stand = climbed(stand, level, max(on, today), calendar)
    return stand


def compared(
    old: Ladder, new: Ladder, stand: Stand, *, today: date, since: date, calendar: WorkingCalendar = NATIONAL
) -> tuple[Stand, Stand]:
    """Where an unresolved matter will stand on the day ``since`` if ``old`` goes on, and if ``new`` begins on that day."""
    eve = reached(old, stand, today=today, day=since - _ONE_DAY, calendar=calendar) if since > today else stand
    return (
        reached(old, eve, today=since, day=since, calendar=calendar),
        reached(new, eve, today=since, day=since, calendar=calendar),
    )


def runs_out_before(overdue_days: int, today: date, calendar: WorkingCalendar = NATIONAL) -> date:
    """The latest day that, having run out, makes a matter climb by ``today`` after so many working days (at least 1).

    >>> runs_out_before(1, date(2023, 10, 7)), runs_out_before(3, date(2023, 10, 9))
    (datetime.date(2023, 10, 6), datetime.date(2023, 10, 6))
    """
    day = today
    while True:
        overdue_days -= calendar.is_working(day)
        if overdue_days < 1:
            return day - _ONE_DAY
        day -= _ONE_DAY


def ladder_faults(ladder: Ladder) -> list[str]:
    """What contradicts itself in a ladder; empty for a sound one."""
    numbers = [level.number for level in ladder.levels]
    found = []
    if not numbers or numbers != list(range(FIRST, FIRST + len(numbers))):
        found.append(f"the levels run {numbers} instead of upwards from {FIRST} without gaps")
    found += [f"level {level.number} addresses nobody" for level in ladder.upper if not level.addressed]
    found += [f"level {level.number} has no days to answer in" for level in ladder.upper if level.answer_days < 1]
    return found
