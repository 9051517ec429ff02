"""What may be written about who is who."""

from zhuanban.people.services.accounts import (
    account_of_link,
    change_password,
    create_account,
    create_account_for,
    hold_post,
    password_link,
    set_active,
    set_password_by_link,
    sign_out_everywhere,
)
from zhuanban.people.services.exporting import note_organisation_export
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
    "account_of_link",
    "change_password",
    "create_account",
    "create_account_for",
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
    "note_organisation_export",
    "password_link",
    "set_active",
    "set_password_by_link",
    "sign_out_everywhere",
]
