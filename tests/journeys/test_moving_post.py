"""A clerk moves to another department in the middle of the month: rights and open work follow the post at the next click."""

import re

from tests.journeys.conftest import People
from tests.journeys.person import Person
from tests.journeys.serving import Site

MATTER = "/matters/2023-0013/"
FINANCE = "/matters/2023-0017/"


def test_two_clerks_change_places_and_nothing_open_is_lost(people: People, site: Site) -> None:
    clerk, finance, system = people("clerk"), people("finance"), people("sysadmin")
    say = clerk.say
    clerk.open(MATTER)
    before = clerk.page.inner_text("main")
    own = _post_of(clerk)
    with finance.forgiving(404):
        finance.open(MATTER)
    commerce_post, finance_post = _post_held_by(system, "clerk"), _post_held_by(system, "finance")
    _hands_over(system, commerce_post, "finance")
    _hands_over(system, finance_post, "clerk")

    with clerk.forgiving(404):
        clerk.open(MATTER)
        assert MATTER in clerk.page.url
        assert clerk.page.locator("h1").inner_text() not in before
    clerk.open("/")
    assert say("财政", "Financ") in _post_of(clerk)
    finance.open(MATTER)
    assert _post_of(finance) == own
    # What the predecessor did stays under the post that did it, and the open step waits for the new holder.
    assert finance.page.locator("main form").count() >= 1
    assert _steps(finance.page.inner_text("main")) == _steps(before)
    finance.open("/inbox/?show=all")
    checked = site.command("trail", "verify", "--deep")
    assert checked.returncode == 0, checked.stdout


def _post_held_by(system: Person, account: str) -> str:
    """The address of the post that an account holds, found by the account's name."""
    system.open(f"/organisation/structure/?q={account}")
    row = system.page.locator("main tr", has=system.page.get_by_text(account, exact=True)).first
    return str(row.locator("th a").first.get_attribute("href"))


def _hands_over(system: Person, post: str, account: str) -> None:
    """The post goes to an account from today, with a list to sign."""
    system.open(post)
    system.follow(system.say("移交", "Hand over"))
    choice = system.page.locator("[name=account]")
    value = choice.locator("option", has_text=re.compile(f"^{account}$")).get_attribute("value")
    choice.select_option(value)
    system.page.locator("[name=reason]").fill("岗位调整")
    system.press("移交", "Hand over")
    assert re.fullmatch(r"/organisation/handovers/\d+/", system.path), system.page.inner_text("main")


def _post_of(person: Person) -> str:
    return str(person.page.inner_text(".zb-post-label"))


def _steps(page: str) -> list[str]:
    """Who did what on the matter: the lines that name a post."""
    return [line for line in page.splitlines() if " · " in line and re.search(r"\d{2}-\d{2}", line)]
