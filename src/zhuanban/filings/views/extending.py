"""Asking the office for more time for a filing, and its answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhuanban.filings import services
from zhuanban.filings.forms import AnswerExtensionForm, AskExtensionForm
from zhuanban.filings.views.one import door_to, page_of_filing
from zhuanban.kit.forms import is_conflict, put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import viewer_in


@policy("filings.view")
@require_POST
@once
def ask(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.compile")
    form = AskExtensionForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return page_of_filing(request, filing_id, ask=form)
    try:
        services.ask_extension(filing_id=filing_id, by=viewer_in(request), **form.cleaned_data)
    except Refusal as refusal:
        if not _beside(refusal, form):
            raise
        return page_of_filing(request, filing_id, ask=form)
    messages.success(request, _("Asked. Until the office answers, the dates stay as they are."))
    return redirect("filings:filing", filing_id=filing_id)


@policy("filings.view")
@require_POST
@once
def answer(request: HttpRequest, filing_id: int) -> HttpResponse:
    door_to(request, filing_id, "filings.receive")
    form = AnswerExtensionForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return page_of_filing(request, filing_id, answer=form)
    granted = request.POST.get("verb") == "grant"
    try:
        services.answer_extension(filing_id=filing_id, by=viewer_in(request), granted=granted, **form.cleaned_data)
    except Refusal as refusal:
        if not _beside(refusal, form):
            raise
        return page_of_filing(request, filing_id, answer=form)
    messages.success(request, _("More time is granted; the unit is told.") if granted else _("Declined with your reason; the unit is told."))
    return redirect("filings:filing", filing_id=filing_id)


def _beside(refusal: Refusal, form: AskExtensionForm | AnswerExtensionForm) -> bool:
    """Put the sentences beside the fields they are about; False where the refusal is about the filing itself."""
    if not is_conflict(refusal) and not all(each.where in form.fields for each in refusal.problems):
        return False
    put_beside(form, refusal)
    return True
