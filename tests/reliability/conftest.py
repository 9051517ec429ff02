"""A workspace of its own for tests with several processes: a file on SQLite, a database on PostgreSQL."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Workspace:
    """Commands and scripts over one workspace, each in a process of its own."""

    folder: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def sqlite(self) -> Path:
        return self.folder / "zhuanban.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ZHUANBAN_URL")}
        database = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return {
            **kept, **database, **self.extra, "ZHUANBAN_WORKSPACE": str(self.folder),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "zhuanban.site.settings",
        }  # fmt: skip

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self._run([sys.executable, "-m", "zhuanban.site.cli", *arguments])

    def script(self, body: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self._run([sys.executable, "-c", f"import django\ndjango.setup()\n{body}", *arguments])

    def start(self, body: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{body}", *arguments],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def _run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False)


@pytest.fixture
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """An empty, initialised workspace."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        shutil.copytree(request.getfixturevalue("new_workspace"), tmp_path / "workspace")
        yield Workspace(tmp_path / "workspace")
        return
    import psycopg

    name = f"zhuanban_{os.getpid()}_{abs(hash(tmp_path)) % 10**8}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            made = Workspace(tmp_path / "workspace", urlsplit(url)._replace(path=f"/{name}").geturl())
            done = made.command("init")
            assert done.returncode == 0, done.stderr
            yield made
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
