"""What waits for a viewer, by the state of the matters and his rights."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from zhuanban.kit import clock
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.ledgers.contract import Ledger, Need, Transition
from zhuanban.matters.ledgers.ladder import Addressee
from zhuanban.matters.models import Matter
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.ladder import ROLE_OF
from zhuanban.matters.queries.reach import VIEW, responsible, visible
from zhuanban.matters.queries.rows import RELATED, MatterRow, row_of
from zhuanban.matters.queries.standing import leading_move, state_due
from zhuanban.people.access import Viewer
from zhuanban.people.queries import led_groups, own_units

MOST = 100


@dataclass(frozen=True)
class WaitingMatter:
    """A matter whose next main move the viewer can make, and by when."""

    row: MatterRow
    move: Transition
    due_on: date | None


def waiting_matters(*, viewer: Viewer) -> tuple[WaitingMatter, ...]:
    """What the viewer himself can take further now, at most a hundred. Two queries, none without rights."""
    moves = [
        (ledger, move)
        for ledger in ledgers().values()
        for move in ledger.transitions
        if move.main_in and viewer.can(move.action)
    ]
    if not moves:
        return ()
    own_house = frozenset(pk for unit in own_units(viewer=viewer) for pk in family_of(unit))
    wanted = Q(pk__in=[])
    for ledger, move in moves:
        part = Q(ledger=ledger.key) & _leads(ledger, move) & responsible(viewer.scope(move.action))
        if Need.NOT_HANDLER in move.needs and viewer.user_id is not None:
            part &= ~Q(handler_id=viewer.user_id)
        if Need.NOT_RESPONSIBLE_UNIT in move.needs:
            part &= ~Q(unit_id__in=own_house)
        wanted |= part
    found = visible(viewer).filter(wanted).select_related(*RELATED).order_by("due_on", "id")[:MOST]
    today = clock.today()
    return tuple(_waiting(each, today) for each in found)


def _leads(ledger: Ledger, move: Transition) -> Q:
    """Where a move leads on: nobody inside the task force is visited, so the step after the visit follows at once there."""
    asked = Q(source__in=ledger.visited_sources)
    if Need.SATISFACTION in move.needs:
        return Q(state__in=move.main_in) & asked
    if Need.VISIT in move.needs:
        return Q(state__in=move.main_in) | (Q(state__in=move.from_states) & ~asked)
    return Q(state__in=move.main_in)


@dataclass(frozen=True)
class LookedAfter:
    """A matter that was reported up to the viewer and is not solved yet, and by when his level answers."""

    row: MatterRow
    due_on: date


def matters_to_look_after(*, viewer: Viewer) -> tuple[LookedAfter, ...]:
    """What stands on a level that means the viewer, at most a hundred, nearest day first. At most two queries, none without rights."""
    if not viewer.can(VIEW):
        return ()
    groups = led_groups(viewer=viewer)
    mine = [
        Q(ledger=ledger.key, level=level.number, state__in=ledger.running_states) & of_whom
        for ledger in ledgers().values()
        for level in ledger.ladder.upper
        for addressee in level.addressed
        if (of_whom := _of_whom(viewer, addressee, groups)) is not None
    ]
    if not mine:
        return ()
    found = visible(viewer).filter(reduce(or_, mine)).select_related(*RELATED).order_by("level_due_on", "id")[:MOST]
    today = clock.today()
    return tuple(LookedAfter(row_of(each, today), each.level_due_on or each.due_on) for each in found)


def _of_whom(viewer: Viewer, addressee: Addressee, groups: frozenset[int]) -> Q | None:
    """Whose matters mean the viewer when a level means ``addressee``; None for nobody's."""
    if addressee is Addressee.LEADER:
        return Q(group_id__in=groups) if groups else None
    return Q() if ROLE_OF.get(addressee) in viewer.roles else None


def _waiting(found: Matter, today: date) -> WaitingMatter:
    due, move = state_due(found), leading_move(found)
    assert move is not None
    return WaitingMatter(row_of(found, today), move, due.on if due else None)
