"""Sheets on their way in: upload, preview, publish, confirm; closing a month."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.calc.periods import months_earlier
from zhuanban.indicators import queries, services
from zhuanban.indicators.forms import LockForm, UploadForm
from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.presenters.board_sheet import sample_workbook
from zhuanban.indicators.presenters.returned import returned_sheets
from zhuanban.indicators.presenters.sheet import HEADER_DOUBTS, row_numbers, sheet_page
from zhuanban.indicators.queries.partly import open_questions
from zhuanban.indicators.tables import SHEETS
from zhuanban.indicators.views.board import viewer_of
from zhuanban.kit import clock, formats
from zhuanban.kit.downloads import download
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, shown_rows
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of, whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.marked import marked_workbook
from zhuanban.kit.uploads import Door
from zhuanban.people.access import Viewer
from zhuanban.people.services import file_of_list


@policy("figures.sheets")
@once
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method != "POST":
        return _imports_page(request, _upload_form(viewer))
    form = _upload_form(viewer, request)
    if not form.is_valid():
        return _imports_page(request, form, status=422)
    upload = form.cleaned_data["file"]
    try:
        batch = services.stage_sheet(
            by=viewer, file_name=upload.name, content=upload.read(Door.FIGURES.max_bytes + 1),
            place_code=form.cleaned_data["place"] or None, sender_id=whole_number(form.cleaned_data.get("sender")),
            again=form.cleaned_data["again"],
        )  # fmt: skip
    except Refusal as refused:
        for problem in refused.problems:
            form.add_error("sender" if problem.where == "sender" and "sender" in form.fields else "file", problem.sentence)
        same = "import_same_file" in refused.codes
        return _imports_page(request, form, status=refused.status, same_file=same)
    return redirect("indicators:import_batch", batch.pk)


def _upload_form(viewer: Viewer, request: HttpRequest | None = None) -> UploadForm:
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    others = [place for place in catalogue.places if place.code != catalogue.default_place and place.allowed]
    places = [(place.code, place.name_zh if formats.in_chinese() else place.name_en) for place in others]
    senders = [(str(unit.pk), unit.name) for unit in queries.senders(viewer=viewer, as_known=None)]
    if request is None:
        return UploadForm(places=places, senders=senders, initial={"sender": str(viewer.unit_id or "")})
    return UploadForm(request.POST, request.FILES, places=places, senders=senders)


def _imports_page(
    request: HttpRequest, form: UploadForm, lock_form: LockForm | None = None, status: int = 200, *,
    same_file: bool = False,
) -> HttpResponse:
    viewer = viewer_of(request)
    batches = queries.import_batches(viewer=viewer, as_known=None)
    shown = shown_rows(Asked(SHEETS, request.GET), batches, name=lambda each: each.id)
    if shown.asked.file and request.method == "GET":
        return file_of_list(shown, by=viewer)
    context = {
        "form": form,
        "lock_form": lock_form or LockForm(),
        "same_file": same_file or bool(form.data.get("again")),
        "list": shown,
        "locked": queries.locked_through(viewer=viewer, as_known=None),
        "may_import": viewer.can("figures.import"),
        "may_lock": viewer.can("figures.lock"),
        "accept": Door.FIGURES.accept,
        "megabytes": Door.FIGURES.max_megabytes,
        "breadcrumbs": [{"label": _("Monthly board"), "url": reverse("indicators:board")}, {"label": _("Import")}],
    }
    return render(request, "indicators/imports.html", context, status=status)


def _batch(viewer: Viewer, batch_id: int) -> ImportBatch:
    batch = queries.import_batch(viewer=viewer, as_known=None, batch_id=batch_id)
    if batch is None:
        raise Http404
    return batch


@policy("figures.sheets")
@require_GET
def import_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _batch_page(request, _batch(viewer_of(request), batch_id))


def _batch_page(
    request: HttpRequest, batch: ImportBatch, refused: Refusal | None = None, answer: str = ""
) -> HttpResponse:
    """The sheet with what may be done next; after a refusal with its reasons and what was typed."""
    viewer = viewer_of(request)
    effect = queries.batch_effect(viewer=viewer, as_known=None, batch=batch)
    page = sheet_page(batch, effect)
    part = queries.batch_part(viewer=viewer, as_known=None, batch=batch)
    kept = queries.upload_of(viewer=viewer, as_known=None, batch=batch) is not None
    staged = batch.state == ImportBatch.State.STAGED
    waits = batch.state == ImportBatch.State.PUBLISHED and batch.confirmed_at is None
    months = sorted({(row.row.period.year, row.row.period.last_month) for row in effect.rows})
    board = reverse("indicators:board")
    context = {
        **page,
        "batch": batch,
        "refused": refused.problems if refused else [],
        "answer": answer,
        "part": part,
        "part_rows": row_numbers(part.left),
        "part_questions": open_questions(batch, without_refused=True) if part.left else 0,
        "header_doubts": any(problem["code"] in HEADER_DOUBTS for problem in batch.staged.get("problems", [])),
        "returnable": kept and bool(page["problems"]),
        "said": queries.mappings_of_batch(viewer=viewer, as_known=None, batch=batch),
        "may_say": kept and staged and viewer.can("figures.import"),
        "publishable": staged and viewer.can("figures.import"),
        "waits": waits,
        "may_confirm": waits and viewer.can("figures.confirm") and viewer.user_id != batch.uploaded_by_id,
        "is_recorder": viewer.user_id == batch.uploaded_by_id,
        "board_url": f"{board}?month={months[-1][0]}-{months[-1][1]:02d}" if months else board,
        "breadcrumbs": [
            {"label": _("Monthly board"), "url": board},
            {"label": _("Import"), "url": reverse("indicators:imports")},
            {"label": batch.file_name},
        ],
    }
    return render(request, "indicators/import_batch.html", context, status=refused.status if refused else 200)


@policy("figures.import")
@once
@require_POST
def publish(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    answer = request.POST.get("answer", "")
    try:
        services.publish_batch(batch_id=batch.pk, by=viewer, version=version_of(request), answer=answer)
    except Refusal as refused:
        return _batch_page(request, _batch(viewer, batch_id), refused, answer)
    messages.success(request, _("Published. Lights and alerts follow within a minute."))
    return redirect("indicators:import_batch", batch.pk)


@policy("figures.import")
@once
@require_POST
def publish_right(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Publish the rows that are right and leave the others out, named and confirmed."""
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    answer = request.POST.get("answer", "")
    leaving = whole_number(request.POST.get("leaving_out"))
    try:
        if not request.POST.get("seen") or not leaving:
            raise Refusal("batch_left_out_unseen")
        services.publish_batch(
            batch_id=batch.pk, by=viewer, version=version_of(request), answer=answer, leaving_out=leaving
        )  # fmt: skip
    except Refusal as refused:
        return _batch_page(request, _batch(viewer, batch_id), refused, answer)
    messages.success(
        request,
        ngettext(
            "Published without %(count)s row. Its reasons stand beside it; send the sheet back to be corrected.",
            "Published without %(count)s rows. Their reasons stand beside them; send the sheet back to be corrected.",
            leaving,
        ) % {"count": leaving},
    )  # fmt: skip
    return redirect("indicators:import_batch", batch.pk)


@policy("figures.sheets")
@require_GET
def returned(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The sheet as it was handed in, with everything found in it in a column of its own."""
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    upload = queries.upload_of(viewer=viewer, as_known=None, batch=batch)
    if upload is None:
        raise Http404
    sheets = services.sheets_of(upload)
    services.note_returned(by=viewer, batch=batch)
    content = marked_workbook(returned_sheets(batch, sheets), made_at=batch.uploaded_at)
    return download(content, f"{Path(batch.file_name).stem}-{pgettext('file', 'findings')}.xlsx")


@policy("figures.import")
@once
@require_POST
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    try:
        services.cancel_batch(batch_id=batch.pk, by=viewer, version=version_of(request))
    except Refusal as refused:
        return _batch_page(request, _batch(viewer, batch_id), refused)
    messages.success(request, _("The sheet was put away; nothing of it was published."))
    return redirect("indicators:imports")


@policy("figures.confirm")
@once
@require_POST
def confirm(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    try:
        services.confirm_batch(batch_id=batch.pk, by=viewer, version=version_of(request))
    except Refusal as refused:
        return _batch_page(request, _batch(viewer, batch_id), refused)
    messages.success(request, _("Confirmed."))
    return redirect("indicators:import_batch", batch_id)


@policy("figures.lock")
@once
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = LockForm(request.POST)
    if not form.is_valid():
        return _imports_page(request, _upload_form(viewer), form, status=422)
    year, month = (int(part) for part in form.cleaned_data["month"].split("-"))
    try:
        services.lock_period(year=year, month=month, by=viewer, reason=form.cleaned_data["reason"])
    except Refusal as refused:
        for problem in refused.problems:
            form.add_error("month", problem.sentence)
        return _imports_page(request, _upload_form(viewer), form, status=refused.status)
    messages.success(request, _("The month is closed; sheets no longer change it."))
    return redirect("indicators:imports")


@policy("figures.sheets")
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    today = clock.today()
    month = months_earlier(today.year, today.month, 1)
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    return download(sample_workbook(catalogue, month), "sample.xlsx")
