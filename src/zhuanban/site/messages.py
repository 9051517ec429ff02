"""Sentences of the refusals that the site itself raises."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "sign_in_failed": _(
        "Name and password do not match an active account. Check both, also capital letters; "
        "a new password comes from the system administrator."
    ),
    "port_unusable": _("Nothing was started: %(problem)s."),
}
