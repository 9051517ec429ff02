"""Open matters follow a changed working calendar: the terms that run and the days of their levels, never a day that somebody fixed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.urls import reverse

from zhuanban.calc.working_days import DueDay, WorkingCalendar, after_working_days, working_days_between
from zhuanban.kit import clock
from zhuanban.kit.formats import date_words
from zhuanban.kit.office import Effect
from zhuanban.matters.drawer import ledger_of, ledgers, level_words, running_states
from zhuanban.matters.models import Matter, MatterEscalation
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.terms import term
from zhuanban.people.access import Viewer


def moved(viewer: Viewer, before: WorkingCalendar, after: WorkingCalendar) -> list[Effect]:
    """Whose due day, or whose level's day, would be another one, of those that the viewer sees."""
    seen = set(visible(viewer).values_list("pk", flat=True))
    units = [_effect(found, found.due_on, due.on) for found, due in _moving(before, after) if found.pk in seen]
    return units + [
        _effect(found, found.level_due_on or on, on, level_words(ledger_of(found.ledger).ladder.level(found.level)))
        for found, on in _levels_moving(before, after)
        if found.pk in seen
    ]


def _effect(found: Matter, old: date, new: date, whose: str = "") -> Effect:
    what = " ".join(filter(None, (found.number, found.title, whose)))
    return Effect(
        what, date_words(old, "week"), date_words(new, "week"), reverse("matters:matter", args=[found.number])
    )


def move(before: WorkingCalendar, after: WorkingCalendar, by: Viewer) -> None:
    """Give them their new days, inside the caller's work. What a level's own fact says of its day stays."""
    del by
    for found, due in list(_moving(before, after)):
        Matter.objects.filter(pk=found.pk, version=found.version).update(
            due_on=due.on, due_is_provisional=due.is_provisional, version=F("version") + 1
        )
    for found, on in list(_levels_moving(before, after)):
        Matter.objects.filter(pk=found.pk, version=found.version).update(level_due_on=on, version=F("version") + 1)


def _moving(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[tuple[Matter, DueDay]]:
    for ledger in ledgers().values():
        rows = Matter.objects.filter(
            ledger=ledger.key, state__in=ledger.running_states, due_is_fixed=False, due_on__gte=clock.today()
        )
        for found in rows.order_by("due_on", "id"):
            started = found.events.filter(verb__in=ledger.starting_verbs).order_by("-id").first()
            began = clock.shanghai(started.at if started else found.raised_at).date()
            old, new = (term(ledger.key, "handle", began, calendar) for calendar in (before, after))
            # A day that is not the term's own end was given otherwise and stays.
            if found.due_on == old.on and new.on != old.on:
                yield found, new


def _levels_moving(before: WorkingCalendar, after: WorkingCalendar) -> Iterator[tuple[Matter, date]]:
    """Matters whose present level keeps its working days but ends on another day."""
    levels = MatterEscalation.objects.filter(
        level=F("matter__level"), matter__state__in=running_states(), matter__level_due_on__gte=clock.today()
    ).select_related("matter", "event")
    for each in levels.order_by("matter__level_due_on", "matter_id"):
        found, began = each.matter, clock.shanghai(each.at).date()
        assert found.level_due_on is not None
        days = working_days_between(began, found.level_due_on, before)
        on = after_working_days(began, days, after).on
        if on != found.level_due_on:
            yield found, on
