"""The chief on a phone: from the workbench to why a light is red in three taps, and nothing that writes a figure."""

from tests.journeys.conftest import People
from tests.journeys.person import PHONE, Person


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
