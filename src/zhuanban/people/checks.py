"""System checks of the room."""

from typing import Any

from django.core.checks import CheckMessage, Error

from zhuanban.kit import actions
from zhuanban.people.roles import ROLES


def actions_name_known_roles(**_: Any) -> list[CheckMessage]:
    """An action for a role that does not exist would silently be nobody's."""
    return [
        Error(f"action {action.key} names the unknown role {role}", id="people.E001")
        for action in actions.all_actions()
        for role in sorted(action.roles - ROLES.keys())
    ]
