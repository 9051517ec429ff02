"""A table that goes back to whoever handed it in: the same rows and columns, one column more, cells marked."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from zhuanban.kit.spreadsheets.cells import Cell, Sheet
from zhuanban.kit.spreadsheets.writer import NO_FORMULAS, plain_text, sheet_name

MARKS = {"error": ("#F8D7D5", "#A11F19"), "question": ("#FFF2CC", "#6F4E00"), "notice": ("#EAF1F9", "#1B4B87")}
"""Ground and letters of a marked cell, the worst first."""
_WIDTH_OF_WORDS = 70
_NARROWEST, _WIDEST = 6, 40


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet and what is said about it: ``words`` by row (counted from 1), ``marks`` (a key of ``MARKS``) by address.

    ``heading`` stands at the top of the added column, under it in the same cell ``on_top``, what concerns all of the sheet.
    """

    sheet: Sheet
    heading: str
    on_top: Sequence[str] = ()
    words: Mapping[int, Sequence[str]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def marked_workbook(sheets: Sequence[MarkedSheet], *, made_at: datetime) -> bytes:
    """The sheets as .xlsx. Texts stay texts, so that nothing in them can run; numbers and dates stay what they are."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {**NO_FORMULAS, "constant_memory": False})
    book.set_properties({"created": made_at.replace(tzinfo=None), "author": "", "company": ""})
    formats = _Formats(book)
    taken: set[str] = set()
    for each in sheets:
        _write(book.add_worksheet(sheet_name(each.sheet.name, taken)), each, formats)
    book.close()
    return held.getvalue()


class _Formats:
    """Cell formats by number format and mark, made once each."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[str, str], Any]()
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "left": 2, "font_color": "#A11F19"})
        self.words = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "left": 2, "font_color": "#A11F19"})

    def of(self, number_format: str, mark: str) -> Any:
        key = (number_format, mark)
        if key not in self._made:
            ground = {"bg_color": MARKS[mark][0], "font_color": MARKS[mark][1], "border": 1} if mark else {}
            self._made[key] = self._book.add_format({"num_format": number_format, **ground})
        return self._made[key]


def _write(page: Any, marked: MarkedSheet, formats: _Formats) -> None:
    rows = marked.sheet.rows
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        for cell in row:
            _write_cell(page, cell, marked.marks.get(cell.address, ""), formats)
    for column in range(width):
        longest = max((_length(row[column]) for row in rows if column < len(row)), default=0)
        page.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
    page.set_column(width, width, _WIDTH_OF_WORDS)
    first = [*marked.on_top, *marked.words.get(1, ())]
    page.write_string(0, width, plain_text("\n".join([marked.heading, *first])), formats.heading)
    for number, words in marked.words.items():
        if number > 1:
            page.write_string(number - 1, width, plain_text("\n".join(words)), formats.words)


def _length(cell: Cell) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in cell.text[:_WIDEST])


def _write_cell(page: Any, cell: Cell, mark: str, formats: _Formats) -> None:
    at = (cell.row, cell.column)
    if cell.is_blank:
        if mark:
            page.write_blank(*at, None, formats.of("General", mark))
    elif cell.kind == "number" and cell.number is not None and Decimal(repr(float(cell.number))) == cell.number:
        page.write_number(*at, float(cell.number), formats.of("0.00%" if cell.percent else "General", mark))
    elif cell.kind == "date" and cell.day is not None:
        day = datetime(cell.day.year, cell.day.month, cell.day.day)  # noqa: DTZ001
        page.write_datetime(*at, day, formats.of("yyyy-mm-dd", mark))
    else:
        page.write_string(*at, plain_text(cell.text), formats.of("@", mark))
