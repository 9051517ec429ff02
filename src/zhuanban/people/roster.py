"""Reading a list of accounts from a sheet: which account, for which post, from which day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from zhuanban.kit.refusals import Problem
from zhuanban.kit.spreadsheets import Cell, Sheet

MOST_ROWS = 500
"""As many accounts as one list may have."""

_HEADERS = {
    "account": ("登录名", "账号", "用户名", "account", "sign-in name", "username"),
    "unit": ("单位", "部门", "所属单位", "unit", "department"),
    "post": ("岗位", "职务", "post"),
    "since": ("开始日期", "任职日期", "起始日期", "from", "since"),
}
_SEARCHED_ROWS = 10
"""A list may have titles above its header; below the tenth row nothing is taken for one."""


@dataclass(frozen=True)
class RosterRow:
    """One account to be made: its sign-in name, the code and label of its post, from when; and where it stood."""

    username: str
    post: str
    label: str
    since: date
    at: str


@dataclass(frozen=True)
class KnownPost:
    """A post that may be named: its code, and how unit and post are called, in both languages."""

    code: str
    label: str
    units: tuple[str, ...]
    names: tuple[str, ...]


def read_roster(sheets: Sequence[Sheet], posts: Sequence[KnownPost], today: date) -> tuple[list[RosterRow], list[Problem]]:
    """The rows of the first sheet that has the header, and every problem at its cell.

    The post is found by unit and name, or by its name alone where only one post is called so.
    """
    for sheet in sheets:
        found = _header(sheet)
        if found is not None:
            return _rows(sheet, *found, posts, today)
    return [], [Problem("roster_no_header")]


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for cell in row:
            key = next((key for key, words in _HEADERS.items() if _plain(cell.text) in words), None)
            if key is not None:
                columns.setdefault(key, cell.column)
        if {"account", "post"} <= columns.keys():
            return number, columns
    return None


def _rows(
    sheet: Sheet, header: int, columns: Mapping[str, int], posts: Sequence[KnownPost], today: date
) -> tuple[list[RosterRow], list[Problem]]:
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    for number in range(header + 1, len(sheet.rows)):
        cells = {key: sheet.cell(number, column) for key, column in columns.items()}
        if all(cell.is_blank for cell in cells.values()):
            continue
        row = _row(cells, posts, today, problems)
        if row is not None:
            rows.append(row)
    if not rows and not problems:
        problems.append(Problem("roster_empty"))
    if len(rows) > MOST_ROWS:
        problems.append(Problem("roster_too_long", {"most": MOST_ROWS, "rows": len(rows)}))
    return rows, problems


def _row(cells: Mapping[str, Cell], posts: Sequence[KnownPost], today: date, problems: list[Problem]) -> RosterRow | None:
    account, faults = cells["account"], []
    if account.is_blank:
        faults.append(Problem("roster_no_account", where=account.address))
    unit = cells["unit"].text.strip() if "unit" in cells else ""
    found = [post for post in posts if _is_named(post, unit, cells["post"].text.strip())]
    if len(found) != 1:
        code = "roster_post_unknown" if not found else "roster_post_unclear"
        faults.append(Problem(code, {"unit": unit, "post": cells["post"].text.strip()}, cells["post"].address))
    since = _day(cells.get("since"), today)
    if since is None:
        faults.append(Problem("roster_day", {"text": cells["since"].text}, cells["since"].address))
    problems.extend(faults)
    if faults or since is None:
        return None
    return RosterRow(account.text.strip(), found[0].code, found[0].label, since, account.address)


def _is_named(post: KnownPost, unit: str, name: str) -> bool:
    return bool(name) and name in (post.code, post.label, *post.names) and (not unit or unit in post.units)


def _day(cell: Cell | None, today: date) -> date | None:
    if cell is None or cell.is_blank:
        return today
    if cell.day is not None:
        return cell.day
    try:
        return date.fromisoformat(cell.text.strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()
