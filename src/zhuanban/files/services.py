"""Taking files in: through the upload gate, to the disk, into the record; in this order."""

import hashlib
import logging
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.db.models import Max, QuerySet, Sum

from zhuanban.files import scanning
from zhuanban.files.models import Attachment, path_of
from zhuanban.files.previews import has_preview, respond_preview
from zhuanban.kit import clock, workspace
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.uploads import Admitted, Door, admit_stream
from zhuanban.trail.services import Actor, work

__all__ = ["StoredFile", "Upload", "has_preview", "keep_admitted", "record_file", "respond_preview", "store_upload", "take_in"]

log = logging.getLogger(__name__)
MOST_AT_ONCE = 20


class Upload(Protocol):
    """A file as it was sent: an upload of a form, or anything with a name that reads bytes."""

    @property
    def name(self) -> str | None: ...

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class StoredFile:
    """A content that passed the gate and lies on the disk, not yet in the record."""

    name: str
    kind: str
    size: int
    sha256: str


def store_upload(upload: Upload, *, by_label: str, by_key: str) -> Attachment:
    """Take in one file of evidence: gate, disk, row.

    Joins running work, else opens its own. The bytes are on the disk before the row: an aborted work leaves at most a
    file that nothing points to. Refusals: those of the gate (``upload_…``), naming the file.
    """
    (stored,) = take_in([upload], by_key=by_key)
    return record_file(stored, by_label=by_label, by_key=by_key)


def take_in(uploads: Sequence[Upload], *, by_key: str) -> tuple[StoredFile, ...]:
    """Let files through the gate and write them to the disk; no row yet, so no transaction is held meanwhile.

    Nothing is written when one of them is refused; the refusal names every file that cannot be taken. Refusals: those
    of the gate, files_too_many, upload_infected, scanner_failed, files_quota_reached, files_share_reached. ``by_key`` is
    who hands them in, as in the trail.
    """
    if len(uploads) > MOST_AT_ONCE:
        raise Refusal("files_too_many", count=len(uploads), most=MOST_AT_ONCE)
    admitted: list[Admitted] = []
    problems: list[Problem] = []
    for upload in uploads:
        try:
            file = admit_stream(upload.name or "", upload, Door.EVIDENCE)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        admitted.append(file)
        if found := scanning.problem_of(file.name, file.data):
            problems.append(found)
    if problems:
        raise Refusal.of(problems)
    _demand_room(admitted, by_key)
    for file in admitted:
        _write_once(path_of(file.sha256), file.data, file.sha256)
    return tuple(StoredFile(file.name, file.kind, len(file.data), file.sha256) for file in admitted)


def keep_admitted(file: Admitted, *, by_key: str) -> StoredFile:
    """Write a file to the disk that another room let in by a door of its own; no row yet.

    Refusals: upload_infected, scanner_failed, files_quota_reached, files_share_reached.
    """
    if found := scanning.problem_of(file.name, file.data):
        raise Refusal.of([found])
    _demand_room([file], by_key)
    _write_once(path_of(file.sha256), file.data, file.sha256)
    return StoredFile(file.name, file.kind, len(file.data), file.sha256)


SHARE = 4
"""Nobody takes more than this part of the quota by himself, so that nobody can shut the door on all others."""


def _demand_room(admitted: Sequence[Admitted], by_key: str) -> None:
    """All attachments together stay within the workspace's quota, and one account's within its share of it.

    A content counts once, however often it is handed in. Refusals: files_quota_reached, files_share_reached.
    """
    most = workspace.config().files_quota_mb * 1_000_000
    contents = {file.sha256: len(file.data) for file in admitted}
    known = set(Attachment.objects.filter(sha256__in=contents).values_list("sha256", flat=True))
    coming = sum(size for sha256, size in contents.items() if sha256 not in known)
    held, own = _held(Attachment.objects.all()), _held(Attachment.objects.filter(uploaded_by_key=by_key))
    if held + coming > most:
        raise Refusal("files_quota_reached", status=507, used=held // 1_000_000, most=most // 1_000_000)
    if coming and own + coming > most // SHARE:
        raise Refusal("files_share_reached", status=507, used=own // 1_000_000, most=most // SHARE // 1_000_000)


def _held(attachments: QuerySet[Attachment]) -> int:
    """The bytes that these attachments take on the disk."""
    contents = attachments.order_by().values("sha256").annotate(one=Max("size"))
    return int(contents.aggregate(held=Sum("one"))["held"] or 0)


def record_file(stored: StoredFile, *, by_label: str, by_key: str) -> Attachment:
    """Write the row of a file that lies on the disk."""
    with work(Actor("user", by_key, by_label), f"附件 {stored.name}"):
        return Attachment.objects.create(
            sha256=stored.sha256,
            size=stored.size,
            kind=stored.kind,
            original_name=stored.name,
            uploaded_at=clock.now(),
            uploaded_by_post=by_label,
            uploaded_by_key=by_key,
        )


def _write_once(path: Path, data: bytes, sha256: str) -> None:
    """Put the bytes in their place, whole or not at all, and safe from a power failure."""
    if path.is_file():
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return
        log.error("stored file %s had been changed and is replaced by the same content handed in anew", sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
