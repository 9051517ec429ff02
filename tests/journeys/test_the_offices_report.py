"""The month's analysis as a report: composed and rewritten by the statistician, issued by the office, read by the head."""

from io import BytesIO
from pathlib import Path

import docx

from tests.journeys.conftest import People

WORDS = "上半年主要指标总体平稳，零售业受商场停业装修影响较大。（演示数据）"


def test_a_report_is_sent_back_rewritten_issued_and_taken_away(people: People) -> None:
    office = people("reviewer")
    say = office.say
    office.open("/reports/4/")
    office.fill("理由", "Reason", "请写明零售业的原因")
    office.press("退回", "Send back")
    writer = people("statistician")
    writer.open("/reports/4/")
    writer.reads("请写明零售业的原因")
    with writer.page.expect_navigation():
        writer.page.get_by_role("link", name=say("改写", "Rewrite"), exact=True).nth(1).click()
    writer.arrived()
    writer.fill("段落文字", "Text of the paragraph", WORDS)
    writer.press("保存段落", "Save the paragraph")
    writer.reads(WORDS)
    writer.press("提交审核", "Hand over for review")
    assert writer.page.get_by_role("button", name=say("签发", "Issue"), exact=True).count() == 0
    office.open("/reports/4/")
    office.press("签发", "Issue", confirm=True)
    office.reads("经济运行分析〔2023〕4号", WORDS)
    chief = people("chief")
    chief.open("/reports/")
    chief.follow("2023-06")
    chief.reads(WORDS)
    with chief.page.expect_download() as waiting:
        chief.page.get_by_role("link", name=say("下载Word", "Word file")).click()
    paper = docx.Document(BytesIO(Path(waiting.value.path()).read_bytes()))
    lines = [each.text for each in paper.paragraphs]
    assert any(WORDS in line for line in lines)
    assert any("凭证号：ZB-" in line for line in lines)
    assert paper.tables
