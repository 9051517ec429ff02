"""Writing .xlsx: strings stay strings, numbers stay numbers, nothing can run."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value

NO_FORMULAS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_MAX_TEXT = 32_767
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def workbook_bytes(tables: Sequence[OutTable], *, made_at: datetime) -> bytes:
    """A workbook with one sheet per table; the same tables and instant give the same bytes.

    Title in row 1, one row per line, then the header row, frozen and repeated on every printed page.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, NO_FORMULAS)
    book.set_properties({"created": made_at.replace(tzinfo=None), "author": "", "company": ""})
    formats = _Formats(book)
    taken: set[str] = set()
    for table in tables:
        _write_sheet(book.add_worksheet(sheet_name(table.sheet_name or table.title, taken)), table, formats)
    book.close()
    return held.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.line = book.add_format({"font_color": "#5E6A7A"})
        self.header = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "vcenter"})
        self.text = book.add_format({"num_format": "@"})

    def of(self, column: Column) -> Any:
        code = _number_format(column)
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _number_format(column: Column) -> str:
    if column.kind == "text":
        return "@"
    if column.kind == "date":
        return "yyyy-mm-dd"
    places = "." + "0" * column.decimals if column.decimals and column.kind != "count" else ""
    return f"#,##0{places}" if column.kind != "growth" else f"0{places}"


def _write_sheet(sheet: Any, table: OutTable, formats: _Formats) -> None:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    header_row = 1 + len(table.lines)
    sheet.freeze_panes(header_row + 1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if len(table.columns) > 6:
        sheet.set_landscape()
    sheet.write_string(0, 0, plain_text(table.title), formats.title)
    for index, line in enumerate(table.lines, 1):
        sheet.write_string(index, 0, plain_text(line), formats.line)
    for index, column in enumerate(table.columns):
        sheet.write_string(header_row, index, plain_text(column.header), formats.header)
    for offset, row in enumerate(table.rows, header_row + 1):
        for index, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write_value(sheet, offset, index, value, formats.of(column), formats.text)


def _write_value(sheet: Any, row: int, column: int, value: Value, form: Any, text: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, plain_text(value), text)
    elif isinstance(value, (Decimal, int)):
        sheet.write_number(row, column, float(value), form)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), form)  # noqa: DTZ001


def plain_text(text: str) -> str:
    """A text without the signs that a workbook cannot hold, cut to what a cell takes."""
    return _XML_FORBIDDEN.sub("\ufffd", text)[:_MAX_TEXT]


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a workbook takes and does not have yet; it is added to ``taken``."""
    base = _SHEET_NAME.sub(" ", plain_text(text)).strip()[:28] or "1"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.lower())
    return name
