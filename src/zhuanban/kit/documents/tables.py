"""Tables of official documents: three lines, repeated head, whole rows, figures to the right."""

from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhuanban.kit.documents.measure import PADDING_EM, column_widths, table_size
from zhuanban.kit.documents.model import Align, Row, Table
from zhuanban.kit.documents.page import TEXT_WIDTH_MM
from zhuanban.kit.documents.typeface import HEI, SONG, Face, leave_grid, write

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
_THICK, _MIDDLE, _FINE = 12, 6, 2
_TOGETHER = 4


def set_table(word: Any, table: Table) -> None:
    """Append ``table`` to ``word`` over the whole text width, in the largest size that fits."""
    size = table_size(table, TEXT_WIDTH_MM / 25.4 * 72)
    em_mm = size / 72 * 25.4
    widths = [Mm(em * em_mm) for em in column_widths(table, TEXT_WIDTH_MM / em_mm)]
    grid = word.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    _set_frame(grid, side_mm=size / 72 * 25.4 * PADDING_EM / 2)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    lines = list(grid.rows)
    _set_head(lines[0], table, widths, size)
    for at, (line, row) in enumerate(zip(lines[1:], table.rows, strict=True)):
        _set_row(line, row, table, widths, size, keep=at < _TOGETHER)


def _set_head(line: Any, table: Table, widths: list[Any], size: float) -> None:
    _mark(line, "w:cantSplit", "w:tblHeader")
    for cell, column, width in zip(line.cells, table.columns, widths, strict=True):
        cell.width = width
        _edge(cell, "bottom", _MIDDLE)
        _fill(cell, column.head, Face(HEI, size), WD_ALIGN_PARAGRAPH.CENTER, keep=True)


def _set_row(line: Any, row: Row, table: Table, widths: list[Any], size: float, *, keep: bool) -> None:
    _mark(line, "w:cantSplit")
    cells = line.cells
    if row.group:
        whole = cells[0].merge(cells[-1])
        _edge(whole, "top", _FINE)
        _edge(whole, "bottom", _FINE)
        _fill(whole, row.cells[0], Face(HEI, size), WD_ALIGN_PARAGRAPH.LEFT, keep=True)
        return
    for cell, text, column, width in zip(cells, row.cells, table.columns, widths, strict=True):
        cell.width = width
        _fill(cell, text, Face(SONG, size), _ALIGN[column.align], keep=keep)


def _fill(cell: Any, text: str, face: Face, align: Any, *, keep: bool) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(face.size * 1.4)
    shape.space_before = shape.space_after = Pt(face.size * 0.15)
    shape.keep_with_next = keep
    leave_grid(paragraph)
    for at, part in enumerate(text.split("\n")):
        if at:
            paragraph.add_run().add_break()
        write(paragraph, part, face)


def _set_frame(grid: Any, side_mm: float) -> None:
    """The top and bottom line of the table, and the small margins of its cells."""
    properties = grid._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_line(side, _THICK))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Mm(side_mm).twips)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    for element in (borders, margins):
        look = properties.find(qn("w:tblLook"))
        if look is None:
            properties.append(element)
        else:
            look.addprevious(element)
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        margins.addprevious(layout)


def _line(side: str, eighths: int) -> Any:
    line = OxmlElement(f"w:{side}")
    line.set(qn("w:val"), "single")
    line.set(qn("w:sz"), str(eighths))
    line.set(qn("w:space"), "0")
    line.set(qn("w:color"), "000000")
    return line


def _edge(cell: Any, side: str, eighths: int) -> None:
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    borders.append(_line(side, eighths))


def _mark(line: Any, *names: str) -> None:
    properties = line._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))
