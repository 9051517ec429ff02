"""How a viewer stands to a matter, and the words for what stands in his way."""

from collections.abc import Collection

from zhuanban.calc.working_days import DueDay
from zhuanban.kit import clock, formats
from zhuanban.kit.refusals import Problem
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.ledgers.contract import Transition
from zhuanban.matters.ledgers.judging import Standing
from zhuanban.matters.models import Matter, MatterEvent
from zhuanban.matters.queries.terms import term
from zhuanban.people.access import Viewer
from zhuanban.people.queries import own_units


def handling_verbs(matter: Matter) -> frozenset[str]:
    """The moves that make somebody a handler of the matter."""
    return frozenset(move.verb for move in ledger_of(matter.ledger).transitions if move.handles)


def owes_visit(matter: Matter) -> bool:
    """Whether whoever raised it stands outside the task force and has not been asked yet whether he is content."""
    return matter.state == "reviewed" and matter.source in ledger_of(matter.ledger).visited_sources


def leading_move(matter: Matter) -> Transition | None:
    """The move that leads on from where the matter stands; None for a closed one."""
    return ledger_of(matter.ledger).leading(matter.state, owes_visit=owes_visit(matter))


def standing(
    viewer: Viewer, matter: Matter, move: Transition, *, handlers: Collection[int | None], family: frozenset[int]
) -> Standing:
    """How ``viewer`` stands to ``matter`` for one move. ``handlers`` are the accounts that handled it, ``family``
    the units of the responsible unit's house."""
    return Standing(
        state=matter.state,
        holds_action=viewer.can(move.action),
        reaches=viewer.scope(move.action).at(matter.data_class).allows(group=matter.group_id, unit=matter.unit_id),
        handled_it=viewer.user_id is not None and viewer.user_id in handlers,
        of_responsible_unit=not family.isdisjoint(own_units(viewer=viewer)),
        owes_visit=owes_visit(matter),
    )


def problem_of(code: str, move: Transition, matter: Matter, last: MatterEvent | None) -> Problem:
    """The refusal's code with everything its sentence names. ``last`` is the newest event."""
    ledger = ledger_of(matter.ledger)
    state = ledger.state(matter.state)
    did = ledger.transition(last.verb) if last else None
    facts = {
        "what": say(move.name),
        "who": say(move.who),
        "unit": matter.unit.name,
        "state": state.name_zh if formats.in_chinese() else state.name_en,
        "by": last.by_post if last else matter.raised_by_post,
        "at": formats.instant_words(last.at if last else matter.raised_at),
        "did": say(did.done) if did else state.name_zh if formats.in_chinese() else state.name_en,
    }
    return Problem(code, facts)


def state_due(matter: Matter) -> DueDay | None:
    """By when the present state should be left; None for a closed matter."""
    ledger = ledger_of(matter.ledger)
    key = ledger.state(matter.state).clock
    if not key:
        return None
    if key == "handle":
        return DueDay(matter.due_on, matter.due_on, matter.due_is_provisional)
    return term(ledger.key, key, clock.shanghai(matter.state_since).date())
