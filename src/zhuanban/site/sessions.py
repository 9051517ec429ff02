"""How long a session lasts: it ends after an idle half hour, and after half a day whatever happens."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhuanban.kit import clock, workspace
from zhuanban.people.models import OpenSession
from zhuanban.people.services import FACTOR, PASSWORD
from zhuanban.site import lockout

Handler = Callable[[HttpRequest], HttpResponse]

IDLE = timedelta(minutes=30)
IDLE_IN_A_DEMO = timedelta(hours=8)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Being seen is written down no oftener, so that reading pages does not write at each click."""

_BEGAN, _SEEN, _OWED = "zb_began", "zb_seen", "zb_owed"
_PAGES = {PASSWORD: "account", FACTOR: "second_factor"}
_OPEN_MEANWHILE = ("account", "second_factor", "end_sessions", "sign_out", "set_language", "health")


def begin(request: HttpRequest, user: Any = None, **_: Any) -> None:
    """Start the clocks of a session that has just signed in (Django's signal ``user_logged_in``)."""
    request.session[_BEGAN] = clock.real_now().timestamp()
    _note(request, user or request.user)


def _note(request: HttpRequest, user: Any) -> None:
    """Write down that the session was seen now, and list it as open; its key may have changed since the last time."""
    now = clock.real_now()
    request.session[_SEEN] = now.timestamp()
    if request.session.session_key and user.pk is not None:
        OpenSession.objects.update_or_create(
            session_key=request.session.session_key,
            defaults={
                "user_id": user.pk, "seen_at": now, "address": lockout.address_of(request) or "",
                "began_at": datetime.fromtimestamp(request.session[_BEGAN], UTC),
                "browser": request.headers.get("User-Agent", "")[:120],
            },
        )  # fmt: skip


def forget_old() -> int:
    """Drop sessions that have run out, for the tick; returns how many were listed as open."""
    SessionStore.clear_expired()
    return OpenSession.objects.filter(seen_at__lt=clock.real_now() - ABSOLUTE).delete()[0]


def idle_limit() -> timedelta:
    """After how long without use a session ends here."""
    return IDLE_IN_A_DEMO if workspace.config().is_demo else IDLE


def ended(request: HttpRequest, **_: Any) -> None:
    """Forget a session that is signed out (Django's signal ``user_logged_out``)."""
    OpenSession.objects.filter(session_key=request.session.session_key or "").delete()


def owe(request: HttpRequest, duties: list[str]) -> None:
    """Note what the account has to do before any other page is shown."""
    request.session[_OWED] = duties


def settled(request: HttpRequest, duty: str) -> None:
    """Take a duty off the session once it is done."""
    request.session[_OWED] = [each for each in request.session.get(_OWED, []) if each != duty]


def owed(request: HttpRequest) -> list[str]:
    """What is still to be done."""
    found: list[str] = request.session.get(_OWED, [])
    return found


def limits(next_handler: Handler) -> Handler:
    """Middleware: signs out a session that was idle too long or is too old, and keeps one that owes something to its page.

    Times are real, never a demo's.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.real_now().timestamp()
            began, seen = request.session.get(_BEGAN), request.session.get(_SEEN)
            if began is None or seen is None:
                begin(request)
            elif now - seen > idle_limit().total_seconds() or now - began > ABSOLUTE.total_seconds():
                logout(request)
            elif now - seen > NOTED_EVERY.total_seconds():
                _note(request, request.user)
        return next_handler(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send an account that owes something to the page where it is done."""
        match = request.resolver_match
        duties = owed(request) if request.user.is_authenticated else []
        if not duties or (match and match.url_name in _OPEN_MEANWHILE):
            return None
        return redirect(_PAGES[duties[0]])

    handle.process_view = process_view  # type: ignore[attr-defined]
    return handle
