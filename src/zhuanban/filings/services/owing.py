"""Who owes what: filings come into being by the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import months_earlier
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.filings.kinds.cadence import Cadence, Covered, covered_month, dates_of, extended
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import cadence_of, cadence_on
from zhuanban.filings.queries.cadences import monthly_cadences, weekly_cadences
from zhuanban.kit import clock
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import GroupMember
from zhuanban.people.queries import GroupOnDay, groups_history, groups_on, working_calendar
from zhuanban.trail.services import work


def owe_filings(*, on: date, by: Viewer | None = None, calendar: WorkingCalendar | None = None) -> int:
    """Create what is owed in the month of ``on``: for every responsible unit of every active group the filing of the
    month before. Also gives open filings with provisional dates their final ones once the calendar is known.

    Writes only what is missing; returns how many filings it created.
    """
    viewer, calendar = by or system_viewer("filings"), calendar or working_calendar()
    created = 0
    for cadence in [cadence_on(key=key, day=on.replace(day=1)) for key in monthly_cadences()]:
        covered = months_earlier(on.year, on.month, cadence.month_offset)
        owed = [_Owed(group.id, unit) for group in groups_on(viewer=viewer, day=on) for unit in group.unit_ids]
        created += _owe_missing(cadence, covered, owed, viewer, calendar)
    _settle_dates(viewer, calendar)
    return created


def owe_weekly_filings(*, on: date, by: Viewer | None = None, calendar: WorkingCalendar | None = None) -> int:
    """Create what may be filed for the week of ``on``: for every collaborating unit of every active group one filing
    with the group's first responsible department. Units that collaborate on call only are left out.

    Writes only what is missing; returns how many filings it created.
    """
    viewer, calendar = by or system_viewer("filings"), calendar or working_calendar()
    week, history = Week.of(on), groups_history(viewer=viewer)
    owed = [
        _Owed(group.id, member.unit_id, group.unit_ids[0])
        for group in history.on(on) if group.unit_ids
        for member in history.members if _files_weekly(member, group, on)
    ]  # fmt: skip
    return sum(
        _owe_missing(cadence_of(key=key, covered=week), week, owed, viewer, calendar) for key in weekly_cadences()
    )


def _files_weekly(member: GroupMember, group: GroupOnDay, on: date) -> bool:
    """Whether a member collaborates in the group all the time; a unit does not file with itself."""
    return (
        member.group_id == group.id and member.part == GroupMember.Part.COLLABORATING
        and not member.on_call and member.is_in_force(on) and member.unit_id not in group.unit_ids
    )  # fmt: skip


@dataclass(frozen=True)
class _Owed:
    """Who files for which group with whom; None: with the office."""

    group_id: int
    unit_id: int
    owed_to_id: int | None = None


def _owe_missing(
    cadence: Cadence, covered: Covered, owed: Sequence[_Owed], viewer: Viewer, calendar: WorkingCalendar
) -> int:
    place = _place(covered)
    known = set(Filing.objects.filter(cadence=cadence.key, **place).values_list("group_id", "unit_id"))
    missing = [each for each in owed if (each.group_id, each.unit_id) not in known]
    if not missing:
        return 0
    with work(viewer.actor, f"生成应报事项 {covered.key}"):
        return sum(_owe(cadence, covered, each, calendar) for each in missing)


def _place(covered: Covered) -> dict[str, int]:
    year, month = covered_month(covered)
    return {"year": year, "month": month, "week": covered.number if isinstance(covered, Week) else 0}


def _owe(cadence: Cadence, covered: Covered, owed: _Owed, calendar: WorkingCalendar) -> bool:
    try:
        with transaction.atomic():
            Filing.objects.create(
                cadence=cadence.key, unit_id=owed.unit_id, group_id=owed.group_id, owed_to_id=owed.owed_to_id,
                **_place(covered), **_date_columns(cadence, covered, calendar),
            )  # fmt: skip
    except IntegrityError:
        # Another sweep created it a moment ago.
        return False
    return True


def _date_columns(
    cadence: Cadence, covered: Covered, calendar: WorkingCalendar, granted: date | None = None
) -> dict[str, object]:
    dates = dates_of(cadence, covered, calendar)
    if granted is not None:
        dates = extended(cadence, dates, granted, calendar)
    return {
        "due_on": dates.due_on,
        "due_nominal_on": dates.nominal_on,
        "late_on": dates.late_on,
        "lock_on": dates.lock_on,
        "dates_provisional": dates.is_provisional,
    }


def _settle_dates(viewer: Viewer, calendar: WorkingCalendar) -> None:
    """A calendar announced since then moves what is still open, never what was signed."""
    waiting = Filing.objects.filter(dates_provisional=True, state__in=[Filing.State.DUE, Filing.State.COMPILED])
    for filing in waiting.defer("compiled"):
        dates = _date_columns(
            cadence_of(key=filing.cadence, covered=filing.covered), filing.covered, calendar, filing.extended_to
        )
        if dates["dates_provisional"]:
            continue
        with work(viewer.actor, "按公布的放假安排调整日期"):
            Filing.objects.filter(pk=filing.pk, dates_provisional=True).update(**dates)


def owe_filings_now() -> str:
    """The tick's step."""
    today = clock.today()
    return f"created {owe_filings(on=today) + owe_weekly_filings(on=today)}"
