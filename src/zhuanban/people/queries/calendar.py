"""The working days of this zone: the national arrangement and what the office decided otherwise."""

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.people.access import Viewer
from zhuanban.people.models import CalendarDay

REMEMBERED = "people.working_calendar"


def working_calendar() -> WorkingCalendar:
    """The calendar that every due day and every term is counted by. Open to everybody, like the national one."""
    return once_in_a_request(REMEMBERED, _working_calendar)


def _working_calendar() -> WorkingCalendar:
    decided: dict[object, bool | None] = {}
    for day, works in CalendarDay.objects.order_by("id").values_list("day", "works"):
        decided[day] = works
    return WorkingCalendar({day: works for day, works in decided.items() if works is not None})  # type: ignore[misc]


def calendar_decisions(*, viewer: Viewer, year: int) -> list[CalendarDay]:
    """Every decision about a day of the year, newest first by day; nothing without the right to decide."""
    if not viewer.can("office.set"):
        return []
    return list(CalendarDay.objects.filter(day__year=year).order_by("-day", "-id"))
