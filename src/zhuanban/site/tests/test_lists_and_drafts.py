"""Lists and forms as their users have them: kept views, several rows at once, files out, drafts, uploads by script."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhuanban.kit import clock, drafts
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.models import Draft, SavedView
from zhuanban.matters import services as matters
from zhuanban.matters.models import Matter
from zhuanban.matters.tests.story import registered, resolved, signed
from zhuanban.people.access import system_viewer
from zhuanban.people.models import DataClass, Grant, User
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.pinned(TUESDAY):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


def post(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"zb_key": new_key(), **fields}, follow=True)


def marks(*rows: Matter) -> list[str]:
    return [f"{row.pk}.{row.version}" for row in rows]


def state(row: Matter) -> str:
    row.refresh_from_db()
    return row.state


# -- kept views ---------------------------------------------------------------------------------------------------------


def test_a_view_is_kept_under_a_name_and_opens_the_list_as_it_was(people: Cast) -> None:
    client = browser(people, "office_head")
    page = post(client, "/lists/matters/views/", name="超期的", query="overdue=on&order=due_on&columns=handler")
    assert page.redirect_chain == [("/matters/?overdue=on&order=due_on&columns=number&columns=handler", 302)]
    menu = words(client.get("/lists/matters/views/", HTTP_X_REQUESTED_WITH="fetch"))
    assert "超期的" in menu
    assert "超期的" not in words(browser(people, "commerce_clerk").get("/lists/matters/views/"))


def test_a_view_of_another_is_absent_and_stays(people: Cast) -> None:
    post(browser(people, "office_head"), "/lists/matters/views/", name="我的", query="")
    view = SavedView.objects.get()
    foreign = post(browser(people, "commerce_clerk"), f"/lists/matters/views/{view.pk}/drop/")
    absent = post(browser(people, "commerce_clerk"), "/lists/matters/views/999999/drop/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert SavedView.objects.count() == 1
    assert post(browser(people, "office_head"), f"/lists/matters/views/{view.pk}/drop/").status_code == 200
    assert SavedView.objects.count() == 0


def test_views_of_a_list_that_is_not_ones_own_look_like_those_of_no_list(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    for key in ("accounts", "protection", "record", "no-such"):
        assert client.get(f"/lists/{key}/views/").status_code == 404, key
        assert post(client, f"/lists/{key}/views/", name="x", query="").status_code == 404, key


def test_a_view_without_a_name_is_refused_beside_the_field(people: Cast) -> None:
    page = post(browser(people, "office_head"), "/lists/matters/views/", name="", query="state=")
    assert page.status_code == 422
    assert SavedView.objects.count() == 0


# -- order, columns -----------------------------------------------------------------------------------------------------


def test_the_ledger_is_ordered_by_its_heads_and_shows_chosen_columns(people: Cast) -> None:
    for at in (3, 1, 2):
        registered(people, title=f"事项{at}")
    client = browser(people, "office_head")
    listed = words(client.get("/matters/?order=title&columns=title&columns=raised_by"))
    assert listed.index("事项1") < listed.index("事项2") < listed.index("事项3")
    assert "提出人" in listed
    assert "到期" not in listed
    assert 'aria-sort="ascending"' in client.get("/matters/?order=title").content.decode()


@pytest.mark.parametrize("order", ["number", "-number", "title", "unit", "-state", "due_on", "-raised_on", "group"])
def test_every_order_of_the_ledger_pages_without_gap_or_repeat(people: Cast, order: str) -> None:
    made = {registered(people, title=f"事项{at % 7}").number for at in range(55)}
    client, seen, address = browser(people, "office_head"), [], f"/matters/?order={order}"
    while address:
        found = client.get(address).context["list"]
        seen += [row.number for row in found.rows]
        address = f"/matters/{found.next_url}" if found.next_url else ""
    assert len(seen) == 55
    assert set(seen) == made


def test_a_file_of_a_list_has_its_rows_and_is_noted_in_the_record(people: Cast) -> None:
    client = browser(people, "sysadmin")
    answer = client.get("/accounts/?file=csv&order=-name&words=clerk")
    text = answer.content.decode("utf-8-sig")
    assert "commerce_clerk" in text
    assert "office_head" not in text
    assert answer["Content-Disposition"].startswith("attachment")
    assert "导出列表 accounts" in Entry.objects.order_by("-seq").values_list("reason", flat=True)[0]
    assert client.get("/accounts/?file=xlsx").content[:2] == b"PK"


# -- several rows at once -----------------------------------------------------------------------------------------------


def test_several_matters_are_accepted_at_once_each_by_itself(people: Cast) -> None:
    new, other = registered(people), registered(people)
    moved_on = registered(people)
    stale = marks(moved_on)
    matters.accept_matter(matter_id=moved_on.pk, by=people.office_head, version=moved_on.version)
    page = post(browser(people, "office_head"), "/matters/move/", verb="accept", marked=[*marks(new, other), *stale, "x", "1.2.3"])
    said = words(page)
    assert (state(new), state(other)) == ("accepted", "accepted")
    assert "受理：2件" in said
    assert "所选中有1行未改动" in said


def test_after_several_at_once_one_is_back_in_the_same_reading(people: Cast) -> None:
    row = registered(people, title="临时用电不足")
    client = browser(people, "office_head")
    page = client.get("/matters/?state=submitted&order=due_on&columns=title").content.decode()
    way = "/matters/move/?state=submitted&order=due_on&columns=number&columns=title"
    assert f'action="{way.replace("&", "&amp;")}"' in page
    back = post(client, way, verb="accept", marked=marks(row))
    assert back.redirect_chain == [(way.replace("/matters/move/", "/matters/"), 302)]


def test_bulk_moves_pass_no_door_that_a_single_one_does_not(people: Cast) -> None:
    row = registered(people)
    clerk = browser(people, "commerce_clerk")
    assert 'value="accept"' not in clerk.get("/matters/").content.decode()
    post(clerk, "/matters/move/", verb="accept", marked=marks(row))
    assert state(row) == "submitted"


def test_a_matter_beyond_ones_reach_is_refused_in_the_words_of_one_that_does_not_exist(people: Cast) -> None:
    secret = registered(people, data_class=DataClass.ENTERPRISE)
    with work(system_viewer("test").actor, "test"):
        Grant.objects.filter(post__holders__user=people.users["statistician"]).update(data_class=DataClass.INTERNAL)
    client = browser(people, "statistician")
    said = [
        words(post(client, "/matters/move/", verb="accept", marked=marked)).split("所选中")[1][:60]
        for marked in (marks(secret), ["999999.1"])
    ]
    assert said[0] == said[1]
    assert state(secret) == "submitted"


def test_a_move_that_asks_for_words_or_evidence_is_made_one_by_one(people: Cast) -> None:
    row = resolved(people)
    page = post(browser(people, "office_head"), "/matters/move/", verb="review", marked=marks(row))
    assert page.status_code in (200, 422)
    assert state(row) == row.state


def test_nothing_marked_and_too_many_marked_are_said_and_change_nothing(people: Cast) -> None:
    client = browser(people, "office_head")
    assert "没有勾选任何一行" in words(post(client, "/matters/move/", verb="accept"))
    many = [f"{at}.1" for at in range(1, 202)]
    assert "一次最多处理200行" in words(post(client, "/matters/move/", verb="accept", marked=many))


def test_accounts_are_switched_off_together_but_never_ones_own_nor_the_last_administrator(people: Cast) -> None:
    client = browser(people, "sysadmin")
    names = ("commerce_clerk", "finance_clerk", "sysadmin", "secadmin")
    page = post(client, "/accounts/many/", verb="off", marked=[f"{people.users[name].pk}.0" for name in names if name in people.users])
    on = {user.username for user in User.objects.filter(active=True)}
    assert {"commerce_clerk", "finance_clerk"}.isdisjoint(on)
    assert "sysadmin" in on
    assert "已停用2个账号" in words(page)


def test_links_for_several_accounts_are_shown_once(people: Cast) -> None:
    client = browser(people, "sysadmin")
    chosen = [f"{people.users[name].pk}.0" for name in ("commerce_clerk", "finance_clerk")]
    first = words(post(client, "/accounts/many/", verb="link", marked=chosen))
    assert first.count("/account/link/") == 2
    assert "/account/link/" not in words(client.get("/accounts/"))


# -- drafts -------------------------------------------------------------------------------------------------------------


def keep(client: Client, form: str, fields: Any) -> Any:
    return client.post("/drafts/", json.dumps({"form": form, "fields": fields}), content_type="application/json")


def test_a_draft_is_kept_for_its_account_alone_and_goes_when_the_form_was_sent(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    assert keep(client, "matters.register", {"title": "临时用电不足", "description": "写到一半"}).status_code == 200
    assert client.get("/drafts/?form=matters.register").json()["fields"]["description"] == "写到一半"
    assert browser(people, "finance_clerk").get("/drafts/?form=matters.register").json() == {}
    filled = {
        "title": "临时用电不足", "description": "二期吊装用电不足。", "source": "visit", "urgency": "urgent", "group": people.group5.pk,
        "unit": people.commerce.pk, "territory": "", "due_on": "", "zb_draft": "matters.register",
    }  # fmt: skip
    assert post(client, "/matters/register/", **{**filled, "title": ""}).status_code == 422
    assert client.get("/drafts/?form=matters.register").json()["fields"]
    assert post(client, "/matters/register/", **filled).status_code == 200
    assert client.get("/drafts/?form=matters.register").json() == {}


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"form": 1, "fields": {}}', '{"form": "a b", "fields": {"x": "y"}}', '{"form": "a", "fields": {"x": 1}}',
             '{"form": "a", "fields": {"x": "\\u0000"}}', '{"form": "a", "fields": {"x": "\\ud800"}}', '{"form": "a", "fields": {"\\u0000": "y"}}',
             '{"form": "a", "fields": [1]}', '{"form": "' + "a" * 81 + '", "fields": {"x": "y"}}', "[" * 5000],
)  # fmt: skip
def test_a_draft_that_is_none_is_refused_and_nothing_is_kept(people: Cast, body: str) -> None:
    answer = browser(people, "commerce_clerk").post("/drafts/", body, content_type="application/json")
    assert answer.status_code == 422
    assert Draft.objects.count() == 0


def test_a_form_sent_in_place_of_a_draft_is_refused(people: Cast) -> None:
    assert browser(people, "commerce_clerk").post("/drafts/", {"form": "a", "fields": "x"}).status_code == 422
    assert Draft.objects.count() == 0


def test_a_draft_too_long_is_refused_and_the_one_before_stays(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    keep(client, "a", {"text": "short"})
    assert keep(client, "a", {"text": "长" * 20_001}).status_code == 422
    assert client.get("/drafts/?form=a").json()["fields"] == {"text": "short"}


def test_forty_drafts_are_the_most_and_a_month_the_longest(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    for at in range(42):
        keep(client, f"form.{at}", {"text": "x"})
    assert Draft.objects.count() == 40
    Draft.objects.update(saved_at=clock.now() - timedelta(days=31))
    assert client.get("/drafts/?form=form.41").json() == {}
    assert drafts.forget_old() == 40


# -- uploads by script --------------------------------------------------------------------------------------------------


def test_a_form_sent_by_script_is_told_where_to_go_on_and_shows_its_refusal_as_a_page(people: Cast) -> None:
    row = signed(people)
    client = browser(people, "commerce_clerk")
    fields = {"zb_key": new_key(), "version": row.version, "verb": "note_progress", "text": "正在办理"}
    file = SimpleUploadedFile("说明.txt", b"\x00\x01")
    refused = client.post(f"/matters/{row.number}/move/", {**fields, "files": file}, HTTP_X_ZHUANBAN_UPLOAD="1")
    assert refused.status_code == 422
    assert "<main" in refused.content.decode()
    sent = client.post(f"/matters/{row.number}/move/", fields, HTTP_X_ZHUANBAN_UPLOAD="1")
    assert (sent.status_code, sent["X-Zhuanban-Next"]) == (204, f"/matters/{row.number}/")
    assert words(client.get(sent["X-Zhuanban-Next"])).count("正在办理") >= 1
