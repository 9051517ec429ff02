"""Where a query door usually leaks although its lists are scoped: each hole with a proof that nothing comes through.

A confidential matter of the commerce office, full of words that stand nowhere else; the finance clerk reaches neither its
unit nor its class.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from zhuanban.files.models import Attachment
from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.matters import queries, services
from zhuanban.matters.models import Matter, MatterEvidence
from zhuanban.matters.tests.story import registered, resolved
from zhuanban.people.access import viewer_of
from zhuanban.people.models import DataClass, Notice
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db
SECRET = "青石港冷库搬迁"
TUESDAY = datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.pinned(TUESDAY):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def secret(people: Cast) -> Matter:
    return resolved(people, title=SECRET, description=f"{SECRET}的情况", data_class=DataClass.ENTERPRISE)


@pytest.fixture
def outsider(people: Cast, secret: Matter) -> Client:
    del secret
    return browser(people, "finance_clerk")


def own(people: Cast, **values: Any) -> Matter:
    """A matter of the finance office, which the outsider sees."""
    given = {"by": people.finance_clerk, "group_id": people.group3.pk, "unit_id": people.finance.pk, **values}
    return registered(people, **given)


def test_a_parent_read_over_a_foreign_key_is_asked_through_the_scope_first(people: Cast, secret: Matter, outsider: Client) -> None:
    """Evidence knows its matter; neither the number of the one nor of the other opens it, nor the two of different matters."""
    evidence = MatterEvidence.objects.get(event__matter=secret)
    mine = own(people, title="自家事项")
    for number in (secret.number, mine.number, "2023-9999"):
        for leaf in ("", "preview/"):
            assert outsider.get(f"/matters/{number}/evidence/{evidence.pk}/{leaf}").status_code == 404, (number, leaf)
    assert Attachment.objects.count() == 1


def test_counts_leave_out_what_the_list_leaves_out(people: Cast, secret: Matter, outsider: Client) -> None:
    page = queries.matters(viewer=people.finance_clerk)
    assert (page.open_count, page.overdue_count, page.rows) == (0, 0, ())
    assert queries.open_count(viewer=people.finance_clerk, ledger="problem") == "0"
    assert "未销号0件" in words(outsider.get("/matters/"))


def test_a_choice_that_a_form_did_not_offer_is_no_way_in(people: Cast) -> None:
    forged = browser(people, "finance_clerk").post("/matters/register/", {
        "zb_key": new_key(), "title": "越权", "description": "越权", "source": "visit", "urgency": "normal",
        "group": people.group5.pk, "unit": people.commerce.pk,
    })  # fmt: skip
    assert forged.status_code in (403, 422)
    assert not Matter.objects.exists()


@pytest.mark.parametrize("order", ["number", "title", "unit", "group", "state", "due_on", "raised_on"])
def test_no_order_and_no_place_in_a_list_tells_of_a_row_beyond_the_scope(
    people: Cast, secret: Matter, outsider: Client, order: str
) -> None:
    mine = own(people, title="自家事项")
    for sign in ("", "-"):
        for after in ("", f"{secret.pk}", f"{secret.pk}~{SECRET}", f"0~{secret.due_on}", f"0~{secret.state}"):
            rows = outsider.get("/matters/", {"state": "", "order": f"{sign}{order}", "after": after}).context["list"].rows
            assert {row.number for row in rows} <= {mine.number}, (sign, after)


@pytest.mark.parametrize("asked", ["/search/?q=青石港", "/search/?q=qsg", "/matters/?state=&words=青石港", "/matters/export/?state=&words=冷库"])
def test_a_search_finds_counts_and_exports_nothing_of_it(people: Cast, secret: Matter, outsider: Client, asked: str) -> None:
    answer = outsider.get(asked)
    assert SECRET not in answer.content.decode(errors="replace")
    insider = browser(people, "commerce_clerk").get(asked)
    assert answer.status_code == insider.status_code == 200


def test_what_was_kept_for_one_reader_is_not_shown_to_the_next(people: Cast, secret: Matter, outsider: Client) -> None:
    """Boards, months and rules are kept per process: who comes after a reader with more rights sees his own part."""
    for address in ("/board/", "/matters/?state=", "/alerts/?state=all", "/filings/?month=2023-06"):
        browser(people, "office_head").get(address)
        assert SECRET not in words(outsider.get(address)), address


def test_a_message_about_a_taken_name_names_only_ones_own(people: Cast) -> None:
    """Views are unique by account and name: another's name is free, and no message tells that it is taken."""
    for username in ("office_head", "finance_clerk"):
        answer = browser(people, username).post("/lists/matters/views/", {"zb_key": new_key(), "name": SECRET, "query": ""})
        assert answer.status_code == 302


def test_a_notice_is_checked_when_it_is_sent_not_when_its_reason_arose(people: Cast) -> None:
    """Reclassified between the event and its hearing: whose right does not reach the new class hears nothing."""
    events.drain()
    matter = registered(people, title=SECRET)
    services.classify_matter(
        matter_id=matter.pk, by=people.office_head, version=matter.version, data_class=DataClass.ENTERPRISE, text="含企业信息"
    )
    Notice.objects.all().delete()
    events.drain()
    reading = {name for name, user in people.users.items() if queries.matter(viewer=viewer_of(user), number=matter.number)}
    assert set(Notice.objects.values_list("user__username", flat=True)) <= reading
    assert not Notice.objects.filter(text_zh__contains=SECRET).exists()


def test_a_task_is_ordered_only_by_whose_right_it_is(people: Cast) -> None:
    """Tasks run without a viewer: verifying the record, backing up and trying again have their doors at the order."""
    client = browser(people, "finance_clerk")
    for address in ("/audit/verify/", "/system/backup/", "/system/tasks/00000000-0000-0000-0000-000000000001/again/"):
        assert client.post(address, {"zb_key": new_key()}).status_code == 404, address


def test_a_sample_sheet_lists_only_what_its_reader_may_fill_in() -> None:
    from zhuanban.filings.tests.story import begin
    from zhuanban.kit.spreadsheets.reader import read_sheets

    made = begin()
    answer = browser(made, "commerce_clerk").get("/board/import/sample.xlsx")
    cells = {cell.text for sheet in read_sheets(answer.content, "xlsx", name="x.xlsx") for row in sheet.rows for cell in row if cell}
    assert any("零售" in text for text in cells)
    assert not any("财政" in text or "预算" in text for text in cells)
