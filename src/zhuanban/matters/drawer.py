"""The ledgers that exist, opened once."""

from functools import lru_cache

from zhuanban.kit import formats
from zhuanban.kit.drawers import open_drawer
from zhuanban.matters.ledgers.contract import Ledger, Said
from zhuanban.matters.ledgers.ladder import Level


@lru_cache(maxsize=1)
def ledgers() -> dict[str, Ledger]:
    """All ledgers by key."""
    return open_drawer("zhuanban.matters.ledgers", "LEDGER", Ledger)


def ledger_of(key: str) -> Ledger:
    return ledgers()[key]


def all_open_states() -> tuple[str, ...]:
    """The states of all ledgers in which a matter is not closed."""
    return tuple(sorted({state for ledger in ledgers().values() for state in ledger.open_states}))


def running_states() -> tuple[str, ...]:
    """The states of all ledgers in which the responsible unit's day can pass."""
    found = {state for ledger in ledgers().values() for state in ledger.running_states}
    return tuple(sorted(found))


def say(words: Said) -> str:
    """A text in the reader's language."""
    return words.zh if formats.in_chinese() else words.en


def level_words(level: Level) -> str:
    """A level in the reader's language: L2分管领导."""
    return f"{level.code}{level.name_zh}" if formats.in_chinese() else f"{level.code} {level.name_en}"
