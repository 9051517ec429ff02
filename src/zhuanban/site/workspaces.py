"""Making a workspace and bringing its tables up to date."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhuanban.kit import sqlite_gate, workspace
from zhuanban.kit.workspace import WorkspaceConfig
from zhuanban.trail import guard
from zhuanban.trail import queries as trail
from zhuanban.trail.services import reseal


class NotCleanBeforeMigration(Exception):
    """The record does not verify, so the tables are left as they are: migrating would hide what was changed."""


def make(config: WorkspaceConfig) -> None:
    """Create the directory, the keys and the tables of a new workspace."""
    workspace.root().mkdir(parents=True, exist_ok=True)
    for name in ("django", "trail"):
        workspace.make_key(name)
    workspace.files_path().mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        connection.close()
        sqlite_gate.ensure_journal_mode(workspace.database_path())
    migrate()
    workspace.write_config(config)


def migrate(say: Callable[[str], None] | None = None) -> bool:
    """Apply waiting migrations; rows whose stored form changed are sealed anew. Returns whether there was anything.

    Raises NotCleanBeforeMigration when the record does not verify beforehand.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return False
    first = "trail_entry" not in connection.introspection.table_names()
    if not first and not trail.verify(deep=True).is_clean:
        raise NotCleanBeforeMigration
    if say is not None and not first:
        say(f"applying {len(plan)} migrations")
    with guard.writes_open():
        call_command("migrate", interactive=False, verbosity=0)
    if not first:
        reseal("migration")
    return True
