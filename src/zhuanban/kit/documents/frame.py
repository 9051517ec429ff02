"""What stands around the body: masthead, number, title and addressee before it; attachments, signature, imprint after."""

from math import floor
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhuanban.kit.documents.blocks import indent
from zhuanban.kit.documents.measure import closing_indents, width_em
from zhuanban.kit.documents.model import Document, Imprint
from zhuanban.kit.documents.page import TEXT_WIDTH_MM
from zhuanban.kit.documents.typeface import BODY, BODY_PT, KAI, RED, TITLE, Face, leave_grid, write
from zhuanban.kit.documents.wording import attachment_lines, full_date

_TEXT = Face(BODY, BODY_PT)
_TITLE = Face(TITLE, 22)
_SUBTITLE = Face(KAI, BODY_PT)
_IMPRINT = Face(BODY, 14)
_MASTHEAD_PT = 42


def set_opening(word: Any, document: Document) -> None:
    """Masthead, number, title, subtitle and addressee, as far as the document has them."""
    if document.masthead:
        size = min(_MASTHEAD_PT, floor(TEXT_WIDTH_MM / 25.4 * 72 / width_em(document.masthead)))
        head = _centred(word, document.masthead, Face(TITLE, size, colour=RED))
        head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _blank(word)
    if document.number:
        number = _centred(word, document.number, _TEXT)
        if document.masthead:
            _rule(number, "bottom", "E60012", 18)
            _blank(word)
    if document.masthead:
        _blank(word)
    title = word.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(34)
    leave_grid(title)
    for at, line in enumerate(document.title.split("\n")):
        if at:
            title.add_run().add_break()
        write(title, line, _TITLE)
    if document.subtitle:
        _centred(word, document.subtitle, _SUBTITLE)
    _blank(word)
    if document.addressee:
        write(word.add_paragraph(), f"{document.addressee}：", _TEXT)


def set_closing(word: Any, document: Document) -> None:
    """Attachments, signature and date, annotation and imprint, as far as the document has them."""
    if document.attachments:
        _blank(word)
        _attachments(word, document.attachments)
    if document.signatory or document.dated:
        _signature(word, document)
    if document.annotation:
        annotation = word.add_paragraph()
        indent(annotation, first=2)
        write(annotation, f"（{document.annotation}）", _TEXT)
    if document.imprint:
        _imprint(word, document.imprint)


def _attachments(word: Any, attachments: tuple[str, ...]) -> None:
    hanging = 3.0 if len(attachments) == 1 else 4.0
    for at, line in enumerate(attachment_lines(attachments)):
        paragraph = word.add_paragraph()
        indent(paragraph, left=2 + hanging, first=-hanging if at == 0 else -1.0)
        write(paragraph, line, _TEXT)


def _signature(word: Any, document: Document) -> None:
    _blank(word)
    _blank(word)
    day = full_date(document.dated) if document.dated else ""
    indents = closing_indents(document.signatory, day)
    for text, right in ((document.signatory, indents.signature_em), (day, indents.date_em)):
        if not text:
            continue
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = text != day
        indent(paragraph, right=right)
        write(paragraph, text, _TEXT)


def _imprint(word: Any, imprint: Imprint) -> None:
    _blank(word)
    copies = word.add_paragraph()
    indent(copies, left=1, right=1, size=_IMPRINT.size)
    _rule(copies, "top", "000000", 8)
    write(copies, f"抄送：{imprint.copies_to}。", _IMPRINT)
    issued = word.add_paragraph()
    indent(issued, left=1, right=1, size=_IMPRINT.size)
    _rule(issued, "top", "000000", 6)
    _rule(issued, "bottom", "000000", 8)
    issued.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM) - Pt(_IMPRINT.size), WD_TAB_ALIGNMENT.RIGHT)
    write(issued, f"{imprint.issuer}\t{full_date(imprint.issued_on)}印发", _IMPRINT)


def _centred(word: Any, text: str, face: Face) -> Any:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, face)
    return paragraph


def _blank(word: Any) -> None:
    word.add_paragraph()


def _rule(paragraph: Any, side: str, colour: str, eighths: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
