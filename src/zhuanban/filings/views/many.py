"""The list of a month, the calendar, the rates and the unit's own week."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.filings import presenters, queries, services
from zhuanban.filings.kinds.cadence import dates_of, weekday_words
from zhuanban.filings.presenters import year as years
from zhuanban.filings.queries.cadences import monthly_cadences, weekly_cadences
from zhuanban.filings.queries.punctuality import MONTHS
from zhuanban.filings.tables import FILINGS, TIMELINESS
from zhuanban.filings.views.common import Crumb, due_now, month_asked, opens_calendar, shown_settings, tabs_of
from zhuanban.kit import clock
from zhuanban.kit.downloads import download
from zhuanban.kit.formats import say
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, Bulk, marked_in, shown_rows
from zhuanban.kit.lists.marked import back_to
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import whole_number
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.people.access import viewer_in
from zhuanban.people.queries import groups_on, working_calendar
from zhuanban.people.services import file_of_list


@policy("filings.view")
@require_GET
def filing_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    if not request.GET and opens_calendar(viewer):
        return redirect("filings:calendar")
    covered = month_asked(request.GET.get("month", ""))
    rows = queries.filings_of_month(viewer=viewer, year=covered.year, month=covered.last_month)
    months = queries.months_with_filings(viewer=viewer)
    cadence = queries.cadence_of(key=monthly_cadences()[0], covered=covered)
    following = months_earlier(covered.year, covered.last_month, -1)
    reminding, reminded = viewer.can("filings.receive"), queries.units_reminded_today(viewer=viewer)
    shown_filings = [presenters.shown(row, reminding=reminding, reminded=reminded) for row in rows]
    shown = shown_rows(
        Asked(FILINGS, request.GET), shown_filings, name=lambda each: each.row.id,
        bulk=_bulk() if any(each.may_be_reminded for each in shown_filings) else (), bulk_address=reverse("filings:remind"),
    )  # fmt: skip
    if shown.asked.file:
        return file_of_list(shown, by=viewer, filters=presenters.month_title(covered))
    context = {
        "breadcrumbs": [Crumb(_("Filings"))],
        "tabs": tabs_of(request, "list", covered=covered),
        "covered": presenters.month_title(covered),
        "month_value": covered.key,
        "month_options": presenters.month_options(months, covered),
        "list": shown,
        "progress": presenters.progress(rows),
        "dates": rows[0].dates if rows else None,
        "due_in": presenters.month_title(following),
        "cadence": say(cadence.name),
        "clause": cadence.clause,
        "settings": shown_settings(cadence.settings),
    }
    return render(request, "filings/list.html", context)


def _bulk() -> list[Bulk]:
    return [Bulk("remind", _("Remind"), _("Remind the posts of every marked unit? Each unit is told once a day at most."), "bell")]


@policy("filings.receive")
@require_POST
@once
def remind(request: HttpRequest) -> HttpResponse:
    """Tell the posts of the marked units what they have not signed."""
    done = services.remind_by_hand(filing_ids=[each.number for each in marked_in(request)], by=viewer_in(request))
    if done.units:
        said = ngettext("%(count)s unit is reminded.", "%(count)s units are reminded.", len(done.units))
        messages.success(request, said % {"count": len(done.units)})
    if done.told_today:
        names = "、".join(unit.name for unit in done.told_today)
        messages.warning(request, _("Reminded today already, so not told again: %(units)s. Remind them tomorrow, or call.") % {"units": names})
    if done.needless:
        messages.warning(request, ngettext("%(count)s filing is signed or locked by now and needs no reminder.", "%(count)s filings are signed or locked by now and need no reminder.", done.needless) % {"count": done.needless})
    return back_to(FILINGS, request)


def _this_month(text: str) -> Period:
    """The calendar month asked for; without one the month of today."""
    today = clock.today()
    return month_asked(text) if text else Period.month(today.year, today.month)


def _group_asked(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("group"))


def _group_options(request: HttpRequest) -> list[tuple[str, str]]:
    groups = groups_on(viewer=viewer_in(request), day=clock.today())
    return [("", _("All groups")), *((str(group.id), group.name) for group in groups)]


@policy("filings.view")
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Days on which something is due or locked, units by months, collaborating units by weeks."""
    viewer, asked, group = viewer_in(request), _this_month(request.GET.get("month", "")), _group_asked(request)
    year, month = asked.year, asked.last_month
    units = [years.unit_year(each) for each in queries.punctuality(viewer=viewer, year=year, group_id=group)]
    weekly = queries.weekly_filings_of_month(viewer=viewer, year=year, month=month, group_id=group)
    weeks = years.week_rows(weekly, year, month)
    if request.GET.get("file") == "xlsx":
        services.note_calendar_export(by=viewer, year=year, month=month)
        tables = years.calendar_tables(units, weeks, year=year, month=month, unit_of_report=viewer.label)
        return download(workbook_bytes(tables, made_at=clock.now()), f"报送日历 {asked.key}.xlsx")
    since, until = years.grid_days(year, month)
    rows = queries.filings_between(viewer=viewer, since=since, until=until, group_id=group)
    narrowed = f"&group={group}" if group is not None else ""
    context = {
        "breadcrumbs": [Crumb(_("Filings"))],
        "tabs": tabs_of(request, "calendar", covered=months_earlier(year, month, 1), group=group),
        "shown_month": presenters.month_title(asked),
        "year": year,
        "month_value": asked.key,
        "group_value": group or "",
        "group_options": _group_options(request),
        "earlier": f"?month={months_earlier(year, month, 1).key}{narrowed}",
        "later": f"?month={months_earlier(year, month, -1).key}{narrowed}",
        "file_url": f"?month={asked.key}{narrowed}&file=xlsx",
        "weekdays": [say(weekday_words(number)) for number in range(1, 8)],
        "grid": years.weeks_of_grid(year, month, rows, working_calendar()),
        "units": units,
        "months": list(MONTHS),
        "weeks": weeks,
        "week_heads": years.week_heads(year, month),
        "legend": years.legend(),
    }
    return render(request, "filings/calendar.html", context)


@policy("filings.view")
@require_GET
def timeliness(request: HttpRequest) -> HttpResponse:
    """Rates by unit over the months of a plan year."""
    viewer, group = viewer_in(request), _group_asked(request)
    owed = sorted({year for year, _month_of_year in queries.months_with_filings(viewer=viewer)}, reverse=True)
    this_year = due_now().year
    asked = whole_number(request.GET.get("year"))
    year = asked if asked in owed else this_year
    units = [years.unit_year(each) for each in queries.punctuality(viewer=viewer, year=year, group_id=group)]
    shown = shown_rows(Asked(TIMELINESS, request.GET), units, name=lambda each: each.unit_id)
    if shown.asked.file:
        return file_of_list(shown, by=viewer, filters=str(year))
    context = {
        "breadcrumbs": [Crumb(_("Filings"), reverse("filings:list")), Crumb(_("Timeliness"))],
        "tabs": tabs_of(request, "timeliness", group=group),
        "year": year,
        "year_options": [(str(each), str(each)) for each in owed or [this_year]],
        "group_value": group or "",
        "group_options": _group_options(request),
        "list": shown,
        "legend": years.legend(),
    }
    return render(request, "filings/timeliness.html", context)


@policy("filings.weekly_write")
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """The unit's own weekly page."""
    asked = presenters.week_asked(request.GET.get("week", ""))
    rows = queries.own_week(viewer=viewer_in(request), week=asked)
    cadence = queries.cadence_of(key=weekly_cadences()[0], covered=asked)
    context = {
        "breadcrumbs": [Crumb(_("Filings"), reverse("filings:list")), Crumb(_("My week"))],
        "tabs": tabs_of(request, "week"),
        "covered": presenters.month_title(asked),
        "filings": [presenters.own_filing(row, viewer_in(request)) for row in rows],
        "dates": dates_of(cadence, asked, working_calendar()),
        "earlier": f"?week={presenters.week_before(asked).key}",
        "later": f"?week={asked.next.key}" if asked < Week.of(clock.today()) else "",
        "clause": cadence.clause,
        "settings": shown_settings(cadence.settings),
    }
    return render(request, "filings/week.html", context)
