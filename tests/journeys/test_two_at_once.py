"""Two people at one matter, and one person who clicks twice."""

from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.sheets import row, sheet

OPEN = "2023-0013"
"""A matter of the commerce office that was signed for and waits for its clerk and its head."""


def test_the_second_of_two_people_learns_of_the_first_and_loses_nothing(people: People) -> None:
    clerk, head = people("clerk"), people("head")
    for someone in (clerk, head):
        someone.open(f"/matters/{OPEN}/")
    clerk.fill("办理意见", "Words for the record", "已联系财政部门催办。")
    clerk.press("只记进展", "Only note progress")
    clerk.reads("已联系财政部门催办。")
    head.fill("办理意见", "Words for the record", "已召集企业座谈，收集垫付清单。")
    with head.forgiving(409):
        head.press("只记进展", "Only note progress")
    shown = head.page.inner_text("main")
    assert head.say("有人修改", "Somebody changed this") in shown or head.say("已于", "has already taken") in shown, shown
    kept = head.page.get_by_label(head.say("办理意见", "Words for the record")).first.input_value()
    assert kept == "已召集企业座谈，收集垫付清单。"
    head.press("只记进展", "Only note progress")
    head.reads("已联系财政部门催办。", "已召集企业座谈，收集垫付清单。")


def test_a_double_click_on_publish_publishes_once(people: People, tmp_path: Path) -> None:
    statistician = people("statistician")
    statistician.open("/board/import/")
    file = sheet(tmp_path, "餐饮业更正.xlsx", [row("餐饮业营业收入", "亿元", "12.30", "12.5")])
    statistician.page.set_input_files("#id_file", str(file))
    statistician.press("读表核对", "Read the sheet")
    if statistician.page.locator("textarea[name=answer]").count():
        statistician.fill("对疑问的说明", "Your word on the questions", "已核对")
    with statistician.page.expect_navigation():
        statistician.page.get_by_role("button", name=statistician.say("发布", "Publish"), exact=True).dblclick()
    statistician.arrived()
    statistician.reads(statistician.say("须由另一人确认", "A second person has to confirm it"))
    statistician.open("/board/catering_rev/?month=2023-06")
    values = statistician.page.locator("#values, .zb-table").filter(has_text="12.30").last.inner_text()
    assert values.count("12.30") == 1, values
