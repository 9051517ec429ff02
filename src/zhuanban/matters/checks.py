"""System checks of the room: a ledger that contradicts itself does not start."""

from typing import Any

from django.core.checks import CheckMessage, Error

from zhuanban.kit import actions
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.ledgers.contract import faults


def ledgers_are_sound(**_: Any) -> list[CheckMessage]:
    """Every ledger's table fits together, and every action it names exists."""
    known = {action.key for action in actions.all_actions()}
    found: list[CheckMessage] = []
    for ledger in ledgers().values():
        found += [Error(f"ledger {ledger.key}: {fault}", id="matters.E001") for fault in faults(ledger)]
        found += [
            Error(f"ledger {ledger.key}: {move.verb} names the unknown action {move.action}", id="matters.E002")
            for move in ledger.transitions
            if move.action not in known
        ]
    return found
