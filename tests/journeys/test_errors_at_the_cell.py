"""A sheet with errors: each stands at its cell, nothing is published, and the corrected sheet goes through."""

from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.person import Person
from tests.journeys.sheets import row, sheet

PAGE = "/board/hotel_rev/?month=2023-06"


def test_errors_stand_at_their_cells_and_only_the_corrected_sheet_is_published(people: People, tmp_path: Path) -> None:
    clerk = people("clerk")
    clerk.open(PAGE)
    before = clerk.page.inner_text(".zb-facts")
    faulty = [
        row("住宿业营业收入", "亿元", "27.90", "6.4"),
        row("批发业营业收入", "亿元", "20.60", "0.102"),
        row("零售业营业收人总计", "亿元", "41.00", "5.1"),
        row("一般公共预算收入", "万元", "11600.00", "10.3"),
    ]
    _upload(clerk, sheet(tmp_path, "商贸数据.xlsx", faulty))
    clerk.reads(
        clerk.say("处错误，须在原表改正后才能发布", "have to be corrected in the sheet before anything is published"),
        "零售业营业收人总计",
        clerk.say("财政金融办", "Finance Office"),
        "0.102",
    )
    errors = clerk.page.locator("[id^=cell-].zb-cell-error")
    assert errors.count() == 3, errors.all_inner_texts()
    assert clerk.page.get_by_role("button", name=clerk.say("发布", "Publish"), exact=True).count() == 0
    clerk.open(PAGE)
    assert clerk.page.inner_text(".zb-facts") == before

    clerk.open("/board/import/")
    corrected = [row("住宿业营业收入", "亿元", "27.90", "6.4"), row("批发业营业收入", "亿元", "20.60", "10.2")]
    _upload(clerk, sheet(tmp_path, "商贸数据改正.xlsx", corrected))
    if clerk.page.locator("textarea[name=answer]").count():
        clerk.fill("对疑问的说明", "Your word on the questions", "已核对")
    clerk.press("发布", "Publish")
    clerk.open(PAGE)
    clerk.reads("27.90", "6.4")


def _upload(clerk: Person, file: Path) -> None:
    clerk.open("/board/import/")
    clerk.page.set_input_files("#id_file", str(file))
    clerk.press("读表核对", "Read the sheet")
