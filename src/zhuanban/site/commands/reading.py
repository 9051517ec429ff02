"""lights and report: what the pages show, for programs and for paper."""

import argparse
import re
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, Stop, answer_json, need_workspace, prepare, say

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def register(commands: Any) -> None:
    lights = commands.add_parser("lights", help="the lights of a month")
    _month_options(lights)
    lights.add_argument("--json", action="store_true")
    lights.set_defaults(run=run_lights)
    report = commands.add_parser("report", help="documents")
    verbs = report.add_subparsers(dest="verb", required=True, metavar="KIND")
    monthly = verbs.add_parser("monthly", help="the month's analysis as a Word file")
    _month_options(monthly)
    monthly.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.docx")
    monthly.set_defaults(run=run_monthly)


def _month_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", required=True, metavar="YYYY-MM", type=_month)
    command.add_argument("--as-known", metavar="DATE", type=_end_of_day, help="as known at the end of that day")


def _month(text: str) -> tuple[int, int]:
    found = _MONTH.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"“{text}” is no month; write it as 2023-06")
    return int(found.group(1)), int(found.group(2))


def _end_of_day(text: str) -> datetime:
    from zhuanban.kit.clock import SHANGHAI

    try:
        given = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it as 2023-07-20") from unreadable
    if given.tzinfo is None:
        given = given.replace(tzinfo=SHANGHAI)
    return datetime.combine(given.date(), time.max, given.tzinfo) if len(text) == 10 else given


def run_lights(options: argparse.Namespace) -> int:
    prepare()
    need_workspace()
    from zhuanban.indicators import queries
    from zhuanban.people.access import system_viewer

    year, month = options.month
    board = queries.board(
        viewer=system_viewer("command line", kind="command"), year=year, month=month, as_known=options.as_known
    )
    if options.json:
        names = {group.code: group.name_zh for group in board.groups}
        answer_json([_row(row, names) for row in board.rows])
    else:
        for row in board.rows:
            say(f"{row.light:6} {row.code:28} {_shown(row.growth_pct):>8} {_shown(row.city_growth_pct):>8}  {row.name}")
    return DONE


def _row(row: Any, group_names: dict[str, str]) -> dict[str, Any]:
    target = row.target
    return {
        "code": row.code,
        "name": row.name_zh,
        "name_en": row.name_en,
        "group": row.group_code or None,
        "group_name": group_names.get(row.group_code),
        "dept": row.dept_zh or None,
        "dept_code": row.dept_code or None,
        "unit": row.measure,
        "period": row.period.key if row.period else None,
        "status": row.status or None,
        "level": _number(row.level),
        "growth_pct": _number(row.growth_pct),
        "city_growth_pct": _number(row.city_growth_pct),
        "gap_pp": _number(row.gap_pp),
        "rank": row.rank,
        "rank_of": row.rank_of,
        "target": _number(target.value) if target else None,
        "target_kind": target.kind if target else None,
        "target_operator": target.operator if target else None,
        "target_to_date": _number(target.to_date) if target else None,
        "light": row.light,
        "provisional": row.provisional,
        "reasons": [reason.code for reason in row.verdict.reasons],
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _shown(value: Decimal | None) -> str:
    from zhuanban.calc.rounding import shown

    return shown(value)


def run_monthly(options: argparse.Namespace) -> int:
    prepare()
    need_workspace()
    from zhuanban.kit.refusals import Refusal
    from zhuanban.people.access import system_viewer
    from zhuanban.reports.services import monthly_analysis

    year, month = options.month
    if options.output.suffix.lower() != ".docx":
        raise Stop(f"{options.output} does not end in .docx; the analysis is a Word file. Nothing was written.")
    try:
        content = monthly_analysis(
            viewer=system_viewer("command line", kind="command"), year=year, month=month, as_known=options.as_known
        )
        options.output.write_bytes(content)
    except Refusal as refused:
        say(str(refused))
        return FINDINGS
    except OSError as failed:
        raise Stop(f"{options.output} cannot be written ({failed.strerror}). Choose another place.") from failed
    say(f"Written: {options.output}")
    return DONE
