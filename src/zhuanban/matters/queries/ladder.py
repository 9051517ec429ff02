"""The ladders of the ledgers as the office set them, and which matters have to climb."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit import clock
from zhuanban.kit.dated import version_on
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Ledger
from zhuanban.matters.ledgers.ladder import FIRST, Addressee, Ladder, Stand, compared, runs_out_before
from zhuanban.matters.models import LedgerLadder, Matter
from zhuanban.matters.queries.reach import visible
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

REMEMBERED = "matters.ladder"

ROLE_OF = {Addressee.OFFICE: "office_head", Addressee.CHIEF: "chief"}
"""The role by which an addressee is found wherever his post is; the others are found by unit and group."""


def ladder_on(*, viewer: Viewer, ledger: str, day: date) -> Ladder:
    """A ledger's levels with the terms of a day: what the office set, else the drawer's; open to every viewer."""
    del viewer
    versions = once_in_a_request(REMEMBERED, lambda: list(LedgerLadder.objects.all()))
    version = version_on((each for each in versions if each.ledger == ledger), day)
    ladder = ledger_of(ledger).ladder
    return ladder if version is None else ladder.with_days(version.parameters)


def ladder_history(*, viewer: Viewer, ledger: str) -> list[LedgerLadder]:
    """Every version of a ledger's ladder, newest first; open to every viewer."""
    del viewer
    return list(LedgerLadder.objects.filter(ledger=ledger).order_by("-in_force_from"))


def ladder_keys(*, ledger: str) -> tuple[str, ...]:
    """The numbers that can be set about a ledger's levels: ``l2_overdue``, ``l2_answer`` and so on."""
    return tuple(ledger_of(ledger).ladder.days)


def stand_of(matter: Matter) -> Stand:
    """Where a matter stands on its ladder."""
    return Stand(matter.due_on, matter.level, matter.level_due_on)


@dataclass(frozen=True)
class LevelChange:
    """An overdue matter and the levels on which it would stand, without and with other terms."""

    number: str
    title: str
    before: int
    after: int


def level_changes(
    *, viewer: Viewer, ledger: str, days: Mapping[str, int], since: date
) -> tuple[LevelChange, ...]:  # fmt: skip
    """The open matters within reach that would stand on another level on ``since`` if these terms began then. Two queries."""
    known, calendar, today = ledger_of(ledger), working_calendar(), clock.today()
    old = ladder_on(viewer=viewer, ledger=ledger, day=since)
    new = old.with_days(days)
    found = visible(viewer).filter(may_climb(known, since)).order_by("due_on", "id").defer("description")
    changes = []
    for matter in found:
        before, after = compared(old, new, stand_of(matter), today=today, since=since, calendar=calendar)
        if before.level != after.level:
            changes.append(LevelChange(matter.number, matter.title, before.level, after.level))
    return tuple(changes)


def may_climb(ledger: Ledger, today: date) -> Q:
    """The matters that are overdue while their unit's day runs and that have a level above them."""
    return Q(level__lt=ledger.ladder.top, state__in=ledger.running_states, due_on__lt=today, ledger=ledger.key)


def have_to_climb(ledger: Ledger, ladder: Ladder, today: date, calendar: WorkingCalendar) -> Q:
    """Of these, whose level has had its time by today. Every alternative is a range of the index ``matters_to_climb``."""
    wanted = Q(pk__in=[])
    for level in ladder.upper:
        if level.overdue_days:
            last = runs_out_before(level.overdue_days, today, calendar)
            below = Q(level=level.number - 1, state__in=ledger.running_states, due_on__lte=last)
            wanted |= below if level.number - 1 == FIRST else below & Q(level_due_on__lte=last)
    return wanted & Q(ledger=ledger.key)
