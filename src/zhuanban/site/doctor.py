"""The doctor: whether this machine and workspace can carry the record."""

import os
import shutil
import stat
from dataclasses import dataclass
from datetime import timedelta

from django.core.checks import run_checks
from django.db import connection

from zhuanban.kit import clock, workspace
from zhuanban.site.backups import keys, making, restoring
from zhuanban.trail import triggers

ENOUGH_MB = 500
_OLDEST_BACKUP = timedelta(days=3)


@dataclass(frozen=True)
class Examination:
    """One thing looked at: its name, whether it is well, and what was seen or what to do."""

    name: str
    ok: bool
    detail: str


def examine() -> list[Examination]:
    """Everything the doctor looks at."""
    return [_database(), _keys(), _disk(), _record_triggers(), _backups(), _system_checks(), _documents()]


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
    missing = keys.missing_names()
    if keys.awaited():
        return Examination(
            "keys",
            False,
            "restored from a backup: the record cannot be continued until secrets/ is put back "
            f"(missing: {', '.join(keys.awaited())})",
        )
    if missing:
        return Examination("keys", False, f"missing: {', '.join(missing)}; put them back from their safe place")
    if loose:
        return Examination("keys", False, f"readable by others: {', '.join(loose)}; chmod 600 them")
    return Examination("keys", True, "present, readable by the owner only")


def _disk() -> Examination:
    free_mb = shutil.disk_usage(workspace.root()).free // (1024 * 1024)
    return Examination("disk", free_mb >= ENOUGH_MB, f"{free_mb} MB free")


def _record_triggers() -> Examination:
    missing = triggers.missing(connection)
    return Examination(
        "record", not missing, "all triggers in force" if not missing else f"missing triggers: {missing[:5]}"
    )


def _backups() -> Examination:
    now = clock.real_now()
    made = making.backups_in(making.folder_of_workspace())
    newest = f"newest {_age(now - made[-1][0])} ago ({made[-1][1].name})" if made else "none yet in backups/"
    check = restoring.last_check()
    checked = "no restore checked yet; run “zhuanban restore FILE --check”"
    if check:
        result = f"with {check[1]} findings" if check[1] else "clean"
        checked = f"last checked restore {_age(now - check[0])} ago, {result}"
    # Without any backup nothing is bad yet: a new workspace, or one that is backed up elsewhere.
    is_late = bool(made) and now - made[-1][0] > _OLDEST_BACKUP and not workspace.config().is_demo
    return Examination("backups", not is_late and not (check and check[1]), f"{newest}; {checked}")


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} h"


def _system_checks() -> Examination:
    found = [each for each in run_checks() if not each.is_silenced()]
    return Examination("checks", not found, "no findings" if not found else "; ".join(str(each) for each in found[:5]))


def _documents() -> Examination:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    note = "Word files can also be made into PDF" if office else "Word files only: LibreOffice is not installed"
    return Examination("documents", True, f"{note}; running as {'root' if os.geteuid() == 0 else 'an ordinary user'}")
