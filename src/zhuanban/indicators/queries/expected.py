"""The calendar of expected figures: who owes which figure of the zone by which day, and what has come of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from zhuanban.calc.due_days import monthly_due
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.calc.reporting import period_due_in
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.indicators.models import Figure, Indicator, Place
from zhuanban.indicators.queries.owners import Owner, owners_on
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.indicators.queries.year import calendar_of
from zhuanban.kit import clock
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit, WorkGroup
from zhuanban.people.queries import working_calendar

STATES = ("overdue", "awaited", "late", "arrived", "not_begun")
"""overdue: its day has passed and it has not come; awaited: its day is still to come; late: it came after its day;
arrived: it came in time; not_begun: nobody has reported the series within the year before, so nobody is late with it."""

Arrivals = dict[tuple[int, Period], datetime]
"""When the first figure of an indicator's period came, forecasts aside."""


@dataclass(frozen=True)
class ExpectedFigure:
    """One figure that falls due in a month. ``due_on`` is the working day, ``nominal_on`` the day it stands for.

    ``is_provisional``: the working days of that year are not known yet. ``arrived_on``: the Shanghai day on which its
    first figure was published, None while none is.
    """

    indicator: Indicator
    group: WorkGroup | None
    unit: Unit
    period: Period
    due_on: date
    nominal_on: date
    is_provisional: bool
    arrived_on: date | None
    begun: bool
    today: date

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        if self.arrived_on is not None:
            return "late" if self.arrived_on > self.due_on else "arrived"
        if not self.begun:
            return "not_begun"
        return "overdue" if self.today > self.due_on else "awaited"


def expected_figures(*, viewer: Viewer, as_known: datetime | None, year: int, month: int) -> list[ExpectedFigure]:
    """Every figure that falls due in a month within the viewer's reach, by day and order of the plan.

    A figure whose working day lies in the month after belongs to the month of its own day. Five queries at most.
    """
    known_at = as_known or clock.now()
    today = clock.shanghai(known_at).date()
    last_day = months_earlier(year, month, 0).end_on
    indicators = list(Indicator.objects.filter(active=True, context_only=False).select_related("group", "dept"))
    reach = reach_of(viewer)
    seen = [i for i in indicators if reach.allows(indicator=i.pk, group=i.group_id, unit=i.dept_id)]
    owners = owners_on(last_day if last_day < clock.today() else None, seen)
    arrivals = _arrivals(year, known_at)
    calendar = working_calendar()
    found = (_expected(each, owners[each.pk], Period.month(year, month), calendar, arrivals, today) for each in seen)
    return sorted((each for each in found if each is not None), key=_order)


def owed_figures(*, viewer: Viewer, as_known: datetime | None) -> list[ExpectedFigure]:
    """What is owed now: of every indicator the newest figure whose day has passed, and the next one of this month."""
    today = clock.shanghai(as_known or clock.now()).date()
    before = months_earlier(today.year, today.month, 1)
    months = ((today.year, today.month), (before.year, before.last_month))
    now, earlier = (expected_figures(viewer=viewer, as_known=as_known, year=year, month=month) for year, month in months)
    passed = {each.indicator.pk for each in now if each.due_on < today}
    return [*(each for each in earlier if each.indicator.pk not in passed), *now]


def _expected(
    indicator: Indicator, owner: Owner, month: Period, calendar: WorkingCalendar, arrivals: Arrivals, today: date
) -> ExpectedFigure | None:
    """Whoever answers for nothing owes nothing."""
    period = period_due_in(calendar_of(indicator), month.year, month.last_month)
    if period is None or owner.dept is None:
        return None
    due = monthly_due(month, indicator.due_day, calendar)
    came = arrivals.get((indicator.pk, period))
    return ExpectedFigure(
        indicator, owner.group, owner.dept, period, due.on, due.nominal_on, due.is_provisional,
        clock.shanghai(came).date() if came else None, _begun(indicator.pk, period, arrivals), today,
    )  # fmt: skip


def _begun(indicator_id: int, period: Period, arrivals: Arrivals) -> bool:
    """Whether anything of the series was reported for the twelve months that end with a period."""
    closing = 12 * period.year + period.last_month
    months = (12 * each.year + each.last_month for pk, each in arrivals if pk == indicator_id)
    return any(closing - 12 < month <= closing for month in months)


def _arrivals(year: int, known_at: datetime) -> Arrivals:
    """The first figures of the zone of three years. One query."""
    rows = (
        Figure.objects.filter(
            place__kind=Place.Kind.ZONE, place__active=True, year__range=(year - 2, year), known_at__lte=known_at
        )
        .exclude(status=Figure.Status.FORECAST)
        .values("indicator_id", "year", "first_month", "last_month")
        .annotate(came=Min("known_at"))
        .order_by()
        .values_list("indicator_id", "year", "first_month", "last_month", "came")
    )
    return {(pk, Period(its_year, first, last)): came for pk, its_year, first, last, came in rows}


def _order(each: ExpectedFigure) -> tuple[date, int, int]:
    return each.due_on, each.group.position if each.group else 0, each.indicator.position
