"""The handbook on the pages: every page opens its chapter, every link and picture of a chapter is there."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.site.handbook import CHAPTERS, DOCS, chapter_of

pytestmark = pytest.mark.django_db
NEED_NONE = {"sign_out", "set_language", "health", "look", "help", "help_chapter", "help_picture"}
"""Not pages, or pages that explain themselves. Files are handed out beside a page."""


@pytest.fixture
def people() -> Cast:
    return cast()


def _names(entries: object, space: str = "") -> set[str]:
    found: set[str] = set()
    for entry in entries:  # type: ignore[attr-defined]
        if isinstance(entry, URLResolver):
            found |= _names(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
    return found


def test_every_page_has_a_chapter_and_every_chapter_stands_in_both_languages() -> None:
    without = {name for name in _names(get_resolver().url_patterns) if not chapter_of(name)}
    assert {name for name in without if not name.startswith("files:")} == NEED_NONE
    for _, chapter in CHAPTERS:
        for language in ("zh", "en"):
            assert (DOCS / "handbook" / language / f"{chapter}.md").is_file(), (chapter, language)


@pytest.mark.parametrize(
    ("address", "chapter"),
    [("/", "02-workbench"), ("/board/", "03-board"), ("/board/import/", "05-import"), ("/organisation/", "11-organisation"),
     ("/account/", "01-sign-in"), ("/filings/verify/", "08-filings"), ("/office/calendar/", "14-office")],
)  # fmt: skip
def test_the_question_mark_opens_the_chapter_about_the_page(people: Cast, address: str, chapter: str) -> None:
    page = words(browser(people, "office_head").get(address))
    assert f'class="zb-help" href="/help/{chapter}/"' in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_chapters_read_in_both_languages_and_lead_only_to_what_is_there(people: Cast, language: str) -> None:
    client = browser(people, "commerce_clerk", language=language)
    seen, waiting = set(), {"/help/"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if address.startswith("/help/pictures/"):
            assert answer["Content-Type"] == "image/png"
            assert answer.content.startswith(b"\x89PNG")
            continue
        page = words(answer)
        assert ".md" not in "".join(re.findall(r'href="([^"]*)"', page)), address
        waiting |= set(re.findall(r'(?:href|src)="(/help/[^"#]*)', page)) - seen
    assert {f"/help/{chapter}/" for _, chapter in CHAPTERS} <= seen


def test_the_handbook_is_open_before_signing_in_and_has_no_other_files(people: Cast) -> None:
    stranger = Client()
    assert stranger.get("/help/01-sign-in/").status_code == 200
    for address in ("/help/..%2F..%2FREADME/", "/help/no-such/", "/help/pictures/no-such.png", "/help/pictures/..%2Fx.png"):
        assert stranger.get(address).status_code == 404, address
