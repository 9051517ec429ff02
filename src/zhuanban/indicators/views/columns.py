"""Saying which column of a sheet is which, and what was said before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.presenters.columns import (
    MOST_COLUMNS,
    ColumnsPage,
    columns_page,
    kind_choices,
    said_words,
)
from zhuanban.indicators.sheets.said import ColumnSaid, HeaderSaid, header_line
from zhuanban.indicators.views.board import viewer_of
from zhuanban.kit import formats
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of, whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets import Sheet
from zhuanban.people.access import Viewer

_NAMES = ("kind", "indicator", "measure", "period")
_LONGEST = 60


@policy("figures.import")
@once
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The columns of a sheet that is being checked, and the form that says what they hold."""
    viewer = viewer_of(request)
    batch = queries.import_batch(viewer=viewer, as_known=None, batch_id=batch_id)
    upload = queries.upload_of(viewer=viewer, as_known=None, batch=batch) if batch else None
    if batch is None or upload is None or batch.state != ImportBatch.State.STAGED:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    sheets = services.sheets_of(upload)
    number = min(whole_number(data.get("sheet")) or 0, len(sheets) - 1)
    sheet, row = sheets[number], whole_number(data.get("row"))
    at = row - 1 if row and row <= min(25, len(sheet.rows)) else None
    if request.method != "POST":
        return _columns_page(request, batch, sheets, number, at)
    rows = 2 if data.get("rows") == "2" else 1
    said = HeaderSaid(header_line(sheet, at, rows) if at is not None else (), rows, _said(data))
    try:
        services.say_columns(batch_id=batch.pk, by=viewer, version=version_of(request), said=said)
    except Refusal as refused:
        return _columns_page(request, batch, sheets, number, at, refused, said)
    messages.success(request, _("Read anew with what you said about the columns. It is remembered for this unit and this header line."))
    return redirect("indicators:import_batch", batch.pk)


def _said(data: QueryDict) -> dict[int, ColumnSaid]:
    """What the form says, column by column; a column left to its header is not there."""
    found = {}
    for column in range(MOST_COLUMNS):
        kind, indicator, measure, period = (data.get(f"{name}_{column}", "").strip()[:_LONGEST] for name in _NAMES)
        if not kind:
            continue
        said = ColumnSaid(kind, indicator, measure, period)
        found[column] = said if said.is_of_values else ColumnSaid(kind)
    return found


def _columns_page(
    request: HttpRequest, batch: ImportBatch, sheets: list[Sheet], number: int, at: int | None,
    refused: Refusal | None = None, said: HeaderSaid | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    remembered = queries.said_of_sender(viewer=viewer, as_known=None, unit_id=batch.sender_id)
    shown = columns_page(sheets[number], catalogue, remembered, at=at)
    if said is not None:
        _keep_what_was_said(shown, said, refused)
    context = {
        "batch": batch,
        "shown": shown,
        "row": shown.at + 1,
        "sheets": [{"label": each.name, "url": f"?sheet={index}", "current": index == number} for index, each in enumerate(sheets)],
        "number": number,
        "kinds": kind_choices(),
        "indicators": [(each.code, each.name_zh if formats.in_chinese() else each.name_en) for each in catalogue.indicators],
        "refused": [problem for problem in refused.problems if not problem.where] if refused else [],
        "is_remembered": any(column.said for column in shown.columns),
        "breadcrumbs": _crumbs(batch.file_name, reverse("indicators:import_batch", args=[batch.pk]), _("Columns")),
    }
    return render(request, "indicators/import_columns.html", context, status=refused.status if refused else 200)


def _keep_what_was_said(shown: ColumnsPage, said: HeaderSaid, refused: Refusal | None) -> None:
    for column in shown.columns:
        column.said = said.columns.get(column.number)
        if refused:
            own = [f"{name}_{column.number}" for name in _NAMES]
            column.errors = [problem.sentence for problem in refused.problems if problem.where in own]


def _crumbs(*labels: str) -> list[dict[str, str]]:
    crumbs = [
        {"label": _("Monthly board"), "url": reverse("indicators:board")},
        {"label": _("Import"), "url": reverse("indicators:imports")},
    ]
    if len(labels) > 1:
        crumbs.append({"label": labels[0], "url": labels[1]})
    return [*crumbs, {"label": labels[-1]}]


@policy("figures.sheets")
@require_GET
def remembered(request: HttpRequest) -> HttpResponse:
    """What is remembered about the header lines of each unit's sheets."""
    viewer = viewer_of(request)
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    mappings = queries.header_mappings(viewer=viewer, as_known=None)
    context = {
        "mappings": [
            {"mapping": each, "columns": said_words(each, catalogue), "line": _line(each.header)} for each in mappings
        ],
        "may_forget": viewer.can("figures.import"),
        "breadcrumbs": _crumbs(_("Remembered columns")),
    }
    return render(request, "indicators/remembered_columns.html", context)


def _line(header: list[str]) -> str:
    return " | ".join(text.replace("\n", " ").strip() or "–" for text in header)


@policy("figures.import")
@once
@require_POST
def forget(request: HttpRequest, mapping_id: int) -> HttpResponse:
    viewer: Viewer = viewer_of(request)
    if queries.header_mapping(viewer=viewer, as_known=None, mapping_id=mapping_id) is None:
        raise Http404
    services.forget_columns(mapping_id=mapping_id, by=viewer, version=version_of(request))
    messages.success(request, _("Forgotten. Sheets with this header line are read by their headers alone again."))
    return redirect("indicators:remembered_columns")
