"""Restoring: a backup becomes a workspace in an empty directory, or is checked and thrown away again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zhuanban.kit import clock, sqlite_gate, workspace
from zhuanban.kit.refusals import Refusal
from zhuanban.site.backups import archive, keys, making, sealing, snapshots

_STAGING = ".restoring"
_SHOWN = 5


@dataclass(frozen=True)
class Check:
    """A restore that was tried: what does not agree, how many entries the record held, when."""

    findings: list[str]
    entries: int
    checked_at: datetime


def restore(file: Path, into: Path, identity: Path | None = None) -> archive.Manifest:
    """Make a workspace in the empty or absent directory ``into``; after a refusal everything is as before.

    Refusals: those of ``archive.opened`` and ``sealing.unseal``, ``restore_not_empty``, ``restore_not_written``,
    ``restore_wants_postgresql``, ``restore_wants_sqlite``, ``restore_database_not_empty``, ``backup_contents_differ``.
    """
    _need_readable(file)
    try:
        with _empty_directory(into) as staging:
            manifest, content = _unpacked(file, staging, identity)
            if manifest.database == "sqlite":
                _settle_sqlite(file, content, manifest)
            else:
                _settle_postgresql(content)
            _settle_rest(content)
            _move_up(content, into)
    except OSError as failed:
        raise Refusal("restore_not_written", status=503, folder=str(into), problem=failed.strerror or str(failed)) from failed
    return manifest


def _need_readable(file: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as failed:
        raise Refusal("backup_unreadable", status=503, file=str(file), problem=failed.strerror or str(failed)) from failed


@contextmanager
def _empty_directory(into: Path) -> Iterator[Path]:
    """A place inside ``into`` to build in; whatever was made goes again when the block fails."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refusal("restore_not_empty", status=503, folder=str(into))
    made = [each for each in (into, *into.parents) if not each.exists()]
    staging = into / _STAGING
    try:
        staging.mkdir(parents=True, mode=0o700)
        yield staging
    except BaseException:
        for child in into.iterdir() if into.is_dir() else ():
            shutil.rmtree(child, ignore_errors=True) if child.is_dir() else child.unlink(missing_ok=True)
        for folder in made:
            if folder.is_dir():
                folder.rmdir()
        raise
    shutil.rmtree(staging)


def _unpacked(file: Path, staging: Path, identity: Path | None) -> tuple[archive.Manifest, Path]:
    """The manifest, and the directory with the members, all of them as the manifest says."""
    content = staging / "content"
    with _opened(file, staging, identity) as backup:
        if found := backup.findings():
            raise Refusal("backup_members_damaged", status=503, file=str(file), members="; ".join(found[:_SHOWN]))
        _need_its_database(backup.manifest)
        content.mkdir(mode=0o700)
        backup.extract(content)
        return backup.manifest, content


@contextmanager
def _opened(file: Path, staging: Path, identity: Path | None) -> Iterator[archive.Archive]:
    plain = file
    if sealing.is_sealed(file):
        plain = staging / "backup.tar"
        sealing.unseal(file, plain, identity)
    with archive.opened(plain, file) as backup:
        yield backup
    if plain != file:
        plain.unlink()


def _need_its_database(manifest: archive.Manifest) -> None:
    has_url = bool(os.environ.get("DATABASE_URL"))
    if manifest.database == "sqlite" and has_url:
        raise Refusal("restore_wants_sqlite", status=503)
    if manifest.database == "postgresql":
        if not has_url:
            raise Refusal("restore_wants_postgresql", status=503)
        if not snapshots.is_empty():
            raise Refusal("restore_database_not_empty", status=503)


def _settle_sqlite(file: Path, content: Path, manifest: archive.Manifest) -> None:
    database = content / archive.DATABASES["sqlite"]
    if found := _differences(manifest, database):
        raise Refusal("backup_contents_differ", status=503, file=str(file), differences="; ".join(found[:_SHOWN]))
    sqlite_gate.ensure_journal_mode(database)


def _settle_postgresql(content: Path) -> None:
    dump = content / archive.DATABASES["postgresql"]
    snapshots.restore_postgresql(dump, os.environ["DATABASE_URL"])
    dump.unlink()


def _settle_rest(content: Path) -> None:
    secrets = content / "secrets"
    secrets.mkdir(mode=0o700)
    (content / archive.FILES).mkdir(exist_ok=True)
    if (content / archive.ANCHORS).is_file():
        (content / archive.ANCHORS).replace(secrets / "anchors.txt")
    keys.mark_as_without(content)


def _move_up(content: Path, into: Path) -> None:
    # The configuration last: only with it a directory is a workspace.
    children = sorted(content.iterdir(), key=lambda child: child.name == archive.WORKSPACE)
    for child in children:
        child.replace(into / child.name)
    making.sync(into)


def _differences(manifest: archive.Manifest, database: Path | str) -> list[str]:
    """Where a restored database (a file, or the address of a PostgreSQL one) is not what the manifest says."""
    import sqlite3

    try:
        if isinstance(database, Path):
            found = snapshots.contents_of_sqlite(database)
        else:
            found = snapshots.contents_of_postgresql(database)
    except sqlite3.Error as unreadable:
        return [f"the database cannot be read ({unreadable})"]
    wrong = [
        f"table {name} holds {found.rows.get(name, 'no')} rows, the manifest says {manifest.rows.get(name, 'none')}"
        for name in sorted(found.rows.keys() | manifest.rows.keys())
        if found.rows.get(name) != manifest.rows.get(name)
    ]
    if (found.head_seq, found.head_hash) != (manifest.head_seq, manifest.head_hash):
        wrong.append(f"the record ends at entry {found.head_seq}, the manifest says {manifest.head_seq}")
    if found.migrations != manifest.migrations:
        wrong.append("the migrations applied are not those of the manifest")
    return wrong


def check(file: Path, identity: Path | None = None) -> Check:
    """Restore ``file`` beside the present workspace's backups, verify it with the present keys, and remove it again.

    What does not agree is a finding. Refusals are what kept the check from running: those of ``archive.opened`` and
    ``sealing.unseal``, ``keys_missing``, ``backup_running``, ``check_not_run``.
    """
    _need_readable(file)
    if not (workspace.root() / "secrets" / "trail.key").is_file():
        raise Refusal("keys_missing", status=503, names="trail.key")
    folder = making.folder_of_workspace()
    with making.alone_in(folder):
        try:
            with making.staging_in(folder) as staging:
                findings, entries = _tried(file, staging, identity)
            result = Check(findings, entries, clock.real_now())
            _note(file, result)
        except OSError as failed:
            raise Refusal("check_not_run", status=503, problem=failed.strerror or str(failed)) from failed
    return result


def _tried(file: Path, staging: Path, identity: Path | None) -> tuple[list[str], int]:
    content = staging / "content"
    with _opened(file, staging, identity) as backup:
        manifest = backup.manifest
        if found := backup.findings():
            return found, 0
        content.mkdir(mode=0o700)
        backup.extract(content)
    if manifest.database == "sqlite":
        return _verified(manifest, content, content / archive.DATABASES["sqlite"])
    if not os.environ.get("DATABASE_URL"):
        raise Refusal("restore_wants_postgresql", status=503)
    with snapshots.database_for_a_check() as url:
        snapshots.restore_postgresql(content / archive.DATABASES["postgresql"], url)
        return _verified(manifest, content, url)


def _verified(manifest: archive.Manifest, content: Path, database: Path | str) -> tuple[list[str], int]:
    _settle_rest(content)
    for name in keys.NAMES:
        shutil.copyfile(workspace.root() / "secrets" / f"{name}.key", content / "secrets" / f"{name}.key")
    findings = _differences(manifest, database)
    if any(each.startswith("the database cannot be read") for each in findings):
        return findings, 0
    answer = _verify(content, "" if isinstance(database, Path) else database)
    found = [" ".join(filter(None, (f["kind"], f["table"], f["pk"], f["detail"]))) for f in answer["findings"]]
    return findings + found, int(answer["entries"])


def _verify(folder: Path, url: str) -> dict[str, Any]:
    """The answer of ``trail verify --deep`` over ``folder``; a process of its own, because each looks at one workspace."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"ZHUANBAN_WORKSPACE": str(folder), **({"DATABASE_URL": url} if url else {})}
    done = subprocess.run(  # noqa: S603  (this very program)
        [sys.executable, "-m", "zhuanban.site.cli", "trail", "verify", "--deep", "--json"],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise Refusal("check_not_run", status=503, problem=(done.stderr.strip().splitlines() or ["?"])[-1])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _note(file: Path, result: Check) -> None:
    """Keep when a restore was last checked, for the doctor."""
    body = {
        "checked_at": result.checked_at.isoformat(timespec="seconds"),
        "file": file.name,
        "findings": len(result.findings),
    }
    draft = _note_file().with_suffix(".new")
    draft.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(_note_file())


def _note_file() -> Path:
    return making.folder_of_workspace() / "last_checked.json"


def last_check() -> tuple[datetime, int] | None:
    """When a restore was last checked (UTC) and how many findings it had, or None where none was."""
    try:
        body = json.loads(_note_file().read_text(encoding="utf-8"))
        return datetime.fromisoformat(body["checked_at"]), int(body["findings"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
