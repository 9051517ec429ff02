"""The engine: every move of every ledger, driven by the ledger's table of transitions."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

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
from zhuanban.trail.services import work

MOST_TEXT = 4000


def move_matter(
    verb: str, *, matter_id: int, by: Viewer, version: int, text: str = "", attachments: Sequence[Upload] = ()
) -> Matter:
    """Make the move ``verb``: check state, right, person and needs; then state, story and evidence in one work.

    Refusals, in this order: matter_not_found 404, matter_verb_unknown, matter_moved_on 409 (who and when),
    matter_not_your_task, matter_own_unit, matter_own_work, matter_of_another_unit 403, stale_version 409, then the missing text
    and evidence together, matter_proof_missing, and the upload gate's. Afterwards ``matters.changed`` is published.
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
    text = text.strip()
    _check_submission(move, matter, text, len(attachments))
    stored = take_in(attachments, by_key=by.actor.key)
    with work(by.actor, f"{move.name.zh} {matter.number}"):
        _take(matter, move, version, _changes(move, matter, by))
        matter.refresh_from_db()
        _tell(matter, move, by, text, stored)
        publish("matters.changed", {"matter": matter.pk})
    return matter


def _demand(move: Transition, matter: Matter, by: Viewer) -> None:
    handlers = MatterEvent.objects.filter(matter=matter, verb__in=handling_verbs(matter)).values_list("by_id", flat=True)
    where = standing(by, matter, move, handlers=set(handlers), family=family_of(matter.unit_id))
    code = objection(move, where)
    if code:
        raise _refusal(code, move, matter)


def _refusal(code: str, move: Transition, matter: Matter) -> Refusal:
    problem = problem_of(code, move, matter, matter.events.order_by("-id").first())
    return Refusal.of([problem], status=409 if code == "matter_moved_on" else 403)


def _check_submission(move: Transition, matter: Matter, text: str, file_count: int) -> None:
    problems = [Problem(code, {}, where) for code, where in lacking(move, text=text, file_count=file_count)]
    if len(text) > MOST_TEXT:
        problems.append(Problem("matter_text_too_long", {"most": MOST_TEXT}, "text"))
    if file_count and not move.takes_files:
        problems.append(Problem("matter_files_not_taken", {}, "evidence"))
    if Need.PROOF in move.needs and not _proof_is_intact(matter):
        problems.append(Problem("matter_proof_missing"))
    if problems:
        raise Refusal.of(problems)


def _proof_is_intact(matter: Matter) -> bool:
    """The newest resolution carries evidence, and every file of it is still what was handed in."""
    resolution = matter.events.filter(verb="resolve").order_by("-id").first()
    if resolution is None:
        return False
    proofs = list(Attachment.objects.filter(pk__in=resolution.evidence.values("attachment_id")))
    return bool(proofs) and all(files.is_intact(proof) for proof in proofs)


def _changes(move: Transition, matter: Matter, by: Viewer) -> dict[str, Any]:
    ledger = ledger_of(matter.ledger)
    now = clock.now()
    changes: dict[str, Any] = {}
    if move.to_state != matter.state:
        changes |= {"state": move.to_state, "state_since": now}
    if matter.state == ledger.start and not matter.due_is_fixed:
        due = term(ledger.key, "handle", clock.today())
        changes |= {"due_on": due.on, "due_is_provisional": due.is_provisional}
    if move.handles:
        changes |= {"handler_id": by.user_id, "handler_post": by.signature}
    if not ledger.state(move.to_state).is_open:
        changes["closed_at"] = now
    return changes


def _take(matter: Matter, move: Transition, version: int, changes: dict[str, Any]) -> None:
    """Change the row if nobody else has meanwhile; else say who did."""
    unchanged = Matter.objects.filter(pk=matter.pk, version=version)
    if unchanged.update(version=F("version") + 1, **changes) == 1:
        return
    matter.refresh_from_db()
    if matter.state not in move.from_states:
        raise _refusal("matter_moved_on", move, matter)
    raise Refusal("stale_version", status=409)


def _tell(matter: Matter, move: Transition, by: Viewer, text: str, stored: Sequence[StoredFile]) -> None:
    event = MatterEvent.objects.create(
        matter=matter,
        verb=move.verb,
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
