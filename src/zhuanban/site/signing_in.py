"""Signing in: name and password, then a code where the account has a second factor."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhuanban.kit import clock
from zhuanban.kit.policy import public
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people import services
from zhuanban.people.models import User
from zhuanban.site import lockout, present_password, sessions
from zhuanban.site.forms import CodeForm, SignInForm

_HALF = "zb_half"
_HALF_SECONDS = 300
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Where to go afterwards: a path of this site, or ``fallback``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else fallback


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not lockout.may_try(request):
        form = SignInForm(request)
        return _page(request, form, 429, busy=Problem("sign_in_too_many").sentence)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = safe_next(request, settings.LOGIN_REDIRECT_URL)
        if services.has_second_factor(form.user):
            _half_way(request, form.user, wanted)
            return redirect("sign_in_code")
        return _admit(request, form.user, wanted)
    return _page(request, form, 429 if form.locked else 422 if form.is_bound else 200)


def _page(request: HttpRequest, form: SignInForm, status: int, *, busy: str = "") -> HttpResponse:
    context = {"form": form, "next": safe_next(request, "/"), "busy": busy}
    return render(request, "site/sign_in.html", context, status=status)


@public
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step. It stands open for five minutes after the right password."""
    user, wanted = _who_is_half_way(request)
    if user is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.check_code(user=user, code=form.cleaned_data["code"])
        except Refusal as refusal:
            status = refusal.status
            form.add_error("code", refusal.problems[0].sentence)
        else:
            return _admit(request, user, wanted)
    return render(request, "site/sign_in_code.html", {"form": form}, status=status)


def _half_way(request: HttpRequest, user: Any, wanted: str) -> None:
    request.session.cycle_key()
    request.session[_HALF] = {
        "user": user.pk, "hash": user.get_session_auth_hash(), "next": wanted, "at": clock.real_now().timestamp(),
    }  # fmt: skip


def _who_is_half_way(request: HttpRequest) -> tuple[User | None, str]:
    half = request.session.get(_HALF) or {}
    if clock.real_now().timestamp() - half.get("at", 0) > _HALF_SECONDS:
        return None, "/"
    user = User.objects.filter(pk=half.get("user"), active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), half["hash"]):
        return None, "/"
    return user, half["next"]


def _admit(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    request.session.pop(_HALF, None)
    login(request, user, backend=_BACKEND)
    present_password.signed_in(user)
    sessions.owe(request, services.duties_at_sign_in(user))
    # Not redirect(), which takes a word without a slash for the name of a view.
    response = HttpResponseRedirect(wanted)
    lockout.remember_device(request, response, user.username)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        keep_language(response, user.language)
    return response


def keep_language(response: HttpResponse, language: str, *, seconds: int | None = None) -> None:
    """Let the browser ask for a language from now on; without ``seconds`` until it is closed."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=seconds, secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip
