"""What may be written about who is who."""

from zhuanban.people.services.accounts import (
    account_of_link,
    change_password,
    create_account,
    create_account_for,
    end_own_session,
    end_sessions_of,
    password_link,
    set_active,
    set_password_by_link,
    sign_out_everywhere,
)
from zhuanban.people.services.arranging import add_post, add_unit, change_post, change_unit
from zhuanban.people.services.calendar import day_decided, decide_day
from zhuanban.people.services.delegating import delegate, end_delegation
from zhuanban.people.services.exporting import file_of_list, note_organisation_export
from zhuanban.people.services.grouping import join_group, lead_group, leave_group, leave_lead
from zhuanban.people.services.handing_over import duties_of, hand_to_account, hand_to_post
from zhuanban.people.services.holding import end_holding, fill_post, hold_post
from zhuanban.people.services.notices import (
    choose_notices,
    forget_old_notices,
    notify,
    read_all_notices,
    read_notice,
    settle_notices,
)
from zhuanban.people.services.rights import give_right, withdraw_right
from zhuanban.people.services.roster import create_accounts, read_accounts
from zhuanban.people.services.second_factor import (
    Enrolment,
    begin_enrolment,
    check_code,
    confirm_enrolment,
    has_second_factor,
    recovery_codes_left,
    remove_second_factor,
    renew_recovery_codes,
)
from zhuanban.people.services.security import (
    FACTOR,
    PASSWORD,
    choose_security_rules,
    duties_at_sign_in,
)
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
    "FACTOR",
    "PASSWORD",
    "Enrolment",
    "account_of_link",
    "add_post",
    "add_unit",
    "begin_enrolment",
    "change_password",
    "change_post",
    "change_unit",
    "check_code",
    "choose_notices",
    "choose_security_rules",
    "confirm_enrolment",
    "create_account",
    "create_account_for",
    "create_accounts",
    "day_decided",
    "decide_day",
    "define_grant",
    "define_group",
    "define_leader",
    "define_member",
    "define_post",
    "define_unit",
    "delegate",
    "duties_at_sign_in",
    "duties_of",
    "end_delegation",
    "end_grant",
    "end_holding",
    "end_leader",
    "end_member",
    "end_own_session",
    "end_sessions_of",
    "file_of_list",
    "fill_post",
    "forget_old_notices",
    "give_right",
    "hand_to_account",
    "hand_to_post",
    "has_second_factor",
    "hold_post",
    "join_group",
    "lead_group",
    "leave_group",
    "leave_lead",
    "note_organisation_export",
    "notify",
    "password_link",
    "read_accounts",
    "read_all_notices",
    "read_notice",
    "recovery_codes_left",
    "remove_second_factor",
    "renew_recovery_codes",
    "set_active",
    "set_password_by_link",
    "settle_notices",
    "sign_out_everywhere",
    "withdraw_right",
]
