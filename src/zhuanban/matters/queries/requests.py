"""What units have asked the office for: whether somebody may ask or answer now, and what waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from zhuanban.kit import formats
from zhuanban.kit.refusals import Problem
from zhuanban.matters.drawer import ledger_of, ledgers, say
from zhuanban.matters.ledgers.contract import Request
from zhuanban.matters.models import Matter, MatterRequest
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.reach import responsible, visible
from zhuanban.matters.queries.rows import MatterRow, row_of, with_names
from zhuanban.people.access import Viewer
from zhuanban.people.queries import own_units

MOST = 100


@dataclass(frozen=True)
class RequestFacts:
    """One request: what was asked for and why; ``may_answer`` whether the viewer can answer it now."""

    id: int
    request: Request
    by_post: str
    reason: str
    until: date | None
    may_answer: bool


@dataclass(frozen=True)
class WaitingRequest:
    """A request that the viewer can answer, with the matter it is about."""

    row: MatterRow
    request: Request


def ask_objection(
    viewer: Viewer, matter: Matter, request: Request, waiting: Sequence[str] | None = None
) -> Problem | None:
    """Why the viewer may not ask for this now; None where nothing stands against it. ``waiting`` are the kinds that wait."""
    kinds = _waiting_kinds(matter) if waiting is None else waiting
    if matter.state not in request.from_states:
        return _not_running(matter)
    if request.key in kinds:
        return Problem("matter_request_waits", {"what": say(request.name)})
    facts = {"what": say(request.asked), "who": say(request.who), "unit": matter.unit.name}
    return _reach(viewer, matter, request.ask, facts)


def answer_objection(viewer: Viewer, matter: Matter, request: Request) -> Problem | None:
    """Why the viewer may not answer such a request now; nobody answers what his own unit asked."""
    if matter.state not in request.from_states:
        return _not_running(matter)
    facts = {"what": say(request.granted), "who": say(request.who), "unit": matter.unit.name}
    if viewer.can(request.answer) and not family_of(matter.unit_id).isdisjoint(own_units(viewer=viewer)):
        return Problem("matter_own_unit", facts)
    return _reach(viewer, matter, request.answer, facts)


def requests_of(viewer: Viewer, matter: Matter) -> tuple[tuple[RequestFacts, ...], tuple[Request, ...]]:
    """What waits for an answer, and what the viewer may ask for. One query."""
    ledger = ledger_of(matter.ledger)
    rows = list(matter.requests.filter(answered__isnull=True).select_related("asked"))
    waiting = tuple(
        RequestFacts(
            each.pk, request, each.asked.by_post, each.asked.text, each.until,
            answer_objection(viewer, matter, request) is None,
        )
        for each in rows
        if (request := ledger.request(each.kind)) is not None
    )  # fmt: skip
    kinds = [each.kind for each in rows]
    open_to = tuple(each for each in ledger.requests if ask_objection(viewer, matter, each, kinds) is None)
    return waiting, open_to


def waiting_requests(*, viewer: Viewer) -> tuple[WaitingRequest, ...]:
    """What waits for the viewer's answer, oldest first, at most a hundred. Two queries, none without rights."""
    kinds = [
        (ledger, request) for ledger in ledgers().values() for request in ledger.requests if viewer.can(request.answer)
    ]
    if not kinds:
        return ()
    wanted = reduce(or_, (
        Q(kind=request.key, matter__ledger=ledger.key, matter__state__in=request.from_states) for ledger, request in kinds
    ))  # fmt: skip
    found = MatterRequest.objects.filter(wanted, answered__isnull=True).order_by("id")[:MOST]
    asked = {each.matter_id: each.kind for each in found}
    own = frozenset(pk for unit in own_units(viewer=viewer) for pk in family_of(unit))
    matters = (
        visible(viewer).filter(responsible(viewer.scope(kinds[0][1].answer)), pk__in=asked).exclude(unit_id__in=own)
    )
    rows = []
    for matter in with_names(matters).order_by("due_on", "id"):
        request = ledger_of(matter.ledger).request(asked[matter.pk])
        assert request is not None
        rows.append(WaitingRequest(row_of(matter), request))
    return tuple(rows)


def _waiting_kinds(matter: Matter) -> list[str]:
    return list(matter.requests.filter(answered__isnull=True).values_list("kind", flat=True))


def _not_running(matter: Matter) -> Problem:
    state = ledger_of(matter.ledger).state(matter.state)
    return Problem("matter_not_running", {"state": state.name_zh if formats.in_chinese() else state.name_en})


def _reach(viewer: Viewer, matter: Matter, action: str, facts: dict[str, Any]) -> Problem | None:
    if not viewer.can(action):
        return Problem("matter_not_your_task", facts)
    if not viewer.scope(action).at(matter.data_class).allows(group=matter.group_id, unit=matter.unit_id):
        return Problem("matter_of_another_unit", facts)
    return None
