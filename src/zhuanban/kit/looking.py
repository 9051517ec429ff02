"""Requests that only ask for the head of an answer: they are answered like the whole, and leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_looking: ContextVar[bool] = ContextVar("looking_only", default=False)


def looking_only() -> bool:
    """Whether the present request only asks for a head: nobody gets the body, so nothing is noted as read or taken out."""
    return _looking.get()


@contextmanager
def only_looking() -> Iterator[None]:
    """Write nothing from here on until the end of the block."""
    token = _looking.set(True)
    try:
        yield
    finally:
        _looking.reset(token)
