"""What a table is after reading: sheets of typed cells that know where they stood."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

CellKind = Literal["blank", "text", "number", "date", "logical", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind, its exact text, and the number or date it holds.

    ``text`` is what the file holds (``"12,345.6"``, ``"0.052"``). ``percent`` says that the number stands in a cell with
    a percent format: 0.052 there means 5.2 %. ``row`` and ``column`` count from 0.
    """

    kind: CellKind
    text: str
    row: int
    column: int
    number: Decimal | None = None
    day: date | None = None
    percent: bool = False

    @property
    def address(self) -> str:
        """The A1 address.

        >>> Cell("blank", "", 8, 3).address
        'D9'
        """
        return address(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        return self.kind == "blank"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows from row 1 on, blank cells included up to the last used one."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    percent_known: bool = False
    """Whether the file kind tells percent formats apart (workbooks do, CSV does not)."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at the place; a blank one where the sheet has none."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return Cell("blank", "", row, column)


def address(row: int, column: int) -> str:
    """The A1 address of a place counted from 0.

    >>> address(0, 0), address(1, 25), address(2, 26), address(199999, 299)
    ('A1', 'Z2', 'AA3', 'KN200000')
    """
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def place(text: str) -> tuple[int, int] | None:
    """Row and column, counted from 0, of an A1 address; None where it is none.

    >>> place("D9")
    (8, 3)
    """
    found = _ADDRESS.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1
