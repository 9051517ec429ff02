"""The own second factor: enrolled with a picture to scan, confirmed by a code, with recovery codes shown once."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.access import viewer_in
from zhuanban.site import present_password, sessions
from zhuanban.site.forms import CodeForm, EnrolForm

_CODES = "zb_recovery_codes"


@policy(None)
@sensitive_post_parameters("code", "current")
@require_http_methods(["GET", "POST"])
@once
def own(request: HttpRequest) -> HttpResponse:
    """State of the own second factor; where there is none, the picture to scan and the field for its first code."""
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if ended := present_password.ended_before_trying(request):
            return ended
        try:
            codes = services.confirm_enrolment(by=viewer_in(request), code=given["code"], password=given["current"])
        except Refusal as refusal:
            if ended := present_password.ended_by_guessing(request, refusal):
                return ended
            put_beside(form, refusal)
        else:
            present_password.was_right(request)
            sessions.settled(request, services.FACTOR)
            messages.success(request, _("The second factor is in force: from now on signing in asks for a code."))
            return _show_codes(request, codes)
    return _page(request, form, 422 if form.errors else 200)


def _page(request: HttpRequest, form: CodeForm | EnrolForm, status: int) -> HttpResponse:
    enrolled = services.has_second_factor(request.user)  # type: ignore[arg-type]
    begun = None if enrolled else services.begin_enrolment(by=viewer_in(request))
    context = {
        "form": form,
        "enrolled": enrolled,
        "left": services.recovery_codes_left(request.user) if enrolled else 0,  # type: ignore[arg-type]
        "picture": segno.make(begun.address, error="m").svg_data_uri(scale=5, border=2) if begun else "",
        "secret": " ".join(begun.secret[at : at + 4] for at in range(0, len(begun.secret), 4)) if begun else "",
        "owed": services.FACTOR in sessions.owed(request),
        "codes": request.session.pop(_CODES, None) if request.method == "GET" else None,
        "breadcrumbs": [{"label": _("My account"), "url": "/account/"}, {"label": _("Second factor")}],
    }
    return render(request, "site/second_factor.html", context, status=status)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The codes are shown by the next page, once; they stand in no address and no log."""
    request.session[_CODES] = codes
    return redirect("second_factor")


@policy(None)
@sensitive_post_parameters("code")
@require_POST
@once
def recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes, for a code of the telephone."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return _show_codes(
                request, services.renew_recovery_codes(by=viewer_in(request), code=form.cleaned_data["code"])
            )
        except Refusal as refusal:
            put_beside(form, refusal)
    return _page(request, form, 422)
