"""Sheets on their way in: upload, preview, publish, confirm; closing a month."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.calc.periods import months_earlier
from zhuanban.indicators import queries, services
from zhuanban.indicators.forms import LockForm, UploadForm
from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.presenters.board_sheet import sample_workbook
from zhuanban.indicators.presenters.sheet import sheet_page
from zhuanban.indicators.views.board import WORKBOOK, viewer_of
from zhuanban.kit import clock
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.uploads import Door
from zhuanban.people.access import Viewer


@policy("figures.sheets")
@once
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    places = [(place.code, place.name_zh) for place in catalogue.places if place.code != catalogue.default_place]
    form = UploadForm(request.POST or None, request.FILES or None, places=places)
    status = 200
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = services.stage_sheet(
                by=viewer, file_name=upload.name, content=upload.read(Door.FIGURES.max_bytes + 1),
                place_code=form.cleaned_data["place"] or None,
            )  # fmt: skip
            return redirect("indicators:import_batch", batch.pk)
        except Refusal as refused:
            status = refused.status
            for problem in refused.problems:
                form.add_error("file", problem.sentence)
    elif request.method == "POST":
        status = 422
    return render(request, "indicators/imports.html", _list_context(viewer, form, LockForm()), status=status)


def _list_context(viewer: Viewer, form: UploadForm, lock_form: LockForm) -> dict[str, object]:
    return {
        "form": form,
        "lock_form": lock_form,
        "batches": queries.import_batches(viewer=viewer, as_known=None),
        "locked": queries.locked_through(viewer=viewer, as_known=None),
        "may_import": viewer.can("figures.import"),
        "may_lock": viewer.can("figures.lock"),
        "accept": Door.FIGURES.accept,
        "megabytes": Door.FIGURES.max_megabytes,
        "breadcrumbs": [{"label": _("Monthly board"), "url": reverse("indicators:board")}, {"label": _("Import")}],
    }


def _batch(viewer: Viewer, batch_id: int) -> ImportBatch:
    batch = queries.import_batch(viewer=viewer, as_known=None, batch_id=batch_id)
    if batch is None:
        raise Http404
    return batch


@policy("figures.sheets")
@require_GET
def import_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    return render(request, "indicators/import_batch.html", _batch_context(viewer, _batch(viewer, batch_id)))


def _batch_context(viewer: Viewer, batch: ImportBatch) -> dict[str, object]:
    page = sheet_page(batch)
    staged = batch.state == ImportBatch.State.STAGED
    return {
        **page,
        "batch": batch,
        "effect": queries.batch_effect(viewer=viewer, as_known=None, batch=batch),
        "may_publish": staged and viewer.can("figures.import") and not page["errors"],
        "may_cancel": staged and viewer.can("figures.import"),
        "may_confirm": batch.state == ImportBatch.State.PUBLISHED
        and batch.confirmed_at is None
        and viewer.can("figures.confirm"),
        "is_recorder": viewer.user_id == batch.uploaded_by_id,
        "breadcrumbs": [
            {"label": _("Monthly board"), "url": reverse("indicators:board")},
            {"label": _("Import"), "url": reverse("indicators:imports")},
            {"label": batch.file_name},
        ],
    }


@policy("figures.import")
@once
@require_POST
def publish(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    batch = _batch(viewer, batch_id)
    answer = request.POST.get("answer", "")
    try:
        services.publish_batch(batch_id=batch.pk, by=viewer, version=_version(request), answer=answer)
    except Refusal as refused:
        context = {**_batch_context(viewer, _batch(viewer, batch_id)), "refused": refused.problems, "answer": answer}
        return render(request, "indicators/import_batch.html", context, status=refused.status)
    messages.success(request, _("Published. Lights and alerts follow within a minute."))
    return redirect("indicators:import_batch", batch.pk)


@policy("figures.import")
@once
@require_POST
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    services.cancel_batch(batch_id=_batch(viewer, batch_id).pk, by=viewer, version=_version(request))
    messages.success(request, _("The sheet was put away; nothing of it was published."))
    return redirect("indicators:imports")


@policy("figures.confirm")
@once
@require_POST
def confirm(request: HttpRequest, batch_id: int) -> HttpResponse:
    viewer = viewer_of(request)
    services.confirm_batch(batch_id=_batch(viewer, batch_id).pk, by=viewer, version=_version(request))
    messages.success(request, _("Confirmed."))
    return redirect("indicators:import_batch", batch_id)


@policy("figures.lock")
@once
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    lock_form = LockForm(request.POST)
    if lock_form.is_valid():
        year, month = (int(part) for part in lock_form.cleaned_data["month"].split("-"))
        services.lock_period(year=year, month=month, by=viewer, reason=lock_form.cleaned_data["reason"])
        messages.success(request, _("The month is closed; sheets no longer change it."))
        return redirect("indicators:imports")
    return render(
        request, "indicators/imports.html", _list_context(viewer, UploadForm(places=[]), lock_form), status=422
    )


@policy("figures.sheets")
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    today = clock.today()
    month = months_earlier(today.year, today.month, 1)
    catalogue = queries.sheet_catalogue(viewer=viewer, as_known=None)
    response = HttpResponse(sample_workbook(catalogue, month), content_type=WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="sample.xlsx"'
    return response


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    if not text.isdigit():
        raise Refusal("stale_version", status=409)
    return int(text[:9])
