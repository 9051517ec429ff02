"""Typefaces of the standard by their official names, and how Word is told to use them.

None of them may be shipped. Word takes them from the machine it runs on; servers without them read
``deploy/fonts.conf``, which names replacements.
"""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from zhuanban.kit.formats import printable

TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
KAI = "楷体_GB2312"
HEI = "黑体"
SONG = "宋体"
LATIN = "Times New Roman"

BODY_PT = 16
BODY_TIGHTENING_TWIPS = -5  # 28 characters of 16 pt are 448 pt wide, the type area is 442 pt

RED = RGBColor(0xE6, 0x00, 0x12)
BLACK = RGBColor(0, 0, 0)

_LATIN_PARTS = re.compile("([0-9A-Za-z.,%+\u2212/<>=:-]+)")


@dataclass(frozen=True)
class Face:
    """A Chinese typeface at a size in points, its Latin companion and its colour."""

    chinese: str
    size: float
    latin: str = LATIN
    colour: RGBColor = BLACK


def dress(properties: Any, face: Face) -> None:
    """Give run properties (of a run or a style) the face; the Chinese name has an attribute of its own in Word."""
    fonts = properties.get_or_add_rFonts()
    for stale in list(fonts.attrib):
        del fonts.attrib[stale]
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), face.latin)
    fonts.set(qn("w:eastAsia"), face.chinese)


def tighten(properties: Any, twips: int) -> None:
    """Set the space between characters of run properties (of a run or a style); negative draws them together."""
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:
        spacing = OxmlElement("w:spacing")
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    spacing.set(qn("w:val"), str(twips))


def write(paragraph: Any, text: str, face: Face) -> None:
    """Append ``text`` in ``face``; dashes and quotation marks between Chinese characters stay Chinese."""
    for part in _LATIN_PARTS.split(printable(text)):
        if not part:
            continue
        run = paragraph.add_run(part)
        run.font.size = Pt(face.size)
        run.font.color.rgb = face.colour
        properties = run._r.get_or_add_rPr()
        dress(properties, face)
        if face.size != BODY_PT:
            tighten(properties, 0)
        if not _LATIN_PARTS.fullmatch(part):
            properties.rFonts.set(qn("w:hint"), "eastAsia")


def write_field(paragraph: Any, instruction: str, face: Face) -> None:
    """Append a field that Word computes, such as PAGE."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        run.font.size = Pt(face.size)
        dress(run._r.get_or_add_rPr(), face)
        if kind == "shown":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        run._r.append(element)


def leave_grid(paragraph: Any) -> None:
    """Let a paragraph keep its own line pitch, which the page's grid would otherwise stretch to whole lines."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")
