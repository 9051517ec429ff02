"""A document with every element, for the tests of this folder."""

from datetime import UTC, date, datetime

from zhuanban.kit.charts.tests.charts import BARS
from zhuanban.kit.documents.model import (
    Align,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Note,
    Paragraph,
    Row,
    Table,
)

MADE_AT = datetime(2023, 7, 24, 1, 0, tzinfo=UTC)

TABLE = Table(
    "表1　主要指标",
    (Column("指标", Align.LEFT, wraps=True), Column("增速\n%"), Column("备注", Align.LEFT, wraps=True)),
    (Row(("综合组",), group=True), Row(("固定资产投资", "−7.4", "可比口径")), Row(("房产税", "–", "未到数"))),
    unit="增速：%",
)

WHOLE = Document(
    title="关于2023年上半年经济运行情况的\n通报",
    subtitle="（按截至2023年7月24日所知数据编制）",
    masthead="示例高新区经济运行专班",
    number="示高经专〔2023〕7号",
    addressee="各成员单位",
    blocks=(
        Heading("一、总体情况"),
        Paragraph("1—6月，固定资产投资下降7.4%。"),
        TABLE,
        Note("注：– 为未到数。"),
        Heading("（一）投资", 2),
        Paragraph("降幅扩大。", lead="制造业投资。"),
        Heading("1.装备制造", 3),
        Heading("（1）机床", 4),
        Figure("图1　主要指标增速", BARS),
    ),
    attachments=("指标表。", "项目清单"),
    signatory="示例办公室",
    dated=date(2023, 7, 4),
    annotation="此件公开发布",
    imprint=Imprint("各成员单位", "示例办公室", date(2023, 7, 5)),
    running_head="演示数据",
)
