"""Every test run gets a workspace of its own, with keys, outside the repository."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

_workspace = tempfile.mkdtemp(prefix="zhuanban-tests-")
atexit.register(shutil.rmtree, _workspace, ignore_errors=True)
os.environ["ZHUANBAN_WORKSPACE"] = _workspace


@pytest.fixture(autouse=True)
def _keys_and_language() -> Iterator[None]:
    from django.utils import translation

    from zhuanban.kit import workspace

    workspace.make_key("trail")
    workspace.make_key("django")
    (workspace.root() / "secrets" / "anchors.txt").unlink(missing_ok=True)
    with translation.override("zh-hans"):
        yield


def _empty_tables_past_the_record() -> None:
    """A transactional test empties all tables at its end, which the record's guards would refuse."""
    from django.test import TransactionTestCase

    teardown = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: TransactionTestCase) -> None:
        from django.db import connection

        from zhuanban.trail import guard, triggers

        with guard.writes_open():
            triggers.drop_guards()
            teardown(self)
            with connection.cursor() as cursor:
                # Emptying the tables row by row made the triggers note it.
                cursor.execute("DELETE FROM trail_pending")

    TransactionTestCase._fixture_teardown = _fixture_teardown  # type: ignore[method-assign]


def pytest_configure() -> None:
    _empty_tables_past_the_record()
