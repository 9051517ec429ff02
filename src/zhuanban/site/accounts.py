"""One's own account, the link that sets a password, and the system administrator's list of accounts."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, Bulk, Marked, marked_in, shown_rows
from zhuanban.kit.lists.marked import back_to, do_with_each
from zhuanban.kit.policy import policy, public
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.people.passwords import ProfileRules
from zhuanban.people.queries import AccountRow
from zhuanban.site import present_password, sessions
from zhuanban.site.browsers import browser_words
from zhuanban.site.forms import AccountForm, NewPasswordForm, OwnPasswordForm
from zhuanban.site.lists import ACCOUNTS


@policy(None)
@require_http_methods(["GET", "POST"])
@once
def own(request: HttpRequest) -> HttpResponse:
    """The own account: change the password."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if ended := present_password.ended_before_trying(request):
            return ended
        try:
            user = services.change_password(by=viewer_in(request), current=given["current"], new=given["new"])
        except Refusal as refusal:
            if ended := present_password.ended_by_guessing(request, refusal):
                return ended
            put_beside(form, refusal)
        else:
            present_password.was_right(request)
            update_session_auth_hash(request, user)
            sessions.settled(request, services.PASSWORD)
            messages.success(request, _("The password is changed. Your other sessions have ended."))
            return redirect("account")
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "rule": ProfileRules().get_help_text(),
        "owed": services.PASSWORD in sessions.owed(request),
        "enrolled": services.has_second_factor(request.user),  # type: ignore[arg-type]
        "others": _others(request),
        "breadcrumbs": [{"label": _("My account")}],
    }
    return render(request, "site/account.html", context, status=status)


def _others(request: HttpRequest) -> list[dict[str, Any]]:
    """The other open sessions of the account, in words that its holder knows again."""
    since = clock.real_now() - sessions.idle_limit()
    return [
        {
            "id": each.pk, "browser": browser_words(each.browser), "address": each.address,
            "began_at": each.began_at, "seen_at": each.seen_at,
        }
        for each in queries.own_sessions(viewer=viewer_in(request), since=since)
        if each.session_key != request.session.session_key
    ]  # fmt: skip


@policy(None)
@require_POST
@once
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    if not services.end_own_session(session_id=session_id, by=viewer_in(request)):
        raise Http404
    messages.success(request, _("That session has ended."))
    return redirect("account")


@policy(None)
@require_POST
@once
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all other sessions of the own account."""
    user = services.sign_out_everywhere(by=viewer_in(request))
    update_session_auth_hash(request, user)
    messages.success(request, _("All other sessions of this account have ended."))
    return redirect("account")


@public
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a password with a one-time link."""
    account = services.account_of_link(uid=uid, token=token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password_by_link(uid=uid, token=token, new=form.cleaned_data["new"])
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("The password is set. Sign in with it now."))
            return redirect("sign_in")
    status = 422 if form.is_bound else 200
    return render(request, "site/password_link.html", {"form": form, "account": account.username, "rule": ProfileRules().get_help_text()}, status=status)


@policy("people.accounts")
@require_http_methods(["GET", "POST"])
@once
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts with their posts; a new one is made below."""
    viewer = viewer_in(request)
    posts = [(post.code, post.label) for post in queries.posts(viewer=viewer)]
    form = AccountForm(request.POST or None, posts=posts)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_account_for(by=viewer, since=clock.today(), **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            show_links(request, [(user.pk, user.username)])
            return redirect("accounts")
    asked = Asked(ACCOUNTS, request.GET)
    rows = [each for each in queries.accounts_on(viewer=viewer, day=clock.today()) if _is_wanted(each, asked)]
    shown = shown_rows(asked, rows, name=lambda row: row.id, bulk=_bulk(), bulk_address=reverse("accounts_many"))
    if shown.asked.file:
        return services.file_of_list(shown, by=viewer)
    context = {
        "form": form,
        "list": shown,
        "state": asked.data.get("state", ""),
        "states": [("", _("all")), *((key, word) for key, (word, _test) in _STATES.items())],
        "links": request.session.pop("zb_password_links", []) if request.method == "GET" else [],
        "breadcrumbs": [{"label": _("Accounts")}],
    }
    return render(request, "site/accounts.html", context, status=422 if form.is_bound else 200)


_STATES: dict[str, tuple[Any, Callable[[AccountRow], bool]]] = {
    "active": (pgettext_lazy("account", "active"), lambda row: row.active and row.has_password),
    "waiting": (pgettext_lazy("account", "waits for its password"), lambda row: row.active and not row.has_password),
    "off": (pgettext_lazy("account", "switched off"), lambda row: not row.active),
}


def _is_wanted(row: AccountRow, asked: Asked) -> bool:
    state = _STATES.get(asked.data.get("state", ""))
    return state is None or state[1](row)


def _bulk() -> list[Bulk]:
    return [
        Bulk("link", _("Password links"), _("Make a password link for every marked account?"), "key"),
        Bulk("off", _("Switch off"), _("Switch off every marked account? Their sessions end."), "ban"),
        Bulk("on", _("Switch on"), _("Switch on every marked account?"), "check"),
    ]


@policy("people.accounts")
@require_POST
@once
def many(request: HttpRequest) -> HttpResponse:
    """Switch the marked accounts off or on, or make a password link for each."""
    viewer, verb = viewer_in(request), request.POST.get("verb", "")
    marked = marked_in(request)
    if verb not in ("link", "off", "on"):
        raise Refusal("choice_unknown")
    links: list[tuple[int, str]] = []

    def act(each: Marked) -> None:
        name = queries.account_name(viewer=viewer, account_id=each.number)
        if name is None:
            raise Refusal("account_absent", status=404)
        if verb == "link":
            links.append((each.number, name))
        else:
            services.set_active(user_id=each.number, active=verb == "on", by=viewer)

    def done(count: int) -> str:
        said: dict[str, str] = {
            "link": ngettext("%(count)s link is made, shown once below.", "%(count)s links are made, shown once below.", count),
            "off": ngettext("%(count)s account is switched off.", "%(count)s accounts are switched off.", count),
            "on": ngettext("%(count)s account is switched on.", "%(count)s accounts are switched on.", count),
        }
        return said[verb] % {"count": count}

    do_with_each(request, marked, act, done=done)
    if links:
        show_links(request, links)
    return back_to(ACCOUNTS, request)


def show_links(request: HttpRequest, accounts: list[tuple[int, str]]) -> None:
    """Make password links and let the list of accounts show them once; they stand in no address and no log."""
    request.session["zb_password_links"] = [
        {"account": username, "address": _new_link(request, user_id)} for user_id, username in accounts
    ]


def _new_link(request: HttpRequest, user_id: int) -> str:
    uid, token = services.password_link(user_id=user_id, by=viewer_in(request)).split("/")
    path = reverse("password_link", args=[uid, token])
    # Behind a proxy the request knows neither the name nor the TLS that people come by; the configured address does.
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


@policy("people.accounts")
@require_POST
@once
def link(request: HttpRequest, account_id: int) -> HttpResponse:
    """A new password link for an account."""
    username = queries.account_name(viewer=viewer_in(request), account_id=account_id)
    if username is None:
        raise Http404
    show_links(request, [(account_id, username)])
    return redirect("accounts")


@policy("people.accounts")
@require_POST
@once
def switch(request: HttpRequest, account_id: int) -> HttpResponse:
    """Switch an account off or on."""
    active = request.POST.get("active") == "1"
    if queries.account_name(viewer=viewer_in(request), account_id=account_id) is None:
        raise Http404
    user = services.set_active(user_id=account_id, active=active, by=viewer_in(request))
    said: Any = _("“%(name)s” is switched on.") if active else _("“%(name)s” is switched off; its sessions have ended.")
    messages.success(request, said % {"name": user.username})
    return redirect("accounts")
