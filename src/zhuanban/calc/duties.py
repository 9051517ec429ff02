"""Who held a duty on a day, and what counts as done for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhuanban.calc.errors import OverlappingHolders
from zhuanban.calc.periods import Period


@dataclass(frozen=True)
class Holding:
    """One holder of one duty from a day to a day, both inclusive; `until` None: still held."""

    duty: str
    holder: str
    from_on: date
    until_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the duty was held on a day.

        >>> Holding("group-5", "X", date(2023, 1, 1), date(2023, 8, 31)).covers(date(2023, 8, 31))
        True
        """
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


def holder_on(holdings: Iterable[Holding], duty: str, on: date) -> str | None:
    """Who held a duty on a day; a paper of that day keeps this name for ever.

    None: nobody. Errors: `OverlappingHolders` when two claim it.

    >>> changed = [Holding("group-5", "X", date(2023, 1, 1), date(2023, 8, 31)), Holding("group-5", "Y", date(2023, 9, 1))]
    >>> holder_on(changed, "group-5", date(2023, 8, 30)), holder_on(changed, "group-5", date(2023, 10, 9))
    ('X', 'Y')
    """
    holders = [holding.holder for holding in holdings if holding.duty == duty and holding.covers(on)]
    if len(holders) > 1:
        raise OverlappingHolders(duty=duty, on=on.isoformat(), holders=tuple(holders))
    return holders[0] if holders else None


@dataclass(frozen=True)
class Held:
    """Something that happened on a day for recorded duties: a meeting with the groups it was recorded for."""

    on: date
    duties: frozenset[str]


def credited(events: Iterable[Held], holdings: Iterable[Holding], month: Period) -> dict[tuple[str, str], int]:
    """Events of a month counted per (duty, holder on the day).

    Meaning: one meeting counts for every group recorded as its subject and for no other; it credits whoever led the
    group on that day, not whoever leads it now.

    >>> held = [Held(date(2023, 8, 10), frozenset({"group-5"}))]
    >>> credited(held, [Holding("group-5", "X", date(2023, 1, 1), date(2023, 8, 31))], Period.month(2023, 8))
    {('group-5', 'X'): 1}
    """
    known = list(holdings)
    counts: dict[tuple[str, str], int] = {}
    for event in events:
        if not month.start_on <= event.on <= month.end_on:
            continue
        for duty in sorted(event.duties):
            holder = holder_on(known, duty, event.on)
            if holder is not None:
                counts[duty, holder] = counts.get((duty, holder), 0) + 1
    return counts


def below_minimum(events: Iterable[Held], duties: Iterable[str], month: Period, least: int = 1) -> tuple[str, ...]:
    """The duties with fewer than `least` recorded events in a month, in the order given.

    >>> below_minimum([Held(date(2023, 8, 10), frozenset({"group-5"}))], ["group-5", "group-6"], Period.month(2023, 8))
    ('group-6',)
    """
    inside = [event for event in events if month.start_on <= event.on <= month.end_on]
    return tuple(duty for duty in duties if sum(duty in event.duties for event in inside) < least)
