"""The only place where the product reads the time.

*Business time* decides what is due, late, known or published; a demo workspace lets it start in the past and stop.
*Real time* stamps sessions, lock-outs and the trail.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from zhuanban.kit import workspace

SHANGHAI = ZoneInfo("Asia/Shanghai")

_pinned: ContextVar[datetime | None] = ContextVar("pinned_business_time", default=None)


def real_now() -> datetime:
    """The instant by the machine's clock, aware, UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The business instant, aware, UTC."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    clock = workspace.config().clock
    if clock is None:
        return real_now()
    return min(clock.starts_at + (real_now() - clock.built_at), clock.stops_at).astimezone(UTC)


def today() -> date:
    """The business date in Shanghai."""
    return shanghai(now()).date()


def is_stopped() -> bool:
    """Whether a demo's business clock has reached its end; the pages then carry a banner."""
    clock = workspace.config().clock
    return clock is not None and now() >= clock.stops_at


def shanghai(instant: datetime) -> datetime:
    """The same instant on the office's wall clock."""
    return instant.astimezone(SHANGHAI)


@contextmanager
def pinned(instant: datetime) -> Iterator[None]:
    """Let business time stand at ``instant``: the demo builder writes three years of history with it."""
    token = _pinned.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
