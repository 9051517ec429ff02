"""Reading a file of figures: all sheets, all rows, all problems at once."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from zhuanban.indicators.sheets.catalogue import ReadOptions, SheetCatalogue
from zhuanban.indicators.sheets.checks import check_percents, check_rows
from zhuanban.indicators.sheets.figures import FigureRow, Severity, SheetProblem, SheetReading
from zhuanban.indicators.sheets.findings import refused_rows, without_findings
from zhuanban.indicators.sheets.layout import Layout, find_layout
from zhuanban.indicators.sheets.row_context import Carried, Problems, RowContext
from zhuanban.indicators.sheets.rows import PercentCell, read_row
from zhuanban.indicators.sheets.suggestions import Suggestions
from zhuanban.kit.spreadsheets.cells import Cell, Sheet

_FOOTER = re.compile(
    r"^(?:注|备注|说明|填报人|填表人|审核人|审核|负责人|单位负责人|制表|联系电话|填报单位|数据来源|资料来源)[:：]|^注\d|^\*"
)
_SOURCE = re.compile(r"(?:数据|资料)来源[:：]\s*(.{2,60})")
_GRID_COLUMNS = 60
# What stands above a table that was not found is in the rows in which its header was searched.
_GRID_ROWS_WITHOUT_TABLE = 30
LEFT_OUT = "…"
MAX_PROBLEMS = 500
MAX_ROWS = 20_000
"""Filled rows of all sheets of a file: a year of every indicator of every place has some thousand."""


def read_figures(
    sheets: list[Sheet], catalogue: SheetCatalogue, *, file_name: str = "", options: ReadOptions | None = None
) -> SheetReading:
    """All figures of a file and everything found in it; pure, nothing is written and nothing guessed.

    Sheets on which no table of figures stands are passed over with a notice, as long as another one has a table.
    """
    options = replace(options or ReadOptions(), file_name=file_name or (options.file_name if options else ""))
    rows: list[FigureRow] = []
    problems: list[SheetProblem] = []
    headless: list[SheetProblem] = []
    read: list[Sheet] = []
    tables: list[Layout] = []
    source = ""
    suggestions = Suggestions(catalogue)
    sheets = [without_findings(sheet) for sheet in sheets]
    for sheet in sheets:
        layout, found = find_layout(sheet, catalogue, options)
        if layout is None:
            headless += found
            continue
        tables.append(layout)
        problems += found
        if any(p.severity is Severity.ERROR for p in found):
            read.append(sheet)
            continue
        source = source or next((m.group(1).strip() for text in layout.titles if (m := _SOURCE.search(text))), "")
        sheet_rows, sheet_problems = _read_sheet(sheet, layout, catalogue, options, suggestions)
        rows += sheet_rows
        problems += sheet_problems
        read.append(sheet)
    problems += headless if not read else [_passed_over(p) for p in headless]
    kept, late = check_rows(rows, catalogue)
    if not kept and not any(p.severity is Severity.ERROR for p in problems):
        problems.append(SheetProblem(Severity.ERROR, "sheet_no_figures", "", 0, {}, read[0].name if read else ""))
    shown = (read or sheets or [Sheet("")])[0]
    ordered = sorted([*problems, *late], key=lambda p: (p.sheet, p.row, p.address, p.severity.value))
    return SheetReading(
        tuple(kept), _capped(ordered), _grid(shown, next(iter(tables), None)), shown.name, source,
        tuple(table.said for table in tables if table.said), refused_rows(kept, ordered),
    )  # fmt: skip


def _read_sheet(
    sheet: Sheet, layout: Layout, catalogue: SheetCatalogue, options: ReadOptions, suggestions: Suggestions
) -> tuple[list[FigureRow], list[SheetProblem]]:
    problems = Problems(sheet.name, suggestions)
    carried = Carried()
    rows: list[FigureRow] = []
    percents: dict[int, list[PercentCell]] = defaultdict(list)
    for number in range(layout.first_data_row, len(sheet.rows)):
        if _is_footer(sheet, number):
            continue
        read = read_row(RowContext(sheet, number, layout, catalogue, options, problems), carried)
        rows += read.figures
        for column, cell in read.percents.items():
            percents[column].append(cell)
    for cells in percents.values():
        problems.found += check_percents(cells, sheet.name)
    return rows, problems.found


def filled_rows(sheets: Iterable[Sheet]) -> int:
    """How many rows of the file hold anything."""
    return sum(1 for sheet in sheets for row in sheet.rows if any(not cell.is_blank for cell in row))


def _is_footer(sheet: Sheet, row: int) -> bool:
    filled = [c for c in sheet.rows[row] if not c.is_blank]
    return not filled or (bool(_FOOTER.match(filled[0].text.strip())) and len(filled) <= 6)


def _passed_over(problem: SheetProblem) -> SheetProblem:
    return SheetProblem(Severity.NOTICE, "sheet_passed_over", "", 0, {"name": problem.sheet}, problem.sheet)


def _capped(problems: list[SheetProblem]) -> tuple[SheetProblem, ...]:
    """The first 500 problems, errors before the rest where there are more."""
    if len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    rank = {Severity.ERROR: 0, Severity.QUESTION: 1, Severity.NOTICE: 2}
    kept = sorted(problems, key=lambda p: rank[p.severity])[:MAX_PROBLEMS]
    more = SheetProblem(Severity.NOTICE, "sheet_more_problems", "", 0, {"count": len(problems) - MAX_PROBLEMS})
    return (*kept, more)


def _grid(sheet: Sheet, table: Layout | None) -> tuple[tuple[str, ...], ...]:
    """The sheet as text for the preview: all of its head, under it what stands in columns that are read."""
    if table is None:
        return tuple(tuple(cell.text for cell in row[:_GRID_COLUMNS]) for row in sheet.rows[:_GRID_ROWS_WITHOUT_TABLE])
    return tuple(tuple(_text_in(table, cell) for cell in row[:_GRID_COLUMNS]) for row in sheet.rows)


def _text_in(table: Layout, cell: Cell) -> str:
    if cell.is_blank or cell.row < table.first_data_row or cell.column in table.known:
        return cell.text
    return LEFT_OUT
