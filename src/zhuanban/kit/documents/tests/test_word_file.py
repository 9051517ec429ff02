"""The Word file: GB/T 9704-2012 measured in the file itself."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhuanban.kit.documents.model import Document
from zhuanban.kit.documents.render import render_docx
from zhuanban.kit.documents.tests.samples import MADE_AT, WHOLE


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_docx(WHOLE, made_at=MADE_AT)


@pytest.fixture(scope="module")
def word(made: bytes) -> Any:
    return docx.Document(BytesIO(made))


def _paragraph(word: Any, text: str) -> Any:
    return next(paragraph for paragraph in word.paragraphs if paragraph.text == text)


def _face(paragraph: Any) -> tuple[str, str, float]:
    run = paragraph.runs[0]
    fonts = run._r.rPr.rFonts
    return fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")), run.font.size.pt


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    stream = BytesIO()
    assert render_docx(WHOLE, made_at=MADE_AT, stream=stream) == made == stream.getvalue()


def test_the_file_says_when_it_was_made_and_nothing_about_its_template(word: Any, made: bytes) -> None:
    particulars = word.core_properties
    assert (particulars.title, particulars.author) == ("关于2023年上半年经济运行情况的通报", "示例办公室")
    assert particulars.created == particulars.modified == MADE_AT
    assert {entry.date_time for entry in ZipFile(BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "docProps/thumbnail.jpeg" not in ZipFile(BytesIO(made)).namelist()


def test_the_paper_is_a4_with_the_margins_of_the_standard(word: Any) -> None:
    section = word.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides = (section.left_margin, section.right_margin)
    assert [round(size.mm) for size in (*sizes, *sides)] == [210, 297, 37, 35, 28, 26]


def test_the_page_has_22_lines_of_28_characters(word: Any) -> None:
    section = word.sections[0]
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))) / 20
    area_height = (section.page_height - section.top_margin - section.bottom_margin) / Pt(1)
    area_width = (section.page_width - section.left_margin - section.right_margin) / Pt(1)
    normal = word.styles["Normal"]
    tightening = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(area_height // pitch) == 22
    assert int(area_width // (16 + tightening)) == 28
    assert normal.paragraph_format.line_spacing == Pt(28.95)


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("示例高新区经济运行专班", ("方正小标宋简体", "Times New Roman", 40)),
        ("关于2023年上半年经济运行情况的\n通报", ("方正小标宋简体", "Times New Roman", 22)),
        ("示高经专〔2023〕7号", ("仿宋_GB2312", "Times New Roman", 16)),
        ("各成员单位：", ("仿宋_GB2312", "Times New Roman", 16)),
        ("一、总体情况", ("黑体", "Times New Roman", 16)),
        ("（一）投资", ("楷体_GB2312", "Times New Roman", 16)),
        ("1.装备制造", ("仿宋_GB2312", "Times New Roman", 16)),
        ("（1）机床", ("仿宋_GB2312", "Times New Roman", 16)),
        ("制造业投资。降幅扩大。", ("楷体_GB2312", "Times New Roman", 16)),
        ("示例办公室\t2023年7月5日印发", ("仿宋_GB2312", "Times New Roman", 14)),
    ],
)
def test_each_element_has_its_typeface_by_official_name(word: Any, text: str, face: tuple[str, str, float]) -> None:
    assert _face(_paragraph(word, text)) == face


def test_no_theme_font_or_colour_of_the_template_is_left_in_the_styles_used(word: Any) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        properties = word.styles[name].element.rPr
        assert not [key for key in properties.rFonts.attrib if key.endswith("Theme")], name
        assert properties.find(qn("w:color")) is None, name


def test_body_and_headings_are_indented_by_two_characters(word: Any) -> None:
    for text in ("一、总体情况", "1—6月，固定资产投资下降7.4%。", "（此件公开发布）"):
        indent = _paragraph(word, text)._p.pPr.ind
        assert (indent.get(qn("w:firstLineChars")), indent.firstLine) == ("200", Pt(32)), text


def test_the_date_stands_four_characters_in_and_has_no_padded_zero(word: Any) -> None:
    day = _paragraph(word, "2023年7月4日")
    assert (day.alignment, day.paragraph_format.right_indent) == (WD_ALIGN_PARAGRAPH.RIGHT, Pt(64))


def test_the_second_attachment_aligns_under_the_first(word: Any) -> None:
    first, second = (_paragraph(word, text).paragraph_format for text in ("附件：1.指标表", "2.项目清单"))
    assert (first.left_indent, first.first_line_indent) == (Pt(6 * 16), Pt(-4 * 16))
    assert (second.left_indent, second.first_line_indent) == (Pt(6 * 16), Pt(-16))


def test_page_numbers_stand_outside_odd_right_and_even_left(word: Any) -> None:
    section = word.sections[0]
    assert word.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, odd.alignment, odd.paragraph_format.right_indent) == ("— 1 —", WD_ALIGN_PARAGRAPH.RIGHT, Pt(14))
    assert (even.text, even.alignment, even.paragraph_format.left_indent) == ("— 1 —", WD_ALIGN_PARAGRAPH.LEFT, Pt(14))
    for footer in (odd, even):
        assert [field.text for field in footer._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert _face(footer) == ("宋体", "宋体", 14)


def test_the_running_head_stands_on_odd_and_even_pages(word: Any) -> None:
    section = word.sections[0]
    assert [head.paragraphs[0].text for head in (section.header, section.even_page_header)] == ["演示数据", "演示数据"]


def test_the_table_has_three_lines_a_repeated_head_and_whole_rows(word: Any) -> None:
    table = word.tables[0]
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert [line.tag for line in borders] == [qn("w:top"), qn("w:bottom")]
    marks = [[mark.tag for mark in row._tr.trPr] for row in table.rows]
    assert marks[0] == [qn("w:cantSplit"), qn("w:tblHeader")]
    assert all(each == [qn("w:cantSplit")] for each in marks[1:])


def test_figures_stand_right_and_a_group_row_spans_the_table(word: Any) -> None:
    table = word.tables[0]
    assert [cell.paragraphs[0].alignment for cell in table.rows[2].cells] == [
        WD_ALIGN_PARAGRAPH.LEFT,
        WD_ALIGN_PARAGRAPH.RIGHT,
        WD_ALIGN_PARAGRAPH.LEFT,
    ]
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[2]._tc
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), rel=0.001)


def test_the_chart_carries_its_description_for_readers_who_cannot_see_it(word: Any) -> None:
    picture = word.inline_shapes[0]
    properties = picture._inline.docPr
    assert (properties.get("name"), properties.get("descr")) == ("图1　主要指标增速", "条形图：主要指标增速。")
    assert round(picture.width.mm) == 156


def test_a_span_of_months_is_never_broken_over_two_lines(word: Any) -> None:
    settings = word.settings.element
    for name in ("w:noLineBreaksBefore", "w:noLineBreaksAfter"):
        assert "—" in settings.find(qn(name)).get(qn("w:val"))


def test_a_document_of_a_title_alone_has_no_empty_elements() -> None:
    word = docx.Document(BytesIO(render_docx(Document("通知", ()), made_at=MADE_AT)))
    assert [paragraph.text for paragraph in word.paragraphs] == ["通知", ""]
