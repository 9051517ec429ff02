"""The canonical text of a signed filing, its hash, and whether both still agree with the seal. Internal to the room."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from zhuanban.filings.models import Consolidation, FrozenFiling
from zhuanban.trail.queries import entry_certificate, entry_reason


def canonical(content: dict[str, Any]) -> str:
    """One text for one content: keys sorted, nothing escaped, no spaces that carry no meaning."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def content_of(body: str) -> dict[str, Any]:
    """What a frozen text says; empty where somebody damaged it so that it no longer reads."""
    try:
        content: dict[str, Any] = json.loads(body)
    except ValueError:
        return {}
    return content


def sha256_of(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def sealed_words(sha256: str) -> str:
    """What the trail's entry of a signature says, so that the chain holds the hash of the text."""
    return f"sign filing sha256:{sha256}"


def consolidated_words(sha256: str) -> str:
    """What the trail's entry of a frozen gathering says."""
    return f"consolidate filings sha256:{sha256}"


def is_intact(frozen: FrozenFiling | Consolidation, words: Callable[[str], str] = sealed_words) -> bool:
    """Whether the text hashes to what the row and the sealed entry say, and the certificate is that entry's."""
    digest = sha256_of(frozen.body)
    certificate = entry_certificate(frozen.certificate_seq)
    return (
        digest == frozen.sha256
        and certificate is not None
        and certificate.text == frozen.certificate
        and entry_reason(frozen.certificate_seq) == words(digest)
    )
