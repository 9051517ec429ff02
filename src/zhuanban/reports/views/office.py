"""Reports of the office: the list, one report, its steps, its files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.kit.documents.pdf import docx_to_pdf
from zhuanban.kit.downloads import DOCUMENT, download
from zhuanban.kit.forms import put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked
from zhuanban.kit.lists.shown import shown_rows
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.people.services import file_of_list
from zhuanban.reports import presenters, queries, services
from zhuanban.reports.forms import PassageForm, ReasonForm, StepForm
from zhuanban.reports.models import Report
from zhuanban.reports.queries import Standing
from zhuanban.reports.tables import REPORTS
from zhuanban.reports.views.monthly import asked as asked_month

PDF_SECONDS = 45
PDF = "application/pdf"


def _crumbs(*further: str) -> list[dict[str, str]]:
    return [{"label": _("Reports"), "url": reverse("reports:list")}, *({"label": each} for each in further)]


@policy("reports.view")
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    state = request.GET.get("state", "")
    rows = [presenters.listed(each) for each in queries.reports(viewer=viewer) if state in ("", each.state)]
    shown = shown_rows(Asked(REPORTS, request.GET), rows, name=lambda each: each.id)
    if shown.asked.file:
        return file_of_list(shown, by=viewer)
    context = {
        "list": shown, "states": presenters.state_choices(), "state": state,
        "tabs": presenters.tabs(viewer, "list"), "breadcrumbs": [{"label": _("Reports")}],
    }  # fmt: skip
    return render(request, "reports/list.html", context)


@policy("reports.write")
@require_POST
@once
def draft(request: HttpRequest) -> HttpResponse:
    """Compose the month's analysis, as known on the day asked for, as a draft of the office."""
    viewer = viewer_in(request)
    year, month, as_known = asked_month(request.POST, viewer)
    made = services.draft_report(year=year, month=month, as_known=as_known, by=viewer)
    return redirect("reports:report", made.pk)


@policy("reports.view")
@require_GET
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    viewer = viewer_in(request)
    return _page(request, _found(viewer, report_id))


def _page(request: HttpRequest, found: Standing, back: ReasonForm | None = None, withdraw: ReasonForm | None = None) -> HttpResponse:
    viewer, start = viewer_in(request), {"version": found.report.version}
    context = {
        "found": found, "report": found.report, "shown": presenters.standing(viewer, found),
        "step": StepForm(initial=start),
        "back": back or ReasonForm(initial=start, auto_id="id_back_%s"),
        "withdraw": withdraw or ReasonForm(initial=start, auto_id="id_withdraw_%s"),
        "breadcrumbs": _crumbs(presenters.title_of(found.report)),
    }  # fmt: skip
    return render(request, "reports/report.html", context, status=status_of(back, withdraw))


@policy("reports.write")
@require_http_methods(["GET", "POST"])
@once
def passage(request: HttpRequest, report_id: int, key: str) -> HttpResponse:
    """One paragraph: the composed words, and the office's in their place."""
    viewer = viewer_in(request)
    found = _found(viewer, report_id)
    composed = next((each for each in found.passages if each.key == key), None)
    if composed is None or found.report.state != Report.State.DRAFT:
        raise Http404
    rewritten = found.rewritten.get(key)
    start = {"text": rewritten.text if rewritten else composed.text, "version": found.report.version}
    form = PassageForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.rewrite_passage(report_id=report_id, key=key, by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("The paragraph is saved."))
            return redirect(reverse("reports:report", args=[report_id]) + f"#passage-{key}")
    context = {
        "form": form, "composed": composed, "rewritten": rewritten, "report": found.report,
        "breadcrumbs": [*_crumbs(), {"label": presenters.title_of(found.report), "url": reverse("reports:report", args=[report_id])}, {"label": _("Paragraph")}],
    }  # fmt: skip
    return render(request, "reports/passage.html", context, status=status_of(form))


def _step(request: HttpRequest, report_id: int, act: Callable[..., Any], done: str) -> HttpResponse:
    form = StepForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    act(report_id=report_id, by=viewer_in(request), version=version)
    messages.success(request, done)
    return redirect("reports:report", report_id)


@policy("reports.write")
@require_POST
@once
def recompose(request: HttpRequest, report_id: int) -> HttpResponse:
    return _step(request, report_id, services.recompose_report, _("Composed anew from what is known now; your own words stay."))


@policy("reports.write")
@require_POST
@once
def submit(request: HttpRequest, report_id: int) -> HttpResponse:
    return _step(request, report_id, services.submit_report, _("Handed over for review."))


@policy("reports.issue")
@require_POST
@once
def issue(request: HttpRequest, report_id: int) -> HttpResponse:
    return _step(request, report_id, services.issue_report, _("Issued under its number; the text is frozen."))


@policy("reports.issue")
@require_POST
@once
def send_back(request: HttpRequest, report_id: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="id_back_%s")
    return _with_reason(request, report_id, form, services.send_back_report, _("Sent back to its writers."), "back")


@policy("reports.issue")
@require_POST
@once
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="id_withdraw_%s")
    return _with_reason(request, report_id, form, services.withdraw_report, _("Withdrawn; it stays readable and says so."), "withdraw")


def _with_reason(
    request: HttpRequest, report_id: int, form: ReasonForm, act: Callable[..., Any], done: str, name: str
) -> HttpResponse:
    viewer = viewer_in(request)
    if form.is_valid():
        try:
            act(report_id=report_id, by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            if "report_unknown" in refusal.codes:
                raise
            put_beside(form, refusal)
        else:
            messages.success(request, done)
            return redirect("reports:report", report_id)
    return _page(request, _found(viewer, report_id), **{name: form})


@policy("reports.issue")
@require_POST
@once
def check(request: HttpRequest, report_id: int) -> HttpResponse:
    """Compose the report again from what was known at its moment, and say whether it is the same."""
    viewer = viewer_in(request)
    found = _found(viewer, report_id)
    differing = queries.says_the_same(viewer=viewer, report=found.report)
    if not differing:
        messages.success(request, _("Composed again from what was known at its moment, the report is the same word by word."))
    else:
        shown = "； ".join(differing[:3])[:400]
        messages.warning(request, _("Composed again, %(count)s lines differ, first: %(lines)s") % {"count": len(differing), "lines": shown})
    return redirect("reports:report", report_id)


@policy("reports.view")
@require_GET
def word(request: HttpRequest, report_id: int) -> HttpResponse:
    content, name = _file(request, report_id)
    return download(content, f"{name}.docx", DOCUMENT)


@policy("reports.view")
@require_GET
def pdf(request: HttpRequest, report_id: int) -> HttpResponse:
    content, name = _file(request, report_id)
    return download(docx_to_pdf(content, timeout_seconds=PDF_SECONDS), f"{name}.pdf", PDF)


def _file(request: HttpRequest, report_id: int) -> tuple[bytes, str]:
    viewer = viewer_in(request)
    name, content = presenters.file_name(_found(viewer, report_id).report), queries.word_file(viewer=viewer, report_id=report_id)
    if content is None:
        raise Http404
    return content, name


def _found(viewer: Viewer, report_id: int) -> Standing:
    found = queries.report(viewer=viewer, report_id=report_id)
    if found is None:
        raise Http404
    return found
