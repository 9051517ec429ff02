"""The year's targets: what is in force, what the rest of the year must bring, and setting or revising one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.indicators import queries, services
from zhuanban.indicators.forms import TargetForm
from zhuanban.indicators.presenters import targets as shown
from zhuanban.indicators.services.targets import TargetDraft, TargetPlan
from zhuanban.indicators.views.board import viewer_of
from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists.files import table_file
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer


def _lines(viewer: Viewer) -> tuple[int, int, tuple[queries.TargetLine, ...]]:
    year, month = queries.newest_month(viewer=viewer, as_known=None)
    return year, month, queries.targets_of_year(viewer=viewer, as_known=None, year=year, month=month)


@policy("indicators.view")
@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    year, month, lines = _lines(viewer)
    context = {
        "breadcrumbs": [{"label": _("Monthly board"), "url": reverse("indicators:board")}, {"label": _("Targets")}],
        "year": year,
        "month": month,
        "lines": shown.lines(lines),
        "without": sum(1 for line in lines if not line.in_force),
        "may_set": viewer.can("targets.set"),
    }
    return render(request, "indicators/targets.html", context)


@policy("indicators.view")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    year, month, lines = _lines(viewer)
    services.note_targets_export(by=viewer, year=year)
    return table_file(shown.sheet(lines, year, month, unit_of_report=viewer.label), "xlsx")


@policy("targets.set")
@require_http_methods(["GET", "POST"])
@once
def target(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    year, _month, lines = _lines(viewer)
    line = next((each for each in lines if each.row.code == code), None)
    if line is None:
        raise Http404
    others = [(each.row.code, each.row.name) for each in lines if each.row.code != code]
    form = TargetForm(request.POST or None, follows=others, initial=shown.initial(line, clock.today()))
    plan = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("confirmed") == "1":
                services.set_target(draft=_draft(form, code, year), **_decision(form), by=viewer)
                messages.success(request, _("The target is set. Boards as known before its day keep the old one."))
                return redirect("indicators:targets")
            plan = services.plan_target(draft=_draft(form, code, year), **_decision(form), by=viewer)
        except Refusal as refusal:
            put_beside(form, refusal)
    history = queries.target_history(viewer=viewer, as_known=None, code=code, year=year)
    context = {
        "breadcrumbs": [
            {"label": _("Monthly board"), "url": reverse("indicators:board")},
            {"label": _("Targets"), "url": reverse("indicators:targets")}, {"label": line.row.name},
        ],
        "row": line.row, "year": year, "form": form, "plan": _planned(plan, line), "history": shown.history(history, line.row),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "indicators/target.html", context, status=422 if form.errors else 200)


def _planned(plan: TargetPlan | None, line: queries.TargetLine) -> dict[str, Any] | None:
    return None if plan is None else shown.plan(plan, line.row)


def _draft(form: TargetForm, code: str, year: int) -> TargetDraft:
    given = form.cleaned_data
    return TargetDraft(
        code, year, given["kind"], given["operator"], given["value"], given["path"], given["is_stretch"], given["follows"],
        form.named_months,
    )  # fmt: skip


def _decision(form: TargetForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("since", "authority", "reason")}


@policy("targets.set")
@require_POST
@once
def withdraw(request: HttpRequest, target_id: int) -> HttpResponse:
    services.withdraw_target(target_id=target_id, by=viewer_of(request))
    messages.success(request, _("Taken back; what was in force stays."))
    return redirect("indicators:targets")
