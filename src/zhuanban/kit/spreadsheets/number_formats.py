"""Percent formats, formulas without result and error values: what calamine does not tell about a workbook.

Runs in the child process only, after the upload gate.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from zhuanban.kit.spreadsheets.cells import place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile("relationships?}id$")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""")
_ERROR = re.compile(rb"""(?:^|\s)t\s*=\s*["']e["']""")

Place = tuple[int, int]


@dataclass
class Marks:
    """Places on one sheet: percent-formatted cells, error values, formulas that carry no result."""

    percent: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)
    no_result: set[Place] = field(default_factory=set)


def is_percent_format(code: str) -> bool:
    """Whether a number format shows hundredths as percent; quoted or escaped percent signs do not count.

    >>> [is_percent_format(c) for c in ("0.0%", '0.0"%"', "0.0\\\\%", "General")]
    [True, False, False, False]
    """
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", code)
    return "%" in plain


def workbook_marks(data: bytes) -> dict[str, Marks]:
    """Marks of every sheet of an .xlsx workbook by sheet name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        percent = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
        return {
            name: _sheet_marks(archive.read(part), percent)
            for name, part in _sheet_parts(archive).items()
            if part in names
        }


def _percent_styles(styles: bytes) -> frozenset[int]:
    root = ElementTree.fromstring(styles)  # noqa: S314  (the gate refuses every document type declaration)
    codes = {}
    for item in _each(root, "numFmt"):
        codes[int(item.get("numFmtId", "0"))] = item.get("formatCode", "")
    percent_ids = {9, 10} | {key for key, code in codes.items() if is_percent_format(code)}
    percent_ids -= {key for key in (9, 10) if key in codes and not is_percent_format(codes[key])}
    formats = next(iter(_each(root, "cellXfs")), None)
    if formats is None:
        return frozenset()
    return frozenset(i for i, xf in enumerate(formats) if int(xf.get("numFmtId", "0")) in percent_ids)


def _each(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [item for item in root.iter() if item.tag in (f"{_MAIN}{tag}", f"{_STRICT}{tag}")]


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    parts = {}
    for sheet in _each(book, "sheet"):
        key = next((value for name, value in sheet.attrib.items() if _RELATION.search(name)), "")
        target = targets.get(key, "")
        parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _sheet_marks(sheet: bytes, percent: frozenset[int]) -> Marks:
    marks = Marks()
    if percent or b't="e"' in sheet or b"t='e'" in sheet:
        for cell in _CELL.finditer(sheet):
            attributes = cell.group(1)
            style = _STYLE.search(attributes)
            if style and int(style.group(1)) in percent:
                _add(marks.percent, attributes)
            if _ERROR.search(attributes):
                _add(marks.errors, attributes)
    for cell in _NO_RESULT.finditer(sheet):
        _add(marks.no_result, cell.group(1))
    return marks


def _add(places: set[Place], attributes: bytes) -> None:
    found = _PLACE.search(attributes)
    where = place(found.group(1).decode()) if found else None
    if where:
        places.add(where)
