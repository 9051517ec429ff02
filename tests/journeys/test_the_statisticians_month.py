"""The statistician's month: a sheet with one error, corrected and published; lights turn; the alert is explained; the city's
circular makes a provisional light final; the month is closed; the analysis is downloaded."""

import io
import time
from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.person import Person
from tests.journeys.sheets import row, sheet

WHOLESALE, EDUCATION = "/board/wholesale_rev/?month=2023-06", "/board/education_wages/?month=2023-06"
CIRCULAR = """地区,年,month_from,month_to,指标,数值,单位,同比,性质,来源
示例市,2023,1,6,教育工资总额,,,10.4%,正式,示例市统计局通报（演示数据）
甲区,2023,1,6,教育工资总额,,,9.1%,正式,示例市统计局通报（演示数据）
乙区,2023,1,6,教育工资总额,,,12.9%,正式,示例市统计局通报（演示数据）
"""


def test_a_month_from_the_first_sheet_to_the_analysis(people: People, tmp_path: Path) -> None:
    statistician, reviewer = people("statistician"), people("reviewer")
    _sees_a_provisional_light(statistician)
    _hands_in_a_sheet_with_one_error(statistician, tmp_path)
    batch = _hands_in_the_corrected_one(statistician, tmp_path)
    _confirms(reviewer, batch)
    _lights_turned(statistician)
    _the_alert_is_explained(people("clerk"))
    _the_circular_makes_the_light_final(statistician, tmp_path)
    _closes_the_month(reviewer)
    _no_sheet_comes_in_any_more(statistician, tmp_path)
    _downloads_the_analysis(statistician)


def _sees_a_provisional_light(statistician: Person) -> None:
    statistician.open(EDUCATION)
    assert statistician.say("暂定", "provisional") in statistician.page.inner_text(".zb-title")
    statistician.reads(statistician.say("待全市数据", "figure"))


def _upload(someone: Person, file: Path) -> None:
    someone.open("/board/import/")
    someone.page.set_input_files("#id_file", str(file))
    someone.press("读表核对", "Read the sheet")


def _hands_in_a_sheet_with_one_error(statistician: Person, folder: Path) -> None:
    """A growth written as a share: it stands at its cell, nothing can be published."""
    faulty = [row("批发业营业收入", "亿元", "19.80", "0.061"), row("教育工资总额", "万元", "8012.00", "9.2")]
    _upload(statistician, sheet(folder, "六月主要指标.xlsx", faulty))
    assert statistician.page.locator("[id^=cell-].zb-cell-error").count() == 1
    statistician.reads("0.061", statistician.say("1处错误", "1 error"))
    assert statistician.page.get_by_role("button", name=statistician.say("发布", "Publish"), exact=True).count() == 0


def _hands_in_the_corrected_one(statistician: Person, folder: Path) -> str:
    right = [row("批发业营业收入", "亿元", "19.80", "6.1"), row("教育工资总额", "万元", "8012.00", "9.2")]
    _upload(statistician, sheet(folder, "六月主要指标改正.xlsx", right))
    _publishes(statistician)
    return statistician.path


def _publishes(statistician: Person) -> None:
    if statistician.page.locator("textarea[name=answer]").count():
        statistician.fill("对疑问的说明", "Your word on the questions", "已与责任部门核对，按更正数发布")
    statistician.press("发布", "Publish")
    statistician.reads(statistician.say("须由另一人确认", "A second person has to confirm it"))


def _confirms(reviewer: Person, batch: str) -> None:
    reviewer.open(batch)
    reviewer.press("确认", "Confirm")
    reviewer.reads_not(reviewer.say("须由另一人确认", "A second person has to confirm it"))


def _lights_turned(statistician: Person) -> None:
    statistician.open(WHOLESALE)
    assert statistician.say("预警", "Warning") in statistician.page.inner_text(".zb-title")
    statistician.reads("6.1", "7.2", "\u22121.1")
    statistician.open("/changes/")
    statistician.reads(statistician.say("批发业营业收入", "Revenue of wholesale"))


def _the_alert_is_explained(clerk: Person) -> None:
    """The worker raises it within seconds."""
    name = clerk.say("批发业营业收入", "Revenue of wholesale")
    for _ in range(60):
        clerk.open("/alerts/?month=2023-06&rule=below_city_average")
        if clerk.page.locator("main table a", has_text=name).count():
            break
        time.sleep(0.5)
    clerk.follow(name)
    clerk.fill("原因", "Cause", "两户批发企业更正了重复计算的营业收入。")
    clerk.fill("措施", "Measure", "逐户核对台账，月底前完成。")
    clerk.press("保存说明", "Save the explanation")
    clerk.reads(clerk.say("已说明", "Explained"))


def _the_circular_makes_the_light_final(statistician: Person, folder: Path) -> None:
    file = folder / "全市教育工资通报.csv"
    file.write_text(CIRCULAR, encoding="utf-8")
    _upload(statistician, file)
    _publishes(statistician)
    statistician.open(EDUCATION)
    title = statistician.page.inner_text(".zb-title")
    assert statistician.say("暂定", "provisional") not in title
    assert statistician.say("预警", "Warning") in title
    statistician.reads("9.2", "10.4", "\u22121.2")


def _closes_the_month(reviewer: Person) -> None:
    say = reviewer.say
    reviewer.open("/board/import/")
    reviewer.page.locator("[name=month]").fill("2023-06")
    reviewer.page.locator("[name=reason]").fill("6月数据已核定。")
    reviewer.press("关闭", "Close the month", confirm=True)
    reviewer.open("/board/import/")
    assert say("2023-06及以前月份已关闭", "Months up to 2023-06 are closed") in reviewer.page.inner_text(".zb-title")


def _no_sheet_comes_in_any_more(statistician: Person, folder: Path) -> None:
    _upload(statistician, sheet(folder, "迟到的更正.xlsx", [row("批发业营业收入", "亿元", "20.00", "7.0")]))
    statistician.reads(statistician.say("已关账", "closed"))
    assert statistician.page.get_by_role("button", name=statistician.say("发布", "Publish"), exact=True).count() == 0


def _downloads_the_analysis(statistician: Person) -> None:
    from docx import Document

    statistician.open("/reports/monthly/?month=2023-06")
    with statistician.page.expect_download() as download:
        statistician.page.get_by_role("button", name=statistician.say("下载Word", "Word file")).click()
    assert download.value.suggested_filename.endswith(".docx")
    document = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = {cell.text for table in document.tables for line in table.rows for cell in line.cells}
    assert any("教育工资总额" in cell for cell in cells)
    assert "演示数据" in "".join(p.text for s in document.sections for p in s.header.paragraphs)
