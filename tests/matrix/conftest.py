"""The demo's database under the tests: copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def demo(demo_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Path]:
    """The demo's database in place of the test database, in a copy of its own."""
    if connection.vendor != "sqlite":
        pytest.skip("the matrix runs on the demo's SQLite file; rights are decided above the database")
    workspace = tmp_path / "workspace"
    shutil.copytree(demo_workspace, workspace)
    monkeypatch.setenv("ZHUANBAN_WORKSPACE", str(workspace))
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connection.close()
        held, connection.connection = connection.connection, None
        connection.settings_dict["NAME"] = str(workspace / "zhuanban.sqlite3")
        try:
            yield workspace
        finally:
            connection.close()
            connection.connection = held
            connection.settings_dict["NAME"] = name
