"""Pages of the room: the ledger, a new matter, one matter, its moves, its evidence."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.files import queries as files
from zhuanban.files.services import respond_preview
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, ShownList, marked_in
from zhuanban.kit.lists.files import table_file
from zhuanban.kit.lists.marked import back_to, do_with_each
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.registries import panels_for
from zhuanban.kit.uploads import Door
from zhuanban.matters import presenters, queries, services
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.forms import (
    AnswerForm,
    AskForm,
    ClassForm,
    FilterForm,
    MoveForm,
    RegisterForm,
    ReportUpForm,
    uploads_of,
)
from zhuanban.matters.rates_table import part_words
from zhuanban.matters.tables import LEDGER, ledger_table
from zhuanban.people import queries as people
from zhuanban.people.access import Viewer, viewer_in

LEDGER_KEY = "problem"
ANSWER_ID = "answer_%s"
"""Several forms with a reason stand on one page: each has ids of its own."""


def _crumbs(*further: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Matter ledger"), "url": reverse("matters:ledger")}, *further]


@policy("matters.view")
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    asked, chosen = _reading(request)
    known = people.units(viewer=viewer)
    units = [(str(unit.pk), unit.name) for unit in known if unit.kind != "leadership"]
    page = queries.matters(viewer=viewer, ledger=LEDGER_KEY, order=asked.order, after=asked.after, **chosen)
    bulk = presenters.moves_of_many(viewer, LEDGER_KEY)
    return render(
        request,
        "matters/ledger.html",
        {
            "breadcrumbs": _crumbs(),
            "page": page,
            "list": ShownList(asked, page.rows, page.next_after, bulk=bulk, bulk_address=reverse("matters:move_many")),
            "chosen": chosen,
            "states": presenters.state_choices(),
            "units": [("", _("All")), *units],
            "territories": [("", _("All")), *((str(unit.pk), unit.name) for unit in known if unit.kind in ("street", "center"))],
            "levels": [("", _("All")), *presenters.level_choices(LEDGER_KEY)],
            "group_name": page.rows[0].group_name if page.rows else _("Group"),
            "part_words": part_words(chosen),
            "waiting_url": asked.address({"waiting": "on"}),
            "not_waiting_url": asked.address(without=("waiting",)),
            "no_group_url": asked.address(without=("group",)),
            "no_part_url": asked.address(without=("part", "since", "until")),
            "is_filtered": asked.is_filtered or chosen["state"] != queries.OPEN,
            "overdue_url": asked.address({"overdue": "on"}),
            "not_overdue_url": asked.address(without=("overdue",)),
            "export_url": reverse("matters:export") + asked.address({"state": chosen["state"]}),
            "all_url": "?state=",
            "may_register": viewer.can("matters.register"),
        },
    )


def _reading(request: HttpRequest) -> tuple[Asked, dict[str, Any]]:
    """What the address asks of the ledger; without a word about it, what is not struck off."""
    asked = Asked(LEDGER, request.GET)
    return asked, FilterForm({**request.GET.dict(), "state": request.GET.get("state", queries.OPEN)}).chosen()


@policy("matters.view")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    asked, chosen = _reading(request)
    rows = queries.all_matters(viewer=viewer, ledger=LEDGER_KEY, order=asked.order, **chosen)
    filters = _filter_words(viewer, chosen)
    table = ledger_table(rows, ledger=LEDGER_KEY, unit_of_report=viewer.label, filters=filters)
    services.note_export(by=viewer, count=len(rows), filters=filters)
    return table_file(table, asked.file)


@policy("matters.view")
@require_POST
@once
def move_many(request: HttpRequest) -> HttpResponse:
    """Make one move with every marked matter, each by itself."""
    viewer, verb = viewer_in(request), request.POST.get("verb", "")
    move = next((each for each in presenters.moves_of_many(viewer, LEDGER_KEY) if each.verb == verb), None)
    if move is None:
        raise Refusal("matter_verb_unknown")

    def done(count: int) -> str:
        return ngettext("%(what)s: %(count)s matter.", "%(what)s: %(count)s matters.", count) % {
            "what": move.name,
            "count": count,
        }

    do_with_each(
        request, marked_in(request), done=done,
        act=lambda each: services.move_matter(verb, matter_id=each.number, by=viewer, version=each.version),
    )  # fmt: skip
    return back_to(LEDGER, request)


def _filter_words(viewer: Viewer, chosen: dict[str, Any]) -> str:
    words = [name for key, name in presenters.state_choices() if key and key == chosen["state"]]
    words += [unit.name for unit in people.units(viewer=viewer) if unit.pk in (chosen["unit_id"], chosen["territory_id"])]
    words += [name for key, name in presenters.level_choices(LEDGER_KEY) if key == str(chosen["level"])]
    words += [_("Request waits")] if chosen["waiting"] else []
    words += [part_words(chosen)] if chosen["part"] else []
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
        ledger=LEDGER_KEY,
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
    request: HttpRequest, number: str, form: MoveForm | None, status: int, class_form: ClassForm | None = None,
    up_form: ReportUpForm | None = None, ask_form: AskForm | None = None, answer_form: AnswerForm | None = None,
) -> HttpResponse:  # fmt: skip
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    page = presenters.page_of(facts)
    needs_units = page["takes_unit"] or any(each["may_answer"] and each["needs_unit"] for each in page["waiting"])
    context = {
        **page,
        "units": _assignable(viewer) if needs_units else [],
        "asks": [_ask_form(each, facts.row.version, ask_form) for each in page["open_to"]],
        "ask_form": ask_form,
        "answer_form": answer_form or AnswerForm(initial={"version": facts.row.version}, auto_id=ANSWER_ID),
        "form": form or MoveForm(initial={"version": facts.row.version}),
        "text": form.data.get("text", "") if form else "",
        "class_form": class_form
        or ClassForm(initial={"version": facts.row.version, "data_class": facts.row.data_class}),
        "up_form": up_form or ReportUpForm(initial={"version": facts.row.version}),
        "panels": panels_for("matter", viewer, facts.row),
        "accept": Door.EVIDENCE.accept,
        "most_megabytes": Door.EVIDENCE.max_megabytes,
        "breadcrumbs": _crumbs({"label": facts.row.number, "url": ""}),
    }
    return render(request, "matters/matter.html", context, status=status)


def _ask_form(request: dict[str, Any], version: int, sent: AskForm | None) -> dict[str, Any]:
    """One sort of request with its form; what was sent and refused comes back in its own."""
    mine = sent if sent is not None and sent.data.get("kind") == request["kind"] else None
    return {
        **request,
        "form": mine or AskForm(initial={"version": version}, auto_id=f"ask_{request['kind']}_%s"),
        "sent": mine is not None,
    }


def _assignable(viewer: Viewer) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in people.units(viewer=viewer) if unit.kind != "leadership"]


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
            unit_id=given["unit"],
            satisfaction=given["satisfaction"],
        )
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, form, refusal.status)
    made = ledger_of(facts.row.ledger).transition(given["verb"])
    assert made is not None
    messages.success(request, _("Done: %(what)s.") % {"what": say(made.done)})
    return redirect("matters:matter", number=number)


@policy("matters.escalate")
@require_POST
@once
def escalate(request: HttpRequest, number: str) -> HttpResponse:
    """Report a matter up that cannot be solved where it is."""
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    form = ReportUpForm(request.POST, initial={"version": facts.row.version})
    if not form.is_valid():
        return _matter_page(request, number, None, 422, up_form=form)
    try:
        services.escalate_matter(matter_id=facts.row.id, by=viewer, **form.cleaned_data)
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, None, refusal.status, up_form=form)
    messages.success(request, _("Reported up. The responsible unit's own day stays as it was."))
    return redirect("matters:matter", number=number)


@policy("matters.handle")
@require_POST
@once
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the office for more time, a pause or another unit."""
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None:
        raise Http404
    kind = request.POST.get("kind", "")
    form = AskForm(request.POST, auto_id=f"ask_{kind if kind.isidentifier() else ''}_%s")
    if not form.is_valid():
        return _matter_page(request, number, None, 422, ask_form=form)
    given = form.cleaned_data
    try:
        services.ask_request(
            kind=given["kind"], matter_id=facts.row.id, by=viewer, version=given["version"], text=given["reason"],
            until=given["until"],
        )  # fmt: skip
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, None, refusal.status, ask_form=form)
    messages.success(request, _("Asked. Until the answer the term keeps running."))
    return redirect("matters:matter", number=number)


@policy("matters.accept")
@require_POST
@once
def answer(request: HttpRequest, number: str, request_id: int) -> HttpResponse:
    """Grant or refuse what a unit asked for."""
    viewer = viewer_in(request)
    facts = queries.matter(viewer=viewer, number=number)
    if facts is None or request_id not in {each.id for each in facts.waiting}:
        raise Http404
    form = AnswerForm(request.POST, auto_id=ANSWER_ID)
    if not form.is_valid():
        return _matter_page(request, number, None, 422, answer_form=form)
    given = form.cleaned_data
    try:
        services.answer_request(
            request_id=request_id, granted=given["granted"] == "yes", by=viewer, version=given["version"],
            text=given["reason"], until=given["until"], unit_id=given["unit"],
        )  # fmt: skip
    except Refusal as refusal:
        put_beside(form, refusal)
        return _matter_page(request, number, None, refusal.status, answer_form=form)
    messages.success(request, _("Answered. The unit is told."))
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
