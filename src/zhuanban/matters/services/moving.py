"""The engine: every move of every ledger, driven by the ledger's table of transitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from zhuanban.calc.working_days import after_working_days
from zhuanban.files import queries as files
from zhuanban.files.models import Attachment
from zhuanban.files.services import StoredFile, Upload, record_file, take_in
from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Need, Transition
from zhuanban.matters.ledgers.judging import lacking, objection
from zhuanban.matters.models import Matter, MatterEvent, MatterEvidence
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.standing import handling_verbs, problem_of, standing
from zhuanban.matters.queries.terms import term
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit
from zhuanban.people.queries import working_calendar
from zhuanban.trail.services import work

MOST_TEXT = 4000
RESOLVING = ("resolve", "explain")
RESUME = "resume"
DISSATISFIED = "dissatisfied"


def move_matter(
    verb: str, *, matter_id: int, by: Viewer, version: int, text: str = "", attachments: Sequence[Upload] = (),
    unit_id: int | None = None, satisfaction: str = "",
) -> Matter:  # fmt: skip
    """Make the move ``verb``: check state, right, person and needs; then state, story and evidence in one work.

    ``unit_id`` is the unit a matter is assigned to, without it the one on record; ``satisfaction`` what a visit found.
    Refusals, in this order: matter_not_found 404, matter_verb_unknown, matter_moved_on 409 (who and when),
    matter_not_your_task, matter_own_unit, matter_own_work, matter_of_another_unit, matter_visit_owed 403, stale_version 409,
    then what the submission lacks, all at once, matter_proof_missing, and the upload gate's. Afterwards
    ``matters.changed`` is published.
    """
    matter = visible(by).select_related("unit").filter(pk=matter_id).first()
    if matter is None:
        raise Refusal("matter_not_found", status=404)
    move = ledger_of(matter.ledger).transition(verb)
    if move is None:
        raise Refusal("matter_verb_unknown")
    _demand(move, matter, by)
    if matter.version != version:
        raise Refusal("stale_version", status=409)
    given = Given(text.strip(), len(attachments), unit_id, satisfaction)
    _check_submission(move, matter, given, by)
    stored = take_in(attachments, by_key=by.actor.key)
    with work(by.actor, f"{move.name.zh} {matter.number}"):
        _take(matter, move, version, _changes(move, matter, by, given))
        matter.refresh_from_db()
        tell(matter, move.verb, by, given.text, stored)
        lapse_requests(matter, by)
        publish("matters.changed", {"matter": matter.pk})
    return matter


@dataclass(frozen=True)
class Given:
    """What was handed in with a move."""

    text: str
    file_count: int
    unit_id: int | None
    satisfaction: str


def _demand(move: Transition, matter: Matter, by: Viewer) -> None:
    handlers = MatterEvent.objects.filter(matter=matter, verb__in=handling_verbs(matter)).values_list(
        "by_id", flat=True
    )
    where = standing(by, matter, move, handlers=set(handlers), family=family_of(matter.unit_id))
    code = objection(move, where)
    if code:
        raise _refusal(code, move, matter)


def _refusal(code: str, move: Transition, matter: Matter) -> Refusal:
    problem = problem_of(code, move, matter, matter.events.order_by("-id").first())
    return Refusal.of([problem], status=409 if code == "matter_moved_on" else 403)


def _check_submission(move: Transition, matter: Matter, given: Given, by: Viewer) -> None:
    problems = [Problem(code, {}, where) for code, where in lacking(move, text=given.text, file_count=given.file_count)]
    if len(given.text) > MOST_TEXT:
        problems.append(Problem("matter_text_too_long", {"most": MOST_TEXT}, "text"))
    if given.file_count and not move.takes_files:
        problems.append(Problem("matter_files_not_taken", {}, "evidence"))
    if Need.UNIT in move.needs:
        problems += assignment_problems(matter, given.unit_id, given.text, by, move.action)
    content = set(ledger_of(matter.ledger).satisfactions) - {DISSATISFIED}
    if Need.SATISFACTION in move.needs and given.satisfaction not in content:
        problems.append(Problem("matter_satisfaction_missing", {}, "satisfaction"))
    if Need.PROOF in move.needs and not _proof_is_intact(matter):
        problems.append(Problem("matter_proof_missing"))
    if problems:
        raise Refusal.of(problems)


def lapse_requests(matter: Matter, by: Viewer, *, whole: bool = False) -> None:
    """What was asked for and cannot be answered any more, because the matter left the unit's hands, lapses in the story.

    ``whole``: all of it, since another unit has the matter now. Inside the caller's work.
    """
    for request in matter.requests.filter(answered__isnull=True):
        known = ledger_of(matter.ledger).request(request.kind)
        if whole or known is None or matter.state not in known.from_states:
            event = tell(matter, f"lapse_{request.kind}", by, "")
            request.answered, request.granted = event, False
            request.save(update_fields=["answered", "granted"])


def assignment_problems(matter: Matter, unit_id: int | None, text: str, by: Viewer, action: str) -> list[Problem]:
    """What stands against another unit: unknown, beyond reach, or without a reason; nothing against the one on record."""
    if unit_id in (None, matter.unit_id):
        return []
    if not Unit.objects.filter(pk=unit_id, active=True).exists():
        return [Problem("matter_unit_unknown", {}, "unit")]
    if not by.scope(action).at(matter.data_class).allows(group=matter.group_id, unit=unit_id):
        return [Problem("matter_unit_unknown", {}, "unit")]
    return [] if text else [Problem("matter_text_missing", {}, "text")]


def _proof_is_intact(matter: Matter) -> bool:
    """The newest resolution carries evidence, and every file of it is still what was handed in."""
    resolution = matter.events.filter(verb__in=RESOLVING).order_by("-id").first()
    if resolution is None:
        return False
    proofs = list(Attachment.objects.filter(pk__in=resolution.evidence.values("attachment_id")))
    return bool(proofs) and all(files.is_intact(proof) for proof in proofs)


def _changes(move: Transition, matter: Matter, by: Viewer, given: Given) -> dict[str, Any]:
    ledger = ledger_of(matter.ledger)
    now = clock.now()
    changes: dict[str, Any] = {}
    if move.to_state != matter.state:
        changes |= {"state": move.to_state, "state_since": now}
    if Need.UNIT in move.needs and given.unit_id:
        changes["unit_id"] = given.unit_id
    changes |= _days(move, matter)
    if move.handles:
        changes |= {"handler_id": by.user_id, "handler_post": by.signature}
    if move.outcome:
        changes["outcome"] = move.outcome
    if Need.SATISFACTION in move.needs:
        changes["satisfaction"] = given.satisfaction
    if move.verb == "not_content":
        changes["satisfaction"] = DISSATISFIED
    changes["closed_at"] = None if ledger.state(move.to_state).is_open else now
    return changes


def _days(move: Transition, matter: Matter) -> dict[str, Any]:
    """The unit's day after a move: a term that begins, or what was left of one that was paused."""
    ledger, today = ledger_of(matter.ledger), clock.today()
    was_closed = not ledger.state(matter.state).is_open
    if move.starts and (was_closed or not matter.due_is_fixed):
        due = term(ledger.key, "handle", today)
        return {"due_on": due.on, "due_is_provisional": due.is_provisional, "due_is_fixed": False}
    if move.verb == RESUME:
        return resumed(matter)
    return {}


def resumed(matter: Matter) -> dict[str, Any]:
    """The day of a matter that goes on today: after a pause what was left of its term, else a whole one."""
    today = clock.today()
    if matter.days_left is None:
        due = term(matter.ledger, "handle", today)
    else:
        due = after_working_days(today, matter.days_left, working_calendar())
    return {"due_on": due.on, "due_is_provisional": due.is_provisional, "days_left": None}


def _take(matter: Matter, move: Transition, version: int, changes: dict[str, Any]) -> None:
    """Change the row if nobody else has meanwhile; else say who did."""
    unchanged = Matter.objects.filter(pk=matter.pk, version=version)
    if unchanged.update(version=F("version") + 1, **changes) == 1:
        return
    matter.refresh_from_db()
    if matter.state not in move.from_states:
        raise _refusal("matter_moved_on", move, matter)
    raise Refusal("stale_version", status=409)


def tell(matter: Matter, verb: str, by: Viewer, text: str, stored: Sequence[StoredFile] = ()) -> MatterEvent:
    """Write a step into the story, with the state and day that the matter has now, inside the caller's work."""
    event = MatterEvent.objects.create(
        matter=matter,
        verb=verb,
        at=clock.now(),
        by_id=by.user_id,
        by_post=by.signature,
        text=text,
        state=matter.state,
        due_on=matter.due_on,
    )
    for file in stored:
        attachment = record_file(file, by_label=by.signature, by_key=by.actor.key)
        MatterEvidence.objects.create(event=event, attachment=attachment)
    return event
