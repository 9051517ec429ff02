"""The order of the demo's days: acts are noted with their instant and done in that order on the pinned clock."""

import heapq
from collections.abc import Callable
from datetime import date, datetime

from zhuanban.kit import clock, events

Act = Callable[[], object]


def moment(text: str) -> datetime:
    """An instant of the demo's year on the office's clock.

    >>> moment("07-20 15:30").isoformat()
    '2023-07-20T15:30:00+08:00'
    """
    return datetime.strptime(f"2023-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day on the office's clock; more than 59 minutes run on into the next hours."""
    return datetime(day.year, day.month, day.day, hour + minute // 60, minute % 60, tzinfo=clock.SHANGHAI)


class Diary:
    """What is still to be done, nearest first; acts may note further ones."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._noted = 0

    def note(self, when: datetime, act: Act) -> None:
        """Do ``act`` at ``when``; acts of one instant follow each other as they were noted."""
        heapq.heappush(self._waiting, (when, self._noted, act))
        self._noted += 1

    def live_until(self, when: datetime) -> None:
        """Do everything up to and including an instant, each with the business clock at its own."""
        while self._waiting and self._waiting[0][0] <= when:
            instant, _, act = heapq.heappop(self._waiting)
            with clock.pinned(instant):
                act()
                events.drain()
