"""How long a session lasts: it ends after an idle half hour, and after half a day whatever happens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from zhuanban.kit import clock, workspace

Handler = Callable[[HttpRequest], HttpResponse]

IDLE = timedelta(minutes=30)
IDLE_IN_A_DEMO = timedelta(hours=8)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Being seen is written down no oftener, so that reading pages does not write at each click."""

_BEGAN, _SEEN = "zb_began", "zb_seen"


def begin(request: HttpRequest, **_: Any) -> None:
    """Start the clocks of a session that has just signed in (Django's signal ``user_logged_in``)."""
    request.session[_BEGAN] = request.session[_SEEN] = clock.real_now().timestamp()


def limits(next_handler: Handler) -> Handler:
    """Middleware: signs out a session that was idle too long or is too old. Times are real, never a demo's."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.real_now().timestamp()
            began, seen = request.session.get(_BEGAN), request.session.get(_SEEN)
            idle = IDLE_IN_A_DEMO if workspace.config().is_demo else IDLE
            if began is None or seen is None:
                begin(request)
            elif now - seen > idle.total_seconds() or now - began > ABSOLUTE.total_seconds():
                logout(request)
            elif now - seen > NOTED_EVERY.total_seconds():
                request.session[_SEEN] = now
        return next_handler(request)

    return handle
