"""What the responsible unit asks the office for, and the answer: more time, a pause, another unit."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery

from zhuanban.calc.working_days import after_working_days, rolled, working_days_between
from zhuanban.kit import clock, formats
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.ledgers.contract import Request
from zhuanban.matters.models import Matter, MatterRequest
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.requests import answer_objection, ask_objection
from zhuanban.matters.queries.terms import term
from zhuanban.matters.services.moving import MOST_TEXT, assignment_problems, lapse_requests, resumed, tell
from zhuanban.matters.services.registering import LONGEST_DAYS
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar
from zhuanban.trail.services import work

PAUSE = "pause"
EXTENSION = "extension"


def ask(*, kind: str, matter_id: int, by: Viewer, version: int, text: str, until: date | None = None) -> MatterRequest:
    """The responsible unit asks for something and says why; until the answer everything goes on as before.

    Refusals: matter_not_found 404, matter_request_unknown, matter_not_running 409, matter_request_waits 409,
    matter_not_your_task and matter_of_another_unit 403, stale_version 409, then all at once what is missing:
    matter_text_missing, matter_text_too_long, matter_request_late, required (the day), matter_until_not_later,
    matter_due_not_working, matter_due_too_far. Afterwards ``matters.changed`` is published.
    """
    matter, request = _found(matter_id, kind, by)
    _raise(ask_objection(by, matter, request))
    if matter.version != version:
        raise Refusal("stale_version", status=409)
    text = text.strip()
    if problems := _text(text) + _in_time(matter, request) + _until(matter, request, until):
        raise Refusal.of(problems)
    with work(by.actor, f"{request.asked.zh} {matter.number}"):
        _take(matter, version, {})
        event = tell(matter, f"ask_{kind}", by, text)
        made = MatterRequest.objects.create(
            matter=matter, kind=kind, asked=event, until=until if request.needs_day else None
        )
        publish("matters.changed", {"matter": matter.pk})
    return made


def answer(
    *, request_id: int, granted: bool, by: Viewer, version: int, text: str,
    until: date | None = None, unit_id: int | None = None,
) -> Matter:  # fmt: skip
    """The office grants or refuses what a unit asked for. Granting more time moves the day, granting a pause stops the clock.

    Refusals: matter_not_found 404, matter_request_answered 409, matter_not_running 409, matter_own_unit,
    matter_not_your_task 403, stale_version 409, matter_text_missing for a refusal, and those of ``ask`` about the day;
    another unit asks for unit and reason. Afterwards ``matters.changed`` is published.
    """
    found = MatterRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise Refusal("matter_not_found", status=404)
    matter, request = _found(found.matter_id, found.kind, by)
    if found.answered_id is not None:
        raise Refusal("matter_request_answered", status=409)
    _raise(answer_objection(by, matter, request))
    if matter.version != version:
        raise Refusal("stale_version", status=409)
    text, until = text.strip(), until or found.until
    if problems := _answer_problems(matter, request, granted, text, until, unit_id, by):
        raise Refusal.of(problems)
    said = request.granted if granted else request.refused
    with work(by.actor, f"{said.zh} {matter.number}"):
        _take(matter, version, _effect(matter, request, until, unit_id) if granted else {})
        event = tell(matter, f"{'grant' if granted else 'refuse'}_{found.kind}", by, text)
        waiting = MatterRequest.objects.filter(pk=found.pk, answered__isnull=True)
        if not waiting.update(
            answered=event, granted=granted, until=until if request.needs_day else None, unit_id=unit_id
        ):
            raise Refusal("matter_request_answered", status=409)
        lapse_requests(matter, by, whole=granted and request.needs_unit)
        publish("matters.changed", {"matter": matter.pk})
    return matter


def resume_paused_matters() -> str:
    """The tick's step: what was paused until today goes on. Says how many; one query where there is none."""
    today, by, done = clock.today(), system_viewer("matters"), 0
    pauses = MatterRequest.objects.filter(kind=PAUSE, granted=True)
    # A matter can be paused again: the day of an earlier pause says nothing about the present one.
    newest = pauses.filter(matter=OuterRef("matter")).order_by("-id").values("pk")[:1]
    over = pauses.filter(pk=Subquery(newest), until__lte=today, matter__state="suspended")
    for request in over.select_related("matter").order_by("matter_id"):
        done += _resume(request.matter, by)
    return f"resumed {done}"


def _resume(matter: Matter, by: Viewer) -> int:
    with work(by.actor, f"恢复办理 {matter.number}"):
        waiting = Matter.objects.filter(pk=matter.pk, state="suspended")
        changes = {**resumed(matter), "state": "in_progress", "state_since": clock.now()}
        if not waiting.update(version=F("version") + 1, **changes):
            return 0
        matter.refresh_from_db()
        tell(matter, "resume", by, "")
        publish("matters.changed", {"matter": matter.pk})
    return 1


def _found(matter_id: int, kind: str, by: Viewer) -> tuple[Matter, Request]:
    matter = visible(by).select_related("unit").filter(pk=matter_id).first()
    if matter is None:
        raise Refusal("matter_not_found", status=404)
    request = ledger_of(matter.ledger).request(kind)
    if request is None:
        raise Refusal("matter_request_unknown")
    return matter, request


def _raise(problem: Problem | None) -> None:
    if problem is not None:
        late = problem.code in ("matter_not_running", "matter_request_waits")
        raise Refusal.of([problem], status=409 if late else 403)


def _text(text: str) -> list[Problem]:
    if not text:
        return [Problem("matter_text_missing", {}, "reason")]
    return [Problem("matter_text_too_long", {"most": MOST_TEXT}, "reason")] if len(text) > MOST_TEXT else []


def _in_time(matter: Matter, request: Request) -> list[Problem]:
    """More time and a pause are asked for at least one working day before the day passes."""
    latest = after_working_days(clock.today(), 1, working_calendar()).on
    if not request.needs_day or latest <= matter.due_on:
        return []
    return [
        Problem("matter_request_late", {"what": say(request.name), "due": formats.date_words(matter.due_on, "week")})
    ]


def _until(matter: Matter, request: Request, until: date | None) -> list[Problem]:
    if not request.needs_day:
        return []
    if until is None:
        return [Problem("required", {}, "until")]
    begins = matter.due_on if request.key == EXTENSION else clock.today()
    furthest = clock.today() + timedelta(days=LONGEST_DAYS)
    if until <= begins:
        return [Problem("matter_until_not_later", {"day": formats.date_words(begins, "week")}, "until")]
    if until > furthest:
        return [Problem("matter_due_too_far", {"furthest": formats.date_words(furthest, "iso")}, "until")]
    nearest = rolled(until, working_calendar()).on
    if nearest == until:
        return []
    facts = {"due": formats.date_words(until, "week"), "nearest": formats.date_words(nearest, "week")}
    return [Problem("matter_due_not_working", facts, "until")]


def _answer_problems(
    matter: Matter, request: Request, granted: bool, text: str, until: date | None, unit_id: int | None, by: Viewer
) -> list[Problem]:
    if not granted:
        return _text(text)
    problems = [Problem("matter_text_too_long", {"most": MOST_TEXT}, "reason")] if len(text) > MOST_TEXT else []
    if request.needs_unit and unit_id in (None, matter.unit_id):
        problems.append(Problem("matter_unit_same", {"unit": matter.unit.name}, "unit"))
    elif request.needs_unit:
        problems += assignment_problems(matter, unit_id, text or "-", by, request.answer)
    return problems + _until(matter, request, until)


def _effect(matter: Matter, request: Request, until: date | None, unit_id: int | None) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if request.to_state:
        changes |= {"state": request.to_state, "state_since": clock.now()}
    if request.key == EXTENSION:
        changes |= {"due_on": until, "due_is_fixed": True, "due_is_provisional": False}
    if request.key == PAUSE:
        left = working_days_between(clock.today(), matter.due_on, working_calendar())
        changes["days_left"] = max(left, 0)
    if request.needs_unit:
        due = term(matter.ledger, "handle", clock.today())
        changes |= {"unit_id": unit_id, "handler_id": None, "handler_post": ""}
        if not matter.due_is_fixed:
            changes |= {"due_on": due.on, "due_is_provisional": due.is_provisional}
    return changes


def _take(matter: Matter, version: int, changes: dict[str, Any]) -> None:
    """Change the row if nobody else has meanwhile."""
    if Matter.objects.filter(pk=matter.pk, version=version).update(version=F("version") + 1, **changes) != 1:
        raise Refusal("stale_version", status=409)
    matter.refresh_from_db()
