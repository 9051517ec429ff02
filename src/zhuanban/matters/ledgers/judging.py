"""Whether somebody may make a move now: asked by the service before it writes, and by the page before it offers."""

from dataclasses import dataclass

from zhuanban.matters.ledgers.contract import Need, Transition


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a matter: its state, his rights, and what he has done with it.

    ``holds_action``: his post has the right somewhere; ``reaches``: it reaches this matter. ``owes_visit``: whoever raised
    it has not been asked yet whether he is content.
    """

    state: str
    holds_action: bool
    reaches: bool
    handled_it: bool = False
    of_responsible_unit: bool = False
    owes_visit: bool = False


def objection(move: Transition, standing: Standing) -> str:
    """Why the move may not be made by this person now, as a code; empty where nothing stands against it.

    The state comes first: who comes too late should learn that, not that he never had the right.
    """
    if standing.state not in move.from_states:
        return "matter_moved_on"
    if not standing.holds_action:
        return "matter_not_your_task"
    if Need.NOT_RESPONSIBLE_UNIT in move.needs and standing.of_responsible_unit:
        return "matter_own_unit"
    if Need.NOT_HANDLER in move.needs and standing.handled_it:
        return "matter_own_work"
    if not standing.reaches:
        return "matter_of_another_unit"
    if Need.VISIT in move.needs and standing.owes_visit:
        return "matter_visit_owed"
    return ""


def lacking(move: Transition, *, text: str, file_count: int) -> list[tuple[str, str]]:
    """What the submission lacks: pairs of code and field."""
    found = []
    if Need.TEXT in move.needs and not text.strip():
        found.append(("matter_text_missing", "text"))
    if Need.FILES in move.needs and file_count == 0:
        found.append(("matter_evidence_missing", "evidence"))
    return found
