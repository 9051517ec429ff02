"""Figures as they were known at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Vintage(Generic[Value]):
    """One published version of a figure and the instant from which it was known."""

    value: Value
    known_at: datetime


def as_known(versions: Iterable[Vintage[Value]], instant: datetime | None) -> Value | None:
    """The value known at an instant: the latest version not younger than it.

    Meaning: a report reopened later still shows what was known when it was issued. Of versions known at one instant the
    one given last counts. `instant` None: as known now. Result None: nothing was known yet. Instants must all be aware.

    >>> from datetime import UTC
    >>> base = [Vintage(100, datetime(2023, 1, 20, tzinfo=UTC)), Vintage(95, datetime(2023, 5, 20, tzinfo=UTC))]
    >>> as_known(base, datetime(2023, 4, 30, tzinfo=UTC)), as_known(base, None)
    (100, 95)
    """
    known: Vintage[Value] | None = None
    for version in versions:
        if instant is not None and version.known_at > instant:
            continue
        if known is None or version.known_at >= known.known_at:
            known = version
    return None if known is None else known.value
