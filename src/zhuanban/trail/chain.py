"""The arithmetic of the chain: canonical text, hash, MAC and digests. No database here.

``alg`` 1 = SHA-256 and HMAC-SHA-256; the byte is stored so that a site may move to SM3 without breaking old entries.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

ALG_SHA256 = 1
GENESIS = "0" * 64
_SEPARATOR = "\x1f"

FIELDS = (
    "seq", "prev", "alg", "at_us", "actor_kind", "actor_key", "actor_label",
    "reason", "request", "op", "tbl", "pk_text", "state_digest",
)  # fmt: skip
"""The columns that the hash covers, in order."""

# A long record is verified by millions of these: a digest is copied faster than made.
_FORM = _SEPARATOR.join(["%s"] * len(FIELDS))
_PLAIN = hashlib.sha256()


def clean(text: str, length: int) -> str:
    """Text as the chain stores it: without the separator, cut to its column."""
    return text.replace(_SEPARATOR, " ").replace("\x00", " ")[:length]


def entry_hash(values: Sequence[Any]) -> str:
    """The hash of an entry from its FIELDS; ``prev`` is one of them, which makes the chain."""
    digest = _PLAIN.copy()
    digest.update((_FORM % tuple(values)).encode())
    return digest.hexdigest()


def entry_mac(key: bytes, hash_hex: str) -> str:
    """The keyed seal of a hash."""
    seal = _keyed(key).copy()
    seal.update(hash_hex.encode())
    return seal.hexdigest()


@lru_cache(maxsize=4)
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")


def state_text(columns: Sequence[str], row: Sequence[Any]) -> str:
    """The canonical text of a stored row: raw database values by column name, bytes in hexadecimal."""
    values = {
        column: {"hex": bytes(value).hex()} if isinstance(value, (bytes, memoryview)) else value
        for column, value in zip(columns, row, strict=True)
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def state_digest(key: bytes, table: str, pk_text: str, text: str) -> str:
    """The keyed digest of a row's state; keyed, so that an erased personal value cannot be guessed back."""
    message = f"{table}{_SEPARATOR}{pk_text}{_SEPARATOR}{text}"
    return hmac.digest(key, message.encode(), "sha256").hex()
