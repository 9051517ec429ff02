"""Writing one step of an alert's timeline. Internal to the services."""

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


def add_event(
    alert: Alert,
    verb: AlertEvent.Verb,
    by: Viewer,
    text_zh: str = "",
    text_en: str = "",
    *,
    cause: str = "",
    measure: str = "",
) -> AlertEvent:
    """Note what happened, inside the running work. What a person wrote stands alike in both languages."""
    return AlertEvent.objects.create(
        alert=alert,
        verb=verb,
        at=clock.now(),
        by_post="" if by.actor.kind == "system" else by.signature,
        by_key=by.actor.key,
        text_zh=text_zh,
        text_en=text_en or text_zh,
        cause=cause,
        measure=measure,
    )
