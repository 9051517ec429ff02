"""Workspaces to measure on: made for one measurement in a temporary directory and removed afterwards."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def demo_workspace() -> Iterator[Path]:
    """A demo workspace of its own, with Django set up for it in this process."""
    with tempfile.TemporaryDirectory(prefix="zhuanban-bench-") as name:
        os.environ["ZHUANBAN_WORKSPACE"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhuanban.site.settings"
        import django

        django.setup()
        from zhuanban.site import demo

        demo.build(lambda line: None)
        yield Path(name)


def say(line: str) -> None:
    """One line of result."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def machine() -> str:
    """What was measured on: cores, system, Python, SQLite."""
    import sqlite3

    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}"
    )


def quantile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the sorted values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
