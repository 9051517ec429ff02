"""How far up one matter has come, and whether the viewer may report it further up."""

from dataclasses import dataclass
from datetime import date

from zhuanban.kit import clock, formats
from zhuanban.kit.refusals import Problem
from zhuanban.matters.drawer import ledger_of, level_words, say
from zhuanban.matters.ledgers.contract import Said
from zhuanban.matters.ledgers.ladder import Level
from zhuanban.matters.models import Matter, MatterEscalation
from zhuanban.people.access import Viewer

ACTION = "matters.escalate"
ESCALATE = "escalate"
"""The step with which a matter reaches a level; no move of a ledger, since its state stays."""

_WHAT = Said("上报", "Report up")
_WHO = Said("责任单位负责人、经办人或专班办公室", "the head or a clerk of the responsible unit, or the task force office")


@dataclass(frozen=True)
class WayUp:
    """Where the matter stands on its ladder. ``due_on`` is the level's day, None on the first level, whose day is the unit's.

    ``next_level`` is what it would reach if it were reported up; None at the top. ``obstacle`` says why the viewer cannot.
    """

    level: Level
    reached_on: date | None
    due_on: date | None
    next_level: Level | None
    obstacle: Problem | None

    @property
    def may_report(self) -> bool:
        return self.obstacle is None


def way_up(*, viewer: Viewer, matter: Matter, escalations: list[MatterEscalation]) -> WayUp:
    """The way up of a matter that the viewer sees. ``escalations`` are its levels so far, with their steps, lowest first."""
    ladder = ledger_of(matter.ledger).ladder
    return WayUp(
        level=ladder.level(matter.level),
        reached_on=clock.shanghai(escalations[-1].at).date() if escalations else None,
        due_on=matter.level_due_on,
        next_level=ladder.above(matter.level),
        obstacle=report_objection(viewer, matter),
    )


def report_objection(viewer: Viewer, matter: Matter) -> Problem | None:
    """Why the viewer may not report a matter up now; None where nothing stands against it.

    The state comes first: who comes too late should learn that, not that he never had the right.
    """
    ledger = ledger_of(matter.ledger)
    state = ledger.state(matter.state)
    if matter.state not in ledger.running_states:
        return Problem("matter_not_running", {"state": state.name_zh if formats.in_chinese() else state.name_en})
    if ledger.ladder.above(matter.level) is None:
        return Problem("matter_at_top", {"level": level_words(ledger.ladder.level(matter.level))})
    facts = {"what": say(_WHAT), "who": say(_WHO), "unit": matter.unit.name}
    if not viewer.can(ACTION):
        return Problem("matter_not_your_task", facts)
    if not viewer.scope(ACTION).at(matter.data_class).allows(group=matter.group_id, unit=matter.unit_id):
        return Problem("matter_of_another_unit", facts)
    return None
