"""What other rooms know to be late: each adds a source of such things, and the rules of the drawer judge them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhuanban.calc.periods import Period
from zhuanban.calc.words import Words
from zhuanban.kit.registries import Registry
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class Overdue:
    """Something that was due and has not come. ``about`` names it for good (``filing:17``); ``name`` may be read by
    everybody who sees alerts of the group and unit, so it says what it is and not what it holds."""

    about: str
    name: Words
    url: str
    group_id: int | None
    unit_id: int | None
    period: Period
    due_on: date


@dataclass(frozen=True)
class OverdueSource:
    """Where overdue things of one subject of rules come from: all of them, as the system sees them on a day."""

    subject: str
    found: Callable[[Viewer, date], Iterable[Overdue]]


overdue_sources: Registry[OverdueSource] = Registry()
"""Filled in the rooms' ``apps.py``."""
