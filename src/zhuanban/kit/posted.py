"""What a request carries beside its form: whole numbers as addresses and hidden fields give them."""

from django.http import HttpRequest

from zhuanban.kit.refusals import Refusal


def whole_number(text: str | None) -> int | None:
    """A whole number of at most nine digits; None for anything else.

    >>> whole_number("12"), whole_number("１２"), whole_number("-1"), whole_number(""), whole_number("1234567890")
    (12, None, None, None, None)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def version_of(request: HttpRequest) -> int:
    """The version of the row that the sender saw. Refusals: stale_version where the form carries none."""
    version = whole_number(request.POST.get("version"))
    if version is None:
        raise Refusal("stale_version", status=409)
    return version
