"""Generated triggers: whatever changes an audited row, by whatever way, leaves a note that the seal must take up."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from zhuanban.trail.audited import AuditedTable, audited_tables

_GUARDED = ("trail_entry",)

_PG_FUNCTIONS = """
CREATE OR REPLACE FUNCTION trail_note() RETURNS trigger LANGUAGE plpgsql AS $note$
DECLARE new_pk text; old_pk text;
BEGIN
  IF TG_OP <> 'DELETE' THEN new_pk := to_jsonb(NEW) ->> TG_ARGV[0]; END IF;
  IF TG_OP <> 'INSERT' THEN old_pk := to_jsonb(OLD) ->> TG_ARGV[0]; END IF;
  IF TG_OP <> 'INSERT' AND old_pk IS DISTINCT FROM new_pk THEN
    INSERT INTO trail_pending (tbl, pk_text, op, tx) VALUES (TG_TABLE_NAME, old_pk, 'D', txid_current());
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO trail_pending (tbl, pk_text, op, tx) VALUES (TG_TABLE_NAME, new_pk, left(TG_OP, 1), txid_current());
  END IF;
  RETURN NULL;
END $note$;
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN RAISE EXCEPTION 'the trail is append-only'; END $refuse$;
"""


def _sqlite(table: AuditedTable) -> dict[str, str]:
    note = "INSERT INTO trail_pending (tbl, pk_text, op, tx) "
    name, pk = table.name, f'"{table.pk}"'
    return {
        f"trail_i_{name}": f'CREATE TRIGGER "trail_i_{name}" AFTER INSERT ON "{name}" BEGIN '
        f"{note}VALUES ('{name}', NEW.{pk}, 'I', 0); END",
        f"trail_u_{name}": f'CREATE TRIGGER "trail_u_{name}" AFTER UPDATE ON "{name}" BEGIN '
        f"{note}SELECT '{name}', OLD.{pk}, 'D', 0 WHERE OLD.{pk} IS NOT NEW.{pk}; "
        f"{note}VALUES ('{name}', NEW.{pk}, 'U', 0); END",
        f"trail_d_{name}": f'CREATE TRIGGER "trail_d_{name}" AFTER DELETE ON "{name}" BEGIN '
        f"{note}VALUES ('{name}', OLD.{pk}, 'D', 0); END",
    }


def _sqlite_guards() -> dict[str, str]:
    return {
        f"trail_guard_{verb.lower()}_{table}": f'CREATE TRIGGER "trail_guard_{verb.lower()}_{table}" BEFORE {verb} '
        f"ON {table} BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
        for table in _GUARDED
        for verb in ("UPDATE", "DELETE")
    }


def _postgres(table: AuditedTable) -> dict[str, str]:
    name = table.name
    return {
        f"trail_n_{name}": f'CREATE TRIGGER "trail_n_{name}" AFTER INSERT OR UPDATE OR DELETE ON "{name}" '
        f"FOR EACH ROW EXECUTE FUNCTION trail_note('{table.pk}')"
    }


def _postgres_guards() -> dict[str, str]:
    return {
        f"trail_guard_{table}": f'CREATE TRIGGER "trail_guard_{table}" BEFORE UPDATE OR DELETE ON {table} '
        "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
        for table in _GUARDED
    }


def _is_sqlite(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "sqlite"


def wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Every trigger that must exist: name → (table, statement)."""
    make, guards = (_sqlite, _sqlite_guards) if _is_sqlite(connection) else (_postgres, _postgres_guards)
    present = set(connection.introspection.table_names())
    result = {
        name: (table.name, statement)
        for table in audited_tables().values()
        if table.name in present
        for name, statement in make(table).items()
    }
    for name, statement in guards().items():
        result[name] = ("trail_entry", statement)
    return result


def existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers in force now: name → statement on SQLite, name → state on PostgreSQL ('O' = enabled)."""
    with connection.cursor() as cursor:
        if _is_sqlite(connection):
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail_%'")
        else:
            cursor.execute(
                "SELECT tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = current_schema() "
                "WHERE NOT tgisinternal AND tgname LIKE 'trail%'"
            )
        return dict(cursor.fetchall())


def missing(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(table, trigger) of every trigger that is absent, changed or switched off."""
    there = existing(connection)
    result = []
    for name, (table, statement) in sorted(wanted(connection).items()):
        expected = statement if _is_sqlite(connection) else "O"
        # PostgreSQL cuts names at 63 bytes.
        found = there.get(name) if _is_sqlite(connection) else there.get(name[:63])
        if found != expected:
            result.append((table, name))
    return result


def install(using: str = "default") -> None:
    """Make every wanted trigger, replacing older ones."""
    connection = connections[using]
    if "trail_pending" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if not _is_sqlite(connection):
            cursor.execute(_PG_FUNCTIONS)
        there = existing(connection)
        for name, (table, statement) in wanted(connection).items():
            if _is_sqlite(connection):
                if there.get(name) == statement:
                    continue
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
            cursor.execute(statement)


def drop_guards(using: str = "default") -> None:
    """Take the append-only guards away; tests that empty the database between runs need it."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _sqlite_guards() if _is_sqlite(connection) else ():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
