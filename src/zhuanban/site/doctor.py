"""The doctor: whether this machine and workspace can carry the record."""

import os
import shutil
import stat
from dataclasses import dataclass

from django.core.checks import run_checks
from django.db import connection

from zhuanban.kit import workspace
from zhuanban.trail import triggers

_ENOUGH_MB = 500


@dataclass(frozen=True)
class Examination:
    """One thing looked at: its name, whether it is well, and what was seen or what to do."""

    name: str
    ok: bool
    detail: str


def examine() -> list[Examination]:
    """Everything the doctor looks at."""
    return [_database(), _keys(), _disk(), _record_triggers(), _system_checks(), _documents()]


def _database() -> Examination:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            return Examination("database", True, f"SQLite {version}, journal {cursor.fetchone()[0]}")
        cursor.execute("SHOW server_version")
        return Examination("database", True, f"PostgreSQL {cursor.fetchone()[0]}")


def _keys() -> Examination:
    loose = [
        path.name
        for path in sorted((workspace.root() / "secrets").glob("*.key"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    missing = [name for name in ("trail", "django") if not (workspace.root() / "secrets" / f"{name}.key").exists()]
    if missing:
        return Examination("keys", False, f"missing: {', '.join(missing)}; put them back from their safe place")
    if loose:
        return Examination("keys", False, f"readable by others: {', '.join(loose)}; chmod 600 them")
    return Examination("keys", True, "present, readable by the owner only")


def _disk() -> Examination:
    free_mb = shutil.disk_usage(workspace.root()).free // (1024 * 1024)
    return Examination("disk", free_mb >= _ENOUGH_MB, f"{free_mb} MB free")


def _record_triggers() -> Examination:
    missing = triggers.missing(connection)
    return Examination(
        "record", not missing, "all triggers in force" if not missing else f"missing triggers: {missing[:5]}"
    )


def _system_checks() -> Examination:
    found = run_checks()
    return Examination("checks", not found, "no findings" if not found else "; ".join(str(each) for each in found[:5]))


def _documents() -> Examination:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    note = "Word files can also be made into PDF" if office else "Word files only: LibreOffice is not installed"
    return Examination("documents", True, f"{note}; running as {'root' if os.geteuid() == 0 else 'an ordinary user'}")
