"""A matter reaches the next level of its ladder: because its time ran out, or because its unit reports it up."""

from datetime import date

from django.db.models import F

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.ledgers.contract import Ledger
from zhuanban.matters.ledgers.ladder import Ladder, Level, climbed
from zhuanban.matters.models import Matter, MatterEscalation, MatterEvent
from zhuanban.matters.queries.ladder import have_to_climb, ladder_on, may_climb, stand_of
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.wayup import ESCALATE, report_objection
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar
from zhuanban.trail.services import work

EVENT = "matters.climbed"
MOST_TEXT = 4000
AT_ONCE = 200
"""So many matters climb in one transaction: others wait for it no longer than a moment."""

Trigger = MatterEscalation.Trigger


def escalate_matter(*, matter_id: int, by: Viewer, version: int, reason: str) -> Matter:
    """The responsible unit or the office reports a running matter up, one level, and says why.

    The level gets a day of its own; the unit's day stays. Refusals, in this order: matter_not_found 404, matter_not_running
    409, matter_at_top 409, matter_not_your_task and matter_of_another_unit 403, stale_version 409, matter_text_missing,
    matter_text_too_long. Afterwards ``matters.climbed`` is published.
    """
    matter = visible(by).select_related("unit").filter(pk=matter_id).first()
    if matter is None:
        raise Refusal("matter_not_found", status=404)
    problem = report_objection(by, matter)
    if problem is not None:
        late = problem.code in ("matter_not_running", "matter_at_top")
        raise Refusal.of([problem], status=409 if late else 403)
    if matter.version != version:
        raise Refusal("stale_version", status=409)
    reason = _sound(reason)
    level = ladder_on(viewer=by, ledger=matter.ledger, day=clock.today()).above(matter.level)
    assert level is not None
    with work(by.actor, f"上报事项 {matter.number} 至{level.code}"):
        escalation = _climb(matter, level, working_calendar(), by, Trigger.MANUAL, reason)
        if escalation is None:
            raise Refusal("stale_version", status=409)
        publish(EVENT, {"escalations": [escalation.pk]})
    return matter


def _sound(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refusal("matter_text_missing", where="reason")
    if len(reason) > MOST_TEXT:
        raise Refusal.of([Problem("matter_text_too_long", {"most": MOST_TEXT}, "reason")])
    return reason


def climb_overdue_matters() -> str:
    """The tick's step: every matter whose level has had its time climbs one level. Says how many.

    Repeated on the same day it finds nothing; two at once share the work. One query where nothing is overdue.
    """
    today, by = clock.today(), system_viewer("matters")
    return f"climbed {sum(_climb_ledger(ledger, today, by) for ledger in ledgers().values())}"


def _climb_ledger(ledger: Ledger, today: date, by: Viewer) -> int:
    if not Matter.objects.filter(may_climb(ledger, today)).exists():
        return 0
    ladder, calendar, done = ladder_on(viewer=by, ledger=ledger.key, day=today), working_calendar(), 0
    while climbing := _climb_some(ledger, ladder, today, calendar, by):
        done += climbing
    return done


def _climb_some(ledger: Ledger, ladder: Ladder, today: date, calendar: WorkingCalendar, by: Viewer) -> int:
    wanted = have_to_climb(ledger, ladder, today, calendar)
    if not Matter.objects.filter(wanted).exists():
        return 0
    with work(by.actor, f"逾期上报 {ledger.name_zh}"):
        # Asked again under a lock: what another tick has taken meanwhile is not seen any more, what it holds is passed over.
        found = Matter.objects.select_for_update(skip_locked=True).filter(wanted).order_by("due_on", "id")[:AT_ONCE]
        made = []
        for matter in found:
            level = ladder.above(matter.level)
            assert level is not None
            made.append(_climb(matter, level, calendar, by, Trigger.OVERDUE))
        reached = [escalation.pk for escalation in made if escalation is not None]
        if reached:
            publish(EVENT, {"escalations": reached})
    return len(reached)


def _climb(
    matter: Matter, level: Level, calendar: WorkingCalendar, by: Viewer, trigger: Trigger, reason: str = ""
) -> MatterEscalation | None:
    """One level up inside the caller's work; None where the matter has changed meanwhile."""
    stand = climbed(stand_of(matter), level, clock.today(), calendar)
    assert stand.level_due_on is not None
    unchanged = Matter.objects.filter(pk=matter.pk, version=matter.version, level=matter.level)
    if not unchanged.update(level=stand.level, level_due_on=stand.level_due_on, version=F("version") + 1):
        return None
    matter.level, matter.level_due_on, matter.version = stand.level, stand.level_due_on, matter.version + 1
    event = MatterEvent.objects.create(
        matter=matter, verb=ESCALATE, at=clock.now(), by_id=by.user_id,
        by_post=by.signature if trigger == Trigger.MANUAL else "",
        text=reason, state=matter.state, due_on=matter.due_on,
    )  # fmt: skip
    return MatterEscalation.objects.create(
        matter=matter, event=event, level=stand.level, due_on=stand.level_due_on, trigger=trigger
    )


