"""The present password is asked for before what protects an account changes; guessing it ends the session.

Tries are counted by account and before the password is looked at, so that requests of one moment get no further ones.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuanban.kit import tries
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import User

_MOST_WRONG, _WITHIN = 5, timedelta(minutes=15)


def ended_before_trying(request: HttpRequest) -> HttpResponse | None:
    """Take a try; where none is left the session ends and nothing is looked at."""
    return None if tries.take(_key(request.user.pk), most=_MOST_WRONG, within=_WITHIN) else _ended(request)


def ended_by_guessing(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    """The fifth wrong present password ends the session, so that nobody guesses on at an open computer."""
    if "password_wrong" not in refusal.codes:
        # Something else is refused, after the password was found right.
        was_right(request)
        return None
    return _ended(request) if tries.taken(_key(request.user.pk)) >= _MOST_WRONG else None


def was_right(request: HttpRequest) -> None:
    """Begin to count anew."""
    tries.begin_anew(_key(request.user.pk))


def signed_in(user: User) -> None:
    """Whoever signs in knows the password: earlier slips do not count against him."""
    tries.begin_anew(_key(user.pk))


def _key(user_id: int | None) -> str:
    return f"present-password:{user_id}"


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.error(request, _("The present password was wrong too often, so this session has ended. Sign in again."))
    return redirect("sign_in")
