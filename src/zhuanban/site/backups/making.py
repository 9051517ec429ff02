"""Making backups: whole or not at all, the newest kept, one each night."""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.db import Error, connection

from zhuanban.kit import clock, workspace
from zhuanban.kit.refusals import Refusal
from zhuanban.site.backups import archive, sealing, snapshots

KEPT = 14
NIGHTLY_AT = time(2)
"""On the office's wall clock, by real time."""

_TRY_AGAIN_AFTER = timedelta(hours=1)
_NAME = re.compile(r"zhuanban-(\d{8}-\d{6})\.tar(?:\.age)?")
_STAMP = "%Y%m%d-%H%M%S"


def folder_of_workspace() -> Path:
    """Where backups lie unless another place is named."""
    return workspace.root() / "backups"


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups in ``folder`` with the instants (UTC) in their names, oldest first."""
    found = [(match, path) for path in folder.glob("zhuanban-*") if (match := _NAME.fullmatch(path.name))]
    return sorted((datetime.strptime(match.group(1), _STAMP).replace(tzinfo=UTC), path) for match, path in found)


def make(folder: Path | None = None, *, keep: int = KEPT) -> Path:
    """Write one backup into ``folder``, then delete all but the newest ``keep`` there; returns its path.

    Refusals: ``backup_running``, ``backup_not_written``, ``backup_recipient_unusable``, ``backup_tool_missing``,
    ``backup_tool_failed``. After each of them nothing half-written is left.
    """
    target = folder or folder_of_workspace()
    with alone_in(target):
        return _make(target, keep)


def _make(folder: Path, keep: int) -> Path:
    import sqlite3

    recipients = workspace.config().backup_recipients
    sealing.check_recipients(recipients)
    try:
        with staging_in(folder) as staging:
            made_at = _free_instant(folder)
            packed = staging / f"zhuanban-{made_at.strftime(_STAMP)}.tar"
            manifest, sources = _collected(staging, made_at)
            archive.write(packed, manifest, sources)
            if recipients:
                sealed = staging / f"{packed.name}.age"
                sealing.seal(packed, sealed, recipients)
                packed = sealed
            made = packed.replace(folder / packed.name)
            sync(folder)
        for _, old in backups_in(folder)[:-keep]:
            old.unlink(missing_ok=True)
    except (OSError, Error, sqlite3.Error) as failed:
        raise Refusal("backup_not_written", status=503, folder=str(folder), problem=_first_line(failed)) from failed
    return made


def _first_line(failed: BaseException) -> str:
    return (str(failed).strip().splitlines() or [type(failed).__name__])[0]


def _free_instant(folder: Path) -> datetime:
    """Now, or the next second that no backup bears yet."""
    instant = clock.real_now()
    taken = {stamp.strftime(_STAMP) for stamp, _ in backups_in(folder)}
    while instant.strftime(_STAMP) in taken:
        instant += timedelta(seconds=1)
    return instant


def _collected(staging: Path, made_at: datetime) -> tuple[archive.Manifest, dict[str, Path]]:
    """The manifest, and where the content of each member lies."""
    # Anchors before the database: later ones would name entries that this database does not hold.
    sources = _copied(staging, {archive.WORKSPACE: workspace.root() / "workspace.json", archive.ANCHORS: _anchors()})
    database = staging / archive.DATABASES[connection.vendor]
    contents = snapshots.take(database)
    # Attachments after the database: each is on the disk before the row that names it.
    sources = {database.name: database, **sources, **_attachments()}
    manifest = archive.Manifest(
        product=product_version(),
        made_at=made_at.isoformat(timespec="seconds"),
        database=connection.vendor,
        files={name: archive.digest(path) for name, path in sources.items()},
        rows=contents.rows,
        head_seq=contents.head_seq,
        head_hash=contents.head_hash,
        migrations=contents.migrations,
    )
    return manifest, sources


def _anchors() -> Path:
    return workspace.root() / "secrets" / "anchors.txt"


def _copied(staging: Path, originals: dict[str, Path]) -> dict[str, Path]:
    return {name: Path(shutil.copyfile(path, staging / name)) for name, path in originals.items() if path.is_file()}


def _attachments() -> dict[str, Path]:
    """The stored contents by their name in the backup; what an interrupted upload left is not one."""
    paths = sorted(workspace.files_path().glob("[0-9a-f]*/[0-9a-f]*"))
    named = {f"{archive.FILES}/{path.parent.name}/{path.name}": path for path in paths if not path.is_symlink()}
    return {name: path for name, path in named.items() if archive.is_member_name(name) and path.is_file()}


def product_version() -> str:
    """The version of the product, or ``?`` where it runs without being installed."""
    try:
        return version("zhuanban")
    except PackageNotFoundError:
        return "?"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder of backups, making the folder where needed.

    Refusals: ``backup_running`` while another process holds it, ``backup_not_written``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as failed:
        raise Refusal("backup_not_written", status=503, folder=str(folder), problem=_first_line(failed)) from failed
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Refusal("backup_running", status=503, folder=str(folder)) from held
        yield
    finally:
        os.close(descriptor)


@contextmanager
def staging_in(folder: Path) -> Iterator[Path]:
    """An empty directory beside the backups, removed afterwards, with what a killed process left. Needs the lock."""
    for left in folder.glob(".zhuanban-*.partial"):
        shutil.rmtree(left)
    staging = Path(tempfile.mkdtemp(prefix=".zhuanban-", suffix=".partial", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def sync(folder: Path) -> None:
    """See the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def nightly() -> str:
    """The tick's step: one backup after each 02:00; a failed one is tried again hourly. Returns its file name, or "".

    A demo is left out: its data are invented and can be built anew.
    """
    folder = folder_of_workspace()
    if workspace.config().is_demo or not _is_due(folder):
        return ""
    try:
        with alone_in(folder):
            # Looked at again under the lock: another tick may have made it meanwhile.
            if not _is_due(folder):
                return ""
            _note_attempt(folder)
            return _make(folder, KEPT).name
    except Refusal as refused:
        if "backup_running" in refused.codes:
            return ""
        raise


def due_since(now: datetime) -> datetime | None:
    """The instant since which today's backup is due, or None before 02:00 in Shanghai."""
    there = clock.shanghai(now)
    due = datetime.combine(there.date(), NIGHTLY_AT, clock.SHANGHAI)
    return due if there >= due else None


def _is_due(folder: Path) -> bool:
    now = clock.real_now()
    due = due_since(now)
    if due is None or any(made_at >= due for made_at, _ in backups_in(folder)):
        return False
    attempt = _attempt_file(folder)
    return not attempt.exists() or now.timestamp() - attempt.stat().st_mtime >= _TRY_AGAIN_AFTER.total_seconds()


def _attempt_file(folder: Path) -> Path:
    return folder / ".attempted"


def _note_attempt(folder: Path) -> None:
    _attempt_file(folder).touch(mode=0o600)
