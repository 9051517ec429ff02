"""The thread: a figure comes in, a light turns, the alert is explained, a problem is opened, reported up, sent back once and
struck off by others,
a filing is frozen, the month's analysis comes out. The real server, worker and browser; in Chinese and in English."""

import io
import re
import time
from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.person import Person
from tests.journeys.serving import Site
from tests.journeys.sheets import picture, row, sheet

WHOLESALE = ("批发业营业收入", "Revenue of wholesale")
PAGE = "/board/wholesale_rev/?month=2023-06"
CERTIFICATE = re.compile(r"ZB-\d{8}-[0-9A-F]{12}")
CAUSE, MEASURE = "两户批发企业更正了重复计算的营业收入。", "逐户核对台账，月底前完成。"


def test_a_figure_becomes_a_light_a_problem_a_frozen_filing_and_a_report(
    people: People, site: Site, tmp_path: Path
) -> None:
    _publishes_the_correction(people("statistician"), tmp_path)
    clerk = people("clerk")
    alert = _explains_the_alert(clerk)
    number = _opens_a_matter(clerk, alert)
    _accepts_and_assigns(people("reviewer"), number)
    _signs_and_reports_up(clerk, number)
    _resolves_and_may_not_review(clerk, number, tmp_path)
    _sends_back(people("leader"), number)
    _resolves_again(clerk, number, tmp_path)
    _confirms(people("leader"), number)
    _strikes_off(people("reviewer"), number)
    filing = _compiles(clerk)
    certificate = _signs(people("head"), filing)
    _downloads_the_analysis(people("chief"))
    assert CERTIFICATE.fullmatch(certificate)
    verified = site.command("trail", "verify", "--deep")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _publishes_the_correction(statistician: Person, folder: Path) -> None:
    """The growth falls from 10.0 % to 6.1 %, below the city's 7.2 %; the sheet shows it before it counts."""
    say = statistician.say
    statistician.open(PAGE)
    assert say("正常", "Normal") in statistician.page.inner_text(".zb-title")
    statistician.open("/board/import/")
    file = sheet(folder, "批发业更正.xlsx", [row("批发业营业收入", "亿元", "19.80", "6.1")])
    statistician.page.set_input_files("#id_file", str(file))
    statistician.press("读表核对", "Read the sheet")
    statistician.reads(say("发布后的变化", "Effect of publishing"), say("与库中不同", "differ from what is stored"))
    effect = statistician.page.locator(".zb-kv-spread dd").all_inner_texts()
    assert effect == ["0", "1", "0"]
    if statistician.page.locator("textarea[name=answer]").count():
        statistician.fill("对疑问的说明", "Your word on the questions", "已与商务办核对，按更正数发布")
    statistician.press("发布", "Publish")
    statistician.reads(say("须由另一人确认", "A second person has to confirm it"))
    statistician.open(PAGE)
    assert say("预警", "Warning") in statistician.page.inner_text(".zb-title")
    statistician.reads(say("为什么是这个灯", "Why this light"), "6.1", "7.2", "\u22121.1")
    assert statistician.page.locator("#why .zb-hit").count() >= 1


def _explains_the_alert(clerk: Person) -> str:
    """The worker raises the alert within seconds; the clerk takes note of it, then says cause and measure."""
    name = clerk.say(*WHOLESALE)
    for _ in range(60):
        clerk.open("/alerts/?month=2023-06&rule=below_city_average")
        if clerk.page.locator("main table a", has_text=name).count():
            break
        time.sleep(0.5)
    clerk.follow(name)
    clerk.reads(clerk.say("低于全市平均水平1.1个百分点", "1.1 pp below the city average"))
    clerk.press("暂时只签收", "Only acknowledge for now")
    clerk.fill("原因", "Cause", CAUSE)
    clerk.fill("措施", "Measure", MEASURE)
    clerk.press("保存说明", "Save the explanation")
    clerk.reads(CAUSE, MEASURE)
    return clerk.path


def _opens_a_matter(clerk: Person, alert: str) -> str:
    clerk.press("转为事项", "Open a matter")
    if not clerk.path.startswith("/matters/"):
        clerk.open(alert)
        clerk.page.locator('main a[href^="/matters/"]').first.click()
        clerk.arrived()
    number = re.search(r"/matters/(\d{4}-\d{4})/", clerk.path)
    assert number
    clerk.reads(number.group(1), clerk.say("待受理", "To be accepted"))
    return number.group(1)


def _accepts_and_assigns(reviewer: Person, number: str) -> None:
    reviewer.open(f"/matters/{number}/")
    reviewer.press("受理", "Accept")
    reviewer.reads(reviewer.say("待交办", "To be assigned"))
    reviewer.press("交办", "Assign")
    reviewer.reads(reviewer.say("待签收", "To be signed for"))


def _signs_and_reports_up(clerk: Person, number: str) -> None:
    """What the department cannot solve alone goes up; its own day stays."""
    clerk.open(f"/matters/{number}/")
    clerk.press("签收", "Sign for it")
    clerk.reads(clerk.say("已签收", "Signed for"))
    clerk.page.locator("summary", has_text=clerk.say("处理不了", "Cannot be solved here")).click()
    clerk.fill("本级为何处理不了", "Why it cannot be solved here", "需要统计部门一并核对口径。")
    clerk.press("上报", "Report up")
    clerk.reads(clerk.say("上报至L2分管领导", "Reported up to L2"))


def _sends_back(leader: Person, number: str) -> None:
    leader.open(f"/matters/{number}/")
    leader.fill("办理意见", "Words for the record", "核对单看不清，请补一张。")
    leader.press("退回重办", "Send back")
    leader.reads(leader.say("退回重办", "Sent back"), "核对单看不清，请补一张。")


def _resolves_again(clerk: Person, number: str, folder: Path) -> None:
    clerk.open(f"/matters/{number}/")
    clerk.fill("办理意见", "Words for the record", "已重新拍照上传。")
    clerk.page.set_input_files("input[name=files]", str(picture(folder, "核对单二.png")))
    clerk.press("提交办结", "Report as resolved")
    clerk.reads(clerk.say("办结待审", "Under review"), "核对单二.png")


def _resolves_and_may_not_review(clerk: Person, number: str, folder: Path) -> None:
    """With evidence; the clerk's own post cannot review it, not even past the page."""
    clerk.open(f"/matters/{number}/")
    other = clerk.new_page()
    other.goto(clerk.page.url)
    clerk.fill("办理意见", "Words for the record", "企业已补正报表，附核对单照片。")
    clerk.page.set_input_files("input[name=files]", str(picture(folder, "核对单.png")))
    clerk.press("提交办结", "Report as resolved")
    clerk.reads(clerk.say("办结待审", "Under review"), "核对单.png")
    assert clerk.page.locator("button[name=verb]").count() == 0
    other.locator("[name=text]").fill("本人审核通过。")
    other.locator("button[name=verb]").first.evaluate("button => { button.value = 'review'; }")
    with clerk.forgiving(403), other.expect_navigation():
        other.locator("button[name=verb]").first.click()
    assert clerk.say("不属于您的岗位职责", "is not a task of your post") in other.inner_text("main")
    other.close()


def _confirms(leader: Person, number: str) -> None:
    leader.open(f"/matters/{number}/")
    leader.fill("办理意见", "Words for the record", "材料齐全，情况属实。")
    leader.press("审核通过", "Confirm")
    leader.reads(leader.say("待回访销号", "Reviewed"))


def _strikes_off(reviewer: Person, number: str) -> None:
    reviewer.open(f"/matters/{number}/")
    reviewer.press("销号", "Strike off")
    reviewer.reads(reviewer.say("该事项已归档", "This matter is closed"))


def _compiles(clerk: Person) -> str:
    """Indicator, alert and explanation stand in the filing without being typed again."""
    clerk.open("/filings/?month=2023-06")
    clerk.follow(clerk.say("商务办", "Commerce Office"))
    clerk.press("汇成", "Compile")
    clerk.reads(clerk.say(*WHOLESALE), CAUSE, MEASURE)
    clerk.fill("分析", "Analysis", "批发业更正后低于全市，措施已落实。")
    clerk.press("保存分析", "Save the analysis")
    return clerk.path


def _signs(head: Person, filing: str) -> str:
    """Frozen: certificate number shown, nothing left to press, and the number is found again."""
    head.open(filing)
    head.press("签字并冻结", "Sign and freeze", confirm=True)
    found = CERTIFICATE.search(head.page.inner_text("main"))
    assert found, head.page.inner_text("main")[:1500]
    assert head.page.locator('form[action$="/sign/"], form[action$="/compile/"], textarea').count() == 0
    head.reads(head.say(*WHOLESALE), CAUSE)
    head.open("/filings/verify/")
    head.fill("凭证编号", "Certificate number", found.group())
    head.press("核验", "Check")
    head.reads(
        found.group(),
        head.say("凭证真实，冻结内容与签字时完全一致。", "Genuine. The frozen text is exactly the one that was signed."),
    )
    return found.group()


def _downloads_the_analysis(chief: Person) -> None:
    from docx import Document

    chief.open("/reports/monthly/?month=2023-06")
    with chief.page.expect_download() as download:
        chief.page.get_by_role("button", name=chief.say("下载Word", "Word file")).click()
    document = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for line in table.rows for cell in line.cells}
    assert "经济运行分析报告" in text
    assert any("批发业营业收入" in cell for cell in cells)
    assert CERTIFICATE.search(text)
    assert "演示数据" in "".join(p.text for s in document.sections for p in s.header.paragraphs)
    assert len(document.inline_shapes) >= 1
