"""Which tables are audited: all, but for those named here."""

from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

UNAUDITED = (
    # framework bookkeeping without business facts
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    # sessions, tasks, form keys: short-lived and written outside business work
    "django_session",
    "django_tasks_database_dbtaskresult",
    "kit_formkey",
    # what an account keeps for itself: readings of lists, texts not sent yet, up to when it saw what changed
    "kit_followed",
    "kit_savedview",
    "kit_draft",
    "kit_visitmark",
    "people_opensession",
    # what readers were told, and how they want to be told: what happened stands in the record itself
    "people_notice",
    "people_noticechoice",
    # counts of wrong passwords and codes, written by whoever tries; enrolling and removing a factor are events
    "kit_tries",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accesslog",
    "axes_accessfailurelog",
    "otp_totp_totpdevice",
    "otp_static_staticdevice",
    "otp_static_statictoken",
    # the record itself
    "trail_entry",
    "trail_payload",
    "trail_head",
    "trail_pending",
    # what verifications in the browser found; the record itself is the proof
    "trail_checkrun",
)
"""Every table whose changes are not recorded. A test holds this list against the models."""


@dataclass(frozen=True)
class AuditedTable:
    """A table of the record: its name, primary key column and all columns in order of their names."""

    name: str
    pk: str
    columns: tuple[str, ...]


@lru_cache(maxsize=1)
def audited_tables() -> dict[str, AuditedTable]:
    """All audited tables by name."""
    found: dict[str, AuditedTable] = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or not meta.managed or meta.db_table in UNAUDITED:
            continue
        columns = tuple(sorted(str(field.column) for field in meta.concrete_fields))
        assert meta.pk is not None, "every table has a primary key"
        found[meta.db_table] = AuditedTable(meta.db_table, str(meta.pk.column), columns)
    return found


def stored_tables(connection: BaseDatabaseWrapper) -> dict[str, AuditedTable]:
    """The audited tables that the database holds, with the columns they have there.

    Before a migration these are the old ones, so that the record can be verified before anything is changed.
    """
    found: dict[str, AuditedTable] = {}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for name, table in audited_tables().items():
            if name in present:
                described = connection.introspection.get_table_description(cursor, name)
                found[name] = AuditedTable(name, table.pk, tuple(sorted(column.name for column in described)))
    return found
