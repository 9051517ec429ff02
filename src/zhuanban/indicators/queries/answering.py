"""Who answered for an indicator on any day: leader, department in charge, collaborating units, territories, and their posts."""

from dataclasses import dataclass
from datetime import date, datetime

from zhuanban.indicators.models import FormerOwner, Indicator, IndicatorTerritory
from zhuanban.indicators.queries.owners import NamesThen
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import Unit, WorkGroup
from zhuanban.people.queries import AnsweringUnit, PostOnDay, answering


@dataclass(frozen=True)
class AnswersForIndicator:
    """Who answers on a day. ``group`` and ``responsible`` are None for an indicator that nobody owned then.

    Posts are held or vacant on the day; who holds them is nowhere.
    """

    day: date
    group: WorkGroup | None
    leaders: tuple[PostOnDay, ...]
    responsible: AnsweringUnit | None
    collaborating: tuple[Unit, ...]
    territories: tuple[AnsweringUnit, ...]


def answers_for_indicator(*, viewer: Viewer, code: str, day: date, as_known: datetime | None) -> AnswersForIndicator | None:
    """Who answered for an indicator on a day; None where there is no such indicator within the viewer's reach.

    Group and department are those of the day, as far back as changes are kept; everything carries its name of the moment
    ``as_known``. Seven queries, and that of ``reach_of``; two more where names are those of another day.
    """
    found = Indicator.objects.filter(reach_of(viewer).q(), code=code).select_related("group", "dept").first()
    if found is None:
        return None
    former = FormerOwner.objects.filter(indicator=found, until__gt=day).select_related("group", "dept").first()
    owner = former or found
    territories = list(IndicatorTerritory.objects.filter(in_force(day), indicator=found).values_list("unit_id", flat=True))
    units = {*territories, *([owner.dept_id] if owner.dept_id else [])}
    by = answering(viewer=viewer, group=owner.group_id, units=units, day=day)
    names = NamesThen(as_known)
    posts = [*by.leaders, *(post for unit in by.units for post in unit.posts)]
    names.put(owner.group, *by.collaborating, *(each.unit for each in by.units), *(each.post for each in posts), *(each.post.unit for each in posts))
    return AnswersForIndicator(
        day, owner.group, by.leaders, by.unit(owner.dept_id), by.collaborating,
        tuple(unit for unit in by.units if unit.unit.pk in territories),
    )  # fmt: skip
