"""Alerts as lists, as pages and for other rooms. The scope of ``alerts.view`` is a constant predicate."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.queries.rules import rules
from zhuanban.calc.periods import Period
from zhuanban.people.access import Viewer

ACTIVE = (Alert.State.OPEN.value, Alert.State.ACKNOWLEDGED.value, Alert.State.EXPLAINED.value)
"""States in which somebody still has to do something."""


def _in_english() -> bool:
    return get_language() == "en"


@dataclass(frozen=True)
class AlertRow:
    """One alert as lists and other rooms see it. Figures in ``facts`` are text as printed; missing dates are None.

    ``indicator_zh`` and ``indicator_en`` name what it is about: the indicator, or the late matter or filing ``about``.
    """

    id: int
    rule: str
    rule_zh: str
    rule_en: str
    indicator_id: int | None
    indicator_code: str
    indicator_zh: str
    indicator_en: str
    group_id: int | None
    group_zh: str
    group_en: str
    unit_id: int | None
    unit_zh: str
    unit_en: str
    period: Period
    facts: dict[str, str]
    message_zh: str
    message_en: str
    state: str
    raised_at: datetime
    explain_due_on: date
    cause: str
    measure: str
    explained_by_post: str
    matter_id: int | None
    matter_number: str
    version: int
    about: str = ""
    about_url: str = ""

    @property
    def subject_url(self) -> str:
        """Where what it is about stands; empty for an indicator, whose page its code names."""
        return self.about_url

    @property
    def is_of_matter(self) -> bool:
        """Whether it is about a matter, from which no other is opened."""
        return self.about.startswith("matter:")

    @property
    def rule_name(self) -> str:
        return self.rule_en if _in_english() else self.rule_zh

    @property
    def indicator_name(self) -> str:
        return self.indicator_en if _in_english() else self.indicator_zh

    @property
    def group_name(self) -> str:
        return self.group_en if _in_english() else self.group_zh

    @property
    def unit_name(self) -> str:
        return self.unit_en if _in_english() else self.unit_zh

    @property
    def message(self) -> str:
        return self.message_en if _in_english() else self.message_zh

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def is_late(self, today: date) -> bool:
        """Whether its explanation is missing after the day it was due."""
        return self.state in ACTIVE[:2] and today > self.explain_due_on


@dataclass(frozen=True)
class EventRow:
    """One step of the timeline."""

    verb: str
    at: datetime
    by_post: str
    text_zh: str
    text_en: str

    @property
    def text(self) -> str:
        return self.text_en if _in_english() else self.text_zh


@dataclass(frozen=True)
class AlertPage:
    """Everything the page of one alert shows."""

    row: AlertRow
    parameters: dict[str, str]
    acknowledged_at: datetime | None
    acknowledged_by_post: str
    explained_at: datetime | None
    cleared_at: datetime | None
    closed_at: datetime | None
    closed_by_post: str
    close_reason: str
    events: tuple[EventRow, ...]


def _visible(viewer: Viewer) -> QuerySet[Alert]:
    return Alert.objects.filter(viewer.scope("alerts.view").q(group="group_id", unit="unit_id")).select_related(
        "indicator", "group", "unit", "matter"
    )


def _row(alert: Alert) -> AlertRow:
    rule, indicator, group, unit = rules()[alert.rule], alert.indicator, alert.group, alert.unit
    return AlertRow(
        id=alert.pk, rule=alert.rule, rule_zh=rule.name.zh, rule_en=rule.name.en,
        indicator_id=alert.indicator_id, indicator_code=indicator.code if indicator else "",
        indicator_zh=alert.subject_zh, indicator_en=alert.subject_en,
        group_id=alert.group_id, group_zh=group.name_zh if group else "", group_en=group.name_en if group else "",
        unit_id=alert.unit_id, unit_zh=unit.name_zh if unit else "", unit_en=unit.name_en if unit else "",
        period=alert.period, facts=alert.facts, message_zh=alert.message_zh, message_en=alert.message_en,
        state=alert.state, raised_at=alert.raised_at, explain_due_on=alert.explain_due_on,
        cause=alert.cause, measure=alert.measure, explained_by_post=alert.explained_by_post,
        matter_id=alert.matter_id, matter_number=str(alert.matter.number) if alert.matter else "",
        version=alert.version, about=alert.about, about_url=alert.about_url,
    )  # fmt: skip


def alerts(
    *, viewer: Viewer, year: int | None = None, month: int | None = None, state: str = "", group_id: int | None = None,
    rule: str = "",
) -> tuple[AlertRow, ...]:  # fmt: skip
    """The alerts within reach, newest period first. ``month`` is the closing month; ``state`` "active" means all
    that still wait for somebody. At most 500, one query."""
    exact: dict[str, Any] = {"year": year, "last_month": month, "group_id": group_id, "rule": rule or None}
    found = _visible(viewer).filter(**{name: value for name, value in exact.items() if value is not None})
    if state == "active":
        found = found.filter(state__in=ACTIVE)
    elif state:
        found = found.filter(state=state)
    return tuple(_row(alert) for alert in found[:500])


def counts(*, viewer: Viewer, year: int) -> dict[int, Counter[str]]:
    """For each closing month of the year how many alerts are in each state."""
    scope = viewer.scope("alerts.view").q(group="group_id", unit="unit_id")
    result: dict[int, Counter[str]] = {}
    for month, state in Alert.objects.filter(scope, year=year).order_by().values_list("last_month", "state"):
        result.setdefault(month, Counter())[state] += 1
    return result


def alert_page(*, viewer: Viewer, alert_id: int) -> AlertPage | None:
    """One alert with its timeline, newest step first; None where there is none within reach. Two queries."""
    alert = _visible(viewer).filter(pk=alert_id).first()
    if alert is None:
        return None
    events = AlertEvent.objects.filter(alert=alert).values_list("verb", "at", "by_post", "text_zh", "text_en")
    return AlertPage(
        row=_row(alert),
        parameters=alert.parameters,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by_post=alert.acknowledged_by_post,
        explained_at=alert.explained_at,
        cleared_at=alert.cleared_at,
        closed_at=alert.closed_at,
        closed_by_post=alert.closed_by_post,
        close_reason=alert.close_reason,
        events=tuple(EventRow(*event) for event in events),
    )


def alerts_for(
    *, viewer: Viewer, as_known: datetime | None, periods: Iterable[tuple[int, Period]]
) -> tuple[AlertRow, ...]:
    """The alerts of the given (indicator, period) pairs, in the order of the pairs: what a board or filing shows.

    With ``as_known``, those raised by then, with the explanation they had then; their state stays today's.
    """
    wanted = {
        (indicator_id, period.year, period.first_month, period.last_month): place
        for place, (indicator_id, period) in enumerate(periods)
    }
    if not wanted:
        return ()
    found = _visible(viewer).filter(
        indicator_id__in={key[0] for key in wanted}, year__in={key[1] for key in wanted}
    )
    if as_known is not None:
        found = found.filter(raised_at__lte=as_known)
    placed = [
        (wanted[key], alert.rule, _row(alert))
        for alert in found
        if (key := (alert.indicator_id, alert.year, alert.first_month, alert.last_month)) in wanted
    ]
    rows = [row for _, _, row in sorted(placed, key=lambda item: item[:2])]
    return tuple(rows if as_known is None else _as_explained(rows, as_known))


def _as_explained(rows: list[AlertRow], moment: datetime) -> list[AlertRow]:
    """The alerts with the explanation that stood at the moment; empty where there was none yet."""
    steps = AlertEvent.objects.filter(
        alert_id__in=[row.id for row in rows], verb=AlertEvent.Verb.EXPLAINED, at__lte=moment
    ).order_by("id")
    then = {step.alert_id: step for step in steps}
    blank = {"cause": "", "measure": "", "explained_by_post": ""}
    return [
        replace(row, cause=then[row.id].cause, measure=then[row.id].measure, explained_by_post=then[row.id].by_post)
        if row.id in then
        else replace(row, **blank)  # type: ignore[arg-type]
        for row in rows
    ]


def alerts_of_indicator(*, viewer: Viewer, indicator_id: int) -> tuple[AlertRow, ...]:
    """The newest twelve alerts of an indicator."""
    return tuple(_row(alert) for alert in _visible(viewer).filter(indicator_id=indicator_id)[:12])


def alert_of_matter(*, viewer: Viewer, matter_id: int) -> AlertRow | None:
    """The alert that a matter was opened from, or None."""
    alert = _visible(viewer).filter(matter_id=matter_id).first()
    return _row(alert) if alert else None


def waiting_alerts(*, viewer: Viewer, action: str, states: tuple[str, ...]) -> tuple[AlertRow, ...]:
    """The alerts in ``states`` that ``action`` lets the viewer act on, nearest deadline first; at most 100."""
    reach = viewer.scope(action).q(group="group_id", unit="unit_id")
    found = _visible(viewer).filter(reach, state__in=states).order_by("explain_due_on", "id")
    return tuple(_row(alert) for alert in found[:100])
