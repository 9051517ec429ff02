"""Open matters follow a changed working calendar: the terms that run, never a day that somebody fixed."""

from collections.abc import Iterator

from django.db.models import F

from zhuanban.calc.working_days import DueDay, WorkingCalendar
from zhuanban.kit import clock
from zhuanban.kit.formats import date_words
from zhuanban.kit.office import Effect
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.models import Matter
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.terms import term
from zhuanban.people.access import Viewer


def moved(viewer: Viewer, before: WorkingCalendar, after: WorkingCalendar) -> list[Effect]:
    """Whose due day would be another one, of those that the viewer sees."""
    seen = set(visible(viewer).values_list("pk", flat=True))
    return [
        Effect(f"{found.number} {found.title}", date_words(found.due_on, "week"), date_words(due.on, "week"), f"/matters/{found.pk}/")
        for found, due in _moving(before, after)
        if found.pk in seen
    ]


def move(before: WorkingCalendar, after: WorkingCalendar, by: Viewer) -> None:
    """Give them their new due days, inside the caller's work."""
    del by
    for found, due in list(_moving(before, after)):
        Matter.objects.filter(pk=found.pk, version=found.version).update(
            due_on=due.on, due_is_provisional=due.is_provisional, version=F("version") + 1
        )


def _moving(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[tuple[Matter, DueDay]]:
    for ledger in ledgers().values():
        rows = Matter.objects.filter(ledger=ledger.key, state__in=ledger.running_states, due_is_fixed=False, due_on__gte=clock.today())
        for found in rows.order_by("due_on", "id"):
            accepted = found.events.filter(verb="accept").order_by("-id").first()
            began = clock.shanghai(accepted.at if accepted else found.raised_at).date()
            old, new = (term(ledger.key, "handle", began, calendar) for calendar in (before, after))
            # A day that is not the term's own end was given otherwise and stays.
            if found.due_on == old.on and new.on != old.on:
                yield found, new
