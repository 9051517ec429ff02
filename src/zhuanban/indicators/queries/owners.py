"""Who owned an indicator on a day, and what things were called then. Internal to the queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from zhuanban.indicators.models import FormerOwner, Indicator
from zhuanban.kit import clock
from zhuanban.people.models import Named, Unit, WorkGroup
from zhuanban.trail.queries import states_at

TABLES = ("indicators_indicator", "people_workgroup", "people_unit", "people_post")
"""Where the names stand that a board prints."""


@dataclass(frozen=True)
class Owner:
    """Group and department of an indicator on a day; None for what nobody owned."""

    group: WorkGroup | None
    dept: Unit | None


def owners_on(day: date | None, indicators: Iterable[Indicator]) -> dict[int, Owner]:
    """The owners on a day, as far back as changes are kept; None: the present ones. One query for a day."""
    found = {each.pk: Owner(each.group, each.dept) for each in indicators}
    if day is None:
        return found
    former = FormerOwner.objects.filter(until__gt=day).select_related("group", "dept").order_by("-until")
    # The last one written here is the first whose day had not come: the owner of the day.
    return {**found, **{each.indicator_id: Owner(each.group, each.dept) for each in former}}


class NamesThen:
    """What indicators, groups, units and posts were called at an instant, as the record has it; None: the present names."""

    def __init__(self, at: datetime | None) -> None:
        earlier = at is not None and clock.shanghai(at).date() < clock.today()
        self._states = states_at(tables=TABLES, at=at) if earlier and at is not None else {}

    def put(self, *things: Named | None) -> None:
        """Give what was read just now its names of then."""
        for thing in things:
            state = self._states.get((thing._meta.db_table, str(thing.pk))) if thing is not None else None
            if thing is not None and state is not None:
                thing.name_zh, thing.name_en = state["name_zh"], state["name_en"]
