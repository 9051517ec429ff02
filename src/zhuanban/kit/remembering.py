"""What one request asks for again and again is asked of the database once.

Outside a request nothing is remembered: commands, tasks and tests always see what stands now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")

_remembered: ContextVar[dict[str, Any] | None] = ContextVar("remembered", default=None)


def once_in_a_request(name: str, make: Callable[[], T]) -> T:
    """What ``make`` gave in this request when it was first asked for under ``name``."""
    kept = _remembered.get()
    if kept is None:
        return make()
    if name not in kept:
        kept[name] = make()
    return cast("T", kept[name])


def forget(name: str) -> None:
    """Ask again the next time: whoever writes what is remembered calls this."""
    kept = _remembered.get()
    if kept is not None:
        kept.pop(name, None)


@contextmanager
def one_request() -> Iterator[None]:
    """Remember from here on until the end of the block."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def remembering(next_handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: each request begins with nothing remembered."""

    def handle(request: HttpRequest) -> HttpResponse:
        with one_request():
            return next_handler(request)

    return handle
