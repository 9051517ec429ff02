"""Keyboard alone from sign-in to an indicator, and every page of every kind of person without serious barriers."""

from typing import Any

import pytest

from tests.journeys.conftest import People
from tests.journeys.person import PASSWORD, PHONE, Person

WALKS = {
    "statistician": (
        "/", "/board/", "/board/import/", "/board/import/columns/", "/board/expected/", "/board/fai/", "/alerts/", "/matters/", "/filings/", "/filings/calendar/", "/overview/",
        "/board/targets/", "/board/groups/COMMERCE_CULT/", "/board/units/street_1/", "/board/unowned/", "/followed/", "/reports/", "/changes/", "/changes/?days=30",
    ),
    "reviewer": (
        "/matters/register/", "/matters/rates/", "/matters/2023-0007/", "/matters/2023-0001/", "/filings/verify/", "/reports/monthly/", "/reports/", "/reports/4/",
        "/office/", "/office/lights/", "/office/calendar/", "/office/peers/", "/board/targets/fai/",
    ),
    "clerk": ("/", "/inbox/", "/help/02-workbench/", "/matters/2023-0013/"),
    "officehead": ("/", "/filings/?month=2023-06", "/filings/72/"),
    "housing": ("/filings/", "/filings/67/", "/filings/timeliness/"),
    "auditor": ("/", "/filings/verify/", "/audit/", "/audit/20/", "/audit/verify/"),
    "sysadmin": (
        "/accounts/import/", "/organisation/structure/", "/organisation/structure/units/1/", "/organisation/structure/posts/1/",
        "/organisation/structure/posts/1/hand-over/", "/organisation/structure/groups/1/", "/search/?q=shang", "/system/",
    ),
    "secadmin": ("/security/rights/",),
}  # fmt: skip


def test_sign_in_board_and_indicator_by_keyboard_alone(people: People) -> None:
    person = people()
    page = person.page
    person.open("/sign-in/")
    _tab_to(person, "[name=username]")
    page.keyboard.type("leader")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.arrived()
    page.keyboard.press("Tab")
    assert _focused(page, "href") == "#main"
    _tab_to(person, '.zb-rail a[href="/board/"]')
    _enter(person)
    assert person.path == "/board/"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(person, 'th a[href*="/board/wholesale_rev/"]', most=250)
    _enter(person)
    person.reads(person.say("批发业营业收入", "Revenue of wholesale"), person.say("为什么是这个灯", "Why this light"))


def test_the_search_box_opens_an_indicator_by_initials_and_arrows(people: People) -> None:
    person = people()
    person.sign_in("leader")
    page = person.page
    person.open("/alerts/")
    page.keyboard.press("Control+k")
    assert _focused(page, "name") == "q"
    page.keyboard.type("shxfp")
    page.wait_for_selector("#zb-search-found [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("[data-zb-search]", "aria-activedescendant") == "zb-found-0"
    page.keyboard.press("Escape")
    assert page.get_attribute("[data-zb-search]", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#zb-search-found [role=option]")
    page.keyboard.press("ArrowDown")
    _enter(person)
    assert person.path == "/board/retail_sales/"


def _enter(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.arrived()


def _tab_to(person: Person, selector: str, most: int = 60) -> None:
    """Press Tab until the element has the focus, which can be seen."""
    for _ in range(most):
        if person.page.evaluate("s => document.activeElement.matches(s)", selector):
            ring = person.page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow; }"
            )
            assert ring not in ("nonenone",), f"{selector} has the focus and does not show it"
            return
        person.page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by {most} tabs on {person.path}")


def _focused(page: Any, attribute: str) -> str:
    return str(page.evaluate("name => document.activeElement.getAttribute(name)", attribute))


@pytest.mark.parametrize("size", [(1366, 768), PHONE], ids=["desk", "phone"])
def test_every_page_is_free_of_serious_barriers_errors_and_foreign_requests(
    people: People, size: tuple[int, int]
) -> None:
    for username, paths in WALKS.items():
        person = people(username, size)
        for path in paths:
            person.open(path)
            assert person.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        if username == "statistician":
            for listing in ("/alerts/?month=all&state=all", "/filings/?month=2023-06", "/board/import/"):
                person.open(listing)
                with person.page.expect_navigation():
                    person.page.locator("main tbody th a").first.click()
                person.arrived()
        with person.forgiving(404):
            person.open("/nowhere/")
