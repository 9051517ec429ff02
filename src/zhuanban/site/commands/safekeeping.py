"""backup, restore, key export: keeping what the zone owns, and getting it back."""

import argparse
from pathlib import Path
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, Stop, prepare, say


def register(commands: Any) -> None:
    backup = commands.add_parser("backup", help="write one backup while the site runs; its path on standard output")
    backup.add_argument("--to", type=Path, metavar="DIR", help="where to (default: backups/ in the workspace)")
    backup.add_argument("--keep", type=_positive, default=14, metavar="N", help="how many of the newest stay (default 14)")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="make a workspace from a backup, or check that one could")
    restore.add_argument("file", type=Path, metavar="FILE")
    aim = restore.add_mutually_exclusive_group(required=True)
    aim.add_argument("--into", type=Path, metavar="DIR", help="an empty or absent directory")
    aim.add_argument("--check", action="store_true", help="restore, verify with this workspace's keys, and remove again")
    restore.add_argument("--identity", type=Path, metavar="KEYFILE", help="the private age key of an encrypted backup")
    restore.set_defaults(run=run_restore)
    key = commands.add_parser("key", help="the workspace's keys")
    verbs = key.add_subparsers(dest="verb", required=True, metavar="VERB")
    export = verbs.add_parser("export", help="copy the keys into a file for safe-keeping")
    export.add_argument("--to", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=run_export)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of backups; write 1 or more")
    return int(text)


def _need_a_workspace() -> None:
    """Stop where there is none. Its tables are left as they are: a backup comes before an upgrade, not after."""
    from zhuanban.kit import workspace

    if not workspace.exists():
        raise Stop(f"There is no workspace in {workspace.root()}, so nothing was done. Name another with --workspace.")


def run_backup(options: argparse.Namespace) -> int:
    prepare()
    _need_a_workspace()
    from zhuanban.kit import workspace
    from zhuanban.site.backups import making

    made = making.make(options.to.absolute() if options.to else None, keep=options.keep)
    if not workspace.config().backup_recipients:
        say("The backup is not encrypted: workspace.json names no backup_recipients. Keep it where only you can read it.")
    print(made)  # noqa: T201
    return DONE


def run_restore(options: argparse.Namespace) -> int:
    prepare()
    return _check(options) if options.check else _restore(options)


def _restore(options: argparse.Namespace) -> int:
    from zhuanban.site.backups import restoring

    into = options.into.absolute()
    manifest = restoring.restore(options.file, into, options.identity)
    say(
        f"Workspace restored in {into}: the state of {manifest.made_at}, {manifest.head_seq} entries in the record. "
        "Put its folder “secrets” back now, then run “zhuanban doctor” and “zhuanban trail verify --deep”."
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    _need_a_workspace()
    from zhuanban.site.backups import restoring

    result = restoring.check(options.file, options.identity)
    for each in result.findings:
        print(each)  # noqa: T201
    if not result.findings:
        print("ok")  # noqa: T201
    say(f"{options.file.name}: restored and verified, {result.entries} entries, {len(result.findings)} findings.")
    return FINDINGS if result.findings else DONE


def run_export(options: argparse.Namespace) -> int:
    prepare()
    _need_a_workspace()
    from zhuanban.kit import workspace
    from zhuanban.site.backups import keys

    target = options.to.absolute()
    keys.export(target)
    say(
        f"The keys are in {target}. Keep it off this machine, apart from the backups. "
        f"They are put back with: tar -xpf {target} -C {workspace.root()}"
    )
    return DONE
