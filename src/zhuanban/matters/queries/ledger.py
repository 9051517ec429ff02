"""Lists of matters: the ledger page by page, what is open, what moved in a span of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from zhuanban.kit import clock
from zhuanban.kit.lists import sliced
from zhuanban.matters.drawer import all_open_states, ledger_of, ledgers, running_states
from zhuanban.matters.ledgers.ladder import FIRST
from zhuanban.matters.models import Matter, MatterEscalation, MatterEvent, MatterRequest
from zhuanban.matters.queries.rates import accepted_between, in_part
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.rows import MatterRow, row_of, with_names
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass

PAGE = 25
COUNTED = 500
NEWEST_FIRST = ("number", True)
OPEN = "open"
"""The state filter for everything that is not closed."""


@dataclass(frozen=True)
class MatterPage:
    """One page of the ledger with counts over everything the viewer sees.

    ``next_after`` asks for the following page; empty on the last one. Counts go to ``COUNTED``; one more means "more".
    """

    rows: tuple[MatterRow, ...]
    next_after: str
    open_count: int
    overdue_count: int

    @property
    def open_words(self) -> str:
        return _counted(self.open_count)

    @property
    def overdue_words(self) -> str:
        return _counted(self.overdue_count)


def matters(
    *,
    viewer: Viewer,
    ledger: str = "",
    state: str = "",
    group_id: int | None = None,
    unit_id: int | None = None,
    overdue: bool = False,
    words: str = "",
    order: tuple[str, bool] = NEWEST_FIRST,
    after: str = "",
    **further: Any,
) -> MatterPage:
    """The ledger within reach, filtered, ``PAGE`` rows in an order (a key of ``ORDERS``, descending or not) from ``after`` on.

    ``state`` is a state's key, ``open``, or empty for all; ``further`` are the filters of ``_narrowed``. Three queries.
    """
    seen, today = visible(viewer), clock.today()
    found = _filtered(seen, ledger, state, group_id, unit_id, overdue, words, **further)
    page = sliced(with_names(found), _orders(ledger), order, after, PAGE)
    return MatterPage(
        tuple(row_of(matter, today) for matter in page.rows), page.after,
        _count(seen.filter(state__in=all_open_states())), _count(seen.filter(_overdue())),
    )  # fmt: skip


def _count(found: "QuerySet[Matter]") -> int:
    """How many there are, as far as anybody counts: beyond some hundreds the exact number costs more than it says."""
    return found.order_by().values("pk")[: COUNTED + 1].count()


def open_count(*, viewer: Viewer, ledger: str) -> str:
    """How many matters of a ledger are open within reach; some hundreds are said as such."""
    return _counted(_count(visible(viewer).filter(ledger=ledger, state__in=all_open_states())))


def _counted(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)


def all_matters(
    *, viewer: Viewer, order: tuple[str, bool] = NEWEST_FIRST, limit: int = 10_000, **filters: Any
) -> tuple[MatterRow, ...]:
    """The same list without pages, for a file. ``filters`` as in ``matters``."""
    given = {"ledger": "", "state": "", "group_id": None, "unit_id": None, "overdue": False, "words": "", **filters}
    found = _filtered(visible(viewer), **given)
    today, orders = clock.today(), _orders(str(given["ledger"]))
    page = sliced(with_names(found), orders, order, "", limit)
    return tuple(row_of(matter, today) for matter in page.rows)


def _orders(ledger: str) -> dict[str, Combinable]:
    """What a page of the ledger can be ordered by. States follow each other as the ledger passes through them."""
    ways = [ledger_of(ledger)] if ledger else list(ledgers().values())
    course = [state.key for each in ways for state in each.states]
    places = [When(state=key, then=Value(at)) for at, key in enumerate(course)]
    return {
        "number": F("pk"),
        "title": F("title"),
        "unit": F("unit__position"),
        "group": F("group__position"),
        "state": Case(*places, default=Value(len(course)), output_field=IntegerField()),
        "level": F("level"),
        "raised_on": F("raised_at"),
        "due_on": F("due_on"),
    }


def open_matters(
    *,
    viewer: Viewer,
    as_known: datetime | None,
    group_id: int | None = None,
    unit_id: int | None = None,
    indicator_id: int | None = None,
    up_to: DataClass = DataClass.PERSONAL,
) -> tuple[MatterRow, ...]:
    """What is not closed yet, nearest due day first; with ``as_known``, what was not closed then, as it stood then.

    Documents, which are read by others than the viewer, ask ``up_to`` internal. One query now, three for a moment in the past.
    """
    chosen = with_names(visible(viewer).filter(data_class__lte=up_to, **_given(group_id, unit_id, indicator_id)))
    if as_known is None:
        return _nearest_first(chosen.filter(state__in=all_open_states()), clock.today())
    # One that was closed then may have been reopened since: its steps say how it stood.
    then = chosen.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=as_known), raised_at__lte=as_known)
    return _nearest_first(_as_it_stood(then, as_known), clock.shanghai(as_known).date())


def _nearest_first(matters: Iterable[Matter], day: date) -> tuple[MatterRow, ...]:
    return tuple(row_of(matter, day) for matter in sorted(matters, key=lambda each: (each.due_on, each.pk)))


def _as_it_stood(matters: "QuerySet[Matter]", moment: datetime) -> list[Matter]:
    """The matters with the state, due day and level that their steps before the moment led to; without those closed then."""
    steps = MatterEvent.objects.filter(matter__in=matters, at__lte=moment).order_by("id")
    last = {
        matter_id: (state, due_on) for matter_id, state, due_on in steps.values_list("matter_id", "state", "due_on")
    }
    levels: dict[int, tuple[int, date | None]] = {}
    climbed = MatterEscalation.objects.filter(matter__in=matters, event__at__lte=moment).order_by("level")
    for matter_id, level, level_due_on in climbed.values_list("matter_id", "level", "due_on"):
        levels[matter_id] = (level, level_due_on)
    found = list(matters)
    for matter in found:
        matter.level, matter.level_due_on = levels.get(matter.pk, (FIRST, None))
        matter.state, due_on = last[matter.pk]
        matter.due_on, matter.closed_at = due_on or matter.due_on, None
    return [matter for matter in found if ledger_of(matter.ledger).state(matter.state).is_open]


def matters_between(
    *, viewer: Viewer, unit_id: int, since: date, until: date, group_id: int | None = None,
    up_to: DataClass = DataClass.PERSONAL,
) -> tuple[MatterRow, ...]:  # fmt: skip
    """The matters of a unit that moved (were raised, noted, resolved, …) between two days, both included, as ``open_matters``."""
    moved = MatterEvent.objects.filter(at__gte=_midnight(since), at__lt=_midnight(until + timedelta(days=1)))
    found = visible(viewer).filter(
        pk__in=moved.values("matter_id"), data_class__lte=up_to, **_given(group_id, unit_id, None)
    )
    today = clock.today()
    return tuple(row_of(matter, today) for matter in with_names(found).order_by("id"))


def matter_rows(*, viewer: Viewer, ids: Sequence[int]) -> tuple[MatterRow, ...]:
    """Those of the numbered rows that the viewer may see, in order of their numbers. One query."""
    today = clock.today()
    found = with_names(visible(viewer).filter(pk__in=list(ids))).order_by("id")
    return tuple(row_of(matter, today) for matter in found)


@dataclass(frozen=True)
class LevelCount:
    """How many matters that still have to be solved stand on a level, and how many of them are past their unit's day."""

    level: int
    open: int
    overdue: int


def open_by_level(*, viewer: Viewer, ledger: str) -> tuple[LevelCount, ...]:
    """What is not closed within reach, by level of the ladder, lowest first. One query."""
    late = Count("pk", filter=_overdue())
    found = visible(viewer).filter(ledger=ledger, state__in=ledger_of(ledger).open_states).order_by()
    rows = found.values_list("level").annotate(all=Count("pk"), late=late).order_by("level")
    return tuple(LevelCount(level, count, overdue) for level, count, overdue in rows)


def overdue_matters(*, viewer: Viewer, on: date) -> tuple[MatterRow, ...]:
    """What the responsible units have not resolved by their day, longest overdue first. One query."""
    late = visible(viewer).filter(state__in=running_states(), due_on__lt=on)
    return tuple(row_of(matter, on) for matter in with_names(late).order_by("due_on", "id"))


def findable_matters(*, viewer: Viewer, limit: int = 5_000) -> "QuerySet[Matter]":
    """The newest matters within reach, with what names them. One query."""
    return visible(viewer).select_related("unit").only("number", "title", "unit").order_by("-id")[:limit]


def _filtered(
    seen: "QuerySet[Matter]",
    ledger: str,
    state: str,
    group_id: int | None,
    unit_id: int | None,
    overdue: bool,
    words: str,
    **further: Any,
) -> "QuerySet[Matter]":
    found = seen.filter(**given) if (given := _given(group_id, unit_id, None)) else seen
    found = _narrowed(found, ledger, **further)
    if ledger:
        found = found.filter(ledger=ledger)
    if state == OPEN:
        found = found.filter(state__in=all_open_states())
    elif state:
        found = found.filter(state=state)
    if overdue:
        found = found.filter(_overdue())
    for word in words.split()[:5]:
        found = found.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(description__icontains=word))
    return found


def _narrowed(
    found: "QuerySet[Matter]",
    ledger: str,
    *,
    territory_id: int | None = None,
    level: int | None = None,
    waiting: bool = False,
    part: str = "",
    since: date | None = None,
    until: date | None = None,
) -> "QuerySet[Matter]":
    """By territory, by level reached, with a request that waits; by a count of the rates, of what was accepted between two days."""
    if territory_id is not None:
        found = found.filter(territory_id=territory_id)
    if level is not None:
        found = found.filter(level=level)
    if waiting:
        found = found.filter(Exists(MatterRequest.objects.filter(matter=OuterRef("pk"), answered__isnull=True)))
    if part and ledger:
        found = in_part(accepted_between(found, since, until), ledger, part)
    return found


def _overdue() -> Q:
    return Q(state__in=running_states(), due_on__lt=clock.today())


def _given(group_id: int | None, unit_id: int | None, indicator_id: int | None) -> dict[str, int]:
    named = {"group_id": group_id, "unit_id": unit_id, "indicator_id": indicator_id}
    return {name: value for name, value in named.items() if value is not None}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
