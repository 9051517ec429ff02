"""The audit administrator's pages: reading and filtering the record, what an entry shows, verification, the extract."""

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.matters import services as matters
from zhuanban.people import services
from zhuanban.people.models import Unit, User
from zhuanban.people.tests.browsing import words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.site.audit_words import OPERATIONS, READABLE, TABLES
from zhuanban.trail import guard, queries, triggers
from zhuanban.trail.audited import audited_tables
from zhuanban.trail.models import CheckRun, Entry
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def browser(people: Cast, name: str = "auditor") -> Client:
    client = Client()
    client.force_login(people.users[name])
    return client


def numbers(answer: Any) -> list[int]:
    return [int(each) for each in re.findall(r'href="/audit/(\d+)/"', answer.content.decode())]


def rename(people: Cast, name: str) -> int:
    """The commerce office gets another name; the number of the entry."""
    unit = Unit.objects.get(code="commerce")
    services.change_unit(
        unit_id=unit.pk, version=unit.version, name_zh=name, name_en="", kind=unit.kind, parent=None, position=3,
        active=True, by=people.sysadmin,
    )  # fmt: skip
    return queries.head_certificate().seq


def test_the_record_is_read_page_by_page_without_a_gap_or_a_double(people: Cast) -> None:
    client, seen, address = browser(people), [], "/audit/"
    newest = queries.head_certificate().seq
    while address:
        page = client.get(address)
        seen += numbers(page)
        found = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        address = "/audit/" + html.unescape(found[1]) if found else ""
        with work(Actor("system", "test", "test"), "meanwhile"):
            Unit.objects.filter(code="street").update(position=len(seen) % 100)
    assert seen == list(range(newest, 0, -1))


def test_filters_stand_in_the_address_and_hold_together(people: Cast) -> None:
    seq, client, today = rename(people, "商贸办"), browser(people), clock.real_now().date()
    unit = Unit.objects.get(code="commerce").pk
    assert numbers(client.get("/audit/", {"table": "people_unit", "pk": unit, "op": "update"})) == [seq]
    assert numbers(client.get("/audit/", {"words": "修改单位 系统管理员"})) == [seq]
    assert numbers(client.get("/audit/", {"words": "修改单位", "until": today - timedelta(days=2)})) == []
    assert numbers(client.get("/audit/", {"words": "修改单位", "since": today - timedelta(days=2), "kind": "user"})) == [seq]
    nothing = client.get("/audit/", {"words": "没有这样的事"})
    assert "没有符合条件的记录" in words(nothing)
    bad = client.get("/audit/", {"since": "gestern", "table": "no_such"})
    assert bad.status_code == 422


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01"])
def test_a_day_that_no_entry_can_have_is_said_beside_its_field(people: Cast, field: str, day: str) -> None:
    answer = browser(people).get("/audit/", {field: day})
    assert answer.status_code == 422
    assert f"“{day}”不是本页可以显示的日期" in words(answer)


def test_the_furthest_days_that_can_be_read_filter_nothing_away(people: Cast) -> None:
    assert browser(people).get("/audit/", {"since": "1900-01-01", "until": "2199-12-31"}).status_code == 200


def test_an_entry_shows_what_changed_before_and_after_and_its_place_in_the_chain(people: Cast) -> None:
    rename(people, "商贸办")
    page = words(browser(people).get(f"/audit/{rename(people, '商贸局')}/"))
    rows = re.findall(r"<code>(\w+)</code></th><td[^>]*><div>(.*?)</div></td><td[^>]*><div>(.*?)</div>", page)
    assert rows == [("name_en", "商贸办", "商贸局"), ("name_zh", "商贸办", "商贸局"), ("version", "2", "3")]
    last = Entry.objects.latest("seq")
    assert last.hash in page
    assert last.prev in page
    assert browser(people).get("/audit/999999/").status_code == 404
    assert browser(people).get("/audit/99999999999999999999/").status_code == 404


def test_no_password_digest_and_no_word_of_business_is_shown(people: Cast) -> None:
    clerk = people.users["commerce_clerk"]
    with work(Actor("system", "test", "test"), "password"):
        clerk.set_password("Fruehling-2023-gut")
        User.objects.filter(pk=clerk.pk).update(password=clerk.password)
    secret = words(browser(people).get(f"/audit/{queries.head_certificate().seq}/"))
    assert "pbkdf2" not in secret.lower()
    assert clerk.password not in secret
    assert "不显示" in secret
    matters.register_matter(
        by=people.office_head, title="机密标题", description="机密描述", source="企业走访",
        group_id=people.group5.pk, unit_id=people.commerce.pk,
    )  # fmt: skip
    client = browser(people)
    for entry in Entry.objects.order_by("-seq")[:6]:
        page = words(client.get(f"/audit/{entry.seq}/"))
        assert "机密" not in page
    assert "机密" not in words(client.get("/audit/"))
    assert "<code>title</code>" in words(client.get(f"/audit/{Entry.objects.filter(tbl='matters_matter').latest('seq').seq}/"))


def test_the_extract_holds_the_chain_so_that_others_can_check_it_and_is_itself_recorded(people: Cast) -> None:
    rename(people, "商贸办")
    answer = browser(people).get("/audit/export.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == "编号")
    body = rows[head + 1 :]
    assert [row[0] for row in body] == list(range(len(body), 0, -1))
    assert all(newer[8] == older[9] for newer, older in zip(body, body[1:], strict=False))
    last = Entry.objects.latest("seq")
    assert (last.op, last.pk_text, last.actor_label) == ("export", "record", "专班办公室 · 审计管理员")


def test_an_extract_is_not_taken_while_a_filter_cannot_be_read(people: Cast) -> None:
    client = browser(people)
    answer = client.get("/audit/export.xlsx", {"since": "gestern"})
    assert (answer.status_code, answer["Location"]) == (302, "/audit/?since=gestern")
    assert client.get(answer["Location"]).status_code == 422
    assert not Entry.objects.filter(op="export").exists()


def test_a_verification_is_ordered_run_by_the_worker_and_told(people: Cast) -> None:
    client = browser(people)
    assert "尚未在此核验" in words(client.get("/audit/verify/"))
    for deep in ("", "1"):
        assert client.post("/audit/verify/", {"zb_key": new_key(), "deep": deep}).status_code == 302
        assert "核验中" in words(client.get("/audit/verify/"))
        events.drain()
    assert words(client.get("/audit/verify/")).count("未发现问题") == 2
    assert [run.entries > 0 for run in CheckRun.objects.all()] == [True, True]
    triggers.drop_guards()
    with guard.writes_open(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE trail_entry SET reason = 'forged' WHERE seq = 3")
    client.post("/audit/verify/", {"zb_key": new_key()})
    events.drain()
    page = words(client.get("/audit/verify/"))
    assert "发现1处问题" in page
    assert "记录被改动" in page


def test_only_the_audit_administrator_reads_the_record_and_he_changes_nothing(people: Cast) -> None:
    for name in ("sysadmin", "secadmin", "office_head", "chief", "commerce_clerk"):
        for path in ("/audit/", "/audit/1/", "/audit/export.xlsx", "/audit/verify/"):
            assert browser(people, name).get(path).status_code == 404, (name, path)
    assert people.auditor.roles == {"auditor"}
    assert not people.auditor.can("structure.define")


def test_every_audited_table_and_every_operation_has_words() -> None:
    assert set(TABLES) == {table.name for table in audited_tables().values()}
    assert set(TABLES) >= READABLE
    assert {"insert", "update", "delete", "epoch"} <= set(OPERATIONS)
