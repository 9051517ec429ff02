"""The present password is asked for before what protects an account changes; guessing it ends the session."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuanban.kit.refusals import Refusal

_WRONG, _MOST_WRONG = "wrong_present_passwords", 5


def ended_by_guessing(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    """Count a wrong present password; the fifth one ends the session, so that nobody guesses on at an open computer."""
    if "password_wrong" not in refusal.codes:
        return None
    request.session[_WRONG] = request.session.get(_WRONG, 0) + 1
    if request.session[_WRONG] < _MOST_WRONG:
        return None
    logout(request)
    messages.error(request, _("The present password was wrong too often, so this session has ended. Sign in again."))
    return redirect("sign_in")


def was_right(request: HttpRequest) -> None:
    """Begin to count anew."""
    request.session.pop(_WRONG, None)
