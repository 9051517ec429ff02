"""init, demo, doctor: making and examining workspaces."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from zhuanban.site.cli import COULD_NOT_RUN, DONE, FINDINGS, Stop, answer_json, need_workspace, prepare, say
from zhuanban.site.commands.packs import pack_folder


def register(commands: Any) -> None:
    init = commands.add_parser("init", help="make an empty workspace; with --answers or --ask also its three administrators")
    how = init.add_mutually_exclusive_group()
    how.add_argument("--answers", type=Path, metavar="FILE", help="names, plan and the administrators' accounts from a YAML file")
    how.add_argument("--ask", action="store_true", help="ask for the same one after the other")
    init.add_argument("--name-zh", default="专班", help="the zone's Chinese name")
    init.add_argument("--name-en", default="Task force", help="the zone's English name")
    init.set_defaults(run=run_init)
    demo = commands.add_parser("demo", help="make a workspace with invented data (does not serve)")
    demo.add_argument("--reset", action="store_true", help="rebuild an existing demo workspace")
    demo.set_defaults(run=run_demo)
    doctor = commands.add_parser("doctor", help="examine the workspace and the machine")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=run_doctor)


def run_init(options: argparse.Namespace) -> int:
    prepare()
    from django.db import Error

    from zhuanban.kit import workspace
    from zhuanban.site import workspaces
    from zhuanban.site.cli import unreachable

    if workspace.exists():
        raise Stop(f"There is a workspace in {workspace.root()} already; it was left as it is.")
    answers = _answers(options)
    folder = pack_folder(answers.plan) if answers and answers.plan else None
    config = workspace.WorkspaceConfig(
        answers.name_zh if answers else options.name_zh, answers.name_en if answers else options.name_en
    )
    try:
        links = workspaces.found(config, answers, folder)
    except (Error, OSError) as failed:
        raise Stop(unreachable(failed)) from failed
    for line in links:
        say(line)
    say(f"Workspace ready in {workspace.root()}. Keep its folder “secrets” also in a safe place: without it the record cannot be continued.")
    return DONE


def _answers(options: argparse.Namespace) -> Any:
    """What was answered, in a file or at the screen; None where nothing was asked."""
    from zhuanban.site import founding

    try:
        if options.answers:
            return founding.read(options.answers)
        return founding.ask(input, say) if options.ask else None
    except founding.Unusable as unusable:
        raise Stop(f"{unusable}\nNothing was made.") from unusable
    except EOFError as ended:
        raise Stop("The answers ended before all questions. Nothing was made.") from ended


def run_demo(options: argparse.Namespace) -> int:
    prepare()
    from django.db import Error

    from zhuanban.kit import workspace
    from zhuanban.site import demo
    from zhuanban.site.cli import unreachable

    root = workspace.root()
    if workspace.exists() and not options.reset:
        say(f"There is a workspace in {root} already; it was left as it is. “zhuanban demo --reset” rebuilds a demo.")
        return DONE if workspace.config().is_demo else COULD_NOT_RUN
    if workspace.exists() and not workspace.config().is_demo:
        raise Stop(f"The workspace in {root} holds real data and is not a demo, so it is not reset. Choose another directory.")
    if options.reset and workspace.exists():
        _remove_demo()
    elif root.is_dir() and any(root.iterdir()):
        raise Stop(f"{root} is neither empty nor a workspace, so nothing was written there. Choose another directory.")
    try:
        accounts = demo.build(say)
    except (Error, OSError) as failed:
        raise Stop(unreachable(failed)) from failed
    say(f"Demo workspace ready in {root} ({len(accounts)} accounts, listed in demo-accounts.txt).")
    return DONE


def _remove_demo() -> None:
    from django.db import connection

    from zhuanban.kit import workspace

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    connection.close()
    for name in ("zhuanban.sqlite3", "zhuanban.sqlite3-wal", "zhuanban.sqlite3-shm", "workspace.json", "demo-accounts.txt"):
        (workspace.root() / name).unlink(missing_ok=True)
    for name in ("secrets", "files"):
        shutil.rmtree(workspace.root() / name, ignore_errors=True)


def run_doctor(options: argparse.Namespace) -> int:
    prepare()
    need_workspace()
    from zhuanban.site import doctor

    findings = doctor.examine()
    if options.json:
        answer_json([{"name": each.name, "ok": each.ok, "detail": each.detail} for each in findings])
    else:
        for each in findings:
            say(f"{'ok  ' if each.ok else 'BAD '} {each.name}: {each.detail}")
    return DONE if all(each.ok for each in findings) else FINDINGS
