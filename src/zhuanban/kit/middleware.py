"""Request number, refusal pages, headers that stand on every answer, and what no request may carry."""

import errno
import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from zhuanban.kit.refusals import Problem, Refusal

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


def request_number(next_handler: Handler) -> Handler:
    """Give every request a number that the error page, the log and the trail share."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = next_handler(request)
        response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return handle


def refusal_page(request: HttpRequest, problems: list[Problem], status: int) -> HttpResponse:
    """The page that lists every problem of a submission."""
    overtaken = any(problem.code == "stale_version" for problem in problems)
    shown = {"problems": problems, "status": status, "overtaken": overtaken}
    return render(request, "kit/refusal.html", shown, status=status)


def outside_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """The page for a full disk, a busy database or one that does not answer."""
    log.error("request %s: %s", getattr(request, "number", ""), error)
    return refusal_page(request, [Problem(_outside_code(error))], 503)


def refusals(next_handler: Handler) -> Handler:
    """Turn a refusal that no view caught into its page; a full disk or a locked database is said in words."""

    def handle(request: HttpRequest) -> HttpResponse:
        return next_handler(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refusal_page(request, error.problems, error.status)
        if isinstance(error, OperationalError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
            return outside_failure(request, error)
        return None

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle


def no_nul(next_handler: Handler) -> Handler:
    """Answer 400 where an address, a cookie or a form carries a NUL: no text has one, and PostgreSQL stores none."""

    def handle(request: HttpRequest) -> HttpResponse:
        if _carries_nul(request):
            raise BadRequest("a NUL in the request")
        return next_handler(request)

    return handle


def _carries_nul(request: HttpRequest) -> bool:
    try:
        fields = [*request.GET.lists(), *request.POST.lists()]
    except UnreadablePostError:
        # The sender is gone; whoever reads the form next says so.
        return False
    texts = [request.path, *request.COOKIES.values(), *(text for name, values in fields for text in (name, *values))]
    return any("\0" in str(text) for text in texts)


LARGEST = 110_000_000
LARGEST_OF_STRANGERS = 1_000_000
"""Bytes that a request may bring; whoever is not signed in has nothing to hand in."""


def body_limit(next_handler: Handler) -> Handler:
    """Refuse a body that is larger than anything we take, before a byte of it is read and laid aside."""

    def handle(request: HttpRequest) -> HttpResponse:
        most = LARGEST if getattr(request, "viewer", None) else LARGEST_OF_STRANGERS
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > most:
            return refusal_page(request, [Problem("request_too_large", {"most": most // 1_000_000})], 413)
        return next_handler(request)

    return handle


SENT_BY_SCRIPT = "X-Zhuanban-Upload"
NEXT = "X-Zhuanban-Next"


def next_after_upload(next_handler: Handler) -> Handler:
    """A form that a script sent, to show its files on their way, is told where to go on: following there is the page's own step."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        if SENT_BY_SCRIPT in request.headers and response.status_code == 302:
            answer = HttpResponse(status=204, headers={NEXT: response["Location"]})
            answer.cookies = response.cookies
            return answer
        return response

    return handle


_FULL = ("is full", "No space left")
_BUSY = ("locked", "lock timeout", "statement timeout", "deadlock", "could not serialize")


def _outside_code(error: Exception) -> str:
    words = str(error)
    if getattr(error, "errno", None) == errno.ENOSPC or any(each in words for each in _FULL):
        return "storage_full"
    if any(each in words for each in _BUSY):
        return "database_busy"
    return "database_unreachable"
