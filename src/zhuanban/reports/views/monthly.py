"""The monthly analysis: read on the page, taken away as a Word file."""

import re
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhuanban.indicators import queries as indicators
from zhuanban.kit import clock
from zhuanban.kit.downloads import DOCUMENT, download
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.reports import presenters, queries, services
from zhuanban.reports.briefs.monthly_analysis import compose


def asked(parameters: Any, viewer: Viewer) -> tuple[int, int, datetime | None]:
    """The month and the moment that the address asks for; the newest month and now by default."""
    text = parameters.get("month", "")
    if text:
        found = re.fullmatch(r"(20\d{2})-(0[1-9]|1[0-2])", text)
        if not found:
            raise Refusal("report_month_unknown", month=text[:20])
        year, month = int(found.group(1)), int(found.group(2))
    else:
        year, month = indicators.newest_month(viewer=viewer, as_known=None)
    return year, month, moment_of(parameters.get("as_known", ""))


def moment_of(text: str) -> datetime | None:
    """The end of the day asked for, today no later than now; a day that has not come is refused."""
    if not text:
        return None
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError as unreadable:
        raise Refusal("report_date_unknown", date=text[:20]) from unreadable
    if day > clock.today():
        raise Refusal("report_date_ahead", date=day.isoformat(), today=clock.today().isoformat())
    return min(datetime.combine(day, time(23, 59, 59), clock.SHANGHAI), clock.now())


@policy("reports.monthly")
@require_GET
def monthly(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    year, month, as_known = asked(request.GET, viewer)
    facts = queries.monthly_facts(viewer=viewer, year=year, month=month, as_known=as_known)
    months = indicators.closing_months(viewer=viewer, as_known=None)
    context = {
        "facts": facts,
        "document": presenters.shown(compose(facts)) if facts.reported else None,
        "month": f"{year}-{month:02d}",
        "as_known": request.GET.get("as_known", ""),
        "months": [(f"{y}-{m:02d}", f"{y}-{m:02d}") for y, m in reversed(months)][:36],
        "download": reverse("reports:monthly_download"),
        "tabs": presenters.tabs(viewer, "monthly"),
        "may_draft": viewer.can("reports.write"),
        "breadcrumbs": [{"label": _("Monthly analysis")}],
    }
    return render(request, "reports/monthly.html", context)


@policy("reports.monthly")
@require_POST
def monthly_download(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    year, month, as_known = asked(request.POST, viewer)
    content = services.monthly_analysis(viewer=viewer, year=year, month=month, as_known=as_known)
    return download(content, f"{year}年{month}月经济运行分析报告.docx", DOCUMENT)
