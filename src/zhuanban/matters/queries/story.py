"""One matter in full: its story, its evidence, its clocks, and what the viewer may do with it next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhuanban.calc.working_days import working_days_between
from zhuanban.files.models import Attachment
from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Ledger, Request, State, Transition
from zhuanban.matters.ledgers.judging import objection
from zhuanban.matters.ledgers.ladder import FIRST, Level
from zhuanban.matters.models import Matter, MatterEscalation, MatterEvent, MatterEvidence
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.requests import RequestFacts, requests_of
from zhuanban.matters.queries.rows import RELATED, MatterRow, row_of
from zhuanban.matters.queries.standing import handling_verbs, leading_move, problem_of, standing, state_due
from zhuanban.matters.queries.wayup import WayUp, way_up
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

CLASSIFY = "classify"
"""The step with which a matter gets another data class; no move of a ledger."""


@dataclass(frozen=True)
class EvidenceFile:
    """A file of the story; handed out by ``evidence_file`` through the matter."""

    id: int
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class EventFacts:
    """One step of the story. ``move`` is None for the registration, for another data class and where it climbed.

    Where it climbed, ``level`` is what it reached, ``level_due_on`` that level's day as given then, ``by_hand`` whether
    somebody reported it up.
    """

    id: int
    verb: str
    move: Transition | None
    at: datetime
    by_post: str
    text: str
    state: str
    due_on: date | None
    files: tuple[EvidenceFile, ...]
    level: Level | None = None
    level_due_on: date | None = None
    by_hand: bool = False


@dataclass(frozen=True)
class NextAction:
    """A move out of the present state: allowed, or with the reason why not and who can."""

    move: Transition
    obstacle: Problem | None
    due_on: date | None
    leads: bool = False
    """Whether it is the one that leads on from here."""

    @property
    def allowed(self) -> bool:
        return self.obstacle is None


@dataclass(frozen=True)
class ClockFacts:
    """One clock in working days. ``ended_on`` is the day it stopped, None while it runs."""

    key: str
    name_zh: str
    name_en: str
    started_on: date
    due_on: date
    ended_on: date | None
    used: int
    limit: int
    is_provisional: bool = False

    @property
    def over(self) -> int:
        """Working days beyond the limit; 0 within it."""
        return max(self.used - self.limit, 0)


@dataclass(frozen=True)
class StageFacts:
    """One state on the track and the day on which it was reached."""

    state: State
    reached_on: date | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class MatterFacts:
    """Everything the page of a matter shows. Events are newest first."""

    row: MatterRow
    ledger: Ledger
    stages: tuple[StageFacts, ...]
    events: tuple[EventFacts, ...]
    actions: tuple[NextAction, ...]
    clocks: tuple[ClockFacts, ...]
    way_up: WayUp
    may_classify: bool
    waiting: tuple[RequestFacts, ...] = ()
    open_to: tuple[Request, ...] = ()


def matter(*, viewer: Viewer, number: str) -> MatterFacts | None:
    """The matter ``number``, or None where the viewer sees none of that number. Five queries, six where it climbed."""
    found = visible(viewer).select_related(*RELATED).filter(number=number).first()
    if found is None:
        return None
    events = list(found.events.order_by("id"))
    escalations = list(found.escalations.select_related("event").order_by("level")) if found.level > FIRST else []
    way = way_up(viewer=viewer, matter=found, escalations=escalations)
    waiting, open_to = requests_of(viewer, found)
    return MatterFacts(
        row=row_of(found),
        ledger=ledger_of(found.ledger),
        stages=_stages(found, events),
        events=_told(found, events, {each.event_id: each for each in escalations}),
        actions=_actions(viewer, found, events),
        clocks=_clocks(found, events, way),
        way_up=way,
        may_classify=viewer.scope("matters.accept")
        .at(found.data_class)
        .allows(group=found.group_id, unit=found.unit_id),
        waiting=waiting,
        open_to=open_to,
    )


def evidence_file(*, viewer: Viewer, number: str, evidence_id: int) -> Attachment | None:
    """A file of a matter the viewer sees; None where there is none of that kind for him."""
    evidence = (
        MatterEvidence.objects.filter(pk=evidence_id, event__matter__in=visible(viewer).filter(number=number))
        .select_related("attachment")
        .first()
    )
    return evidence.attachment if evidence else None


def _told(
    found: Matter, events: list[MatterEvent], escalations: dict[int, MatterEscalation]
) -> tuple[EventFacts, ...]:  # fmt: skip
    ledger = ledger_of(found.ledger)
    files: dict[int, list[EvidenceFile]] = {}
    for item in MatterEvidence.objects.filter(event__matter=found).select_related("attachment"):
        file = EvidenceFile(item.pk, item.attachment.original_name, item.attachment.kind, item.attachment.size)
        files.setdefault(item.event_id, []).append(file)
    return tuple(
        EventFacts(
            id=event.pk,
            verb=event.verb,
            move=ledger.transition(event.verb),
            at=event.at,
            by_post=event.by_post,
            text=event.text,
            state=event.state,
            due_on=event.due_on,
            files=tuple(files.get(event.pk, ())),
            **_level_of(ledger, escalations.get(event.pk)),
        )
        for event in reversed(events)
    )


def _level_of(ledger: Ledger, escalation: MatterEscalation | None) -> dict[str, Any]:
    if escalation is None:
        return {}
    return {
        "level": ledger.ladder.level(escalation.level),
        "level_due_on": escalation.due_on,
        "by_hand": escalation.trigger == MatterEscalation.Trigger.MANUAL,
    }


def _actions(viewer: Viewer, found: Matter, events: list[MatterEvent]) -> tuple[NextAction, ...]:
    verbs = handling_verbs(found)
    handlers = {event.by_id for event in events if event.verb in verbs}
    family = family_of(found.unit_id)
    due = state_due(found)
    actions, leads = [], leading_move(found)
    for move in ledger_of(found.ledger).moves_from(found.state):
        code = objection(move, standing(viewer, found, move, handlers=handlers, family=family))
        obstacle = problem_of(code, move, found, events[-1] if events else None) if code else None
        actions.append(NextAction(move, obstacle, due.on if due else None, move == leads))
    return tuple(actions)


def _stages(found: Matter, events: list[MatterEvent]) -> tuple[StageFacts, ...]:
    reached: dict[str, date] = {}
    before = ""
    for event in events:
        # A level, a data class, a note or a request changes no state.
        if event.state != before:
            reached[event.state] = clock.shanghai(event.at).date()
        before = event.state
    ledger = ledger_of(found.ledger)
    states = [state for state in ledger.states if not state.beside]
    present = ledger.state(found.state)
    now = [state.key for state in states].index(present.beside or present.key)
    closed = not present.is_open
    return tuple(
        StageFacts(state, reached.get(state.key) if at <= now else None, at < now or (closed and at == now), at == now)
        for at, state in enumerate(states)
    )


def _clocks(found: Matter, events: list[MatterEvent], way: WayUp) -> tuple[ClockFacts, ...]:
    """The responsible unit's clock first, with its first due day; then that of the level reached and of the present state."""
    ledger = ledger_of(found.ledger)
    today = clock.today()
    started = _started_on(ledger, events) or clock.shanghai(found.raised_at).date()
    stopped = None if found.state in ledger.running_states else _stopped_on(ledger, events)
    clocks = [_clock(_named(ledger, "handle"), started, found.due_on, stopped, today, found.due_is_provisional)]
    if way.due_on is not None and way.reached_on is not None:
        # Read anew from the calendar: whether it is final is known only now.
        provisional = any(working_calendar().is_provisional(day) for day in (way.reached_on, way.due_on))
        clocks.append(_clock(_of_level(way.level), way.reached_on, way.due_on, stopped, today, provisional))
    key = ledger.state(found.state).clock
    due = state_due(found)
    if key and key != "handle" and due:
        since = clock.shanghai(found.state_since).date()
        clocks.append(_clock(_named(ledger, key), since, due.on, None, today, due.is_provisional))
    return tuple(clocks)


Name = tuple[str, str, str]
"""A clock's key, Chinese and English name."""


def _named(ledger: Ledger, key: str) -> Name:
    named = ledger.clock(key)
    return key, named.name_zh, named.name_en


def _of_level(level: Level) -> Name:
    return "level", f"{level.code}{level.name_zh}", f"{level.code} {level.name_en}"


def _clock(
    name: Name, started: date, due: date, ended: date | None, today: date, provisional: bool
) -> ClockFacts:  # fmt: skip
    key, name_zh, name_en = name
    return ClockFacts(
        key=key,
        name_zh=name_zh,
        name_en=name_en,
        started_on=started,
        due_on=due,
        ended_on=ended,
        used=max(working_days_between(started, ended or today, working_calendar()), 0),
        limit=max(working_days_between(started, due, working_calendar()), 0),
        is_provisional=provisional,
    )


def _started_on(ledger: Ledger, events: list[MatterEvent]) -> date | None:
    """The day on which the responsible unit's present term began."""
    starting = {*ledger.starting_verbs, "grant_reassignment"}
    found = next((event for event in reversed(events) if event.verb in starting), None)
    return clock.shanghai(found.at).date() if found else None


def _stopped_on(ledger: Ledger, events: list[MatterEvent]) -> date | None:
    """The day of the newest step that led out of handling."""
    handling = set(ledger.running_states)
    stopped = None
    for event in events:
        if event.state in handling:
            stopped = None
        elif stopped is None:
            stopped = clock.shanghai(event.at).date()
    return stopped
