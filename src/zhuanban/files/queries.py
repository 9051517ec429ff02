"""Handing files out. Whoever calls these has found the attachment through its parent's scope."""

import hashlib
import logging

from django.http import HttpResponse

from zhuanban.files.models import Attachment
from zhuanban.kit import formats
from zhuanban.kit.downloads import download
from zhuanban.kit.refusals import Refusal

log = logging.getLogger(__name__)

_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def content(attachment: Attachment) -> bytes:
    """The bytes as they were handed in, hashed again. Refusals: file_missing, file_changed."""
    try:
        data = attachment.path.read_bytes()
    except FileNotFoundError as gone:
        log.error("attachment %s: no file under %s", attachment.pk, attachment.sha256)
        raise _refusal("file_missing", attachment, 503) from gone
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        log.error("attachment %s: the bytes under %s have changed", attachment.pk, attachment.sha256)
        raise _refusal("file_changed", attachment, 422)
    return data


def is_intact(attachment: Attachment) -> bool:
    """Whether the bytes are still there and the same as when they were handed in."""
    try:
        content(attachment)
    except Refusal:
        return False
    return True


def respond(attachment: Attachment) -> HttpResponse:
    """The file as a download that no browser opens in the product's own name. Refusals: as ``content``."""
    kind = _TYPES.get(attachment.kind, "application/octet-stream")
    response = download(content(attachment), attachment.original_name, kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _refusal(code: str, attachment: Attachment, status: int) -> Refusal:
    return Refusal(
        code,
        status=status,
        file=attachment.original_name,
        on=formats.instant_words(attachment.uploaded_at),
        by=attachment.uploaded_by_post,
    )
