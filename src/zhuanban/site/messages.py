"""Sentences of the refusals that the site itself raises."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "sign_in_failed": _(
        "Name and password do not match an active account. Check both, also capital letters; "
        "a new password comes from the system administrator."
    ),
    "sign_in_locked": _(
        "Too many wrong passwords for this name: it is locked for a quarter of an hour. Wait, or ask the system administrator for a password link."
    ),
    "sign_in_too_many": _("Too many tries from this address. Wait a minute, then try again."),
    "sheet_missing": _("No file was chosen. Choose the sheet, then read it again."),
    "account_absent": _("There is no such account any more. Load the page again."),
    "roster_stale": _("What was shown is older than an hour or not yours, so nothing was made. Read the sheet again."),
    "passwords_differ": _("The two new passwords differ. Type the same one twice."),
    "port_unusable": _("Nothing was started: %(problem)s."),
    "backup_running": _(
        "Another backup or check is at work in %(folder)s, so none was started. Wait until it has ended and "
        "try again."
    ),
    "backup_not_written": _(
        "The backup could not be written to %(folder)s (%(problem)s), so there is none; nothing half-written "
        "was left. Make room or choose another place with --to, then try again."
    ),
    "backup_recipient_unusable": _(
        "“%(recipient)s” in backup_recipients of workspace.json is no public age key, so no backup was made: "
        "it could not have been opened again. Write public keys as age1…."
    ),
    "backup_tool_missing": _(
        "PostgreSQL's program %(tool)s is not on this machine, and without it the database cannot be copied "
        "or restored. Nothing was done. Install Debian's package postgresql-client, then try again."
    ),
    "backup_tool_failed": _(
        "PostgreSQL's program %(tool)s ended with an error (%(problem)s), so nothing was kept. Check "
        "DATABASE_URL and that the program is not older than the server, then try again."
    ),
    "backup_check_not_allowed": _(
        "The role of DATABASE_URL may not make a database, so the backup could not be tried out. Nothing was "
        "changed. Give it the right CREATEDB, or check with another role."
    ),
    "backup_unreadable": _(
        "%(file)s cannot be read (%(problem)s), so nothing was done. Check its name, place and permissions."
    ),
    "backup_foreign": _(
        "%(file)s is not a backup of Zhuanban: it holds no manifest. Nothing was restored. Choose a file that "
        "“zhuanban backup” wrote."
    ),
    "backup_damaged": _(
        "%(file)s is damaged or cut off and cannot be read to its end, so nothing was restored. Take another "
        "copy of it or an older backup."
    ),
    "backup_members_damaged": _(
        "%(file)s is not what was written (%(members)s), so nothing was restored. Take another copy of it or "
        "an older backup."
    ),
    "backup_contents_differ": _(
        "The database in %(file)s is not the one its manifest describes (%(differences)s), so nothing was "
        "restored. Take another copy of it or an older backup."
    ),
    "backup_too_new": _(
        "%(file)s was written by a newer version (%(product)s, format %(found)s); this one reads formats up "
        "to %(known)s. Nothing was restored. Install that version, then restore."
    ),
    "backup_unsafe": _(
        "%(file)s holds “%(member)s”, which no backup holds and which could write outside the directory, so "
        "nothing was restored. Somebody may have altered the file: take another copy."
    ),
    "backup_needs_identity": _(
        "%(file)s is encrypted, so it cannot be read without a key. Nothing was restored. Name the file with "
        "the private age key: --identity KEYFILE."
    ),
    "identity_unusable": _(
        "%(file)s holds no readable private age key, so the backup cannot be opened. Nothing was restored. "
        "Name a file with a line AGE-SECRET-KEY-1…."
    ),
    "backup_not_opened": _(
        "%(file)s cannot be opened with the key in %(identity)s: it was encrypted for another one, or the "
        "file is damaged. Nothing was restored. Try the other keys or another copy."
    ),
    "restore_not_empty": _(
        "%(folder)s is not an empty directory, and restoring would mix two workspaces, so nothing was written "
        "there. Name an empty or absent directory with --into."
    ),
    "restore_not_written": _(
        "The workspace could not be written to %(folder)s (%(problem)s); what had been written was removed "
        "again. Make room or choose another place."
    ),
    "restore_wants_sqlite": _(
        "The backup holds a SQLite database, but DATABASE_URL names a PostgreSQL server, so nothing was "
        "restored. Take DATABASE_URL out of the environment and try again."
    ),
    "restore_wants_postgresql": _(
        "The backup holds a PostgreSQL database, but no DATABASE_URL names a server, so nothing was restored. "
        "Make an empty database, name it in DATABASE_URL and try again."
    ),
    "restore_database_not_empty": _(
        "The database named in DATABASE_URL holds tables already, and restoring would mix two, so nothing was "
        "restored. Name an empty database."
    ),
    "check_not_run": _(
        "The restored backup could not be verified (%(problem)s), so it is not known whether it is sound. "
        "Settle that and check again."
    ),
    "keys_missing": _(
        "The folder secrets of the workspace lacks %(names)s, so this cannot be done. Put the keys back from "
        "their safe place, then try again."
    ),
    "key_file_exists": _(
        "%(file)s exists already and keys are never written over a file, so nothing was written. Name another "
        "file."
    ),
    "key_file_unwritable": _(
        "%(file)s cannot be written (%(problem)s), so the keys were not copied. Choose another place."
    ),
    "restored_without_key": _(
        "The workspace %(workspace)s was restored from a backup and lacks %(names)s, so its record cannot be "
        "continued and nothing was started. Put its folder secrets back from its safe place, then try again."
    ),
}
