"""The description of a document and what follows from it without Word."""

import pytest

from zhuanban.kit.documents.measure import Closing, closing_indents, column_widths, table_size
from zhuanban.kit.documents.model import Column, Row, Table
from zhuanban.kit.documents.plain_text import plain_text
from zhuanban.kit.documents.tests.samples import TABLE, WHOLE


def test_the_whole_text_is_in_the_order_of_the_standard() -> None:
    assert plain_text(WHOLE) == (
        "演示数据\n示例高新区经济运行专班\n示高经专〔2023〕7号\n关于2023年上半年经济运行情况的\n通报\n"
        "（按截至2023年7月24日所知数据编制）\n各成员单位：\n一、总体情况\n1—6月，固定资产投资下降7.4%。\n"
        "表1　主要指标\n增速：%\n指标 | 增速% | 备注\n综合组\n固定资产投资 | −7.4 | 可比口径\n房产税 | – | 未到数\n"
        "注：– 为未到数。\n（一）投资\n制造业投资。降幅扩大。\n1.装备制造\n（1）机床\n"
        "[条形图：主要指标增速。]\n图1　主要指标增速\n附件：1.指标表\n2.项目清单\n示例办公室\n2023年7月4日\n"
        "（此件公开发布）\n抄送：各成员单位\n示例办公室 2023年7月5日印发\n"
    )


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="表2: a row of 1 cells for 2 columns"):
        Table("表2", (Column("甲"), Column("乙")), (Row(("1",)),))


def test_columns_fill_the_page_and_figures_keep_their_room() -> None:
    widths = column_widths(TABLE, 40)
    assert sum(widths) == pytest.approx(40)
    assert widths[0] > widths[2] > widths[1] > 2.3


def test_a_table_too_wide_for_the_large_type_takes_the_next_smaller() -> None:
    wide = Table("表3", tuple(Column("增速\n%") for _ in range(14)), (Row(("1,234.5",) * 14),))
    assert [table_size(table, 442) for table in (TABLE, wide)] == [10.5, 7.5]


@pytest.mark.parametrize(
    ("signatory", "indents"),
    [
        ("示例办公室", Closing(4.75, 4.0)),
        ("示例高新区经济运行与项目建设专班办公室", Closing(2.0, 8.25)),
    ],
)
def test_the_signature_is_centred_over_the_date_and_a_long_one_keeps_two_characters(
    signatory: str, indents: Closing
) -> None:
    assert closing_indents(signatory, "2023年7月24日") == indents
