"""What the pages of the room show, and what other pages show of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zhuanban.alerts import queries
from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.queries import AlertPage, AlertRow
from zhuanban.calc.working_days import working_days_between
from zhuanban.kit import clock, formats
from zhuanban.kit.lists import Bulk
from zhuanban.kit.registries import Todo
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

_ICONS = {
    AlertEvent.Verb.RAISED: "alert-triangle",
    AlertEvent.Verb.RAISED_AGAIN: "alert-triangle",
    AlertEvent.Verb.FACTS_CHANGED: "refresh",
    AlertEvent.Verb.ACKNOWLEDGED: "eye",
    AlertEvent.Verb.EXPLAINED: "message-2",
    AlertEvent.Verb.MATTER_OPENED: "list-check",
    AlertEvent.Verb.NOTED: "pencil",
    AlertEvent.Verb.CLEARED: "circle-check",
    AlertEvent.Verb.CLOSED: "archive",
}


def state_words(state: str) -> str:
    """The state of an alert in the reader's language."""
    return {
        Alert.State.OPEN: pgettext("alert", "new"),
        Alert.State.ACKNOWLEDGED: pgettext("alert", "acknowledged"),
        Alert.State.EXPLAINED: pgettext("alert", "explained"),
        Alert.State.CLEARED: pgettext("alert", "cleared by data"),
        Alert.State.CLOSED: pgettext("alert", "closed"),
    }[Alert.State(state)]


def verb_words(verb: str) -> str:
    """The step of a timeline in the reader's language."""
    return {
        AlertEvent.Verb.RAISED: _("Alert raised"),
        AlertEvent.Verb.RAISED_AGAIN: _("Alert raised again"),
        AlertEvent.Verb.FACTS_CHANGED: _("Figures changed"),
        AlertEvent.Verb.ACKNOWLEDGED: _("Acknowledged"),
        AlertEvent.Verb.EXPLAINED: _("Explained"),
        AlertEvent.Verb.MATTER_OPENED: _("Matter opened"),
        AlertEvent.Verb.NOTED: _("Note"),
        AlertEvent.Verb.CLEARED: _("Cleared by data"),
        AlertEvent.Verb.CLOSED: _("Closed"),
    }[AlertEvent.Verb(verb)]


@dataclass(frozen=True)
class ShownRow:
    """A row of the list."""

    row: AlertRow
    url: str
    state: str
    late: bool
    period: str


def shown_rows(rows: tuple[AlertRow, ...], today: date) -> list[ShownRow]:
    return [
        ShownRow(
            row, reverse("alerts:alert", args=[row.id]), state_words(row.state), row.is_late(today), period_title(row)
        )
        for row in rows
    ]


def bulk(viewer: Viewer) -> list[Bulk]:
    """What the viewer may do with several alerts at once."""
    if not viewer.can("alerts.explain"):
        return []
    return [Bulk("acknowledge", _("Acknowledge"), _("Acknowledge every marked alert?"), "eye")]


def period_title(row: AlertRow) -> str:
    return row.period.title_zh if formats.in_chinese() else row.period.title_en


def why(page: AlertPage) -> list[dict[str, str]]:
    """What the rule read, as its page shows it: name, unit and the figure as printed."""
    facts = page.row.facts
    return [
        {"name": formats.say(each.name), "unit": each.unit, "value": _fact(facts[each.key], each.form)}
        for each in queries.rules()[page.row.rule].shows
        if each.key in facts
    ]


def _fact(text: str, form: str) -> str:
    if form == "day":
        return formats.date_words(date.fromisoformat(text), "week")
    if form == "growth":
        return formats.growth(Decimal(text))
    return formats.signed(Decimal(text)) if form == "signed" else text.replace("-", formats.MINUS)


@dataclass(frozen=True)
class ShownParameter:
    """One number the rule was asked with, and who says so."""

    name: str
    value: str
    measure: str
    authority: str


def parameters(page: AlertPage) -> list[ShownParameter]:
    rule = queries.rules()[page.row.rule]
    return [
        ShownParameter(
            formats.say(parameter.name),
            str(page.parameters.get(parameter.key, parameter.default)),
            formats.say(parameter.measure),
            _("the plan, clause %(clause)s") % {"clause": parameter.clause}
            if parameter.authority == "plan"
            else _("the product's default"),
        )
        for parameter in rule.parameters
    ]


def stages(page: AlertPage) -> list[dict[str, Any]]:
    """The track: raised, acknowledged, explained, and how it ended."""
    row = page.row
    over = page.cleared_at or page.closed_at
    ended = state_words(row.state) if over else _("Cleared or closed")
    steps: list[tuple[str, datetime | None]] = [
        (_("Alert raised"), row.raised_at),
        (_("Acknowledged"), page.acknowledged_at),
        (_("Explanation"), page.explained_at),
        (ended, over),
    ]
    waiting = next((place for place, (_label, at) in enumerate(steps) if at is None), None)
    return [
        {
            "label": label,
            "done": at is not None,
            "current": place == waiting and not over,
            "when": formats.date_words(at, "short") if at else "",
        }
        for place, (label, at) in enumerate(steps)
    ]


def timeline(page: AlertPage) -> list[dict[str, Any]]:
    return [
        {
            "title": verb_words(event.verb),
            "when": formats.instant_words(event.at),
            "who": event.by_post,
            "icon": _ICONS[AlertEvent.Verb(event.verb)],
            "kind": "raised" if event.verb in (AlertEvent.Verb.RAISED, AlertEvent.Verb.RAISED_AGAIN) else "",
            "text": event.text,
        }
        for event in page.events
    ]


def time_left(row: AlertRow, today: date) -> str:
    """How long the department has for its explanation, in working days."""
    days = working_days_between(today, row.explain_due_on, working_calendar())
    facts = {"day": formats.date_words(row.explain_due_on, "week"), "days": abs(days)}
    if row.is_late(today):
        return _("The explanation was due on %(day)s and is %(days)s working days late.") % facts
    return _("The explanation is due on %(day)s, %(days)s working days from now.") % facts


_TODO_KIND = gettext_lazy("Alert")
_EXPLAIN = gettext_lazy("Explain")


def todos(viewer: Viewer) -> Iterator[Todo]:
    """Alerts that the viewer's department has to explain."""
    if not viewer.can("alerts.explain") or viewer.scope("alerts.explain").is_everything:
        # The statistician may explain everywhere, but the duty is the department's.
        return
    states = (Alert.State.OPEN.value, Alert.State.ACKNOWLEDGED.value)
    waiting: dict[tuple[str, str], list[AlertRow]] = {}
    for row in queries.waiting_alerts(viewer=viewer, action="alerts.explain", states=states):
        waiting.setdefault((row.indicator_code or row.about, row.period.key), []).append(row)
    # What several rules raised for one subject and period is explained once.
    for row, *others in waiting.values():
        yield Todo(
            kind=_TODO_KIND,
            title=_("%(indicator)s, %(period)s: %(rule)s")
            % {"indicator": row.indicator_name, "period": period_title(row), "rule": row.rule_name},
            url=reverse("alerts:alert", args=[row.id]),
            verb=_EXPLAIN,
            due_at=datetime.combine(row.explain_due_on, time(17), clock.SHANGHAI),
            note=" · ".join([row.message, *(other.rule_name for other in others)]),
        )


def indicator_panel(viewer: Viewer, subject: Any) -> str:
    """The alerts of an indicator on its page. ``subject`` is the indicator or the facts of its page."""
    if not viewer.can("alerts.view"):
        return ""
    indicator = getattr(subject, "indicator", subject)
    rows = queries.alerts_of_indicator(viewer=viewer, indicator_id=indicator.pk)
    return render_to_string("alerts/indicator_panel.html", {"rows": shown_rows(rows, clock.today())})


def matter_panel(viewer: Viewer, subject: Any) -> str:
    """The alert that a matter was opened from, on the matter's page."""
    if not viewer.can("alerts.view"):
        return ""
    row = queries.alert_of_matter(viewer=viewer, matter_id=subject.id)
    if row is None:
        return ""
    return render_to_string("alerts/matter_panel.html", {"shown": shown_rows((row,), clock.today())[0]})


def search(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Alerts by their indicator and rule."""
    if not viewer.can("alerts.view"):
        return iter(())
    return fitting(query, (
        (
            (row.indicator_zh, row.indicator_en, row.indicator_code, row.rule_zh, row.rule_en),
            Hit(f"{row.indicator_name}：{row.rule_name}" if formats.in_chinese() else f"{row.indicator_name}: {row.rule_name}", reverse("alerts:alert", args=[row.id]), f"{period_title(row)} · {state_words(row.state)}"),
        )
        for row in queries.alerts(viewer=viewer)
    ))  # fmt: skip
