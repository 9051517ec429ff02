"""The system administrator's page: how the installation is, its backups, and what its worker could not do."""

import shutil
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from zhuanban.kit import clock, workspace
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.site.backups import keys, making, restoring
from zhuanban.site.doctor import ENOUGH_MB
from zhuanban.trail import triggers

KEPT_TASKS = timedelta(days=7)
"""So long the worker's finished tasks are kept to be looked at."""

SHOWN = 50

_EVENTS: dict[str, Any] = {
    "figures.published": gettext_lazy("Figures were published: alerts are looked at anew"),
    "filings.signed": gettext_lazy("A filing was signed"),
    "filings.answered": gettext_lazy("A filing was received or sent back"),
    "alerts.raised": gettext_lazy("Alerts were raised: those who explain them are told"),
    "matters.changed": gettext_lazy("A matter moved"),
    "matters.climbed": gettext_lazy("Matters were reported up"),
}
_TASKS: dict[str, Any] = {
    "zhuanban.site.audit.verify_record": gettext_lazy("Verification of the record"),
    "zhuanban.site.system.make_backup": gettext_lazy("Backup"),
}


@policy("system.run")
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    counts = {status: DBTaskResult.objects.filter(status=status).count() for status in ("READY", "RUNNING", "FAILED")}
    failed = DBTaskResult.objects.filter(status="FAILED").order_by("-finished_at")[:SHOWN]
    context = {
        "states": _states(), "backups": _backups(), "check": restoring.last_check(), "counts": counts,
        "failed": [_failed(each) for each in failed],
        "breadcrumbs": [{"label": _("System")}],
    }  # fmt: skip
    return render(request, "site/system.html", context)


@policy("system.run")
@require_POST
@once
def backup(request: HttpRequest) -> HttpResponse:
    """Have a backup made by the worker."""
    make_backup.enqueue()
    messages.success(request, _("A backup is ordered. Load the page again in a moment."))
    return redirect("system")


@policy("system.run")
@require_POST
@once
def again(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Let a failed task wait again."""
    found = DBTaskResult.objects.filter(pk=task_id, status="FAILED")
    if not found.update(status="READY", started_at=None, finished_at=None, exception_class_path="", traceback=""):
        raise Http404
    messages.success(request, _("The task waits again; the worker takes it in a moment."))
    return redirect("system")


@task()
def make_backup() -> None:
    """The worker's part of ``backup``."""
    making.make()


def forget_done() -> int:
    """Drop tasks that ended well some days ago, for the tick; returns how many."""
    return DBTaskResult.objects.filter(status="SUCCESSFUL", finished_at__lt=clock.real_now() - KEPT_TASKS).delete()[0]


def _states() -> list[dict[str, Any]]:
    """What a running installation needs: a name, whether it is well, and what to say of it."""
    free = shutil.disk_usage(workspace.root()).free // (1024 * 1024)
    missing_keys, missing_triggers = keys.missing_names(), triggers.missing(connection)
    return [
        {"name": _("Database"), "ok": True, "detail": "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"},
        {"name": _("Free disk"), "ok": free >= ENOUGH_MB, "detail": _("%(free)s MB") % {"free": free}},
        {
            "name": _("Keys"), "ok": not missing_keys,
            "detail": _("missing: %(names)s. Put them back from their safe place.") % {"names": "、".join(missing_keys)}
            if missing_keys else _("present"),
        },
        {
            "name": _("Record"), "ok": not missing_triggers,
            "detail": _("triggers missing: %(count)s. Run zhuanban doctor.") % {"count": len(missing_triggers)}
            if missing_triggers else _("all triggers in force"),
        },
    ]  # fmt: skip


def _backups() -> list[dict[str, Any]]:
    """The backups in the workspace, the newest first."""
    found = reversed(making.backups_in(making.folder_of_workspace()))
    return [
        {"at": at, "name": path.name, "megabytes": max(path.stat().st_size // (1024 * 1024), 1), "age": _age(at)}
        for at, path in found
    ]


def _age(at: datetime) -> str:
    hours = int((clock.real_now() - at).total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    return ngettext("%(n)s day ago", "%(n)s days ago", hours // 24) % {"n": hours // 24}


def _failed(each: Any) -> dict[str, Any]:
    """A failed task in words. Of its failure only the sort is shown: its text could quote what is confidential."""
    arguments = each.args_kwargs.get("args", [])
    event = arguments[0] if each.task_path == "zhuanban.kit.events.deliver" and arguments else ""
    return {
        "id": each.pk, "at": each.finished_at, "name": str(_EVENTS.get(event) or _TASKS.get(each.task_path) or event or each.task_path),
        "why": each.exception_class_path.rsplit(".", 1)[-1],
    }  # fmt: skip
