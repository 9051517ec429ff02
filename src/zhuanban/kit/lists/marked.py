"""The rows that a reader marked, and doing one thing with each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.kit.lists.asked import Asked
from zhuanban.kit.lists.columns import Listing
from zhuanban.kit.refusals import Problem, Refusal

FIELD = "marked"
MOST = 200
"""More rows than this are not changed by one click."""
SAID = 5


@dataclass(frozen=True)
class Marked:
    """A marked row: its number, and the version that the reader saw (0 where its kind has none)."""

    number: int
    version: int


def marked_in(request: HttpRequest) -> list[Marked]:
    """The marked rows of a form, each once. Refusals: nothing_marked, too_many_marked."""
    found = list(dict.fromkeys(each for text in request.POST.getlist(FIELD) if (each := _marked(text))))
    if not found:
        raise Refusal("nothing_marked", status=422)
    if len(found) > MOST:
        raise Refusal("too_many_marked", status=422, count=len(found), most=MOST)
    return found


def _marked(text: str) -> Marked | None:
    number, _dot, version = text.partition(".")
    parts = (number, version or "0")
    return Marked(*map(int, parts)) if all(each.isascii() and each.isdigit() and len(each) < 10 for each in parts) else None


def do_with_each(
    request: HttpRequest, marked: list[Marked], act: Callable[[Marked], Any], *, done: Callable[[int], str]
) -> None:
    """Do something with every marked row by itself and say what became of them; a refusal stops only its own row.

    ``done(count)`` is the sentence about those that went well.
    """
    refused: list[tuple[Marked, list[Problem]]] = []
    for each in marked:
        try:
            act(each)
        except Refusal as refusal:
            refused.append((each, refusal.problems))
    went_well = len(marked) - len(refused)
    if went_well:
        messages.success(request, done(went_well))
    if refused:
        messages.warning(request, _refused_words(refused))


def back_to(listing: Listing, request: HttpRequest) -> HttpResponse:
    """To the list again, in the reading whose rows were marked."""
    return redirect(reverse(listing.address) + Asked(listing, request.GET).address().removesuffix("?"))


def _refused_words(refused: list[tuple[Marked, list[Problem]]]) -> str:
    """How many stay as they were, and every different reason once."""
    reasons = list(dict.fromkeys(problem.sentence for _each, problems in refused for problem in problems))
    said = " ".join(reasons[:SAID])
    return _("%(count)s of the marked rows stay as they were: %(reasons)s") % {"count": len(refused), "reasons": said}
