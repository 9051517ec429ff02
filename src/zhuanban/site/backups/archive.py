"""The form of a backup: one tar with ``manifest.json`` first, which names every other member with its size and SHA-256.

Members: the database (``zhuanban.sqlite3`` or ``database.dump``), ``workspace.json``, ``anchors.txt`` and ``files/ab/<sha256>``.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from zhuanban.kit.refusals import Refusal

FORMAT = 1
"""Raised whenever an older product could not restore what a newer one writes."""

MANIFEST = "manifest.json"
DATABASES = {"sqlite": "zhuanban.sqlite3", "postgresql": "database.dump"}
WORKSPACE, ANCHORS, FILES = "workspace.json", "anchors.txt", "files"

_KNOWN = re.compile(r"zhuanban\.sqlite3|database\.dump|workspace\.json|anchors\.txt|files/[0-9a-f]{2}/[0-9a-f]{64}")
_LARGEST_MANIFEST = 256 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Member:
    """One file of a backup: its size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``made_at`` is UTC; ``head_seq`` and ``head_hash`` are the record's newest entry."""

    product: str
    made_at: str
    database: str
    files: dict[str, Member]
    rows: dict[str, int]
    head_seq: int
    head_hash: str
    migrations: list[str]
    format: int = field(default=FORMAT)

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(path: Path) -> Member:
    """Size and SHA-256 of a file."""
    hasher, size = hashlib.sha256(), 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            hasher.update(chunk)
            size += len(chunk)
    return Member(size, hasher.hexdigest())


def is_member_name(name: str) -> bool:
    """Whether a backup may hold a member of this name."""
    return _KNOWN.fullmatch(name) is not None


def write(target: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write the tar to ``target`` and see it on the disk. Raises OSError."""
    with target.open("xb") as handle:
        os.fchmod(handle.fileno(), 0o600)
        with tarfile.open(fileobj=handle, mode="w", format=tarfile.PAX_FORMAT) as tar:
            text = manifest.text().encode()
            tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
            for name, member in manifest.files.items():
                with sources[name].open("rb") as content:
                    tar.addfile(_entry(name, member.size), content)
        handle.flush()
        os.fsync(handle.fileno())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


class Archive:
    """An opened backup whose manifest and names were found to be in order."""

    def __init__(self, tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], manifest: Manifest) -> None:
        self._tar, self._members, self.manifest = tar, members, manifest

    def findings(self) -> list[str]:
        """Members whose content is not what the manifest says, or that are not there."""
        found = [f"{name} is missing" for name in self.manifest.files if name not in self._members]
        return found + [f"{name} is damaged" for name in self._members if not self._is_whole(name)]

    def _is_whole(self, name: str) -> bool:
        hasher = hashlib.sha256()
        for chunk in self._chunks(name):
            hasher.update(chunk)
        expected = self.manifest.files[name]
        return (self._members[name].size, hasher.hexdigest()) == (expected.size, expected.sha256)

    def _chunks(self, name: str) -> Iterator[bytes]:
        content = self._tar.extractfile(self._members[name])
        assert content is not None, "only regular files are let in"
        with content:
            while chunk := content.read(_CHUNK):
                yield chunk

    def extract(self, folder: Path) -> None:
        """Write every member below ``folder``. Raises OSError."""
        for name in self._members:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as handle:
                os.fchmod(handle.fileno(), 0o600)
                for chunk in self._chunks(name):
                    handle.write(chunk)
                handle.flush()
                os.fsync(handle.fileno())


@contextmanager
def opened(path: Path, shown: Path) -> Iterator[Archive]:
    """The backup at ``path``; refusals name it as ``shown``.

    Refusals: ``backup_damaged``, ``backup_foreign``, ``backup_too_new``, ``backup_unsafe``.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            entries = tar.getmembers()
            manifest = _manifest(tar, entries, shown)
            yield Archive(tar, _checked(entries, manifest, shown), manifest)
    except (tarfile.TarError, EOFError) as failed:
        is_tar = path.stat().st_size > 0 and _begins_like_a_backup(path)
        raise Refusal("backup_damaged" if is_tar else "backup_foreign", status=503, file=str(shown)) from failed


def _begins_like_a_backup(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(len(MANIFEST)) == MANIFEST.encode()


def _manifest(tar: tarfile.TarFile, entries: list[tarfile.TarInfo], shown: Path) -> Manifest:
    foreign = Refusal("backup_foreign", status=503, file=str(shown))
    first = entries[0] if entries else None
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > _LARGEST_MANIFEST:
        raise foreign
    content = tar.extractfile(first)
    assert content is not None, "a regular file has content"
    with content:
        try:
            raw = json.loads(content.read().decode())
        except ValueError as unreadable:
            raise Refusal("backup_damaged", status=503, file=str(shown)) from unreadable
    number = raw.get("format") if isinstance(raw, dict) else None
    if not isinstance(number, int):
        raise foreign
    if number > FORMAT:
        raise Refusal("backup_too_new", status=503, file=str(shown), found=number, known=FORMAT, product=str(raw.get("product", "?")))
    try:
        return _read(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as unusable:
        raise Refusal("backup_damaged", status=503, file=str(shown)) from unusable


def _read(raw: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        product=str(raw["product"]),
        made_at=str(raw["made_at"]),
        database=str(raw["database"]),
        files={str(name): Member(int(each["size"]), str(each["sha256"])) for name, each in raw["files"].items()},
        rows={str(name): int(count) for name, count in raw["rows"].items()},
        head_seq=int(raw["head_seq"]),
        head_hash=str(raw["head_hash"]),
        migrations=[str(each) for each in raw["migrations"]],
        format=int(raw["format"]),
    )
    if DATABASES[manifest.database] not in manifest.files or WORKSPACE not in manifest.files:
        raise ValueError("no database")
    return manifest


def _checked(entries: list[tarfile.TarInfo], manifest: Manifest, shown: Path) -> dict[str, tarfile.TarInfo]:
    members: dict[str, tarfile.TarInfo] = {}
    for entry in entries[1:]:
        if not _is_safe(entry) or entry.name not in manifest.files or entry.name in members:
            raise Refusal("backup_unsafe", status=503, file=str(shown), member=entry.name)
        members[entry.name] = entry
    return members


def _is_safe(entry: tarfile.TarInfo) -> bool:
    """Only regular files under the names that a backup uses: no links, no absolute names, no ``..``, no secrets."""
    name = PurePosixPath(entry.name)
    if not entry.isreg() or name.is_absolute() or ".." in name.parts or not is_member_name(entry.name):
        return False
    # Early releases of Python 3.11 come without the library's own filter.
    keep = getattr(tarfile, "data_filter", None)
    try:
        return keep is None or keep(entry, "restored").name == entry.name
    except tarfile.TarError:
        return False
