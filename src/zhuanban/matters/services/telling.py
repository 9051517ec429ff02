"""Telling whoever takes a matter further that it has come to him, and whoever brought it that it is done."""

from typing import Any

from zhuanban.calc.words import Words
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Ledger, Need, Transition
from zhuanban.matters.models import Matter
from zhuanban.matters.queries.families import family_of
from zhuanban.matters.queries.standing import handling_verbs
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import Everybody, everybody
from zhuanban.people.services import notify

KIND = "matter"


def on_matters_changed(payload: dict[str, Any]) -> None:
    """Answer the event ``matters.changed``, by how the matter stands when it is heard."""
    matter = Matter.objects.filter(pk=payload["matter"]).first()
    last = matter.events.order_by("-id").first() if matter else None
    if matter is None or last is None:
        return
    ledger = ledger_of(matter.ledger)
    move = next(iter(ledger.moves_from(matter.state)), None)
    people = everybody(viewer=system_viewer("matters"))
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
