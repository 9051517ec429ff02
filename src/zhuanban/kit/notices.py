"""The kinds of notices: each room names its own, a reader can mute each."""

from dataclasses import dataclass
from typing import Any

from zhuanban.kit.registries import Registry


@dataclass(frozen=True)
class NoticeKind:
    """A kind as readers see it; ``explains`` says when one comes."""

    key: str
    name: Any
    explains: Any


notice_kinds: Registry[NoticeKind] = Registry()
"""All kinds, in the rooms' order."""
