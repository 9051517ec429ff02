"""trail verify: does the record still hold."""

import argparse
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, Stop, answer_json, prepare, say, unreachable


def register(commands: Any) -> None:
    trail = commands.add_parser("trail", help="the tamper-evident record")
    verbs = trail.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="walk the chain; exit 0 clean, 1 findings, 2 could not run")
    verify.add_argument("--deep", action="store_true", help="also compare every stored row with its newest entry")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    prepare()
    from django.db import Error

    from zhuanban.kit import workspace
    from zhuanban.trail import queries

    if not workspace.exists():
        raise Stop(f"There is no workspace in {workspace.root()}, so nothing was verified.")
    try:
        result = queries.verify(deep=options.deep)
    except FileNotFoundError as missing:
        raise Stop("The key secrets/trail.key is missing, so nothing was verified. Put it back from its safe place.") from missing
    except Error as failed:
        raise Stop(unreachable(failed)) from failed
    if options.json:
        answer_json(
            {
                "entries": result.entries, "rows": result.rows, "head": result.head_seq, "hash": result.head_hash,
                "findings": [
                    {"kind": f.kind, "table": f.table, "pk": f.pk, "detail": f.detail} for f in result.findings
                ],
            }
        )  # fmt: skip
    for f in result.findings:
        line = f"{f.kind} {f.table} {f.pk}{' (' + f.detail + ')' if f.detail else ''}"
        say(line) if options.json else print(line)  # noqa: T201
    say(f"{result.entries} entries, {result.rows} rows compared, {len(result.findings)} findings.")
    return DONE if result.is_clean else FINDINGS
