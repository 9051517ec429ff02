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
    "files_too_many": _("%(count)s files at once are too many, at most %(most)s are taken. Nothing was saved: send them in parts."),
    "upload_infected": _("The scanner of this site does not let “%(file)s” in, so nothing was taken. Have the file checked where it comes from, and send a clean one."),
    "scanner_failed": _("The scanner of this site could not look at the file, so nothing was taken. Tell the system administrator and try again later."),
    "files_share_reached": _(
        "Your own attachments hold %(used)s MB; one account takes at most %(most)s MB, so that room is left for the others. "
        "Nothing was saved. Send smaller files, or ask the system administrator for more room."
    ),
    "files_quota_reached": _(
        "All attachments together hold %(used)s of %(most)s MB, so there is no room for these files and nothing was saved. "
        "Ask the system administrator for more room (files_quota_mb in workspace.json), or send smaller files."
    ),
}
