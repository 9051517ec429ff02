"""Small pictures of photographs: made once by a limited child, without the place and time the photo carries."""

import logging
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

from django.http import HttpResponse

from zhuanban.files.models import Attachment
from zhuanban.files.queries import content
from zhuanban.kit import thumbnail_child, workspace

log = logging.getLogger(__name__)
KINDS = frozenset({"jpg", "jpeg", "png"})
SECONDS = 20
# A child takes a core and much memory: one at a time in each process, and who would wait for long sees no picture yet.
_DRAWING = threading.Lock()
_WAIT_SECONDS = 10


def has_preview(kind: str) -> bool:
    """Whether a file of the kind is a picture."""
    return kind in KINDS


def respond_preview(attachment: Attachment) -> HttpResponse | None:
    """The small picture, shown in the page; None for what is no picture, cannot be drawn or not just now.

    Refusals: as ``content``.
    """
    if not has_preview(attachment.kind):
        return None
    small = _kept(attachment)
    if small is None:
        small = _made_in_turn(attachment)
    if not small:
        return None
    response = HttpResponse(small, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _place(sha256: str) -> Path:
    return workspace.root() / "previews" / sha256[:2] / f"{sha256}.jpg"


def _kept(attachment: Attachment) -> bytes | None:
    """What is kept of an earlier drawing: empty where nothing could be drawn, None where nobody tried."""
    try:
        return _place(attachment.sha256).read_bytes()
    except FileNotFoundError:
        return None


def _made_in_turn(attachment: Attachment) -> bytes | None:
    """Drawn when no other drawing runs, by whoever came first; empty or None where there is no picture (yet)."""
    if not _DRAWING.acquire(timeout=_WAIT_SECONDS):
        return None
    try:
        small = _kept(attachment)
        return small if small is not None else _made(attachment)
    finally:
        _DRAWING.release()


def _made(attachment: Attachment) -> bytes:
    """Drawn by the child and kept beside the workspace's files; a cache that can be deleted at any time.

    What cannot be drawn is kept as an empty file, so that the same bytes are tried once.
    """
    small = _drawn(attachment, content(attachment))
    _keep(_place(attachment.sha256), small)
    return small


def _drawn(attachment: Attachment, data: bytes) -> bytes:
    """The child's picture of the bytes, empty where it makes none."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-B", str(Path(thumbnail_child.__file__))], input=data, capture_output=True,
            cwd="/", env={"LANG": "C.UTF-8"}, timeout=SECONDS, check=False, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        log.warning("attachment %s: its picture was not drawn in time", attachment.pk)
        return b""
    if done.returncode or not done.stdout.startswith(b"\xff\xd8"):
        log.warning("attachment %s: no picture can be drawn of it", attachment.pk)
        return b""
    return done.stdout


def _keep(place: Path, small: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.parent / f".{secrets.token_hex(8)}.part"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(small)
        draft.replace(place)
    except OSError as failed:
        # Without room the picture is drawn again the next time.
        log.warning("a preview was not kept: %s", failed)
        draft.unlink(missing_ok=True)
