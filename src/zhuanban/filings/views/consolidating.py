"""The month's consolidated filings: as they stand, frozen, and as files."""


from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhuanban.calc.periods import Period
from zhuanban.filings import presenters, queries, services
from zhuanban.filings.presenters import month as month_presenters
from zhuanban.filings.queries import FrozenConsolidation
from zhuanban.filings.views.common import Crumb, list_url, month_asked, tabs_of
from zhuanban.kit.documents.render import render_docx
from zhuanban.kit.downloads import DOCUMENT, download
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.people.access import viewer_in


@policy("filings.consolidated")
@require_GET
def consolidated(request: HttpRequest) -> HttpResponse:
    """What the month's filings say together, as they stand now, and the texts that were frozen."""
    viewer, covered = viewer_in(request), month_asked(request.GET.get("month", ""))
    year, month = covered.year, covered.last_month
    frozen = queries.consolidations(viewer=viewer, year=year, month=month)
    months = queries.months_with_filings(viewer=viewer)
    context = {
        "breadcrumbs": [Crumb(_("Filings"), list_url(covered)), Crumb(_("Consolidated"))],
        "tabs": tabs_of(request, "consolidated", covered=covered),
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
    covered = month_asked(request.POST.get("month", ""))
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
            Crumb(_("Filings"), list_url(covered)),
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
