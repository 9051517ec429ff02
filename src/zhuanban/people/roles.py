"""The roles a post can have. What a role may do stands at the actions, in the room that owns them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """One role: key, name, and whether it may ever hold an action that writes facts (leaders write no value)."""

    key: str
    name: Any


ROLES = {
    role.key: role
    for role in (
        Role("chief", _("Head of the task force")),
        Role("leader", _("Responsible leader of a group")),
        Role("office_head", _("Office reviewer")),
        Role("statistician", _("Office statistician")),
        Role("dept_head", _("Head of a department")),
        Role("dept_clerk", _("Clerk of a department")),
        Role("territory_officer", _("Officer of a street or centre")),
        Role("sysadmin", _("System administrator")),
        Role("secadmin", _("Security administrator")),
        Role("auditor", _("Audit administrator")),
    )
}

ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")
"""The three administrators. Nobody holds two of these roles."""

LEADING = frozenset({"chief", "leader"})
"""Roles of those who lead: a post that has one takes no role that writes figures."""

RECORDING = frozenset({"statistician", "dept_clerk"})
"""Roles that record figures: nobody who leads has one of them, not by another post and not acting."""

HEADING = frozenset({"chief", "leader", "dept_head"})
"""Roles of posts that head something: one person at a time."""


def role_words(key: str) -> str:
    """A role in words; the key where the drawer no longer has it."""
    return str(ROLES[key].name) if key in ROLES else key
