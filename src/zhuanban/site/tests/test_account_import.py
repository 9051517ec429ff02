"""Accounts from a sheet: read, shown, made; every problem at its cell, and all or nothing."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from zhuanban.kit.idempotency import new_key
from zhuanban.people.models import PostHolder, User
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db
HOME = "/accounts/import/"
HEADERS = ["登录名", "单位", "岗位", "开始日期"]


@pytest.fixture
def people() -> Cast:
    return cast()


def sheet(*rows: list[Any], title: str = "") -> SimpleUploadedFile:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in ([[title]] if title else []) + [HEADERS, *rows]:
        page.append(row)
    body = io.BytesIO()
    book.save(body)
    return SimpleUploadedFile("账号.xlsx", body.getvalue())


def read(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post(HOME, {"zb_key": new_key(), "file": file})


def sealed(answer: Any) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def make(client: Client, seal: str) -> Any:
    return client.post(HOME + "make/", {"zb_key": new_key(), "sealed": seal})


def test_a_sheet_is_shown_first_and_then_made_with_a_link_for_each(people: Cast) -> None:
    client = browser(people, "sysadmin")
    shown = read(client, sheet(["zhang01", "商务办", "经办人", date(2023, 8, 1)], ["li02", "", "专职人员", None], title="八月新到人员"))
    assert shown.status_code == 200
    assert "zhang01" in words(shown)
    assert "2023-08-01" in words(shown)
    assert not User.objects.filter(username="zhang01").exists()
    assert make(client, sealed(shown)).status_code == 302
    holder = PostHolder.objects.get(user__username="zhang01")
    assert (holder.post.code, holder.valid_from) == ("commerce_clerk", date(2023, 8, 1))
    assert PostHolder.objects.get(user__username="li02").post.code == "street_officer"
    page = words(client.get("/accounts/"))
    links = re.findall(r"<code class=\"zb-code\">http://testserver(/account/link/[^<]+)</code>", page)
    assert len(links) == 2
    assert Client().get(links[0]).status_code == 200
    assert "/account/link/" not in words(client.get("/accounts/"))


def test_every_problem_stands_at_its_cell_and_nothing_is_made(people: Cast) -> None:
    before = User.objects.count()
    answer = read(browser(people, "sysadmin"), sheet(
        ["new01", "商务办", "处长", None], ["", "商务办", "经办人", None], ["new02", "", "经办人", None],
        ["new03", "商务办", "经办人", "下周"], ["commerce_clerk", "商务办", "经办人", None], ["new04", "商务办", "负责人", None],
        ["new05", "商务办", "经办人", None], ["NEW05", "商务办", "经办人", None],
    ))  # fmt: skip
    assert answer.status_code == 422
    page = words(answer)
    rows = re.findall(r'<tr><th scope="row">(\w\d+)</th><td[^>]*><div>(.*?)</div>', page)
    assert [where for where, _ in rows] == ["C2", "A3", "C4", "D5", "A6", "A7", "A9"]
    told = dict(rows)
    assert "没有岗位“处长”" in told["C2"]
    assert "缺少登录名" in told["A3"]
    assert "不止一个岗位" in told["C4"]
    assert "“下周”不是日期" in told["D5"]
    assert "已有账号" in told["A6"]
    assert "同一时间只能由一人担任" in told["A7"]
    assert User.objects.count() == before


def test_what_was_shown_to_one_is_not_made_by_another_or_after_a_change(people: Cast) -> None:
    client = browser(people, "sysadmin")
    seal = sealed(read(client, sheet(["zhang01", "商务办", "经办人", None])))
    assert make(client, seal[:-2] + "xx").status_code == 409
    assert make(client, "").status_code == 409
    assert make(client, seal).status_code == 302
    again = make(client, seal)
    assert again.status_code == 409
    assert User.objects.filter(username="zhang01").count() == 1


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("账号.pdf", b"%PDF-1.4", "pdf"),
        ("账号.csv", "甲,乙\n1,2\n".encode(), "没有同时含“登录名”和“岗位”的表头"),
        ("账号.csv", "登录名,岗位\n".encode(), "没有账号"),
        ("账号.xlsx", b"PK broken", "账号.xlsx"),
    ],
)
def test_a_foreign_or_empty_file_is_refused_in_words(people: Cast, name: str, body: bytes, told: str) -> None:
    answer = read(browser(people, "sysadmin"), SimpleUploadedFile(name, body))
    assert answer.status_code == 422
    assert told in words(answer)


def test_no_file_at_all_is_said(people: Cast) -> None:
    answer = browser(people, "sysadmin").post(HOME, {"zb_key": new_key()})
    assert answer.status_code == 422
    assert "未选择文件" in words(answer)


def test_the_sample_is_read_without_a_fault_once_it_is_filled_in(people: Cast) -> None:
    client = browser(people, "sysadmin")
    book = load_workbook(io.BytesIO(client.get(HOME + "sample.xlsx").content))
    assert book.sheetnames == ["账号清单", "单位和岗位"]
    first, second = book
    names = [tuple(cell.value for cell in row) for row in second.iter_rows()]
    assert ("商务办", "经办人") in names
    first.append(["wang03", "商务办", "经办人", None])
    body = io.BytesIO()
    book.save(body)
    assert "wang03" in words(read(client, SimpleUploadedFile("a.xlsx", body.getvalue())))


def test_only_the_system_administrator_gets_here(people: Cast) -> None:
    for name in ("secadmin", "auditor", "commerce_head"):
        assert browser(people, name).get(HOME).status_code == 404
