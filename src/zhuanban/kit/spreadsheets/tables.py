"""What goes out as a spreadsheet: a table with its title, its lines and typed columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Value = str | Decimal | int | date | None
ColumnKind = Literal["text", "level", "growth", "count", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its header (the unit of measure inside it), what it holds, decimals and width in characters."""

    header: str
    kind: ColumnKind = "text"
    decimals: int = 1
    width: int = 12


@dataclass(frozen=True)
class OutTable:
    """One table to write: title, lines under it (unit of measure, period, unit of report, date), columns and rows.

    A growth is written in percent points as a plain number (5.2 for 5.2 %), None as an empty cell.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    lines: Sequence[str] = field(default_factory=tuple)
    sheet_name: str = ""
