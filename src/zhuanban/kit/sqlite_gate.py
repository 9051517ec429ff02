"""The gate before SQLite is used: journal by linked version, no network file system, one server for one file.

Every SQLite from 3.7.0 to 3.51.2 can lose data in WAL mode when two connections reset the log at once, except the
back-ported 3.50.7 and 3.44.6. The journal mode is set once at start, never per connection.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from zhuanban.kit.refusals import Refusal

Version = tuple[int, int, int]
JournalMode = Literal["WAL", "DELETE"]

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "afpfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "orangefs",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
    ]
)


def journal_mode_for(version: Version) -> JournalMode:
    """The journal that is safe with the linked SQLite ``version``: WAL where the reset race is mended."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)
    return "WAL" if mended else "DELETE"


def linked_version() -> Version:
    """The version of the SQLite that this process uses (the pysqlite3 wheel, where the site has put it in place)."""
    import sqlite3

    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch


def ensure_journal_mode(path: Path) -> JournalMode:
    """Refuse a network file system, then set the safe journal in the database file at ``path``; returns it.

    Raises Refusal ``sqlite_on_network`` or, where another program holds the file, ``sqlite_in_use``.
    """
    import sqlite3

    refuse_network(path)
    wanted = journal_mode_for(linked_version())
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        found = str(connection.execute("PRAGMA journal_mode").fetchone()[0]).upper()
        if found != wanted:
            found = str(connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0]).upper()
    except sqlite3.OperationalError as failed:
        if "locked" not in str(failed):
            raise
        found = ""
    finally:
        connection.close()
    if found != wanted:
        raise Refusal("sqlite_in_use", status=503, file=str(path), journal=wanted)
    return wanted


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds ``path``, by the text of /proc/mounts; empty where none fits."""
    target = os.path.realpath(path)
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind


def refuse_network(path: Path, mounts: str | None = None) -> None:
    """Raise Refusal ``sqlite_on_network`` where the file would lie on a network file system, whose locks do not hold."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
    kind = file_system(path, mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise Refusal("sqlite_on_network", status=503, file=str(path), kind=kind)


@contextmanager
def server_lock(path: Path, owner: Mapping[str, Any]) -> Iterator[None]:
    """Hold the lock file ``path`` while serving; ``owner`` (pid, address) is written into it for the next one to read.

    The lock goes with the process, however it ends. Raises Refusal ``served_already`` with the present owner.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            present = _owner(descriptor)
            raise Refusal(
                "served_already", status=503, pid=present.get("pid", "?"), address=present.get("address", "?")
            ) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(dict(owner)).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _owner(descriptor: int) -> dict[str, Any]:
    try:
        owner = json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        return {}
    return owner if isinstance(owner, dict) else {}
