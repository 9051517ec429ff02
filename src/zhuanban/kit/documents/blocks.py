"""The blocks of a document's body: headings, paragraphs, notes, tables with captions, figures."""

from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhuanban.kit.charts.png import render_png
from zhuanban.kit.documents.model import Block, Figure, Heading, Note, Paragraph, Table
from zhuanban.kit.documents.page import TEXT_WIDTH_MM
from zhuanban.kit.documents.tables import set_table
from zhuanban.kit.documents.typeface import BODY, BODY_PT, HEI, KAI, SONG, Face, leave_grid, write

_HEADINGS = {1: Face(HEI, BODY_PT), 2: Face(KAI, BODY_PT), 3: Face(BODY, BODY_PT), 4: Face(BODY, BODY_PT)}
_TEXT = Face(BODY, BODY_PT)
_LEAD = Face(KAI, BODY_PT)
_CAPTION = Face(HEI, 12)
_SMALL = Face(SONG, 10.5)


def set_block(word: Any, block: Block) -> None:
    """Append one block to ``word``."""
    if isinstance(block, Heading):
        heading = word.add_paragraph(style=f"Heading {block.level}")
        indent(heading, first=2)
        write(heading, block.text, _HEADINGS[block.level])
    elif isinstance(block, Paragraph):
        paragraph = word.add_paragraph()
        indent(paragraph, first=2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        write(paragraph, block.lead, _LEAD)
        write(paragraph, block.text, _TEXT)
    elif isinstance(block, Note):
        _set_small(word, block.text, WD_ALIGN_PARAGRAPH.LEFT)
    elif isinstance(block, Table):
        _set_captioned_table(word, block)
    else:
        _set_figure(word, block)


def indent(paragraph: Any, *, first: float = 0, left: float = 0, right: float = 0, size: float = BODY_PT) -> None:
    """Indents in characters, which Word keeps when the size changes, and in points for other readers.

    A negative ``first`` hangs the lines that follow.
    """
    shape = paragraph.paragraph_format
    properties = paragraph._p.get_or_add_pPr().get_or_add_ind()
    if left:
        shape.left_indent = Pt(left * size)
        properties.set(qn("w:leftChars"), str(round(left * 100)))
    if right:
        shape.right_indent = Pt(right * size)
        properties.set(qn("w:rightChars"), str(round(right * 100)))
    if first:
        shape.first_line_indent = Pt(first * size)
        properties.set(qn("w:firstLineChars" if first > 0 else "w:hangingChars"), str(round(abs(first) * 100)))


def _set_captioned_table(word: Any, table: Table) -> None:
    _set_caption(word, table.caption, before=True)
    if table.unit:
        _set_small(word, table.unit, WD_ALIGN_PARAGRAPH.RIGHT, keep=True)
    set_table(word, table)


def _set_figure(word: Any, figure: Figure) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.keep_with_next = True
    picture = paragraph.add_run().add_picture(BytesIO(render_png(figure.chart)), width=Mm(TEXT_WIDTH_MM))
    properties = picture._inline.docPr
    properties.set("name", figure.caption)
    properties.set("descr", figure.chart.description)
    _set_caption(word, figure.caption, before=False)


def _set_caption(word: Any, text: str, *, before: bool) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = before
    write(paragraph, text, _CAPTION)


def _set_small(word: Any, text: str, align: Any, *, keep: bool = False) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(16)
    shape.keep_with_next = keep
    leave_grid(paragraph)
    write(paragraph, text, _SMALL)
