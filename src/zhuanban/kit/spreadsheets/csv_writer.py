"""Writing CSV that spreadsheet programs open with the right characters and without running anything."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zhuanban.kit.spreadsheets.guards import guarded
from zhuanban.kit.spreadsheets.tables import OutTable, Value


def csv_bytes(table: OutTable, *, bare: bool = False) -> bytes:
    """The table as CSV in UTF-8 with a mark: title, lines, header, rows. ``bare`` leaves title and lines out.

    Texts that a program could take for a formula get an apostrophe in front, which our own reader takes off again;
    numbers stay numbers.
    """
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    if not bare:
        writer.writerow([guarded(table.title)])
        writer.writerows([[guarded(line)] for line in table.lines])
    writer.writerow([guarded(column.header) for column in table.columns])
    writer.writerows(_row(row) for row in table.rows)
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def _row(row: Sequence[Value]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (int, date)):
        return str(value)
    return guarded(value)
