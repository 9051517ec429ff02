"""Who owes what: filings come into being by the calendar."""

from datetime import date

from django.db import IntegrityError, transaction

from zhuanban.calc.periods import Period, months_earlier
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.filings.kinds.cadence import Cadence, dates_of
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import cadence_of, cadence_on, cadences
from zhuanban.kit import clock
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import groups_on, working_calendar
from zhuanban.trail.services import work


def owe_filings(*, on: date, by: Viewer | None = None, calendar: WorkingCalendar | None = None) -> int:
    """Create what is owed in the month of ``on``: for every responsible unit of every active group the filing of the
    month before. Also gives open filings with provisional dates their final ones once the calendar is known.

    Writes only what is missing; returns how many filings it created.
    """
    viewer, calendar = by or system_viewer("filings"), calendar or working_calendar()
    created = 0
    for cadence in [cadence_on(key=key, day=on.replace(day=1)) for key in cadences()]:
        covered = months_earlier(on.year, on.month, cadence.month_offset)
        owed = [(group.id, unit) for group in groups_on(viewer=viewer, day=on) for unit in group.unit_ids]
        known = set(
            Filing.objects.filter(cadence=cadence.key, year=covered.year, month=covered.last_month).values_list(
                "group_id", "unit_id"
            )
        )
        missing = [pair for pair in owed if pair not in known]
        if missing:
            with work(viewer.actor, f"生成应报事项 {covered.key}"):
                created += sum(_owe(cadence, covered, group, unit, calendar) for group, unit in missing)
    _settle_dates(viewer, calendar)
    return created


def _owe(cadence: Cadence, covered: Period, group_id: int, unit_id: int, calendar: WorkingCalendar) -> bool:
    try:
        with transaction.atomic():
            Filing.objects.create(
                cadence=cadence.key,
                unit_id=unit_id,
                group_id=group_id,
                year=covered.year,
                month=covered.last_month,
                **_date_columns(cadence, covered, calendar),
            )
    except IntegrityError:
        # Another sweep created it a moment ago.
        return False
    return True


def _date_columns(cadence: Cadence, covered: Period, calendar: WorkingCalendar) -> dict[str, object]:
    dates = dates_of(cadence, covered, calendar)
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
        dates = _date_columns(cadence_of(key=filing.cadence, covered=filing.covered), filing.covered, calendar)
        if dates["dates_provisional"]:
            continue
        with work(viewer.actor, "按公布的放假安排调整日期"):
            Filing.objects.filter(pk=filing.pk, dates_provisional=True).update(**dates)


def owe_filings_now() -> str:
    """The tick's step."""
    return f"created {owe_filings(on=clock.today())}"
