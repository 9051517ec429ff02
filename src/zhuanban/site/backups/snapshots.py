"""The database of a backup: a copy as of one instant, with what it holds counted in the same instant."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from django.db import connection, transaction

from zhuanban.kit.refusals import Refusal

SESSIONS = "django_session"
"""Who is signed in does not belong into a backup: a restored session would be a way in."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

Ask = Callable[[str], Sequence[tuple[Any, ...]]]


@dataclass(frozen=True)
class Contents:
    """What a database holds: rows per table, the record's newest entry, the migrations applied."""

    rows: dict[str, int]
    head_seq: int
    head_hash: str
    migrations: list[str]


def take(target: Path) -> Contents:
    """Copy the workspace's database to ``target`` while others go on writing, without sessions.

    Refusals: ``backup_tool_missing``, ``backup_tool_failed``. Raises OSError or the database's errors.
    """
    return _take_sqlite(target) if connection.vendor == "sqlite" else _take_postgresql(target)


def _take_sqlite(target: Path) -> Contents:
    import sqlite3

    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # What is deleted is overwritten as well, so that no session can be read out of the file's free pages.
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608  (a constant)
    return contents_of_sqlite(target)


def contents_of_sqlite(path: Path) -> Contents:
    """What the database file holds. Raises sqlite3.Error where it is none."""
    import sqlite3

    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        found = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'")
        names = [str(name) for (name,) in found.fetchall()]
        return _contents(names, lambda sql: copy.execute(sql).fetchall())


def _contents(tables: list[str], ask: Ask) -> Contents:
    rows = {name: int(ask(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in sorted(tables)}  # noqa: S608
    seq, digest = next(iter(ask("SELECT seq, hash FROM trail_head WHERE id = 1")), (0, "0" * 64))
    applied = [f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name")]
    return Contents(rows, int(seq), str(digest), applied)


def _take_postgresql(target: Path) -> Contents:
    dump = tool("pg_dump")
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Counted in the very instant of the copy, whatever is written meanwhile.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        contents = _contents_by(_ask_connected)
        run_tool(
            [dump, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}",
             f"--exclude-table-data={SESSIONS}"],
            os.environ["DATABASE_URL"],
        )  # fmt: skip
    contents.rows[SESSIONS] = 0
    return contents


def contents_of_postgresql(url: str) -> Contents:
    """What the database ``url`` holds. Raises psycopg.Error."""
    import psycopg

    with psycopg.connect(url) as asked:
        return _contents_by(lambda sql: asked.execute(sql.encode()).fetchall())


def _contents_by(ask: Ask) -> Contents:
    return _contents([str(name) for (name,) in ask(_TABLES)], ask)


def is_empty() -> bool:
    """Whether the connected PostgreSQL database holds no table."""
    return not _ask_connected(_TABLES)


def _ask_connected(sql: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def tool(name: str) -> str:
    """Where PostgreSQL's program ``name`` is, or Refusal ``backup_tool_missing``."""
    found = shutil.which(name)
    if found is None:
        raise Refusal("backup_tool_missing", status=503, tool=name)
    return found


def run_tool(command: list[str], url: str) -> None:
    """Run a program of PostgreSQL against ``url``; the password goes by the environment, where no list of processes shows it."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    user = f"{parts.netloc.rpartition('@')[0].partition(':')[0]}@" if "@" in parts.netloc else ""
    bare = urlunsplit(("postgresql", f"{user}{place}", parts.path, parts.query, ""))
    environment = {**os.environ, **({"PGPASSWORD": unquote(parts.password)} if parts.password else {})}
    done = subprocess.run(  # noqa: S603  (a program of PostgreSQL with arguments of our own)
        [*command, f"--dbname={bare}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        problem = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Refusal("backup_tool_failed", status=503, tool=Path(command[0]).name, problem=problem)


def restore_postgresql(dump: Path, url: str) -> None:
    """Fill the empty database ``url`` from ``dump``, wholly or not at all."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    run_tool([tool("pg_restore"), *options, str(dump)], url)


@contextmanager
def database_for_a_check() -> Iterator[str]:
    """The address of a new, empty database beside the present one, dropped afterwards.

    Refusal ``backup_check_not_allowed`` where the role may not make one.
    """
    from django.db import Error

    name = f"zhuanban_check_{os.getpid()}_{os.urandom(3).hex()}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    with connection.cursor() as cursor:
        try:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING \'UTF8\'')
        except Error as refused:
            raise Refusal("backup_check_not_allowed", status=503) from refused
    try:
        yield urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
