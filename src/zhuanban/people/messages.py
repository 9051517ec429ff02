"""Sentences of the room's refusals."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "account_name_taken": _("There is an account “%(username)s” already. Choose another sign-in name, or change that account."),
    "account_off": _("The account is switched off, so nobody can sign in with it. Switch it on first."),
    "account_unknown": _("There is no such account, or it is switched off. Choose one of the list."),
    "account_own": _("This is your own account: you cannot switch yourself off. Another system administrator can."),
    "account_last_administrator": _(
        "This is the last active account of the post “%(post)s”; without it nobody could do its work. Give the post to another account first."
    ),
    "day_unreadable": _("“%(asked)s” is not a day this page can show. Choose a day between 1900 and 2199, written like 2023-07-24."),
    "link_worthless": _(
        "This link sets no password any more: it was used, replaced by a newer one, or is older than a day. Ask the system administrator for a new one."
    ),
    "password_weak": _("%(why)s"),
    "password_wrong": _("This is not your present password, so nothing was changed. Check capital letters and the input method."),
    "post_held_already": _("The account holds the post “%(post)s” already."),
    "post_has_head": _(
        "“%(post)s” is held by the account “%(account)s” since %(since)s, and a post that heads something has one holder at a time. End that first, or choose a later day."
    ),
    "post_in_use": _("Somebody holds this post, now or from a later day. End that first; then the post can be switched off."),
    "post_leads": _("This post leads: %(what)s. Let another post lead first; then this one can be switched off."),
    "post_name_taken": _("The unit has a post “%(name)s” already. Choose a name that tells the two apart."),
    "handover_same": _("A post cannot be handed to itself. Choose another post, or another account for this one."),
    "handover_to_one": _("Choose either the account that takes the post or the post that takes its duties."),
    "holding_absent": _("Nobody holds the post any more in this way. Load the page again."),
    "group_unknown": _("There is no such group. Load the page again."),
    "leader_already": _("“%(post)s” leads this group already, on that day or from a later one."),
    "member_already": _("“%(unit)s” has this part in the group already, on that day or from a later one. End that first to change it."),
    "industry_unknown": _("There is no such industry. Load the page again."),
    "industry_dissolved": _("This industry is switched off, so no unit can answer for it. Switch it on first."),
    "industry_name_taken": _("There is an industry “%(name)s” already. Choose a name that tells the two apart."),
    "industry_in_use": _("Units still answer for this industry: %(what)s. End that first; then it can be switched off."),
    "industry_member_already": _("“%(unit)s” has this part in the industry already, on that day or from a later one. End that first to change it."),
    "industry_has_responsible": _(
        "“%(unit)s” is responsible for this industry from %(since)s, and an industry has one responsible unit at a time. End that first, or choose a later day."
    ),
    "tie_absent": _("This does not stand any more. Load the page again."),
    "roster_no_header": _("The sheet has no row with the headers “登录名” and “岗位” among its first ten. Start from the sample sheet."),
    "roster_empty": _("There is no account below the headers. Fill in one row for each account."),
    "roster_too_long": _("The sheet has %(rows)s accounts; one list may have %(most)s. Split it."),
    "roster_no_account": _("The sign-in name is missing. Fill it in, or empty the whole row."),
    "roster_post_unknown": _("There is no post “%(post)s” (unit: “%(unit)s”). Take unit and post from the second sheet of the sample."),
    "roster_post_unclear": _("Several posts are called “%(post)s”. Fill in the unit as well."),
    "roster_day": _("“%(text)s” is not a day. Write it like 2023-07-24, or leave the cell empty for today."),
    "unit_unknown": _("There is no such unit, or it is switched off. Choose one of the list."),
    "unit_cycle": _("A unit cannot stand under itself or under one of its own sections. Choose another unit above it."),
    "unit_name_taken": _("There is a unit “%(name)s” in this place already. Choose a name that tells the two apart."),
    "unit_in_use": _("The unit is still in use: %(what)s. End or move these first; then it can be switched off."),
    "post_unknown": _("There is no such post. Choose one of the list."),
    "password_same": _("The new password is the same as the present one, so nothing was changed. Choose another."),
    "leading_apart": _(
        "“%(post)s” and “%(other)s” would put leading and recording figures into one hand, and whoever leads has no way to a "
        "value. Nothing was changed. Choose another post or another person."
    ),
    "post_role_fixed": _(
        "“%(post)s” is held by somebody or has rights, so it becomes no administrator's and no leader's post, nor stops being one. "
        "Nothing was changed. Add a new post with the role and fill that."
    ),
    "administrators_apart": _(
        "The account holds the post “%(other)s”. System, security and audit administrator are three different people who hold no other post: choose another account for “%(post)s”."
    ),
    "notice_absent": _("There is no such notice. Load the page again."),
    "day_decided_so": _("This day is decided so already. Nothing was changed."),
    "code_wrong": _("The code is not right. Take the six digits that your telephone shows now, and check that its time is right; or use a recovery code that was not used yet."),
    "code_too_soon": _("After wrong codes (%(failures)s) the next one has to wait a while, longer each time. Wait a minute, then try again."),
    "factor_enrolled": _("This account has a second factor already. For a new telephone, ask the security administrator to remove the old one."),
    "factor_not_begun": _("There is no secret to confirm any more. Open the page anew and scan the new picture."),
    "factor_own": _("You cannot remove your own second factor. Another security administrator can."),
    "delegate_same": _("A post cannot act for itself. Choose another post."),
    "delegate_already": _("“%(post)s” acts for this post already on that day. End that first, or choose another day."),
    "delegate_administrator": _("“%(post)s” is an administrator's post: its work is not delegated. Fill the post with another account."),
    "delegate_to_administrator": _("“%(post)s” is an administrator's post, and administrators act for nobody. Choose another post."),
    "delegation_absent": _("This acting does not exist any more. Load the page again."),
    "dates_reversed": _("The end is not after the beginning. Choose a later day, or leave it empty."),
    "not_own_post": _("Only the holder of this post, or the system administrator, decides who acts for it. Ask one of them."),
    "grant_already": _("“%(post)s” has this right already, on that day or from a later one, so nothing was changed. Withdraw that first to give it from another day."),
    "grant_line_leads_nothing": _(
        "“%(line)s” leads no group on %(day)s, so a right along its line would reach nothing. Choose a post that leads, or a day from which it does."
    ),
    "grant_line_without_group": _(
        "“%(line)s” does not lead “%(group)s” on %(day)s, so the right would reach nothing. Choose “all” groups or one that it leads: %(led)s."
    ),
    "grant_absent": _("This right does not exist any more. Load the page again."),
    "grant_own": _("This is your own post: nobody gives himself rights or takes them. Another security administrator can."),
    "grant_apart": _("“%(post)s” would join an administrator's powers with others. System, security and audit administrators have no other right; choose another post."),
    "grant_leader": _("“%(post)s” is a leader's post. Leaders read, instruct and review, and write no figure; choose another post."),
}
