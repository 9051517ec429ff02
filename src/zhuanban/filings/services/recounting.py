"""Filings that are still to be signed follow a changed working calendar; signed ones keep the days they were signed by."""

from collections.abc import Iterator

from django.db.models import F

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.filings.kinds.cadence import Dates, covered_words, dates_of
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import cadence_of
from zhuanban.filings.queries.reach import sees
from zhuanban.kit.formats import date_words, say
from zhuanban.kit.office import Effect
from zhuanban.people.access import Viewer

OPEN = (Filing.State.DUE, Filing.State.COMPILED)


def moved(viewer: Viewer, before: WorkingCalendar, after: WorkingCalendar) -> list[Effect]:
    """Whose due day would be another one, of those that the viewer sees."""
    return [
        Effect(
            f"{say(cadence_of(key=found.cadence, covered=found.covered).name)} {say(covered_words(found.covered))} {found.unit.name}",
            date_words(found.due_on, "week"), date_words(dates.due_on, "week"), f"/filings/{found.pk}/",
        )
        for found, dates in _moving(before, after)
        if dates.due_on != found.due_on and sees(viewer, found)
    ]  # fmt: skip


def move(before: WorkingCalendar, after: WorkingCalendar, by: Viewer) -> None:
    """Give them their new days, inside the caller's work."""
    del by
    for found, dates in list(_moving(before, after)):
        Filing.objects.filter(pk=found.pk, version=found.version).update(
            due_on=dates.due_on, late_on=dates.late_on, lock_on=dates.lock_on,
            dates_provisional=dates.is_provisional, version=F("version") + 1,
        )  # fmt: skip


def _moving(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[tuple[Filing, Dates]]:
    rows = Filing.objects.filter(state__in=OPEN).select_related("unit").defer("compiled").order_by("due_on", "id")
    for found in rows:
        cadence = cadence_of(key=found.cadence, covered=found.covered)
        old, new = dates_of(cadence, found.covered, before), dates_of(cadence, found.covered, after)
        # Days that were given otherwise stay.
        if old != new and found.dates == old:
            yield found, new
