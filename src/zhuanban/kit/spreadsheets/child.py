"""The child process in which workbooks are read: started with nothing, limited before it sees a byte, no Django.

Standard input is the file kind on a line and then the file; standard output is one JSON document. The process may use
512 MB of memory and 20 s of CPU, cannot write to any file and cannot open one or a connection: no descriptor is left.
"""

import io
import json
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import python_calamine

from zhuanban.kit.spreadsheets import csv_text
from zhuanban.kit.spreadsheets.csv_text import MAX_COLUMNS, MAX_ROWS, Unreadable
from zhuanban.kit.spreadsheets.number_formats import Marks, workbook_marks
from zhuanban.kit.spreadsheets.old_workbook import old_workbook_marks
from zhuanban.kit.spreadsheets.open_document import open_document_marks

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
MAX_CELLS = 2_000_000
MAX_SHEETS = 100
MAX_CHARACTERS = 60_000_000
# Codecs load from files, which are out of reach once the limits stand.
_CODECS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig", "cp437", "latin-1")
_MARKS: dict[str, Callable[[bytes], dict[str, Marks]]] = {
    "xlsx": workbook_marks,
    "ods": open_document_marks,
    "xls": old_workbook_marks,
}


def main() -> None:
    """Read one file from standard input and print its sheets or the problem."""
    for codec in _CODECS:
        "".encode(codec)
    limit()
    kind = sys.stdin.buffer.readline().decode("ascii").strip()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"sheets": list(_sheets(kind, data))}
    except Unreadable as problem:
        answer = {"problem": problem.code, "facts": problem.facts}
    except python_calamine.PasswordError:
        answer = {"problem": "upload_encrypted_workbook", "facts": {}}
    except MemoryError:
        answer = {"problem": "sheet_reader_stopped", "facts": {}}
    except Exception:  # whatever a hostile file does to a parser, the parent hears one plain answer
        answer = {"problem": "sheet_unreadable", "facts": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


def limit() -> None:
    """Give up memory, time, files and connections for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _sheets(kind: str, data: bytes) -> Iterator[dict[str, Any]]:
    if kind == "csv":
        rows = [[_text(value) for value in row] for row in csv_text.rows_of(csv_text.decoded(data))]
        yield {"name": "", "rows": _trimmed(rows), "percent": False}
        return
    marks = _marks_of(kind, data)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    metadata = book.sheets_metadata
    if len(metadata) > MAX_SHEETS:
        raise Unreadable("sheet_too_many_sheets", most=MAX_SHEETS)
    budget = _Budget()
    for item in metadata:
        if item.typ in (python_calamine.SheetTypeEnum.MacroSheet, python_calamine.SheetTypeEnum.Vba):
            raise Unreadable("upload_macros")
        if item.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if item.visible != python_calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(item.name)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise Unreadable("sheet_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)
        rows = _rows(sheet, marks.get(item.name, Marks()), budget)
        yield {"name": item.name, "rows": _trimmed(rows), "percent": kind in _MARKS}


def _marks_of(kind: str, data: bytes) -> dict[str, Marks]:
    """Marks where they can be read; a workbook whose formats cannot be read is read by calamine or not at all."""
    try:
        return _MARKS[kind](data)
    except (KeyError, ValueError, ArithmeticError, AttributeError, SyntaxError, IndexError):
        raise Unreadable("sheet_unreadable") from None


class _Budget:
    """How much of one workbook may still be taken in."""

    def __init__(self) -> None:
        self.cells = MAX_CELLS
        self.characters = MAX_CHARACTERS

    def take(self, row: list[str | None]) -> None:
        self.cells -= len(row)
        self.characters -= sum(len(value) for value in row if value)
        if self.cells < 0 or self.characters < 0:
            raise Unreadable("sheet_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)


def _rows(sheet: python_calamine.CalamineSheet, marks: Marks, budget: _Budget) -> list[list[str | None]]:
    rows = []
    for r, values in enumerate(sheet.to_python(skip_empty_area=False)):
        row = [_encoded(value, (r, c), marks) for c, value in enumerate(values)]
        while row and row[-1] is None:
            row.pop()
        budget.take(row)
        rows.append(row)
    return rows


def _encoded(value: Any, where: tuple[int, int], marks: Marks) -> str | None:
    """One cell as a letter and its text: n number, p percent number, d date, l logical, e error, s text."""
    if where in marks.errors:
        return f"e{value}" if value else "e#"
    if where in marks.no_result:
        return "e="
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return f"l{int(value)}"
    if isinstance(value, (int, float)):
        return f"{'p' if where in marks.percent else 'n'}{value!r}"
    if isinstance(value, datetime):
        return f"d{value.date().isoformat()}"
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    return f"s{value}"


def _text(value: str) -> str | None:
    return f"s{value}" if value.strip() else None


def _trimmed(rows: list[list[str | None]]) -> list[list[str | None]]:
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
