"""import figures: the same door as the import page, for programs and for the first load."""

import argparse
from pathlib import Path
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, Stop, answer_json, need_workspace, prepare, say


def register(commands: Any) -> None:
    imports = commands.add_parser("import", help="bring figures in from a sheet")
    verbs = imports.add_subparsers(dest="verb", required=True, metavar="WHAT")
    figures = verbs.add_parser("figures", help="monthly figures from .xlsx, .csv, .xls or .ods")
    figures.add_argument("file", type=Path)
    figures.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
    figures.add_argument("--json", action="store_true")
    figures.add_argument("--place", metavar="CODE", help="the place of rows that name none (default: the zone)")
    figures.add_argument("--answer", default="", metavar="TEXT", help="your word on the questions the sheet raises")
    figures.add_argument("--again", action="store_true", help="read a file once more that came in before")
    figures.set_defaults(run=run_figures)


def run_figures(options: argparse.Namespace) -> int:
    prepare()
    need_workspace()
    from zhuanban.indicators import services
    from zhuanban.kit.refusals import Refusal
    from zhuanban.people.access import system_viewer

    by = system_viewer("command line", kind="command")
    try:
        content = options.file.read_bytes()
    except OSError as failed:
        raise Stop(f"{options.file} cannot be read ({failed.strerror}). Nothing was imported. Check its name and place.") from failed
    try:
        reading = services.read_sheet(by=by, file_name=options.file.name, content=content, place_code=options.place)
        outcome = _outcome(reading)
        if not options.dry_run and not reading.errors:
            batch = services.stage_sheet(
                by=by, file_name=options.file.name, content=content, place_code=options.place, again=options.again
            )
            published = services.publish_batch(batch_id=batch.pk, by=by, version=batch.version, answer=options.answer)
            outcome["batch"], outcome["published"] = published.pk, published.figures.count()
    except Refusal as refused:
        return _refused(refused, options)
    _tell(outcome, options)
    return FINDINGS if reading.errors else DONE


def _outcome(reading: Any) -> dict[str, Any]:
    from zhuanban.kit.refusals import Problem

    return {
        "rows": len(reading.rows),
        "errors": len(reading.errors),
        "questions": len(reading.questions),
        "notices": len(reading.notices),
        "published": 0,
        "batch": None,
        "problems": [
            {
                "severity": p.severity.value,
                "code": p.code,
                "cell": p.where,
                "row": p.row,
                "message": Problem(p.code, p.facts, p.where).sentence,
            }
            for p in reading.problems
        ],
    }


def _refused(refused: Any, options: argparse.Namespace) -> int:
    if options.json:
        answer_json(
            {
                "rows": 0, "errors": len(refused.problems), "published": 0, "batch": None,
                "problems": [
                    {"severity": "error", "code": p.code, "cell": p.where, "row": 0, "message": p.sentence}
                    for p in refused.problems
                ],
            }
        )  # fmt: skip
    for problem in refused.problems:
        say(f"{problem.where}: {problem.sentence}" if problem.where else problem.sentence)
    return FINDINGS


def _tell(outcome: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        answer_json(outcome)
    for p in outcome["problems"]:
        say(f"{p['severity']} {p['cell'] or 'sheet'}: {p['message']}")
    if options.dry_run:
        say(f"Read {outcome['rows']} rows with {outcome['errors']} errors; nothing was stored (dry run).")
    elif outcome["errors"]:
        say(f"{outcome['errors']} errors, so nothing was published. Correct the sheet and import it again.")
    else:
        say(f"Published {outcome['published']} of {outcome['rows']} rows; the others were stored already.")
