"""Making a workspace and bringing its tables up to date."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhuanban.kit import clock, sqlite_gate, workspace
from zhuanban.kit.workspace import WorkspaceConfig
from zhuanban.people import services as people
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import Post
from zhuanban.site.founding import ADMINISTRATORS, Answers
from zhuanban.trail import guard
from zhuanban.trail import queries as trail
from zhuanban.trail.services import reseal, work


class NotCleanBeforeMigration(Exception):
    """The record does not verify, so the tables are left as they are: migrating would hide what was changed."""


def make(config: WorkspaceConfig) -> None:
    """Create the directory, the keys and the tables of a new workspace."""
    _prepare()
    workspace.write_config(config)


def _prepare() -> None:
    """All of a workspace but its configuration, without which it does not count as one."""
    workspace.root().mkdir(parents=True, exist_ok=True)
    for name in ("django", "trail"):
        workspace.make_key(name)
    # Django was loaded before there was a key: the links that come next must be signed with the one that stays.
    settings.SECRET_KEY = workspace.key("django").decode("ascii")
    workspace.files_path().mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        connection.close()
        sqlite_gate.ensure_journal_mode(workspace.database_path())
    migrate()


def found(config: WorkspaceConfig, answers: Answers | None, plan: Path | None) -> list[str]:
    """Make a workspace and, where there are answers, its plan and administrators; returns what to say about them.

    There is no default account and no password: each administrator sets his own with a link that works once, for a day.
    When the plan or an account cannot be made, there is no workspace.
    """
    _prepare()
    said = _first_accounts(answers, plan) if answers else []
    workspace.write_config(config)
    return said


def _first_accounts(answers: Answers, plan: Path | None) -> list[str]:
    by = system_viewer("command line", kind="command")
    with work(by.actor, "建立工作区"):
        if plan is not None:
            # Reading plans takes a fifth of every command's start, and only founding reads one here.
            from zhuanban.plans.packs import load_pack
            from zhuanban.plans.services import apply_pack

            apply_pack(load_pack(plan), by=by)
        return [_administrator(who, answers, by) for who in ADMINISTRATORS]


def _administrator(who: str, answers: Answers, by: Viewer) -> str:
    code, role, name_zh, name_en = ADMINISTRATORS[who]
    if not Post.objects.filter(code=code).exists():
        people.define_unit(
            code="task_force_office", by=by, name_zh="专班办公室", name_en="Task force office", kind="department", is_office=True
        )
        people.define_post(code=code, by=by, unit="task_force_office", role=role, name_zh=name_zh, name_en=name_en)
    today = clock.today()
    people.define_grant(post=code, role=role, group=None, unit=None, since=today, by=by)
    user = people.create_account_for(username=answers.account(who), post=code, since=today, by=by)
    path = people.password_link(user_id=user.pk, by=by)
    address = answers.address.rstrip("/") or "http://127.0.0.1:8000"
    return f"{name_zh} / {name_en} “{user.username}”: {address}/account/link/{path}/"


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
