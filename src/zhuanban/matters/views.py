"""Pages of the room: the ledger, a new matter, one matter, its moves, its evidence."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.files import queries as files
from zhuanban.files.services import respond_preview
from zhuanban.kit import clock
from zhuanban.kit.downloads import download
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.registries import panels_for
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.kit.uploads import Door
from zhuanban.matters import presenters, queries, services
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.forms import ClassForm, FilterForm, MoveForm, RegisterForm, uploads_of
from zhuanban.matters.tables import ledger_table
from zhuanban.people import queries as people
from zhuanban.people.access import Viewer, viewer_in

LEDGER = "problem"


def _crumbs(*further: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Matter ledger"), "url": reverse("matters:ledger")}, *further]


@policy("matters.view")
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    asked = request.GET.copy()
    asked.setdefault("state", queries.OPEN)
    chosen = FilterForm(asked).chosen()
    units = [(str(unit.pk), unit.name) for unit in people.units(viewer=viewer) if unit.kind != "leadership"]
    page = queries.matters(viewer=viewer, ledger=LEDGER, **chosen)
    kept = {name: value for name, value in asked.items() if name != "after" and (value or name == "state")}
    return render(
        request,
        "matters/ledger.html",
        {
            "breadcrumbs": _crumbs(),
            "page": page,
            "chosen": chosen,
            "states": presenters.state_choices(),
            "units": [("", _("All")), *units],
            "is_filtered": any(chosen[name] for name in ("unit_id", "group_id", "overdue", "words", "after"))
            or chosen["state"] != queries.OPEN,
            "overdue_url": "?" + urlencode({**kept, "overdue": "on"}),
            "not_overdue_url": "?" + urlencode({name: value for name, value in kept.items() if name != "overdue"}),
            "export_url": f"{reverse('matters:export')}?{urlencode(kept)}",
            "all_url": "?state=",
            "first_url": f"?{urlencode(kept)}" if chosen["after"] else "",
            "next_url": f"?{urlencode({**kept, 'after': page.next_after})}" if page.next_after else "",
            "may_register": viewer.can("matters.register"),
        },
    )


@policy("matters.view")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    chosen = FilterForm(request.GET).chosen()
    del chosen["after"]
    rows = queries.all_matters(viewer=viewer, ledger=LEDGER, **chosen)
    filters = _filter_words(viewer, chosen)
    table = ledger_table(rows, ledger=LEDGER, unit_of_report=viewer.label, filters=filters)
    body = workbook_bytes([table], made_at=clock.now())
    services.note_export(by=viewer, count=len(rows), filters=filters)
    return download(body, f"{table.sheet_name} {clock.today().isoformat()}.xlsx")


def _filter_words(viewer: Viewer, chosen: dict[str, Any]) -> str:
    words = [name for key, name in presenters.state_choices() if key and key == chosen["state"]]
    words += [unit.name for unit in people.units(viewer=viewer) if unit.pk == chosen["unit_id"]]
    words += [_("overdue")] if chosen["overdue"] else []
    words += [chosen["words"]] if chosen["words"] else []
    return " · ".join(words)


@policy("matters.register")
@require_http_methods(["GET", "POST"])
@once
def register(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    form = RegisterForm(request.POST if request.method == "POST" else None, viewer=viewer)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = _registered(viewer, form)
            except Refusal as refusal:
                put_beside(form, refusal)
                status = refusal.status
            else:
                messages.success(request, _("Registered as %(number)s.") % {"number": made.number})
                return redirect("matters:matter", number=made.number)
        else:
            status = 422
    context = {"form": form, "breadcrumbs": _crumbs({"label": _("Register a matter"), "url": ""})}
    return render(request, "matters/register.html", context, status=status)


def _registered(viewer: Viewer, form: RegisterForm) -> Any:
    given = form.cleaned_data
    return services.register_matter(
        by=viewer,
        ledger=LEDGER,
        title=given["title"],
        description=given["description"],
        group_id=given["group"],
        unit_id=given["unit"],
        source=given["source"],
        due_on=given["due_on"],
        territory_id=given["territory"],
        urgency=given["urgency"],
        data_class=given["data_class"],
    )


@policy("matters.view")
@require_GET
def matter(request: HttpRequest, number: str) -> HttpResponse:
    return _matter_page(request, number, None, 200)


def _matter_page(
    request: HttpRequest, number: str, form: MoveForm | None, status: int, class_form: ClassForm | None = None
) -> HttpResponse:
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    context = {
        **presenters.page_of(facts),
        "form": form or MoveForm(initial={"version": facts.row.version}),
        "text": form.data.get("text", "") if form else "",
        "class_form": class_form or ClassForm(initial={"version": facts.row.version, "data_class": facts.row.data_class}),
        "panels": panels_for("matter", viewer, facts.row),
        "accept": Door.EVIDENCE.accept,
        "most_megabytes": Door.EVIDENCE.max_megabytes,
        "breadcrumbs": _crumbs({"label": facts.row.number, "url": ""}),
    }
    return render(request, "matters/matter.html", context, status=status)


@policy("matters.view")
@require_POST
@once
def move(request: HttpRequest, number: str) -> HttpResponse:
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _matter_page(request, number, form, 422)
    given = form.cleaned_data
    try:
        services.move_matter(
            given["verb"],
            matter_id=facts.row.id,
            by=viewer,
            version=given["version"],
            text=given["text"],
            attachments=uploads_of(request.FILES),
        )
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, form, refusal.status)
    made = ledger_of(facts.row.ledger).transition(given["verb"])
    assert made is not None
    messages.success(request, _("Done: %(what)s.") % {"what": say(made.done)})
    return redirect("matters:matter", number=number)


@policy("matters.accept")
@require_POST
@once
def classify(request: HttpRequest, number: str) -> HttpResponse:
    """Give the matter another data class."""
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    form = ClassForm(request.POST)
    if not form.is_valid():
        return _matter_page(request, number, None, 422, form)
    try:
        services.classify_matter(matter_id=facts.row.id, by=viewer, **form.cleaned_data)
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, None, refusal.status, form)
    messages.success(request, _("The data class is changed. Whose right does not reach it, no longer sees the matter."))
    return redirect("matters:matter", number=number)


@policy("matters.view")
@require_GET
def evidence(request: HttpRequest, number: str, evidence_id: int) -> HttpResponse:
    attachment = queries.evidence_file(viewer=viewer_in(request), number=number, evidence_id=evidence_id)
    if attachment is None:
        raise Http404
    return files.respond(attachment)


@policy("matters.view")
@require_GET
def preview(request: HttpRequest, number: str, evidence_id: int) -> HttpResponse:
    """The small picture of a photograph that is evidence."""
    attachment = queries.evidence_file(viewer=viewer_in(request), number=number, evidence_id=evidence_id)
    small = respond_preview(attachment) if attachment else None
    if small is None:
        raise Http404
    return small
