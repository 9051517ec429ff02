"""Every test run gets a workspace of its own, with keys, outside the repository."""

import atexit
import fcntl
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# What is tested are facts, on a machine however busy: speed belongs in bench/.
settings.register_profile("facts", deadline=None)
settings.load_profile("facts")

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


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo made by the command line in an empty directory, once for all processes of a run; each has its own copy.

    Reading makes and removes files beside the database, which would disturb whoever copies it meanwhile. Copy it before a
    change.
    """
    return _made_once(tmp_path_factory.getbasetemp(), "demo", ["demo"])


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``init`` makes, once for all processes of a run, each with its own copy. Copy it before a change."""
    return _made_once(tmp_path_factory.getbasetemp(), "new", ["init"])


@pytest.fixture(scope="session")
def planned_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the plan that comes with the product. Copy it before a change."""
    return _made_once(tmp_path_factory.getbasetemp(), "planned", ["init"], ["pack", "apply", "anshan-2023"])


def _made_once(base: Path, name: str, *commands: list[str]) -> Path:
    """This process' own copy of a workspace that the first process to ask makes by ``commands`` on SQLite."""
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, finished = shared / f"{name}-workspace", shared / f"{name}-workspace.made"
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "ZHUANBAN_URL")}
    environment = {**kept, "ZHUANBAN_WORKSPACE": str(folder), "PYTHONPATH": str(Path(__file__).parent / "src")}
    with (shared / f"{name}-workspace.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            folder.mkdir()
            for words in commands:
                made = subprocess.run(
                    [sys.executable, "-m", "zhuanban.site.cli", *words],
                    capture_output=True, text=True, check=False, env=environment,
                )  # fmt: skip
                assert made.returncode == 0, made.stderr
            finished.touch()
    own = base / f"own-{name}"
    shutil.copytree(folder, own)
    return own


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


def _hash_passwords_cheaply() -> None:
    """The same algorithm with the least work: the cost of a password check is the library's fact, not ours to test."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    ScryptPasswordHasher.work_factor = 2


def pytest_configure() -> None:
    # Tests make and drop far more objects between two collections than a serving process does.
    gc.set_threshold(100_000, 50, 50)
    _empty_tables_past_the_record()
    _hash_passwords_cheaply()
