"""Alerts that wait for their explanation follow a changed working calendar."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import F

from zhuanban.alerts.models import Alert
from zhuanban.alerts.queries import explain_due
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit import clock, formats
from zhuanban.kit.formats import date_words
from zhuanban.kit.office import Effect
from zhuanban.people.access import Viewer

WAITING = (Alert.State.OPEN, Alert.State.ACKNOWLEDGED)


def moved(viewer: Viewer, before: WorkingCalendar, after: WorkingCalendar) -> list[Effect]:
    """Whose day would be another one, of those that the viewer sees."""
    scope = viewer.scope("alerts.view")
    return [
        Effect(found.subject_zh if formats.in_chinese() else found.subject_en, date_words(found.explain_due_on, "week"), date_words(day, "week"), f"/alerts/{found.pk}/")
        for found, day in _moving(before, after)
        if scope.allows(group=found.group_id, unit=found.unit_id)
    ]


def move(before: WorkingCalendar, after: WorkingCalendar, by: Viewer) -> None:
    """Give them their new days, inside the caller's work."""
    del by
    for found, day in list(_moving(before, after)):
        Alert.objects.filter(pk=found.pk, version=found.version).update(explain_due_on=day, version=F("version") + 1)


def _moving(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[tuple[Alert, date]]:
    rows = Alert.objects.filter(state__in=WAITING, explain_due_on__gte=clock.today()).select_related("indicator")
    for found in rows.order_by("explain_due_on", "id"):
        parameters = {name: Decimal(str(value)) for name, value in found.parameters.items()}
        raised = clock.shanghai(found.raised_at).date()
        old, new = (explain_due(raised, parameters, calendar) for calendar in (before, after))
        if found.explain_due_on == old and new != old:
            yield found, new
