"""Pages of the room filings."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.filings import presenters, queries, services
from zhuanban.filings.forms import CommentForm, ReceiveForm, SendBackForm
from zhuanban.filings.kinds.cadence import Covered, covered_month, dates_of, weekday_words
from zhuanban.filings.models import Filing
from zhuanban.filings.presenters import month as month_presenters
from zhuanban.filings.presenters import year as years
from zhuanban.filings.queries import FilingPage, FrozenConsolidation
from zhuanban.filings.queries.cadences import monthly_cadences, weekly_cadences
from zhuanban.filings.queries.punctuality import MONTHS
from zhuanban.filings.tables import FILINGS, TIMELINESS
from zhuanban.kit import clock, formats
from zhuanban.kit.documents.render import render_docx
from zhuanban.kit.downloads import DOCUMENT, download
from zhuanban.kit.formats import say
from zhuanban.kit.forms import is_conflict, put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, shown_rows
from zhuanban.kit.office import authority_words
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of, whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.people.access import viewer_in
from zhuanban.people.queries import groups_on, working_calendar
from zhuanban.people.services import file_of_list


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


def _month(text: str) -> Period:
    """The covered month asked for; without one the month whose filings are due now."""
    year, _dash, month = text.partition("-")
    if len(year) == 4 and year.isascii() and year.isdigit() and month in {f"{each:02d}" for each in range(1, 13)}:
        return Period.month(int(year), int(month)) if 1900 < int(year) < 2199 else _due_now()
    return _due_now()


def _due_now() -> Period:
    today = clock.today()
    return months_earlier(today.year, today.month, 1)


@policy("filings.view")
@require_GET
def filing_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    covered = _month(request.GET.get("month", ""))
    rows = queries.filings_of_month(viewer=viewer, year=covered.year, month=covered.last_month)
    months = queries.months_with_filings(viewer=viewer)
    cadence = queries.cadence_of(key=monthly_cadences()[0], covered=covered)
    following = months_earlier(covered.year, covered.last_month, -1)
    shown = shown_rows(Asked(FILINGS, request.GET), [presenters.shown(row) for row in rows], name=lambda each: each.row.id)
    if shown.asked.file:
        return file_of_list(shown, by=viewer, filters=presenters.month_title(covered))
    context = {
        "breadcrumbs": [Crumb(_("Filings"))],
        "tabs": _tabs(request, "list"),
        "covered": presenters.month_title(covered),
        "month_value": covered.key,
        "month_options": presenters.month_options(months, covered),
        "list": shown,
        "progress": presenters.progress(rows),
        "dates": rows[0].dates if rows else None,
        "due_in": presenters.month_title(following),
        "cadence": say(cadence.name),
        "clause": cadence.clause,
        "settings": _settings(cadence.settings),
    }
    return render(request, "filings/list.html", context)


def _tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """The pages of filings that the viewer may open."""
    viewer = viewer_in(request)
    pages = [
        ("calendar", _("Calendar"), True), ("list", _("List"), True), ("timeliness", _("Timeliness"), True),
        ("consolidated", _("Consolidated"), viewer.can("filings.consolidated")),
        ("week", _("My week"), viewer.can("filings.weekly_write")),
    ]  # fmt: skip
    return [
        {"label": label, "url": reverse(f"filings:{name}"), "current": name == here}
        for name, label, open_to in pages
        if open_to
    ]


def _this_month(text: str) -> Period:
    """The calendar month asked for; without one the month of today."""
    today = clock.today()
    return _month(text) if text else Period.month(today.year, today.month)


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
        "tabs": _tabs(request, "calendar"),
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
    this_year = _due_now().year
    asked = whole_number(request.GET.get("year"))
    year = asked if asked in owed else this_year
    units = [years.unit_year(each) for each in queries.punctuality(viewer=viewer, year=year, group_id=group)]
    shown = shown_rows(Asked(TIMELINESS, request.GET), units, name=lambda each: each.unit_id)
    if shown.asked.file:
        return file_of_list(shown, by=viewer, filters=str(year))
    context = {
        "breadcrumbs": [Crumb(_("Filings"), reverse("filings:list")), Crumb(_("Timeliness"))],
        "tabs": _tabs(request, "timeliness"),
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
        "tabs": _tabs(request, "week"),
        "covered": presenters.month_title(asked),
        "filings": [presenters.own_filing(row, viewer_in(request)) for row in rows],
        "dates": dates_of(cadence, asked, working_calendar()),
        "earlier": f"?week={presenters.week_before(asked).key}",
        "later": f"?week={asked.next.key}" if asked < Week.of(clock.today()) else "",
        "clause": cadence.clause,
        "settings": _settings(cadence.settings),
    }
    return render(request, "filings/week.html", context)


def _settings(settings: Any) -> list[dict[str, str]]:
    return [
        {
            "name": say(setting.name),
            "value": say(setting.value),
            "authority": _("the plan, clause %(clause)s") % {"clause": setting.clause}
            if setting.authority == "plan"
            else authority_words(setting.authority),
        }
        for setting in settings
    ]


@policy("filings.view")
@require_GET
def filing(request: HttpRequest, filing_id: int) -> HttpResponse:
    return _page(request, filing_id)


def _found(request: HttpRequest, filing_id: int) -> FilingPage:
    page = queries.filing_page(viewer=viewer_in(request), filing_id=filing_id)
    if page is None:
        raise Http404
    return page


def _page(
    request: HttpRequest, filing_id: int, *, comment: CommentForm | None = None, back: SendBackForm | None = None
) -> HttpResponse:
    page, viewer = _found(request, filing_id), viewer_in(request)
    row = page.row

    def may(action: str) -> bool:
        return row.may(viewer, action)

    start = _comment_stored(page)
    newest = page.frozen[0] if page.frozen else None
    frozen_now = newest if row.state in (Filing.State.SIGNED, Filing.State.RECEIVED) else None
    stored = frozen_now.content if frozen_now else presenters.draft(page)
    locked = clock.today() >= row.dates.lock_on
    context = {
        "breadcrumbs": [Crumb(_("Filings"), _list_url(row.covered)), Crumb(f"{row.unit_name}")],
        "page": page,
        "row": row,
        "covered": presenters.month_title(row.covered),
        "cadence": say(queries.cadence_of(key=row.cadence, covered=row.covered).name),
        "state": presenters.state_words(row.state),
        "timeliness": presenters.standing_words(row),
        "stages": presenters.stages(page),
        "newest": newest,
        "frozen_now": frozen_now,
        "stored": presenters.content(stored) if stored else None,
        "locked": locked,
        "is_open": row.state in (Filing.State.DUE, Filing.State.COMPILED, Filing.State.SENT_BACK),
        "compiled": row.state == Filing.State.COMPILED,
        "sent_back": row.state == Filing.State.SENT_BACK,
        "signed": row.state == Filing.State.SIGNED,
        "has_words": bool(page.comment or page.no_change),
        "may_compile": may("filings.compile"),
        "may_sign": may("filings.sign"),
        "may_receive": may("filings.receive"),
        "comment": comment or CommentForm(initial=start),
        "receive": ReceiveForm(initial=start, auto_id="receive_%s"),
        "back": back or SendBackForm(initial=start, auto_id="back_%s"),
    }
    return render(request, "filings/filing.html", context, status=status_of(comment, back))


def _comment_stored(page: FilingPage) -> dict[str, Any]:
    return {"version": page.row.version, "comment": page.comment, "no_change": page.no_change}


def _list_url(covered: Covered) -> str:
    year, month = covered_month(covered)
    return f"{reverse('filings:list')}?month={year}-{month:02d}"


@policy("filings.view")
@require_GET
def signed_version(request: HttpRequest, filing_id: int, number: int) -> HttpResponse:
    page = _found(request, filing_id)
    version = next((each for each in page.frozen if each.number == number), None)
    if version is None:
        raise Http404
    context = {
        "breadcrumbs": [
            Crumb(_("Filings"), _list_url(page.row.covered)),
            Crumb(page.row.unit_name, reverse("filings:filing", args=[filing_id])),
            Crumb(version.certificate),
        ],
        "row": page.row,
        "covered": presenters.month_title(page.row.covered),
        "version": version,
        "stored": presenters.content(version.content) if version.content else None,
    }
    return render(request, "filings/signed_version.html", context)


def _door(request: HttpRequest, filing_id: int, action: str) -> None:
    """404 unless the viewer may do this with this filing: weekly and monthly ones have different writers."""
    if not queries.may_on_filing(viewer=viewer_in(request), filing_id=filing_id, action=action):
        raise Http404


def _back(filing_id: int) -> HttpResponse:
    return redirect("filings:filing", filing_id=filing_id)



@policy("filings.view")
@require_POST
@once
def compile_now(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.compile")
    services.compile_filing(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Compiled from the live data. Now write the analysis."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def comment(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.compile")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, filing_id, comment=form)
    try:
        services.comment_filing(filing_id=filing_id, by=viewer_in(request), **form.cleaned_data)
    except Refusal as refusal:
        if not is_conflict(refusal):
            raise
        put_beside(form, refusal, stored=_comment_stored(_found(request, filing_id)))
        return _page(request, filing_id, comment=form)
    messages.success(request, _("The analysis is saved."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def no_change(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.compile")
    found = services.file_no_change(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    if found.state == Filing.State.SIGNED:
        messages.success(request, _("Compiled, stated without additions, signed and frozen."))
    else:
        messages.success(request, _("Compiled, with the statement that there is nothing to add. Now the head of the unit signs."))
    return redirect("filings:week") if request.POST.get("from") == "week" else _back(filing_id)


@policy("filings.view")
@require_POST
@once
def sign(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.sign")
    frozen = services.sign_filing(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Signed and frozen. Certificate %(number)s.") % {"number": frozen.certificate})
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def receive(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.receive")
    remark = request.POST.get("remark", "")[:2000]
    frozen = services.receive_filing(
        filing_id=filing_id, by=viewer_in(request), version=version_of(request), remark=remark
    )
    messages.success(request, _("Received."))
    if frozen.received_own_unit:
        messages.warning(request, _("This is a filing of your own unit; the record says so."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def send_back(request: HttpRequest, filing_id: int) -> HttpResponse:
    _door(request, filing_id, "filings.receive")
    form = SendBackForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _page(request, filing_id, back=form)
    services.send_back_filing(filing_id=filing_id, by=viewer_in(request), **form.cleaned_data)
    messages.success(request, _("Sent back with your reason."))
    return _back(filing_id)


@policy("filings.verify")
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("number", "").strip()[:60]
    check = queries.verify_certificate(viewer=viewer_in(request), text=text) if text else None
    context = {
        "breadcrumbs": [Crumb(_("Check a certificate"))],
        "text": text,
        "check": check,
        "covered": presenters.month_title(check.covered) if check and check.covered else "",
        "signed_at": formats.instant_words(check.signed_at) if check else "",
    }
    return render(request, "filings/verify.html", context)


@policy("filings.consolidated")
@require_GET
def consolidated(request: HttpRequest) -> HttpResponse:
    """What the month's filings say together, as they stand now, and the texts that were frozen."""
    viewer, covered = viewer_in(request), _month(request.GET.get("month", ""))
    year, month = covered.year, covered.last_month
    frozen = queries.consolidations(viewer=viewer, year=year, month=month)
    months = queries.months_with_filings(viewer=viewer)
    context = {
        "breadcrumbs": [Crumb(_("Filings"), _list_url(covered)), Crumb(_("Consolidated"))],
        "tabs": _tabs(request, "consolidated"),
        "covered": presenters.month_title(covered),
        "month_value": covered.key,
        "month_options": presenters.month_options(months, covered),
        "shown": month_presenters.shown_month(queries.gathered_month(viewer=viewer, year=year, month=month)),
        "frozen": frozen,
        "next_number": frozen[0].number + 1 if frozen else 1,
        "may_freeze": viewer.can("filings.consolidate"),
    }
    return render(request, "filings/consolidated.html", context)


@policy("filings.consolidate")
@require_POST
@once
def consolidate(request: HttpRequest) -> HttpResponse:
    covered = _month(request.POST.get("month", ""))
    made = services.consolidate_month(
        year=covered.year, month=covered.last_month, by=viewer_in(request), number=version_of(request)
    )
    messages.success(request, _("Consolidated and frozen. Certificate %(number)s.") % {"number": made.certificate})
    return redirect("filings:consolidation", consolidation_id=made.pk)


def _consolidation(request: HttpRequest, consolidation_id: int) -> FrozenConsolidation:
    found = queries.consolidation(viewer=viewer_in(request), consolidation_id=consolidation_id)
    if found is None:
        raise Http404
    return found


@policy("filings.consolidated")
@require_GET
def consolidation(request: HttpRequest, consolidation_id: int) -> HttpResponse:
    found = _consolidation(request, consolidation_id)
    covered = Period.month(found.year, found.month)
    context = {
        "breadcrumbs": [
            Crumb(_("Filings"), _list_url(covered)),
            Crumb(_("Consolidated"), f"{reverse('filings:consolidated')}?month={covered.key}"),
            Crumb(found.certificate),
        ],
        "covered": presenters.month_title(covered),
        "frozen_text": found,
        "shown": month_presenters.shown_month(found.content) if found.content else None,
    }
    return render(request, "filings/consolidation.html", context)


@policy("filings.consolidated")
@require_GET
def consolidation_file(request: HttpRequest, consolidation_id: int, kind: str) -> HttpResponse:
    """The frozen text as ``docx`` or ``xlsx``. A damaged text is handed out as neither."""
    found = _consolidation(request, consolidation_id)
    if kind not in ("docx", "xlsx") or not found.intact:
        raise Http404
    services.note_consolidation_export(by=viewer_in(request), certificate=found.certificate, kind=kind)
    name = f"{found.year}年{found.month}月报送汇总 第{found.number}版.{kind}"
    if kind == "docx":
        return download(render_docx(month_presenters.document_of(found), made_at=found.frozen_at), name, DOCUMENT)
    return download(workbook_bytes(month_presenters.tables_of(found), made_at=found.frozen_at), name)
