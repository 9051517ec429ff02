"""pack list, pack check, pack apply: a zone's plan as data."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, Stop, answer_json, need_workspace, prepare, say


def register(commands: Any) -> None:
    pack = commands.add_parser("pack", help="check and apply a zone's plan")
    verbs = pack.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="the packs that come with the product")
    listing.set_defaults(run=run_list)
    check = verbs.add_parser("check", help="report every mistake of a pack with file and line (needs no workspace)")
    check.add_argument("pack", help="a pack's name or folder")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)
    apply = verbs.add_parser("apply", help="bring the workspace to what the pack says; twice changes nothing")
    apply.add_argument("pack", help="a pack's name or folder")
    apply.add_argument("--json", action="store_true")
    apply.set_defaults(run=run_apply)


def pack_folder(named: str) -> Path:
    """The folder of a pack by its name or path. Raises Stop where there is none."""
    from zhuanban.plans.packs import builtin_folder

    if Path(named).is_dir():
        return Path(named)
    folder = builtin_folder(named)
    if not folder.is_dir():
        raise Stop(f"There is no pack “{named}”: neither a folder of that name nor one that comes with the product.")
    return folder


def run_list(options: argparse.Namespace) -> int:
    del options
    from zhuanban.plans.packs import builtin_folder

    for folder in sorted(builtin_folder("x").parent.iterdir()):
        if (folder / "pack.yaml").is_file():
            say(folder.name)
    return DONE


def _is_chinese() -> bool:
    import os

    return (os.environ.get("ZHUANBAN_LANGUAGE") or os.environ.get("LANG") or "").startswith("zh")


def run_check(options: argparse.Namespace) -> int:
    from zhuanban.plans.packs import check_pack

    problems = check_pack(pack_folder(options.pack))
    if options.json:
        answer_json(
            [
                {"file": p.file, "line": p.line, "code": p.code, "message_zh": p.message_zh, "message_en": p.message_en}
                for p in problems
            ]
        )
    else:
        for p in problems:
            say(f"{p.file}:{p.line}: {p.message_zh if _is_chinese() else p.message_en} [{p.code}]")
        say(f"{len(problems)} problems" if problems else "The pack is in order.")
    return FINDINGS if problems else DONE


def run_apply(options: argparse.Namespace) -> int:
    prepare()
    need_workspace()
    from zhuanban.people.access import system_viewer
    from zhuanban.plans.packs import check_pack, load_pack
    from zhuanban.plans.services import apply_pack

    folder = pack_folder(options.pack)
    if problems := check_pack(folder):
        raise Stop(f"The pack has {len(problems)} problems, so nothing was changed. See “zhuanban pack check”.", FINDINGS)
    summary = apply_pack(load_pack(folder), by=system_viewer("command line", kind="command"))
    parts = {"created": summary.created, "changed": summary.changed, "retired": summary.retired, "left": summary.left}
    if options.json:
        answer_json(
            {
                **{name: [f"{each.kind} {each.code}" for each in found] for name, found in parts.items()},
                "name_pending": summary.name_pending,
            }
        )
        return DONE
    if summary.is_unchanged:
        say("The workspace says already what the pack says; nothing was changed.")
    for name, found in parts.items():
        if found:
            kinds = Counter(each.kind for each in found)
            say(f"{name}: {', '.join(f'{count} {_plural(kind)}' for kind, count in kinds.items())}")
    if summary.name_pending:
        say(f"The plan does not give the names of these units; fill them in: {', '.join(summary.name_pending)}")
    return DONE


def _plural(kind: str) -> str:
    if kind.endswith("s"):
        return kind
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
