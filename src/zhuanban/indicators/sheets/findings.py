"""What is wrong with which row: the rows to leave out, and the column of findings in a sheet that goes back."""

from collections.abc import Iterable

from zhuanban.indicators.sheets.figures import FigureRow, Severity, SheetProblem
from zhuanban.kit.spreadsheets.cells import Cell, Sheet, place

HEADINGS = ("核对结果", "Findings of the import")
"""What stands at the top of the column of findings, by language. A sheet that comes back with it is read without it."""

WHOLE_COLUMN = frozenset({"sheet_percent_mixed"})
"""Findings at one cell that put every figure of its column in doubt: which of two notations is right nobody can tell."""
BOTH_ROWS = frozenset({"sheet_row_contradicts"})
"""Findings at one row that put the row they speak of in doubt too: which of the two is right nobody can tell."""


def refused_rows(rows: Iterable[FigureRow], problems: Iterable[SheetProblem]) -> frozenset[tuple[str, int]]:
    """Sheet and number of every row that an error keeps from being published; a figure of another row never depends on it."""
    rows, found = list(rows), set[tuple[str, int]]()
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            continue
        found.add((problem.sheet, problem.row))
        if problem.code in BOTH_ROWS:
            found.add((str(problem.facts["first_sheet"]), int(problem.facts["first_row"])))
        if problem.code in WHOLE_COLUMN:
            found |= {(row.sheet, row.row) for row in rows if row.sheet == problem.sheet and _fills(row, problem.address)}
    return frozenset(found)


def rows_of(row: FigureRow) -> frozenset[tuple[str, int]]:
    """Sheet and number of every row that a figure was put together from."""
    numbers = {found[0] + 1 for cell in row.cells.values() if (found := place(cell))}
    return frozenset((row.sheet, number) for number in numbers | {row.row})


def _fills(row: FigureRow, address: str) -> bool:
    column = _column(address)
    return any(_column(cell) == column for cell in row.cells.values())


def _column(address: str) -> int | None:
    found = place(address)
    return found[1] if found else None


def without_findings(sheet: Sheet) -> Sheet:
    """The sheet without the column of findings that it went back with."""
    head = next((row for row in sheet.rows if any(not cell.is_blank for cell in row)), [])
    at = next((cell.column for cell in head if _is_heading(cell)), None)
    if at is None or any(not cell.is_blank for row in sheet.rows for cell in row[at + 1 :]):
        return sheet
    return Sheet(sheet.name, [row[:at] for row in sheet.rows], sheet.percent_known)


def _is_heading(cell: Cell) -> bool:
    return cell.kind == "text" and bool(cell.text.strip()) and cell.text.strip().splitlines()[0].strip() in HEADINGS
