"""The chief on a phone: from the workbench to why a light is red in three taps, and nothing that writes a figure."""

from tests.journeys.conftest import People
from tests.journeys.person import PHONE, Person
from tests.journeys.serving import Site


def test_the_chief_finds_why_a_light_is_red_in_three_taps(people: People) -> None:
    chief = people("chief", PHONE)
    say = chief.say
    chief.reads(say("报警", "Alarm"), say("最新月份", "newest month"))
    _fits(chief)
    chief.page.locator("main a.zb-pick", has_text=say("报警", "Alarm")).first.tap()
    chief.page.wait_for_url("**/board/**")
    chief.arrived()
    chief.reads(say("零售业营业收入", "Revenue of retail"))
    _fits(chief)
    row = chief.page.locator("main tbody tr", has_text=say("零售业营业收入", "Revenue of retail")).first
    with chief.page.expect_navigation():
        row.locator("a").last.tap()
    chief.arrived()
    assert chief.path.endswith("#why")
    chief.reads(say("为什么是这个灯", "Why this light"), "\u22128.0")
    _fits(chief)
    assert not [name for name in ("发布", "Publish", "读表核对", "导入", "Import") if _button(chief, name)]
    with chief.forgiving(404):
        chief.open("/board/import/")
    assert chief.page.locator("input[type=file]").count() == 0


def _button(chief: Person, name: str) -> int:
    return int(chief.page.get_by_role("button", name=name, exact=True).count())


def _fits(chief: Person) -> None:
    """The page itself does not scroll sideways; wide tables scroll inside their card."""
    wide = chief.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0], (chief.path, wide)


def test_five_minutes_of_the_chief_overview_reason_one_matter_and_his_word(people: People) -> None:
    """What is new, the zone at a glance, why a light is so, one matter's story and the word that is his to give; no field
    for a figure on any of the pages."""
    chief = people("chief", PHONE)
    say = chief.say
    chief.reads(say("最新变化", "What is new"), say("最近7天", "in the last 7 days"))
    _tap(chief, '.zb-rail a[href="/overview/"], .zb-tabs a[href="/overview/"], nav a[href="/overview/"]')
    chief.reads(say("最要紧的缺口", "The gaps that press most"), say("未销号事项", "Matters not struck off"))
    _fits(chief)
    _no_way_to_a_value(chief)
    gap = chief.page.locator("main table a", has_text=say("零售业营业收入", "Revenue of retail")).first
    with chief.page.expect_navigation():
        gap.tap()
    chief.arrived()
    chief.reads(say("为什么是这个灯", "Why this light"), "\u22128.0")
    _fits(chief)
    _no_way_to_a_value(chief)
    chief.open("/")
    todo = chief.page.locator(".zb-todos a.zb-what", has_text="2023-0010").first
    with chief.page.expect_navigation():
        todo.tap()
    chief.arrived()
    chief.reads(say("办结待审", "Under review"), say("签收", "Signed for"), "入统审核回执")
    _fits(chief)
    chief.fill("办理意见", "Words for the record", "材料齐全，同意办结。")
    chief.press("审核通过", "Confirm")
    chief.reads("材料齐全，同意办结。", say("待回访销号", "Reviewed"))
    _fits(chief)
    with chief.forgiving(404):
        for path in ("/board/import/", "/board/targets/fai/new/", "/filings/week/"):
            chief.open(path)


def test_what_is_new_counts_as_seen_only_once_it_stood_before_his_eyes(people: People, site: Site) -> None:
    """Below the reviewer's many to-dos it is out of sight on a phone: opening the page does not tick it off, scrolling to it does."""
    reviewer = people("reviewer", PHONE)
    reviewer.open("/")
    assert _marks(site) == []
    with reviewer.page.expect_response("**/changes/seen/"):
        reviewer.page.locator("#changes").scroll_into_view_if_needed()
    assert len(_marks(site)) == 1
    _fits(reviewer)


def _marks(site: Site) -> list[tuple[str, ...]]:
    import sqlite3

    with sqlite3.connect(f"file:{site.workspace / 'zhuanban.sqlite3'}?mode=ro", uri=True) as database:
        return database.execute("SELECT actor FROM kit_visitmark").fetchall()


def _tap(chief: Person, selector: str) -> None:
    link = chief.page.locator(selector).locator("visible=true").first
    with chief.page.expect_navigation():
        link.tap()
    chief.arrived()


def _no_way_to_a_value(chief: Person) -> None:
    fields = chief.page.locator("main form[method=post] input:not([type=hidden]), main form[method=post] textarea").count()
    assert fields == 0, (chief.path, fields)
