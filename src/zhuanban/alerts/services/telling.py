"""Telling the responsible department that an alert was raised."""

from typing import Any

from zhuanban.alerts.models import Alert
from zhuanban.calc.words import Words
from zhuanban.matters.queries.families import family_of
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import Everybody, everybody
from zhuanban.people.services import notify

KIND = "alert"


def subject_of(alert: Alert) -> str:
    """What notices about an alert are filed under."""
    return f"alert:{alert.pk}"


def on_alerts_raised(payload: dict[str, Any]) -> None:
    """Answer the event ``alerts.raised``: whoever can explain one of them hears of it."""
    people = everybody(viewer=system_viewer("alerts"))
    for alert in Alert.objects.filter(pk__in=payload["alerts"]).select_related("indicator"):
        notify(
            kind=KIND,
            key=f"alert:{alert.pk}:{alert.version}",
            subject=subject_of(alert),
            users=_explainers(people, alert),
            text=_text(alert),
            url=f"/alerts/{alert.pk}/",
        )


def _explainers(people: Everybody, alert: Alert) -> set[int]:
    """Those of the responsible unit who can explain it; where there are none, whoever else can."""
    able = people.who_can("alerts.explain", group=alert.group_id, unit=alert.unit_id)
    return able & people.of_units(family_of(alert.unit_id)) or able


def _text(alert: Alert) -> Words:
    period, due = alert.period, alert.explain_due_on
    return Words(
        f"{alert.subject_zh} {period.label_zh}预警，请于{due:%Y-%m-%d}前说明",
        f"{alert.subject_en} {period.label_en}: an alert was raised, explain it by {due:%Y-%m-%d}",
    )
