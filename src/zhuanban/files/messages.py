"""Sentences of the room's refusals."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "file_changed": _(
        "The stored file “%(file)s” is not what was handed in on %(on)s: its content has changed on the server. It is "
        "not handed out, so that nobody relies on it. Tell the audit administrator, and ask %(by)s to hand it in again."
    ),
    "file_missing": _(
        "The stored file “%(file)s”, handed in on %(on)s, is not in its place on the server. Tell the system "
        "administrator to restore it from the backup, or ask %(by)s to hand it in again."
    ),
}
