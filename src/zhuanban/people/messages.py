"""Sentences of the room's refusals."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "account_name_taken": _("There is an account “%(username)s” already. Choose another sign-in name, or change that account."),
    "account_off": _("The account is switched off, so nobody can sign in with it. Switch it on first."),
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
    "post_unknown": _("There is no such post. Choose one of the list."),
}
