"""Anchors: copies of the chain's head outside the database, so that a tail cut off or an older database is found.

One line per anchor: number, hash, and a MAC. Frozen filings and issued reports print the same pair as their
certificate, which makes paper the last witness.
"""

import hmac
import os
from dataclasses import dataclass

from zhuanban.kit import workspace
from zhuanban.trail import chain


@dataclass(frozen=True)
class Anchor:
    """A head that was seen: the entry's number and its hash."""

    seq: int
    hash: str


def _line(anchor: Anchor, key: bytes) -> str:
    text = f"{anchor.seq} {anchor.hash}"
    return f"{text} {chain.entry_mac(key, text)}\n"


def append(anchor: Anchor) -> None:
    """Write the anchor behind the others; one line, so that a crash leaves at most a broken last line."""
    line = _line(anchor, workspace.key("trail")).encode("ascii")
    with (workspace.root() / "secrets" / "anchors.txt").open("a+b") as handle:
        handle.seek(0)
        whole = handle.read().rfind(b"\n") + 1
        # What a crash left of the last line would make the new one unreadable.
        handle.truncate(whole)
        handle.write(line)
        handle.flush()
        os.fsync(handle.fileno())


def read() -> tuple[list[Anchor], int]:
    """All genuine anchors, and how many whole lines were forged or damaged."""
    path = workspace.root() / "secrets" / "anchors.txt"
    if not path.exists():
        return [], 0
    key = workspace.key("trail")
    anchors: list[Anchor] = []
    damaged = 0
    for line in path.read_text(encoding="ascii", errors="replace").splitlines(keepends=True):
        if not line.endswith("\n"):
            continue
        parts = line.split()
        if len(parts) == 3 and parts[0].isdigit() and hmac.compare_digest(line, _line(Anchor(int(parts[0]), parts[1]), key)):
            anchors.append(Anchor(int(parts[0]), parts[1]))
        else:
            damaged += 1
    return anchors, damaged
