"""Telling a unit before a mandatory filing is due and once it is overdue; the latter also as an event.

Weekly filings are optional, so nobody is reminded of them.
"""

from datetime import date

from zhuanban.calc.words import Words
from zhuanban.calc.working_days import working_days_between
from zhuanban.filings.models import Filing
from zhuanban.filings.queries.overdue import unsigned_mandatory
from zhuanban.filings.services.telling import KIND, named, who_acts
from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import Everybody, everybody, working_calendar
from zhuanban.people.services import notify
from zhuanban.trail.services import work

WORKING_DAYS_BEFORE = 2
"""From how many working days before the due day a unit is reminded; the product's default."""


def remind_units(*, on: date) -> tuple[int, int]:
    """Remind once before the due day and once when overdue; returns how many filings for each.

    Whoever may compile or sign the filing is told. ``filings.overdue`` is published once per filing, with its id, its
    group and unit, the month or week it covers, and the day since which it is late.
    """
    waiting = Filing.objects.filter(unsigned_mandatory(), lock_on__gt=on).select_related("unit", "group")
    soon = [filing for filing in waiting.filter(reminded_on=None, late_on__gt=on).defer("compiled") if _is_near(filing, on)]
    late = list(
        Filing.objects.filter(unsigned_mandatory(), overdue_said_on=None, late_on__lte=on)
        .select_related("unit", "group").defer("compiled").order_by("late_on", "id")
    )  # fmt: skip
    if not soon and not late:
        return 0, 0
    viewer = system_viewer("filings")
    people = everybody(viewer=viewer)
    with work(viewer.actor, "催报"):
        for filing in soon:
            _tell(people, filing, "soon", _before(filing))
        Filing.objects.filter(pk__in=[each.pk for each in soon]).update(reminded_on=on)
        for filing in late:
            # What is locked can no longer be filed; a reminder would only annoy.
            if filing.lock_on > on:
                _tell(people, filing, "overdue", _after(filing))
            publish("filings.overdue", _payload(filing))
        Filing.objects.filter(pk__in=[each.pk for each in late]).update(overdue_said_on=on)
    return len(soon), len(late)


def _is_near(filing: Filing, on: date) -> bool:
    return working_days_between(on, filing.dates.until, working_calendar()) <= WORKING_DAYS_BEFORE


def _payload(filing: Filing) -> dict[str, object]:
    return {
        "filing": filing.pk, "cadence": filing.cadence, "group": filing.group_id, "unit": filing.unit_id,
        "year": filing.year, "month": filing.month, "week": filing.week, "late_on": filing.late_on.isoformat(),
    }  # fmt: skip


def _tell(people: Everybody, filing: Filing, what: str, text: Words) -> None:
    told = who_acts(people, filing, "filings.compile") | who_acts(people, filing, "filings.sign")
    notify(
        kind=KIND, key=f"filing:{filing.pk}:{what}", subject=f"filing:{filing.pk}", users=told, text=text,
        url=f"/filings/{filing.pk}/",
    )  # fmt: skip


def _before(filing: Filing) -> Words:
    said, due = named(filing), filing.dates.until
    return Words(f"{said.zh}将于{due.month}月{due.day}日到期，尚未签字", f"{said.en}: due on {due.isoformat()}, not signed yet")


def _after(filing: Filing) -> Words:
    said, lock = named(filing), filing.lock_on
    return Words(
        f"{said.zh}已逾期未报，{lock.month}月{lock.day}日起锁定", f"{said.en}: overdue, locked from {lock.isoformat()}"
    )


def remind_units_now() -> str:
    """The tick's step."""
    soon, late = remind_units(on=clock.today())
    return f"reminded {soon}, overdue {late}"
