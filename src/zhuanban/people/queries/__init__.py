"""Reading who is who: the organisation of a day, accounts, rights."""

from zhuanban.people.queries.accounts import AccountRow, ProtectionRow, account_name, accounts_on, protection_on
from zhuanban.people.queries.organisation import (
    GroupOnDay,
    GroupsHistory,
    Names,
    groups_history,
    groups_on,
    holders,
    office_unit,
    organisation_on,
    posts,
    units,
)
from zhuanban.people.queries.rights import ActingRow, GrantRow, delegations_of, grants_on, may_act_for, own_posts

__all__ = [
    "AccountRow",
    "ActingRow",
    "GrantRow",
    "GroupOnDay",
    "GroupsHistory",
    "Names",
    "ProtectionRow",
    "account_name",
    "accounts_on",
    "delegations_of",
    "grants_on",
    "groups_history",
    "groups_on",
    "holders",
    "may_act_for",
    "office_unit",
    "organisation_on",
    "own_posts",
    "posts",
    "protection_on",
    "units",
]
