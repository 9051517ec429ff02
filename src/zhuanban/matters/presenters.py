"""What templates and the registries are given: words in the reader's language, addresses, drawing values."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from zhuanban.files.services import has_preview
from zhuanban.kit import clock, formats
from zhuanban.kit.lists import Bulk
from zhuanban.kit.registries import Todo
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.matters import queries
from zhuanban.matters.drawer import ledger_of, ledgers, level_words, say
from zhuanban.matters.ledgers.contract import Need, Request
from zhuanban.matters.queries import ClockFacts, EventFacts, MatterFacts, NextAction, RequestFacts
from zhuanban.matters.queries.story import CLASSIFY
from zhuanban.matters.services.moving import DISSATISFIED
from zhuanban.people.access import Viewer

_RAISED = gettext_lazy("Raised"), "flag"
_OTHER_STEPS = {CLASSIFY: (gettext_lazy("Data class changed"), "lock")}
"""Title and icon of the steps that are no move of a ledger, but for the registration, which is ``_RAISED``."""

SHOWN_ON_PAGES = 6
"""So many open matters stand on the page of a group or unit."""


def todos(viewer: Viewer) -> Iterator[Todo]:
    """What waits for the viewer: the main next move of every matter he can take further."""
    for waiting in queries.waiting_matters(viewer=viewer):
        row = waiting.row
        yield Todo(
            kind=pgettext("to-do", "Matter"),
            title=f"{row.number} {row.title}",
            url=reverse("matters:matter", args=[row.number]),
            verb=say(waiting.move.name),
            due_at=end_of(waiting.due_on) if waiting.due_on else None,
            note=f"{row.unit_name} · {row.state_name}",
        )


def todos_of_requests(viewer: Viewer) -> Iterator[Todo]:
    """What units have asked the viewer for."""
    for each in queries.waiting_requests(viewer=viewer):
        yield Todo(
            kind=pgettext("to-do", "Matter"),
            title=f"{each.row.number} {each.row.title}",
            url=reverse("matters:matter", args=[each.row.number]),
            verb=pgettext("to-do", "Answer"),
            due_at=end_of(each.row.due_on),
            note=f"{each.row.unit_name} · {say(each.request.asked)}",
        )


def todos_of_levels(viewer: Viewer) -> Iterator[Todo]:
    """What was reported up to the viewer: to be looked after until it is solved or stands higher."""
    for each in queries.matters_to_look_after(viewer=viewer):
        row = each.row
        yield Todo(
            kind=pgettext("to-do", "Matter"),
            title=f"{row.number} {row.title}",
            url=reverse("matters:matter", args=[row.number]),
            verb=_("Look after"),
            due_at=end_of(each.due_on),
            note=f"{row.unit_name} · {row.level_name}",
        )


def search(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Matters by number and title; what their descriptions say, the ledger's own search finds."""
    if not viewer.can("matters.view"):
        return iter(())
    return fitting(query, (
        (
            (each.number, each.title),
            Hit(f"{each.number} {each.title}", reverse("matters:matter", args=[each.number]), each.unit.name),
        )
        for each in queries.findable_matters(viewer=viewer)
    ))  # fmt: skip


def indicator_panel(viewer: Viewer, indicator: Any) -> str:
    """The open matters of an indicator, for its page; empty without any."""
    indicator_id = getattr(indicator, "indicator_id", None) or getattr(indicator, "id", None)
    if not viewer.can("matters.view") or indicator_id is None:
        return ""
    rows = queries.open_matters(viewer=viewer, as_known=None, indicator_id=indicator_id)
    return render_to_string("matters/panel.html", {"rows": rows}) if rows else ""


def holding_panel(viewer: Viewer, by: Any) -> str:
    """The open matters of a group or a unit, the nearest due first, for its page; empty for who sees none."""
    if not viewer.can("matters.view"):
        return ""
    rows = queries.open_matters(viewer=viewer, as_known=by.as_known, group_id=by.group_id, unit_id=by.unit_id)
    named = f"unit={by.unit_id}" if by.unit_id is not None else f"group={by.group_id}"
    context = {"rows": rows[:SHOWN_ON_PAGES], "count": len(rows), "late": sum(row.is_overdue for row in rows), "url": f"{reverse('matters:ledger')}?{named}"}
    return render_to_string("matters/holding_panel.html", context)


def end_of(day: date) -> datetime:
    """The last minute of a due day: the day itself still counts."""
    return datetime.combine(day, time(23, 59), tzinfo=clock.SHANGHAI)


def page_of(facts: MatterFacts) -> dict[str, Any]:
    """Everything that the page of a matter draws."""
    allowed = [action for action in facts.actions if action.allowed]
    main = next((action for action in allowed if action.leads), None)
    beside = [action for action in allowed if action is not main]
    needs = {need for action in allowed for need in action.move.needs}
    return {
        "facts": facts,
        "row": facts.row,
        "ledger_name": facts.ledger.name_zh if formats.in_chinese() else facts.ledger.name_en,
        "track": _track(facts),
        "main": _offer(main) if main else None,
        "beside": [_offer(action) for action in beside],
        "takes_files": any(action.move.takes_files for action in allowed),
        "takes_text": bool(allowed),
        "takes_unit": Need.UNIT in needs,
        "satisfactions": _satisfactions(facts) if Need.SATISFACTION in needs else [],
        "waiting": [_waiting(each) for each in facts.waiting],
        "open_to": [_request(each) for each in facts.open_to],
        "closed_action": None if allowed else _closed(facts),
        "events": [_event(facts, event) for event in facts.events],
        "clocks": [_clock(each) for each in facts.clocks],
        "way_up": _way_up(facts),
    }


def _satisfactions(facts: MatterFacts) -> list[tuple[str, str]]:
    return [(key, say(words)) for key, words in facts.ledger.satisfactions.items() if key != DISSATISFIED]


def _request(request: Request) -> dict[str, Any]:
    return {
        "kind": request.key, "name": say(request.name), "note": say(request.note), "icon": request.icon,
        "needs_day": request.needs_day, "needs_unit": request.needs_unit,
    }  # fmt: skip


def _waiting(each: RequestFacts) -> dict[str, Any]:
    return {
        **_request(each.request), "id": each.id, "asked": say(each.request.asked), "who": each.by_post,
        "reason": each.reason, "until": each.until, "may_answer": each.may_answer,
        "until_words": formats.date_words(each.until, "week") if each.until else "",
    }  # fmt: skip


def _track(facts: MatterFacts) -> list[dict[str, Any]]:
    return [
        {
            "label": say(stage.state.stage),
            "when": formats.date_words(stage.reached_on, "short") if stage.reached_on else "",
            "done": stage.is_done,
            "current": stage.is_current and not stage.is_done,
        }
        for stage in facts.stages
    ]


def _offer(action: NextAction) -> dict[str, str]:
    move = action.move
    return {
        "verb": move.verb,
        "icon": move.icon,
        "label": say(move.name),
        "task": say(move.task),
        "check": say(move.check),
        "then": say(move.then),
        "due": formats.date_words(action.due_on, "week") if action.due_on else "",
        "kind": "danger" if move.turns_back else "",
    }


def _closed(facts: MatterFacts) -> dict[str, str] | None:
    """The grey bar of somebody who cannot do the next step: what it is, why not he, who, by when."""
    action = next((each for each in facts.actions if each.leads), None)
    if action is None or action.obstacle is None:
        return None
    return {
        "task": say(action.move.task),
        "reason": action.obstacle.sentence,
        "due": formats.date_words(action.due_on, "week") if action.due_on else "",
    }


def _way_up(facts: MatterFacts) -> dict[str, Any]:
    """The level reached, and what reporting it up would do; ``next`` is empty where the viewer cannot."""
    way = facts.way_up
    above = level_words(way.next_level) if way.next_level and way.may_report else ""
    return {"level": level_words(way.level), "is_up": way.due_on is not None, "next": above}


def _climbed(event: EventFacts) -> tuple[str, str]:
    assert event.level is not None
    said = _("Reported up to %(level)s") if event.by_hand else _("Overdue: passed up to %(level)s")
    return said % {"level": level_words(event.level)}, "stairs-up"


def _text(event: EventFacts) -> str:
    """What was written; where the matter climbed, by when the level answers and that the first day stays."""
    if event.level is None or event.level_due_on is None or event.due_on is None:
        return event.text
    days = _("To be answered by %(due)s; the responsible unit's day stays %(first)s.") % {
        "due": formats.date_words(event.level_due_on, "week"), "first": formats.date_words(event.due_on, "week"),
    }  # fmt: skip
    return f"{event.text}\n{days}" if event.text else days


def _titled(facts: MatterFacts, event: EventFacts) -> tuple[Any, str]:
    if event.level is not None:
        return _climbed(event)
    if (about := _asked_or_answered(facts, event)) is not None:
        return about
    return (say(event.move.done), event.move.icon) if event.move else _OTHER_STEPS.get(event.verb, _RAISED)


def _asked_or_answered(facts: MatterFacts, event: EventFacts) -> tuple[str, str] | None:
    """A step that asked for something or answered it."""
    step, _mark, kind = event.verb.partition("_")
    request = facts.ledger.request(kind)
    if request is None:
        return None
    said = {"ask": request.asked, "grant": request.granted, "refuse": request.refused}.get(step)
    if step == "lapse":
        return _("“%(what)s” is no longer asked for") % {"what": say(request.name)}, request.icon
    return (say(said), request.icon) if said else None


def _event(facts: MatterFacts, event: EventFacts) -> dict[str, Any]:
    title, icon = _titled(facts, event)
    return {
        "title": title,
        "icon": icon,
        "when": formats.instant_words(event.at, "long"),
        "who": event.by_post,
        "text": _text(event),
        "kind": "raised" if event.level is not None or (event.move is not None and event.move.turns_back) else "",
        "files": [
            {
                "url": reverse("matters:evidence", args=[facts.row.number, file.id]),
                "label": file.name,
                "picture": reverse("matters:preview", args=[facts.row.number, file.id])
                if has_preview(file.kind)
                else "",
            }
            for file in event.files
        ],
    }


def _clock(each: ClockFacts) -> dict[str, Any]:
    name = each.name_zh if formats.in_chinese() else each.name_en
    return {
        "name": _("%(name)s, %(days)s working days") % {"name": name, "days": each.limit},
        "state": _clock_state(each),
        "note": _clock_note(each),
        "used": each.used,
        "limit": max(each.limit, 1),
        "late": each.over > 0 or (each.ended_on or clock.today()) > each.due_on,
    }


def _clock_state(each: ClockFacts) -> str:
    if (each.ended_on or clock.today()) > each.due_on:
        days = max(each.over, 1)
        return ngettext("%(days)s day over", "%(days)s days over", days) % {"days": days}
    if each.ended_on is not None:
        return _("in time")
    days = each.limit - each.used
    return _("due today") if days <= 0 else ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _clock_note(each: ClockFacts) -> str:
    due = formats.date_words(each.due_on, "week")
    note = _("Due %(due)s") % {"due": due}
    if each.ended_on is not None:
        note = _("%(due)s; stopped on %(day)s") % {"due": note, "day": formats.date_words(each.ended_on, "short")}
    if each.is_provisional:
        note = _("%(note)s (provisional: the holidays of that year are not known yet)") % {"note": note}
    return note


def moves_of_many(viewer: Viewer, ledger: str) -> list[Bulk]:
    """The moves that ask for no words and no files, so that a viewer who may make them can make several at once."""
    asking = {Need.TEXT, Need.FILES, Need.SATISFACTION}
    return [
        Bulk(move.verb, say(move.name), _("%(what)s: every marked matter?") % {"what": say(move.name)}, move.icon)
        for move in ledger_of(ledger).transitions
        if viewer.can(move.action) and asking.isdisjoint(move.needs)
    ]


def state_choices() -> list[tuple[str, str]]:
    """The states of the filter bar."""
    chinese = formats.in_chinese()
    seen: dict[str, str] = {}
    for ledger in ledgers().values():
        for state in ledger.states:
            seen.setdefault(state.key, state.name_zh if chinese else state.name_en)
    return [("", _("All")), (queries.OPEN, _("Not struck off")), *seen.items()]


def level_choices(ledger: str) -> list[tuple[str, str]]:
    """The levels of the filter bar, lowest first."""
    return [(str(level.number), level_words(level)) for level in ledger_of(ledger).ladder.levels]
