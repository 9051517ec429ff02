"""The page of GB/T 9704-2012: paper, margins, grid of 22 lines by 28 characters, page numbers, running head."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhuanban.kit.documents.typeface import (
    BODY,
    BODY_PT,
    BODY_TIGHTENING_TWIPS,
    HEI,
    SONG,
    Face,
    dress,
    tighten,
    write,
    write_field,
)

LINE_PITCH_PT = 28.95
TEXT_WIDTH_MM = 156
_NUMBER = Face(SONG, 14, latin=SONG)
_RUNNING = Face(HEI, 12)
_NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—"
_NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥—\u2212≥≤"
_STYLES = {"Normal": BODY, "Title": BODY, "Heading 1": HEI, "Heading 2": BODY, "Heading 3": BODY, "Heading 4": BODY}


def set_page(word: Any, running_head: str) -> None:
    """Lay out the only section of ``word`` and its even and odd pages."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(22)
    _set_grid(section)
    word.settings.odd_and_even_pages_header_footer = True
    _number_page(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number_page(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, running_head, _RUNNING)


def set_line_breaking(word: Any) -> None:
    """Keep a span of months such as 1—6月 on one line, beside the usual rules for punctuation."""
    settings = word.settings.element
    for name, characters in (("Before", _NEVER_FIRST), ("After", _NEVER_LAST)):
        rule = OxmlElement(f"w:noLineBreaks{name}")
        rule.set(qn("w:lang"), "zh-CN")
        rule.set(qn("w:val"), characters)
        settings.find(qn("w:characterSpacingControl")).addnext(rule)


def set_styles(word: Any) -> None:
    """Bring the template's styles to the standard: no colour, no bold, no theme fonts, fixed line pitch."""
    for name, chinese in _STYLES.items():
        style = word.styles[name]
        style.font.size = Pt(BODY_PT)
        style.font.bold = style.font.italic = False
        properties = style.element.get_or_add_rPr()
        for colour in properties.findall(qn("w:color")):
            properties.remove(colour)
        dress(properties, Face(chinese, BODY_PT))
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        shape.line_spacing = Pt(LINE_PITCH_PT)
        for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    _speak_chinese(word.styles["Normal"])
    tighten(word.styles["Normal"].element.get_or_add_rPr(), BODY_TIGHTENING_TWIPS)
    for name in ("Header", "Footer"):
        for tabs in word.styles[name].element.get_or_add_pPr().findall(qn("w:tabs")):
            word.styles[name].element.pPr.remove(tabs)


def _set_grid(section: Any) -> None:
    """22 lines by the grid; the 28 characters come from the body's spacing.

    A grid of characters narrower than the type is read by LibreOffice as two cells for each character.
    """
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_PITCH_PT * 20)))
    properties.append(grid)


def _speak_chinese(style: Any) -> None:
    """Name the language and keep Chinese and figures together without extra space."""
    for default in style.element.getparent().iter(qn("w:lang")):
        default.set(qn("w:eastAsia"), "zh-CN")
    properties = style.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        spacing = OxmlElement(name)
        spacing.set(qn("w:val"), "0")
        style.element.pPr.insert_element_before(
            spacing, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def _number_page(paragraph: Any, side: Any) -> None:
    """— 1 — in 4号 half-width Song, one character in from the outer edge."""
    paragraph.alignment = side
    indent = paragraph.paragraph_format
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        indent.right_indent = Pt(_NUMBER.size)
    else:
        indent.left_indent = Pt(_NUMBER.size)
    write(paragraph, "— ", _NUMBER)
    write_field(paragraph, "PAGE", _NUMBER)
    write(paragraph, " —", _NUMBER)
