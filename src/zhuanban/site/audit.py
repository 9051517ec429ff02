"""The audit administrator's pages: reading the record, verifying it, taking a part of it along."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_tasks import task

from zhuanban.kit import clock, formats
from zhuanban.kit.forms import day_field, offer
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, ShownList
from zhuanban.kit.lists.files import table_file
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import whole_number
from zhuanban.kit.refusals import Problem
from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.people.access import viewer_in
from zhuanban.site.audit_words import FINDINGS, HIDDEN, KINDS, OPERATIONS, READABLE, TABLES
from zhuanban.site.lists import RECORD
from zhuanban.trail import queries, services
from zhuanban.trail.queries import EntryFacts, EntryRow, RecordFilter

MOST_EXPORTED = 20_000


class RecordForm(forms.Form):
    """The filters in the address."""

    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("Until"), required=False)
    table = forms.ChoiceField(label=gettext_lazy("Object"), required=False)
    op = forms.ChoiceField(label=gettext_lazy("Operation"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Who acted"), required=False)
    pk = forms.CharField(label=gettext_lazy("Key"), required=False, max_length=80)
    words = forms.CharField(label=gettext_lazy("Post, reason or key"), required=False, max_length=80)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        all_of_them = [("", _("all"))]
        tables = [(name, table_words(name)) for name in queries.recorded_tables()]
        offer(
            self, table=[*all_of_them, *tables, ("event", _("Events"))], op=[*all_of_them, *OPERATIONS.items()],
            kind=[*all_of_them, *KINDS.items()],
        )  # fmt: skip

    def clean_since(self) -> date | None:
        return _readable(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        return _readable(self.cleaned_data["until"])


def _readable(day: date | None) -> date | None:
    """The day, unless it is so far off that no entry can be of it and counting from it leaves the calendar."""
    if day is not None and not 1900 <= day.year <= 2199:
        raise forms.ValidationError(Problem("day_unreadable", {"asked": day.isoformat()}).sentence, code="day_unreadable")
    return day


@policy("trail.read")
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The record, newest first, filtered by the address."""
    form = RecordForm(request.GET)
    wanted = _wanted(form)
    before = whole_number(request.GET.get("before"))
    rows = queries.entries(wanted=wanted, before=before, limit=queries.PAGE + 1)
    shown = rows[: queries.PAGE]
    chosen = {name: value for name, value in request.GET.items() if value and name in form.fields}
    asked = Asked(RECORD, request.GET)
    more = len(rows) > len(shown)
    context = {
        "form": form, "chosen": chosen, "list": ShownList(asked, [_row(each) for each in shown]),
        "next": asked.address({"before": str(shown[-1].seq)}) if more else "",
        "first": asked.address() if before else "",
        "export": reverse("audit_export") + "?" + urlencode(chosen),
        "head": queries.head_certificate(),
        "breadcrumbs": [{"label": _("The record")}],
    }  # fmt: skip
    return render(request, "site/audit.html", context, status=422 if form.errors else 200)


@policy("trail.read")
@require_GET
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry: what it changed, and how it hangs in the chain."""
    found = queries.entry(seq=seq) if seq < 10**15 else None
    if found is None:
        raise Http404
    context = {
        "found": found, "row": _row(found.row), "is_readable": found.row.table in READABLE, "changes": _changes(found),
        "same": reverse("audit") + "?" + urlencode({"table": found.row.table, "pk": found.row.pk}),
        "breadcrumbs": [{"label": _("The record"), "url": reverse("audit")}, {"label": str(seq)}],
    }  # fmt: skip
    return render(request, "site/audit_entry.html", context)


@policy("trail.read")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered part as a workbook with the chain's hashes; taking it along is itself an entry."""
    viewer, form = viewer_in(request), RecordForm(request.GET)
    if not form.is_valid():
        # Nobody takes along more than he asked for: the page says which filter cannot be read.
        return redirect(f"{reverse('audit')}?{request.GET.urlencode()}")
    rows = queries.entries(wanted=_wanted(form), limit=MOST_EXPORTED)
    table = OutTable(
        title=_("Extract of the record"),
        lines=(
            _("Made by %(post)s on %(day)s") % {"post": viewer.label, "day": formats.date_words(clock.now(), "iso")},
            _("%(count)s entries; at most %(most)s are written, the newest first") % {"count": len(rows), "most": MOST_EXPORTED},
        ),
        columns=[
            Column(_("Number"), "count", width=10), Column(_("Moment"), width=22), Column(_("Who acted"), width=16),
            Column(_("Post"), width=28), Column(_("Reason"), width=36), Column(_("Operation"), width=12),
            Column(_("Object"), width=20), Column(_("Key"), width=14), Column(_("Hash before"), width=66), Column(_("Hash"), width=66),
        ],
        rows=(
            (
                each.seq, clock.shanghai(each.at).isoformat(sep=" "), str(KINDS.get(each.actor_kind, each.actor_kind)), each.actor,
                each.reason, operation_words(each.op), table_words(each.table), each.pk, each.prev, each.hash,
            )
            for each in rows
        ),
        sheet_name=_("The record"),
    )  # fmt: skip
    reason = f"导出留痕记录 {len(rows)} 条 {urlencode(request.GET)}".strip()[:300]
    with services.work(viewer.actor, reason):
        services.record_event("export", "record", reason)
    return table_file(table, "xlsx")


@policy("trail.read")
@require_http_methods(["GET", "POST"])
@once
def verify(request: HttpRequest) -> HttpResponse:
    """Have the record verified by the worker, and what the last verifications found."""
    if request.method == "POST":
        number = services.order_check(viewer_in(request).actor, deep=request.POST.get("deep") == "1")
        verify_record.enqueue(number)
        messages.success(request, _("The verification is ordered. Load the page again in a moment."))
        return redirect("audit_verify")
    context = {
        "runs": [_run(each) for each in queries.check_runs()],
        "breadcrumbs": [{"label": _("The record"), "url": reverse("audit")}, {"label": _("Verification")}],
    }
    return render(request, "site/audit_verify.html", context)


@task()
def verify_record(number: int) -> None:
    """The worker's part of ``verify``."""
    services.run_check(number)


def table_words(name: str) -> str:
    """What a table holds; its name where nobody gave it words."""
    return str(TABLES.get(name, _("Event") if name == "event" else name))


def operation_words(op: str) -> str:
    """What was done."""
    return str(OPERATIONS.get(op, op))


def _wanted(form: RecordForm) -> RecordFilter:
    """The readable filters; what cannot be read filters nothing and is said beside its field."""
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    return RecordFilter(**given)


def _row(each: EntryRow) -> dict[str, Any]:
    return {
        "seq": each.seq, "at": each.at, "actor": each.actor, "reason": each.reason, "pk": each.pk, "prev": each.prev, "hash": each.hash,
        "kind": str(KINDS.get(each.actor_kind, each.actor_kind)), "is_stray": each.actor_kind == "unattributed",
        "op": operation_words(each.op), "object": table_words(each.table), "table": each.table,
    }  # fmt: skip


def _changes(found: EntryFacts) -> list[tuple[str, Any, Any]]:
    """Columns with what they held before and after; contents only where an audit administrator reads them."""
    if found.row.table not in READABLE:
        return [(name, "", "") for name, _before, _after in found.changed]
    hidden = _("not shown")
    return [(name, hidden, hidden) if name in HIDDEN else (name, before, after) for name, before, after in found.changed]


def _run(run: Any) -> dict[str, Any]:
    return {
        "run": run,
        "is_clean": run.ended_at is not None and not run.failure and run.found == 0,
        "findings": [(str(FINDINGS.get(kind, kind)), table_words(table), pk, detail) for kind, table, pk, detail in run.findings],
    }
