"""Deciding that a day is worked or free here, whatever the national arrangement says."""

from datetime import date

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit import clock
from zhuanban.kit.dated import demand_sayable
from zhuanban.kit.office import counted_in_working_days
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.remembering import forget
from zhuanban.people.access import Viewer
from zhuanban.people.models import CalendarDay
from zhuanban.people.queries.calendar import REMEMBERED, working_calendar
from zhuanban.trail.services import work


def decide_day(*, day: date, works: bool | None, authority: str, reason: str, by: Viewer) -> CalendarDay:
    """Decide one day from today on; ``works`` None goes back to the national arrangement.

    Days past stay as they were lived: terms that ran over them were counted by them. Refusals: not_allowed,
    since_past, required, day_decided_so.
    """
    after = day_decided(day=day, works=works, authority=authority, reason=reason, by=by)
    before = working_calendar()
    with work(by.actor, f"决定 {day} 的工作安排"):
        made = CalendarDay.objects.create(
            day=day,
            works=works,
            authority=authority.strip(),
            reason=reason.strip(),
            decided_at=clock.now(),
            decided_by_post=by.signature,
        )
        forget(REMEMBERED)
        for counted in counted_in_working_days:
            counted.move(before, after, by)
    return made


def day_decided(*, day: date, works: bool | None, authority: str, reason: str, by: Viewer) -> WorkingCalendar:
    """The calendar as it would be; nothing is written. Refusals: as ``decide_day``."""
    by.demand("office.set")
    demand_sayable(since=day, authority=authority, reason=reason)
    now = working_calendar()
    if now.overrides.get(day) is works:
        raise Refusal("day_decided_so", where="works", status=409)
    others = {each: worked for each, worked in now.overrides.items() if each != day}
    return WorkingCalendar(others if works is None else {**others, day: works}, now.known_until)
