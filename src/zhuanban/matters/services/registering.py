"""Registering a matter: it gets its number, its due day and the first line of its story."""

from datetime import date, timedelta

from django.db.models import F

from zhuanban.calc.working_days import DueDay, rolled
from zhuanban.kit import clock, formats
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.models import Matter, MatterEvent, MatterNumber
from zhuanban.matters.queries.terms import term
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass, Unit, WorkGroup
from zhuanban.people.queries import working_calendar
from zhuanban.trail.services import work

REGISTER = "register"
MOST_TITLE = 120
MOST_TEXT = 4000

LONGEST_DAYS = 3 * 366
"""No matter is given longer than three years."""


def register_matter(
    *,
    by: Viewer,
    ledger: str = "problem",
    title: str,
    description: str,
    group_id: int,
    unit_id: int,
    source: str,
    due_on: date | None = None,
    territory_id: int | None = None,
    urgency: str = "normal",
    indicator_id: int | None = None,
    data_class: int = DataClass.INTERNAL,
) -> Matter:
    """Enter a matter into a ledger, in its first state, under the next number of the year.

    ``source`` is a key of the ledger's sources or the registrar's own words. Without ``due_on`` the ledger's term
    runs from today and starts anew on the day of acceptance; a given day stays.
    Refusals: not_allowed (neither unit nor territory within reach), matter_ledger_unknown, required, matter_title_too_long,
    matter_text_too_long, matter_group_unknown, matter_unit_unknown, matter_due_in_past, matter_due_not_working; all
    problems of the fields at once. Afterwards ``matters.changed`` is published.
    """
    if ledger not in ledgers():
        raise Refusal("matter_ledger_unknown", ledger=ledger, status=422)
    if data_class not in DataClass.values:
        raise Refusal("choice_unknown", where="data_class")
    _demand(by, group_id, unit_id, territory_id, data_class)
    title, description, source = title.strip(), description.strip(), source.strip()
    problems = _texts(title, description, source) + _places(group_id, unit_id, territory_id) + _due(due_on)
    if problems:
        raise Refusal.of(problems)
    now = clock.now()
    due = DueDay(due_on, due_on) if due_on else term(ledger, "handle", clock.today())
    with work(by.actor, "登记事项"):
        matter = Matter.objects.create(
            number=_next_number(clock.today().year),
            ledger=ledger,
            title=title,
            description=description,
            source=source,
            urgency=urgency if urgency in ledgers()[ledger].urgencies else "normal",
            group_id=group_id,
            unit_id=unit_id,
            territory_id=territory_id,
            data_class=data_class,
            indicator_id=indicator_id,
            raised_at=now,
            raised_by_id=by.user_id,
            raised_by_post=by.signature,
            due_on=due.on,
            due_is_fixed=due_on is not None,
            due_is_provisional=due.is_provisional,
            state=ledgers()[ledger].start,
            state_since=now,
        )
        _first_event(matter, by)
        publish("matters.changed", {"matter": matter.pk})
    return matter


def _first_event(matter: Matter, by: Viewer) -> None:
    MatterEvent.objects.create(
        matter=matter, verb=REGISTER, at=matter.raised_at, by_id=by.user_id, by_post=by.signature,
        text=matter.description, state=matter.state, due_on=matter.due_on,
    )  # fmt: skip


def _demand(by: Viewer, group_id: int, unit_id: int, territory_id: int | None, data_class: int) -> None:
    """The registrar must reach the responsible unit, or the territory where it happens, and the class of the data."""
    scope = by.scope("matters.register").at(data_class)
    if territory_id is not None and scope.allows(group=group_id, unit=territory_id):
        return
    by.demand("matters.register", group=group_id, unit=unit_id, data_class=data_class)


def _next_number(year: int) -> str:
    """The next number of the year. The row stays locked until commit: two registrars get two numbers."""
    MatterNumber.objects.get_or_create(year=year)
    MatterNumber.objects.filter(year=year).update(last=F("last") + 1)
    return f"{year}-{MatterNumber.objects.get(year=year).last:04d}"


def _texts(title: str, description: str, source: str) -> list[Problem]:
    given = {"title": title, "description": description, "source": source}
    problems = [Problem("required", {}, name) for name, text in given.items() if not text]
    if len(title) > MOST_TITLE:
        problems.append(Problem("matter_title_too_long", {"most": MOST_TITLE}, "title"))
    if len(source) > MOST_TITLE:
        problems.append(Problem("matter_text_too_long", {"most": MOST_TITLE}, "source"))
    if len(description) > MOST_TEXT:
        problems.append(Problem("matter_text_too_long", {"most": MOST_TEXT}, "description"))
    return problems


def _places(group_id: int, unit_id: int, territory_id: int | None) -> list[Problem]:
    problems = []
    if not WorkGroup.objects.filter(pk=group_id, active=True).exists():
        problems.append(Problem("matter_group_unknown", {}, "group"))
    wanted = {unit_id} if territory_id is None else {unit_id, territory_id}
    known = set(Unit.objects.filter(pk__in=wanted, active=True).values_list("pk", flat=True))
    if unit_id not in known:
        problems.append(Problem("matter_unit_unknown", {}, "unit"))
    if territory_id is not None and territory_id not in known:
        problems.append(Problem("matter_unit_unknown", {}, "territory"))
    return problems


def _due(due_on: date | None) -> list[Problem]:
    if due_on is None:
        return []
    furthest = clock.today() + timedelta(days=LONGEST_DAYS)
    if due_on > furthest:
        return [Problem("matter_due_too_far", {"furthest": formats.date_words(furthest, "iso")}, "due_on")]
    if due_on < clock.today():
        nearest = rolled(clock.today(), working_calendar()).on
        code = "matter_due_in_past"
    else:
        nearest = rolled(due_on, working_calendar()).on
        code = "matter_due_not_working"
        if nearest == due_on:
            return []
    facts = {"due": formats.date_words(due_on, "week"), "nearest": formats.date_words(nearest, "week")}
    return [Problem(code, facts, "due_on")]
