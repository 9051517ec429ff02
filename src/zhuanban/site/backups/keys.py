"""The two secrets of a workspace: copied for safe-keeping, and missing after a restore until they are put back."""

import io
import os
import tarfile
from pathlib import Path

from zhuanban.kit import workspace
from zhuanban.kit.refusals import Refusal

NAMES = ("trail", "django")
READ_ONLY = "ZHUANBAN_READ_ONLY"
"""Set, with a key for sessions, while a restored workspace without its own keys is served to be read."""
_MARK = "restored-without-key"


def export(target: Path) -> None:
    """Copy the keys to the new file ``target`` (a tar with ``secrets/…``, readable by its owner only).

    Refusals: ``keys_missing``, ``key_file_exists``, ``key_file_unwritable``.
    """
    missing = missing_names()
    if missing:
        raise Refusal("keys_missing", status=503, names=", ".join(missing))
    content = _packed()
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as exists:
        raise Refusal("key_file_exists", status=503, file=str(target)) from exists
    except OSError as failed:
        raise Refusal("key_file_unwritable", status=503, file=str(target), problem=failed.strerror) from failed
    try:
        with os.fdopen(descriptor, "wb") as handle:
            os.fchmod(handle.fileno(), 0o600)
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as failed:
        target.unlink(missing_ok=True)
        raise Refusal("key_file_unwritable", status=503, file=str(target), problem=failed.strerror) from failed


def _packed() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name in NAMES:
            key = workspace.key(name)
            entry = tarfile.TarInfo(f"secrets/{name}.key")
            entry.size, entry.mode = len(key), 0o600
            tar.addfile(entry, io.BytesIO(key))
    return packed.getvalue()


def missing_names() -> list[str]:
    """The files of secrets/ that are not there."""
    return [f"{name}.key" for name in NAMES if not (workspace.root() / "secrets" / f"{name}.key").is_file()]


def mark_as_without(folder: Path) -> None:
    """Write into a restored workspace that its keys are still to be put back."""
    (folder / _MARK).write_text(
        "本工作区由备份恢复，尚无密钥，不能续写记录。请将 secrets/ 放回本目录，然后运行 zhuanban doctor。\n"
        "Restored from a backup, without its keys: the record cannot be continued. Put secrets/ back into this "
        "directory, then run zhuanban doctor.\n",
        encoding="utf-8",
    )


def awaited() -> list[str]:
    """The key files that a restored workspace still waits for; empty where it waits for none."""
    return missing_names() if (workspace.root() / _MARK).is_file() else []


def need() -> None:
    """Refusal ``restored_without_key`` while a restored workspace waits for its keys; the mark goes once they are there."""
    if names := awaited():
        raise Refusal("restored_without_key", status=503, workspace=str(workspace.root()), names=", ".join(names))
    (workspace.root() / _MARK).unlink(missing_ok=True)
