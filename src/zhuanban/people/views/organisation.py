"""The page of the organisation on a day, and its export."""

import re
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.kit import clock
from zhuanban.kit.downloads import download
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.people import presenters, queries, services
from zhuanban.people.access import viewer_in
from zhuanban.people.tables import organisation_tables

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)


def _day(text: str) -> date:
    """The day asked for, today without one. Refusal ``day_unreadable`` for what is no day."""
    if not text:
        return clock.today()
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise Refusal("day_unreadable", asked=text[:40])
    return day


@policy("organisation.view")
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """A day that cannot be read is said, and today shown instead."""
    refused = ""
    try:
        day = _day(request.GET.get("day", "").strip())
    except Refusal as refusal:
        day, refused = clock.today(), str(refusal)
    found = queries.organisation_on(viewer=viewer_in(request), day=day)
    export = reverse("people:organisation_export")
    context = {
        **presenters.page_of(found),
        "breadcrumbs": [{"label": _("Organisation"), "url": ""}],
        "refused": refused,
        "is_today": day == clock.today(),
        "export_url": export if day == clock.today() else f"{export}?{urlencode({'day': day.isoformat()})}",
    }
    return render(request, "people/organisation.html", context)


@policy("organisation.view")
@require_GET
def organisation_export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook; a day that cannot be read is refused, so that nobody files another day by mistake."""
    viewer, day = viewer_in(request), _day(request.GET.get("day", "").strip())
    found = queries.organisation_on(viewer=viewer, day=day)
    body = workbook_bytes(organisation_tables(found, unit_of_report=viewer.label), made_at=clock.now())
    services.note_organisation_export(by=viewer, day=day)
    return download(body, f"{_('Organisation')} {day.isoformat()}.xlsx")
