"""What every list and every long form does: several rows at once, kept views, drafts, files that survive a refusal."""

from pathlib import Path

from tests.journeys.conftest import People

WAITS = "2023-0017"
"""A matter that waits for acceptance."""
AT_WORK = "2023-0013"


def test_the_office_accepts_two_matters_at_once_after_one_confirmation(people: People) -> None:
    office = people("reviewer")
    office.open("/matters/?state=submitted")
    page = office.page
    page.get_by_label(office.say("全选本页", "Mark all on this page")).check()
    marked = page.locator("input[name=marked]:checked").count()
    assert marked >= 2
    accept = office.say("受理", "Accept")
    page.locator("[data-zb-bulk]").get_by_role("button", name=accept).click()
    with page.expect_navigation():
        page.locator("#zb-confirm [data-zb-yes]").click()
    office.arrived()
    office.reads(office.say(f"受理：{marked}件", f"Accept: {marked} matters"))
    office.open(f"/matters/{WAITS}/")
    office.reads(office.say("待交办", "To be assigned"))


def test_a_view_is_kept_and_opened_again_and_rows_are_reached_by_keys(people: People) -> None:
    office = people("reviewer")
    office.open("/matters/?state=&order=due_on")
    page = office.page
    page.get_by_text(office.say("视图", "Views"), exact=True).click()
    page.get_by_label(office.say("视图名称", "Name of the view")).fill("近期到期")
    with page.expect_navigation():
        page.get_by_role("button", name=office.say("保存当前视图", "Keep this view")).click()
    office.open("/matters/")
    page.get_by_text(office.say("视图", "Views"), exact=True).click()
    with page.expect_navigation():
        page.get_by_role("link", name="近期到期", exact=True).click()
    assert page.url.endswith("/matters/?state=&order=due_on")
    first = page.locator("tbody tr").first.locator("th a").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tbody tr").first.locator("input[name=marked]").is_checked()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/matters/{first}/")


def test_a_draft_outlives_the_browser_and_goes_when_the_form_was_sent(people: People) -> None:
    clerk = people("clerk")
    clerk.open("/matters/register/")
    clerk.fill("事项名称", "Matter in one line", "示例事项")
    clerk.fill("情况说明", "Description", "写到一半。")
    clerk.page.get_by_text(clerk.say("草稿已保存", "Draft kept at")).wait_for()
    again = clerk.new_page()
    again.goto(clerk.site.address + "/matters/register/")
    again.get_by_role("button", name=clerk.say("接着写", "Take it up")).click()
    assert again.get_by_label(clerk.say("情况说明", "Description")).input_value() == "写到一半。"
    with again.expect_navigation():
        again.get_by_role("button", name=clerk.say("登记", "Register"), exact=True).click()
    again.goto(clerk.site.address + "/matters/register/")
    again.wait_for_load_state("networkidle")
    assert not again.get_by_role("button", name=clerk.say("接着写", "Take it up")).is_visible()


def test_a_form_that_comes_back_keeps_its_files_and_says_what_is_missing(people: People, tmp_path: Path) -> None:
    clerk = people("clerk")
    clerk.open(f"/matters/{AT_WORK}/")
    photo = tmp_path / "现场.png"
    photo.write_bytes(_png())
    clerk.page.set_input_files("#id_evidence", str(photo))
    with clerk.forgiving(422):
        clerk.page.get_by_role("button", name=clerk.say("提交办结", "Report as resolved")).first.click()
        clerk.page.locator("[data-zb-errors]").wait_for()
    assert "现场.png" in clerk.page.locator(".zb-upload-files").inner_text()
    clerk.fill("办理意见", "Words for the record", "已兑付完毕。")
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name=clerk.say("提交办结", "Report as resolved")).first.click()
    clerk.arrived()
    clerk.reads("已兑付完毕。", "现场.png")


def _png() -> bytes:
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.new("RGB", (32, 24), "navy").save(held, "PNG")
    return held.getvalue()
