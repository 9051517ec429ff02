"""The page of one filing with everything that can be done there, and the check of a certificate."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhuanban.filings import presenters, queries, services
from zhuanban.filings.forms import AnswerExtensionForm, AskExtensionForm, CommentForm, ReceiveForm, SendBackForm
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import FilingPage
from zhuanban.filings.views.common import Crumb, list_url
from zhuanban.kit import clock, formats
from zhuanban.kit.formats import say
from zhuanban.kit.forms import is_conflict, put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in


@policy("filings.view")
@require_GET
def filing(request: HttpRequest, filing_id: int) -> HttpResponse:
    return _page(request, filing_id)


def _found(request: HttpRequest, filing_id: int) -> FilingPage:
    page = queries.filing_page(viewer=viewer_in(request), filing_id=filing_id)
    if page is None:
        raise Http404
    return page


def _page(
    request: HttpRequest, filing_id: int, *, comment: CommentForm | None = None, back: SendBackForm | None = None,
    ask: AskExtensionForm | None = None, answer: AnswerExtensionForm | None = None,
) -> HttpResponse:  # fmt: skip
    page, viewer = _found(request, filing_id), viewer_in(request)
    row = page.row

    def may(action: str) -> bool:
        return row.may(viewer, action)

    start = _comment_stored(page)
    newest = page.frozen[0] if page.frozen else None
    frozen_now = newest if row.state in (Filing.State.SIGNED, Filing.State.RECEIVED) else None
    stored = frozen_now.content if frozen_now else presenters.draft(page)
    locked = clock.today() >= row.dates.lock_on
    context = {
        "breadcrumbs": [Crumb(_("Filings"), list_url(row.covered)), Crumb(f"{row.unit_name}")],
        "page": page,
        "row": row,
        "covered": presenters.month_title(row.covered),
        "cadence": say(queries.cadence_of(key=row.cadence, covered=row.covered).name),
        "state": presenters.state_words(row.state),
        "timeliness": presenters.standing_words(row),
        "stages": presenters.stages(page),
        "newest": newest,
        "frozen_now": frozen_now,
        "stored": presenters.content(stored) if stored else None,
        "locked": locked,
        "is_open": row.state in (Filing.State.DUE, Filing.State.COMPILED, Filing.State.SENT_BACK),
        "compiled": row.state == Filing.State.COMPILED,
        "sent_back": row.state == Filing.State.SENT_BACK,
        "signed": row.state == Filing.State.SIGNED,
        "has_words": bool(page.comment or page.no_change),
        "may_compile": may("filings.compile"),
        "may_sign": may("filings.sign"),
        "may_receive": may("filings.receive"),
        "comment": comment or CommentForm(initial=start),
        "receive": ReceiveForm(initial=start, auto_id="receive_%s"),
        "back": back or SendBackForm(initial=start, auto_id="back_%s"),
        **_more_time(page, viewer, ask, answer),
    }
    return render(request, "filings/filing.html", context, status=status_of(comment, back, ask, answer))


def _more_time(
    page: FilingPage, viewer: Viewer, ask: AskExtensionForm | None, answer: AnswerExtensionForm | None
) -> dict[str, Any]:
    """What was asked about the dates and what may be asked or answered now; who was reminded."""
    row = page.row
    asked = queries.extensions_of(viewer=viewer, filing_id=row.id)
    waiting = next((each for each in asked if each.waits), None)
    unsigned = row.first_signed_on is None and row.state in (Filing.State.DUE, Filing.State.COMPILED)
    own = waiting is not None and waiting.asked_by_id is not None and waiting.asked_by_id == viewer.user_id
    return {
        "extensions": asked,
        "waiting_extension": waiting,
        "reminders": queries.reminders_of(viewer=viewer, filing_id=row.id),
        "may_ask_extension": unsigned and not waiting and not row.is_optional
        and clock.today() < row.dates.late_on and row.may(viewer, "filings.compile"),
        "may_answer_extension": unsigned and waiting is not None and not own and row.may(viewer, "filings.receive"),
        "ask_form": ask or AskExtensionForm(initial={"version": row.version}, auto_id="ask_%s"),
        "answer_form": answer
        or AnswerExtensionForm(initial={"version": row.version, "until": waiting.until if waiting else None}, auto_id="answer_%s"),
        "ask_open": ask is not None,
    }  # fmt: skip


def page_of_filing(request: HttpRequest, filing_id: int, **forms: Any) -> HttpResponse:
    """The page of a filing with forms that were not accepted."""
    return _page(request, filing_id, **forms)


def _comment_stored(page: FilingPage) -> dict[str, Any]:
    return {"version": page.row.version, "comment": page.comment, "no_change": page.no_change}


@policy("filings.view")
@require_GET
def signed_version(request: HttpRequest, filing_id: int, number: int) -> HttpResponse:
    page = _found(request, filing_id)
    version = next((each for each in page.frozen if each.number == number), None)
    if version is None:
        raise Http404
    context = {
        "breadcrumbs": [
            Crumb(_("Filings"), list_url(page.row.covered)),
            Crumb(page.row.unit_name, reverse("filings:filing", args=[filing_id])),
            Crumb(version.certificate),
        ],
        "row": page.row,
        "covered": presenters.month_title(page.row.covered),
        "version": version,
        "stored": presenters.content(version.content) if version.content else None,
    }
    return render(request, "filings/signed_version.html", context)


def door_to(request: HttpRequest, filing_id: int, action: str) -> None:
    """404 unless the viewer may do this with this filing: weekly and monthly ones have different writers."""
    if not queries.may_on_filing(viewer=viewer_in(request), filing_id=filing_id, action=action):
        raise Http404


def _back(filing_id: int) -> HttpResponse:
    return redirect("filings:filing", filing_id=filing_id)



@policy("filings.view")
@require_POST
@once
def compile_now(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.compile")
    services.compile_filing(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Compiled from the live data. Now write the analysis."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def comment(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.compile")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, filing_id, comment=form)
    try:
        services.comment_filing(filing_id=filing_id, by=viewer_in(request), **form.cleaned_data)
    except Refusal as refusal:
        if not is_conflict(refusal):
            raise
        put_beside(form, refusal, stored=_comment_stored(_found(request, filing_id)))
        return _page(request, filing_id, comment=form)
    messages.success(request, _("The analysis is saved."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def no_change(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.compile")
    found = services.file_no_change(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    if found.state == Filing.State.SIGNED:
        messages.success(request, _("Compiled, stated without additions, signed and frozen."))
    else:
        messages.success(request, _("Compiled, with the statement that there is nothing to add. Now the head of the unit signs."))
    return redirect("filings:week") if request.POST.get("from") == "week" else _back(filing_id)


@policy("filings.view")
@require_POST
@once
def sign(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.sign")
    frozen = services.sign_filing(filing_id=filing_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Signed and frozen. Certificate %(number)s.") % {"number": frozen.certificate})
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def receive(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.receive")
    remark = request.POST.get("remark", "")[:2000]
    frozen = services.receive_filing(
        filing_id=filing_id, by=viewer_in(request), version=version_of(request), remark=remark
    )
    messages.success(request, _("Received."))
    if frozen.received_own_unit:
        messages.warning(request, _("This is a filing of your own unit; the record says so."))
    return _back(filing_id)


@policy("filings.view")
@require_POST
@once
def send_back(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.receive")
    form = SendBackForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _page(request, filing_id, back=form)
    services.send_back_filing(filing_id=filing_id, by=viewer_in(request), **form.cleaned_data)
    messages.success(request, _("Sent back with your reason."))
    return _back(filing_id)


@policy("filings.verify")
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("number", "").strip()[:60]
    check = queries.verify_certificate(viewer=viewer_in(request), text=text) if text else None
    context = {
        "breadcrumbs": [Crumb(_("Check a certificate"))],
        "text": text,
        "check": check,
        "covered": presenters.month_title(check.covered) if check and check.covered else "",
        "signed_at": formats.instant_words(check.signed_at) if check else "",
    }
    return render(request, "filings/verify.html", context)
