"""What may be written about matters: one verb per move of the ledgers, all through one engine."""

from collections.abc import Sequence

from zhuanban.files.services import Upload
from zhuanban.matters.models import Matter
from zhuanban.matters.services.asking import answer as answer_request
from zhuanban.matters.services.asking import ask as ask_request
from zhuanban.matters.services.asking import resume_paused_matters
from zhuanban.matters.services.classifying import classify_matter
from zhuanban.matters.services.climbing import climb_overdue_matters, escalate_matter
from zhuanban.matters.services.exporting import note_export
from zhuanban.matters.services.ladder import define_ladder, set_ladder, withdraw_ladder
from zhuanban.matters.services.moving import move_matter
from zhuanban.matters.services.registering import register_matter
from zhuanban.matters.services.terms import define_terms, set_terms, withdraw_terms
from zhuanban.people.access import Viewer

__all__ = [
    "accept_matter",
    "answer_request",
    "ask_request",
    "assign_matter",
    "classify_matter",
    "climb_overdue_matters",
    "define_ladder",
    "define_terms",
    "escalate_matter",
    "move_matter",
    "note_export",
    "note_progress",
    "register_matter",
    "reopen_matter",
    "resolve_matter",
    "resume_paused_matters",
    "review_matter",
    "send_back_matter",
    "set_ladder",
    "set_terms",
    "sign_matter",
    "withdraw_ladder",
    "withdraw_terms",
    "strike_off_matter",
    "visit_matter",
]


def accept_matter(*, matter_id: int, by: Viewer, version: int, text: str = "") -> Matter:
    """The office takes the matter on; the responsible unit's term starts today unless its due day was fixed."""
    return move_matter("accept", matter_id=matter_id, by=by, version=version, text=text)


def assign_matter(*, matter_id: int, by: Viewer, version: int, unit_id: int | None = None, text: str = "") -> Matter:
    """The office gives it to a unit, the one on record unless another is named with the reason; the unit's term starts today.

    Refusals: matter_unit_unknown, matter_text_missing.
    """
    return move_matter("assign", matter_id=matter_id, by=by, version=version, text=text, unit_id=unit_id)


def sign_matter(*, matter_id: int, by: Viewer, version: int) -> Matter:
    """The responsible unit signs for it."""
    return move_matter("sign", matter_id=matter_id, by=by, version=version)


def note_progress(
    *, matter_id: int, by: Viewer, version: int, text: str, attachments: Sequence[Upload] = ()
) -> Matter:  # fmt: skip
    """The responsible unit writes what was done and what is still open. Refusals: matter_text_missing."""
    return move_matter("note_progress", matter_id=matter_id, by=by, version=version, text=text, attachments=attachments)


def resolve_matter(*, matter_id: int, by: Viewer, version: int, text: str, attachments: Sequence[Upload]) -> Matter:
    """The responsible unit reports it resolved, with evidence; its clock stops. Refusals: matter_evidence_missing."""
    return move_matter("resolve", matter_id=matter_id, by=by, version=version, text=text, attachments=attachments)


def review_matter(*, matter_id: int, by: Viewer, version: int, text: str) -> Matter:
    """Somebody outside the responsible unit confirms that it is resolved. Refusals: matter_own_unit, matter_own_work."""
    return move_matter("review", matter_id=matter_id, by=by, version=version, text=text)


def send_back_matter(*, matter_id: int, by: Viewer, version: int, text: str) -> Matter:
    """The reviewer sends it back with the reason; the first due day stays."""
    return move_matter("send_back", matter_id=matter_id, by=by, version=version, text=text)


def visit_matter(*, matter_id: int, by: Viewer, version: int, text: str, satisfaction: str) -> Matter:
    """The office has asked whoever raised it, who is content. Refusals: matter_satisfaction_missing, matter_text_missing."""
    return move_matter("visit", matter_id=matter_id, by=by, version=version, text=text, satisfaction=satisfaction)


def reopen_matter(*, matter_id: int, by: Viewer, version: int, text: str) -> Matter:
    """What was struck off is handled again: the unit's term starts today, and it no longer counts as struck off."""
    return move_matter("reopen", matter_id=matter_id, by=by, version=version, text=text)


def strike_off_matter(*, matter_id: int, by: Viewer, version: int, text: str = "") -> Matter:
    """The office strikes it off. Refusals: matter_proof_missing, matter_own_unit, matter_visit_owed."""
    return move_matter("strike_off", matter_id=matter_id, by=by, version=version, text=text)
