"""The guard on every connection: a write to an audited table outside ``work()`` is a bug and does not run."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from zhuanban.trail.audited import audited_tables

_open: ContextVar[bool] = ContextVar("trail_writes_open", default=False)
_TARGET = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)


@contextmanager
def writes_open() -> Iterator[None]:
    """Let audited writes pass; only ``work()`` and migrations use it."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def refuse_stray_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run the statement unless it writes to an audited table while no work is open."""
    if not _open.get() and sql[:1] in "IUDiud \n":
        target = _TARGET.match(sql)
        assert target is None or target.group(1) not in audited_tables(), (
            f"write to {target.group(1)} outside work(): {sql[:120]}"
        )
    return execute(sql, params, many, context)
