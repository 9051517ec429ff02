"""Telling whoever takes a matter further that it has come to him, whoever brought it that it is done, and upwards what was not."""

from typing import Any

from django.db import transaction

from zhuanban.calc.words import Words
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Ledger, Need, Request, Transition
from zhuanban.matters.ledgers.ladder import Addressee, Level
from zhuanban.matters.models import Matter, MatterEscalation, MatterEvent
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.ladder import ROLE_OF
from zhuanban.matters.queries.reach import VIEW
from zhuanban.matters.queries.standing import handling_verbs, leading_move
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import Everybody, everybody
from zhuanban.people.services import notify

KIND = "matter"


def on_matters_changed(payload: dict[str, Any]) -> None:
    """Answer the event ``matters.changed``, by how the matter stands when it is heard."""
    matter = Matter.objects.filter(pk=payload["matter"]).first()
    # What lapses is a consequence of the step before it: that one is the news.
    last = matter.events.exclude(verb__startswith="lapse_").order_by("-id").first() if matter else None
    if matter is None or last is None:
        return
    ledger, move = ledger_of(matter.ledger), leading_move(matter)
    people = everybody(viewer=system_viewer("matters"))
    step, _mark, kind = last.verb.partition("_")
    request = ledger.request(kind)
    if request is not None:
        _tell_of_request(people, matter, last, request, asked=step == "ask")
        return
    told = _who_can(people, matter, move) if move else {matter.raised_by_id, matter.handler_id} - {None}
    notify(
        kind=KIND,
        key=f"matter:{matter.pk}:{last.pk}",
        subject=f"matter:{matter.pk}",
        # Nobody is told what he did himself.
        users={user for user in told if user is not None and user != last.by_id},
        text=_text(ledger, matter, move),
        url=f"/matters/{matter.number}/",
    )


def _tell_of_request(people: Everybody, matter: Matter, last: MatterEvent, request: Request, *, asked: bool) -> None:
    """Who can answer is told what was asked, the unit what was answered."""
    action = request.answer if asked else request.ask
    able = people.who_can(action, group=matter.group_id, unit=matter.unit_id, data_class=matter.data_class)
    if asked:
        able -= people.of_units(family_of(matter.unit_id))
    said = request.asked if asked else request.granted if last.verb.startswith("grant") else request.refused
    notify(
        kind=KIND,
        key=f"matter:{matter.pk}:{last.pk}",
        subject=f"matter:{matter.pk}",
        users=able - {last.by_id},
        text=Words(
            f"事项{matter.number} {said.zh}{'，请答复' if asked else f'，{matter.due_on:%Y-%m-%d}到期'}",
            f"Matter {matter.number}: {said.en}{'; please answer' if asked else f'; due {matter.due_on:%Y-%m-%d}'}",
        ),
        url=f"/matters/{matter.number}/",
    )


def on_matters_climbed(payload: dict[str, Any]) -> None:
    """Answer the event ``matters.climbed``: who has to act on the level, and who is informed, each once."""
    people = everybody(viewer=system_viewer("matters"))
    found = (
        MatterEscalation.objects.filter(pk__in=payload["escalations"]).select_related("matter", "event").order_by("pk")
    )
    # One transaction for all: where many climb on one day, committing each notice by itself would take the time.
    with transaction.atomic():
        for escalation in found:
            _tell_level(people, escalation)


def _tell_level(people: Everybody, escalation: MatterEscalation) -> None:
    matter = escalation.matter
    level = ledger_of(matter.ledger).ladder.level(escalation.level)
    told = {user for each in (*level.addressed, *level.informed) for user in addressees(people, matter, each)}
    notify(
        kind=KIND,
        key=f"matter:{matter.pk}:L{escalation.level}",
        subject=f"matter:{matter.pk}",
        users=(told & _may_see(people, matter)) - {escalation.event.by_id},
        text=_climbed_text(escalation, level),
        url=f"/matters/{matter.number}/",
    )


def addressees(people: Everybody, matter: Matter, who: Addressee) -> set[int]:
    """The accounts that an addressee of a level means for a matter, whether or not they may see it."""
    if who is Addressee.LEADER:
        return people.leading(matter.group_id)
    if who is Addressee.UNIT_HEAD:
        of_unit = people.of_units({matter.unit_id})
        # A street has no head's post; whoever handles matters there answers for it.
        return of_unit & people.of_role("dept_head") or of_unit & people.who_can(
            "matters.handle", group=matter.group_id, unit=matter.unit_id, data_class=matter.data_class
        )
    return people.of_role(ROLE_OF[who])


def _may_see(people: Everybody, matter: Matter) -> set[int]:
    places = {matter.unit_id, matter.territory_id} - {None}
    return {
        user
        for unit in places
        for user in people.who_can(VIEW, group=matter.group_id, unit=unit, data_class=matter.data_class)
    }


def _climbed_text(escalation: MatterEscalation, level: Level) -> Words:
    """Number, level, why and by when; not what the matter says."""
    number, due = escalation.matter.number, f"{escalation.due_on:%Y-%m-%d}"
    overdue = escalation.trigger == MatterEscalation.Trigger.OVERDUE
    return Words(
        f"事项{number} {'逾期未办结，' if overdue else ''}已上报至{level.code}{level.name_zh}，请于{due}前处理",
        f"Matter {number}: {'overdue, ' if overdue else ''}reported up to {level.code} {level.name_en}; to be answered by {due}",
    )


def _who_can(people: Everybody, matter: Matter, move: Transition) -> set[int]:
    able = people.who_can(move.action, group=matter.group_id, unit=matter.unit_id, data_class=matter.data_class)
    if Need.NOT_RESPONSIBLE_UNIT in move.needs:
        able -= people.of_units(family_of(matter.unit_id))
    if Need.NOT_HANDLER in move.needs:
        able -= set(matter.events.filter(verb__in=handling_verbs(matter)).values_list("by_id", flat=True))
    return able


def _text(ledger: Ledger, matter: Matter, move: Transition | None) -> Words:
    """Number, state and what is to be done; not what the matter says."""
    state = ledger.state(matter.state)
    if move is None:
        return Words(f"事项{matter.number} {state.name_zh}", f"Matter {matter.number}: {state.name_en}")
    return Words(
        f"事项{matter.number} {state.name_zh}，请{move.name.zh}，{matter.due_on:%Y-%m-%d}到期",
        f"Matter {matter.number}: {state.name_en}; next: {move.name.en}; due {matter.due_on:%Y-%m-%d}",
    )
