"""Sentences of the SQLite gate's refusals."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "sqlite_on_network": _(
        "The database file %(file)s lies on a network file system (%(kind)s), where file locks do not hold and the "
        "record could be damaged, so nothing was started. Move the workspace to a local disk, or use PostgreSQL "
        "through DATABASE_URL."
    ),
    "sqlite_in_use": _(
        "Another program has the database file %(file)s open, so its journal could not be set to %(journal)s, the only "
        "safe one here. Nothing was started. End the other program and start again."
    ),
    "served_already": _(
        "This workspace is already being served by process %(pid)s at %(address)s; two servers on one database file "
        "would get in each other's way. Use that one, or end it first."
    ),
}
