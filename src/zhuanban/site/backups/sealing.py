"""Encryption of backups in the age format, by the library pyrage; no cipher is written here."""

import os
from collections.abc import Sequence
from pathlib import Path

from zhuanban.kit.refusals import Refusal

_MAGIC = b"age-encryption.org/v1\n"


def is_sealed(path: Path) -> bool:
    """Whether the file is encrypted in the age format."""
    with path.open("rb") as handle:
        return handle.read(len(_MAGIC)) == _MAGIC


def check_recipients(recipients: Sequence[str]) -> None:
    """Refusal ``backup_recipient_unusable`` for what is no public key ``age1…``."""
    if recipients:
        _parsed(recipients)


def _parsed(recipients: Sequence[str]) -> list[object]:
    import pyrage

    parsed: list[object] = []
    for text in recipients:
        try:
            parsed.append(pyrage.x25519.Recipient.from_str(text))
        except (pyrage.RecipientError, TypeError) as unusable:
            raise Refusal("backup_recipient_unusable", status=503, recipient=text) from unusable
    return parsed


def seal(plain: Path, sealed: Path, recipients: Sequence[str]) -> None:
    """Encrypt ``plain`` to ``sealed`` for all recipients and see it on the disk. Raises OSError."""
    import pyrage

    parsed = _parsed(recipients)
    with plain.open("rb") as source, sealed.open("xb") as target:
        os.fchmod(target.fileno(), 0o600)
        try:
            pyrage.encrypt_io(source, target, parsed)
        except pyrage.EncryptError as failed:
            raise OSError(str(failed)) from failed
        target.flush()
        os.fsync(target.fileno())


def unseal(sealed: Path, plain: Path, identity: Path | None) -> None:
    """Decrypt ``sealed`` with the keys in the file ``identity``.

    Refusals: ``backup_needs_identity``, ``identity_unusable``, ``backup_not_opened``. Raises OSError.
    """
    import pyrage

    if identity is None:
        raise Refusal("backup_needs_identity", status=503, file=str(sealed))
    keys = _identities(identity)
    with sealed.open("rb") as source, plain.open("xb") as target:
        os.fchmod(target.fileno(), 0o600)
        try:
            pyrage.decrypt_io(source, target, keys)
        except pyrage.DecryptError as failed:
            raise Refusal("backup_not_opened", status=503, file=str(sealed), identity=str(identity)) from failed


def _identities(path: Path) -> list[object]:
    import pyrage

    try:
        lines = path.read_text(encoding="utf-8").split()
        keys: list[object] = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")
        ]
    except (OSError, ValueError, pyrage.IdentityError) as unusable:
        raise Refusal("identity_unusable", status=503, file=str(path)) from unusable
    if not keys:
        raise Refusal("identity_unusable", status=503, file=str(path))
    return keys
