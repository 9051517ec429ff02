"""The registry of actions: what somebody may do, and which roles may by default.

A room registers its actions in ``apps.py``; pages name them in ``@policy``. Roles are keys of ``people.roles``.
"""

from dataclasses import dataclass
from typing import Any

_actions: dict[str, "Action"] = {}


@dataclass(frozen=True)
class Action:
    """One permission. ``writes`` marks those that change facts: read and write rights stay apart."""

    key: str
    name: Any
    roles: frozenset[str]
    writes: bool = False


def register(key: str, name: Any, roles: tuple[str, ...], *, writes: bool = False) -> None:
    """Declare an action; declaring another one under the same key is a bug."""
    action = Action(key, name, frozenset(roles), writes)
    assert _actions.get(key, action).roles == action.roles, f"action {key} registered twice"
    _actions[key] = action


def action(key: str) -> Action:
    """The action ``key``; raises KeyError for one that no room declared."""
    return _actions[key]


def all_actions() -> tuple[Action, ...]:
    return tuple(_actions[key] for key in sorted(_actions))


def keys_of(role: str) -> frozenset[str]:
    """All actions that ``role`` holds."""
    return frozenset(action.key for action in _actions.values() if role in action.roles)
