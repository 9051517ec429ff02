"""The HTTP door: every view names its policy, a view without one is never served, and the build fails on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, register
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from zhuanban.kit import actions
from zhuanban.kit.looking import only_looking
from zhuanban.kit.middleware import outside_failure

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Policy:
    """Who may call a view: nobody signed in needed (``public``), any signed-in person, or holders of ``action``."""

    action: str | None
    public: bool = False


class Allowed(Protocol):
    """What the door must know of a viewer."""

    def can(self, action: str) -> bool: ...


_viewer_of: list[Callable[[HttpRequest], Allowed | None]] = []


def policy(action: str | None) -> Callable[[View], View]:
    """Let holders of ``action`` call the view; ``None`` means every signed-in person."""

    def mark(view: View) -> View:
        view.policy = Policy(action)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let everybody call the view, also without an account."""
    view.policy = Policy(None, public=True)  # type: ignore[attr-defined]
    return view


def declared(view: Callable[..., Any]) -> Policy | None:
    """The policy of a view, looking through class-based and wrapped views; None where none was declared."""
    found = getattr(view, "policy", None) or getattr(getattr(view, "view_class", None), "policy", None)
    return cast("Policy | None", found)


def resolve_viewers_with(resolver: Callable[[HttpRequest], Allowed | None]) -> None:
    """Tell the door how to find the viewer of a request (the room ``people`` does)."""
    _viewer_of[:] = [resolver]


def door(next_handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets ``request.viewer`` and serves only what the view's policy allows."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.viewer = None  # type: ignore[attr-defined]
        try:
            request.viewer = _viewer_of[0](request) if _viewer_of else None  # type: ignore[attr-defined]
        except OperationalError as failed:
            # No view has begun yet, so the page for outside failures is made here.
            return outside_failure(request, failed)
        return _head(request, next_handler) if request.method == "HEAD" else next_handler(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        rule = declared(view)
        if rule is None:
            raise Http404
        viewer: Allowed | None = request.viewer  # type: ignore[attr-defined]
        if rule.public:
            return None
        if viewer is None:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if rule.action is not None and not viewer.can(rule.action):
            # Invisible and absent look the same.
            raise Http404
        return None

    handle.process_view = process_view  # type: ignore[attr-defined]
    return handle


def _head(request: HttpRequest, next_handler: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """What GET would answer, without its body. The record notes nothing: nobody got the body."""
    request.method = "GET"
    try:
        with only_looking():
            response = next_handler(request)
    finally:
        request.method = "HEAD"
    if response.streaming:
        response.close()
        bare = HttpResponse(status=response.status_code, headers=response.headers)
        bare.cookies = response.cookies
        return bare
    length = len(response.content)
    response.content = b""
    if not response.has_header("Content-Length"):
        response["Content-Length"] = str(length)
    return response


def all_views() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every view of the whole resolver with its route, included modules too."""

    def walk(entries: list[Any], prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        for entry in entries:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                yield route, entry.callback

    return walk(get_resolver().url_patterns, "/")


@register()
def every_view_has_a_policy(**_: Any) -> list[CheckMessage]:
    """System check: a route without a policy, or with an unknown action, fails the build."""
    known = {action.key for action in actions.all_actions()}
    findings: list[CheckMessage] = []
    for route, view in all_views():
        rule = declared(view)
        if rule is None:
            findings.append(Error(f"{route} has no @policy", id="kit.E001"))
        elif rule.action is not None and rule.action not in known:
            findings.append(Error(f"{route} names the unknown action {rule.action}", id="kit.E002"))
    return findings
