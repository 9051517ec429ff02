"""Percent cells of an OpenDocument spreadsheet; runs in the child process only."""

import io
import zipfile
from xml.etree import ElementTree

from zhuanban.kit.spreadsheets.number_formats import Marks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_REPEAT = 200_000


def open_document_marks(data: bytes) -> dict[str, Marks]:
    """Marks of every sheet of an .ods workbook by sheet name; repeated cells and rows are counted out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("content.xml")
    found: dict[str, Marks] = {}
    if b'"percentage"' not in text:
        return found
    root = ElementTree.fromstring(text)  # noqa: S314  (the gate refuses every document type declaration)
    for table in root.iter(f"{_TABLE}table"):
        found[table.get(f"{_TABLE}name", "")] = _table_marks(table)
    return found


def _table_marks(table: ElementTree.Element) -> Marks:
    marks = Marks()
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        repeat = min(int(row.get(f"{_TABLE}number-rows-repeated", "1")), _MAX_REPEAT)
        columns = _percent_columns(row)
        if columns:
            marks.percent |= {(at + extra, column) for extra in range(repeat) for column in columns}
        at += repeat
    return marks


def _percent_columns(row: ElementTree.Element) -> list[int]:
    columns: list[int] = []
    at = 0
    for cell in row:
        repeat = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _MAX_REPEAT)
        if cell.get(f"{_OFFICE}value-type") == "percentage":
            columns += range(at, at + repeat)
        at += repeat
    return columns
