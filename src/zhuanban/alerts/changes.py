"""What changed among the alerts: raised, explained, cleared, closed, or made a matter."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext_lazy

from zhuanban.alerts.models import AlertEvent
from zhuanban.alerts.presenters import verb_words
from zhuanban.kit.changes import Change, gathered
from zhuanban.people.access import Viewer

_KIND = pgettext_lazy("news", "Alert")
_NEWS = (
    AlertEvent.Verb.RAISED, AlertEvent.Verb.RAISED_AGAIN, AlertEvent.Verb.EXPLAINED, AlertEvent.Verb.MATTER_OPENED,
    AlertEvent.Verb.CLEARED, AlertEvent.Verb.CLOSED,
)  # fmt: skip


def told(viewer: Viewer, since: datetime, limit: int, alike: int) -> Iterator[Change]:
    """The newest step of each alert within reach after an instant; many of one sort in one line. One query."""
    within = viewer.scope("alerts.view").q(group="alert__group_id", unit="alert__unit_id")
    found = (
        AlertEvent.objects.filter(within, at__gt=since, verb__in=_NEWS)
        .exclude(by_key=viewer.actor.key).select_related("alert__indicator").order_by("-at", "-id")
    )  # fmt: skip
    newest: dict[int, AlertEvent] = {}
    for event in found[: limit * 4]:
        newest.setdefault(event.alert_id, event)
    by_verb: dict[str, list[AlertEvent]] = {}
    for event in newest.values():
        by_verb.setdefault(event.verb, []).append(event)
    for verb, events in by_verb.items():
        yield from gathered([_change(event) for event in events[:limit]], partial(_together, verb), alike)


def _change(event: AlertEvent) -> Change:
    alert = event.alert
    english = get_language() == "en"
    subject = alert.subject_en if english else alert.subject_zh
    period = alert.period.title_en if english else alert.period.title_zh
    return Change(_KIND, f"{subject} {period}", reverse("alerts:alert", args=[alert.pk]), event.at, verb_words(event.verb))


def _together(verb: str, count: int) -> tuple[str, str]:
    return _many(verb, count), reverse("alerts:list") + "?month=all&state=all"


def _many(verb: str, count: int) -> str:
    said = {
        AlertEvent.Verb.RAISED: ngettext("%(count)s alert raised", "%(count)s alerts raised", count),
        AlertEvent.Verb.RAISED_AGAIN: ngettext("%(count)s alert raised again", "%(count)s alerts raised again", count),
        AlertEvent.Verb.EXPLAINED: ngettext("%(count)s alert explained", "%(count)s alerts explained", count),
        AlertEvent.Verb.MATTER_OPENED: ngettext("%(count)s matter opened from an alert", "%(count)s matters opened from alerts", count),
        AlertEvent.Verb.CLEARED: ngettext("%(count)s alert cleared by data", "%(count)s alerts cleared by data", count),
        AlertEvent.Verb.CLOSED: ngettext("%(count)s alert closed", "%(count)s alerts closed", count),
    }[AlertEvent.Verb(verb)]
    return said % {"count": count}
