"""The search: Chinese words, pinyin and initials over every room, within the reader's reach and no further."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhuanban.indicators.models import Indicator
from zhuanban.kit.searching import Query
from zhuanban.matters import services as matters
from zhuanban.people.models import DataClass
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = cast()
    with work(Actor("system", "test", "test"), "indicators"):
        for code, name, english, group, unit in (
            ("retail_sales", "社会消费品零售总额", "Retail sales", built.group5, built.commerce),
            ("budget_revenue", "一般公共预算收入", "Budget revenue", built.group3, built.finance),
        ):
            Indicator.objects.create(
                code=code, name_zh=name, name_en=english, group=group, dept=unit, measure="亿元", value_kind="flow",
                frequency="monthly", polarity="higher", aliases=["社零额"] if code == "retail_sales" else [],
            )  # fmt: skip
    matters.register_matter(
        by=built.office_head, title="商场停业装修", description="x", source="企业走访",
        group_id=built.group5.pk, unit_id=built.commerce.pk,
    )  # fmt: skip
    matters.register_matter(
        by=built.office_head, title="商户资金紧张", description="x", source="企业走访", data_class=DataClass.ENTERPRISE,
        group_id=built.group3.pk, unit_id=built.finance.pk,
    )  # fmt: skip
    return built


def found(people: Cast, name: str, words: str, **more: str) -> list[str]:
    client = Client()
    client.force_login(people.users[name])
    page = html.unescape(client.get("/search/", {"q": words, **more}).content.decode())
    body = page[page.index("<main") :] if "<main" in page else page
    return [re.sub(r"<[^>]+>.*", "", each).strip() for each in re.findall(r'<a (?:role="option" class="zb-found" )?href="/[^"]+"(?: tabindex="-1")?>(.*?)<', body)]


@pytest.mark.parametrize("words", ["零售", "shxfp", "lingshou", "社零额", "ＲＥＴＡＩＬ", "retail_sales", "社会 零售"])
def test_an_indicator_is_found_by_a_word_initials_pinyin_other_names_and_code(people: Cast, words: str) -> None:
    assert "社会消费品零售总额" in found(people, "chief", words)
    assert "一般公共预算收入" not in found(people, "chief", words)


def test_matters_units_posts_and_groups_are_found_too(people: Cast) -> None:
    assert any("商场停业装修" in each for each in found(people, "office_head", "tingye"))
    assert {"商务办", "商贸及文教卫组"} <= set(found(people, "office_head", "商"))
    assert "商务办 · 经办人" in found(people, "office_head", "jingbanren")


def test_nothing_beyond_the_reach_is_found_or_counted(people: Cast) -> None:
    assert any("商场停业装修" in each for each in found(people, "commerce_clerk", "商场"))
    for words in ("商户", "shanghu", "一般公共", "budget"):
        assert found(people, "commerce_clerk", words) == []
    for name in ("sysadmin", "auditor", "secadmin"):
        assert found(people, name, "停业") == []
    assert any("商户资金紧张" in each for each in found(people, "finance_clerk", "资金"))


def test_the_box_gets_the_same_without_the_frame(people: Cast) -> None:
    client = Client()
    client.force_login(people.users["office_head"])
    answer = client.get("/search/", {"q": "零售", "part": "box"})
    assert b"<html" not in answer.content
    assert found(people, "office_head", "零售", part="box") == ["社会消费品零售总额"]
    assert client.get("/search/", {"q": "", "part": "box"}).content.strip() == b'<p class="zb-note"></p>'


@pytest.mark.parametrize("words", ["", " ", "？", "x" * 10_000, "<script>alert(1)</script>", "%", "'; DROP TABLE people_unit; --"])
def test_odd_queries_are_answered_in_words(people: Cast, words: str) -> None:
    client = Client()
    client.force_login(people.users["office_head"])
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_a_search_takes_few_queries(people: Cast) -> None:
    client = Client()
    client.force_login(people.users["chief"])
    client.get("/search/", {"q": "零售"})
    with CaptureQueriesContext(connection, ) as asked:
        client.get("/search/", {"q": "shxf"})
    assert len(asked) <= 15


@pytest.mark.parametrize(
    ("words", "name", "fit"),
    [
        ("商务办", "商务办", 0), ("商务", "商务办", 1), ("务办", "商务办", 3), ("swb", "商务办", 4), ("wb", "商务办", 5),
        ("wuban", "商务办", 6), ("uban", "商务办", None), ("cqyh", "重庆银行", 4), ("xingye", "行业", None), ("hangye", "行业", 6),
    ],
)  # fmt: skip
def test_how_well_a_name_fits(words: str, name: str, fit: int | None) -> None:
    assert Query(words).fit(name) == fit


def test_who_is_not_signed_in_searches_nothing() -> None:
    assert Client().get("/search/", {"q": "x"}).status_code == 302
