"""What may be written about who is who."""

from zhuanban.people.services.accounts import create_account, hold_post
from zhuanban.people.services.structure import (
    define_grant,
    define_group,
    define_leader,
    define_member,
    define_post,
    define_unit,
    end_grant,
    end_leader,
    end_member,
)

__all__ = [
    "create_account",
    "define_grant",
    "define_group",
    "define_leader",
    "define_member",
    "define_post",
    "define_unit",
    "end_grant",
    "end_leader",
    "end_member",
    "hold_post",
]
