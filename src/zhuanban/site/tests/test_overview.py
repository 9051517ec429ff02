"""The overview: the zone at a glance for those who lead it, within their reach, in few queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhuanban.alerts.services import evaluate_month
from zhuanban.indicators.queries import board
from zhuanban.indicators.tests.world import NOON, World, retail, revenue, world
from zhuanban.kit import clock
from zhuanban.matters.services import register_matter
from zhuanban.people.access import system_viewer
from zhuanban.site.overview import changes, facts, headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> World:
    with clock.pinned(NOON):
        made = world()
        made.publish([retail("26", "9.0", "6.8"), revenue("9000", "10.0", "9.0")], title="2023年1—5月主要指标")
        made.publish([retail("32.67", "4.7", "6.8"), revenue()])
        evaluate_month(year=2023, month=6)
        register_matter(
            by=made.people.commerce_clerk, title="商场停业", description="龙头商场停业装修。", source="visit",
            group_id=made.people.group5.pk, unit_id=made.people.commerce.pk,
        )  # fmt: skip
        return made


def page(place: World, who: str, language: str = "zh-hans") -> str:
    client: Client = place.browser(who, language=language)
    with clock.pinned(NOON):
        answer = client.get("/overview/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_headlines_are_what_everybody_asks_about_first_then_the_plans_first_series(place: World) -> None:
    with clock.pinned(NOON):
        found = board(viewer=system_viewer(), year=2023, month=6, as_known=None)
    assert [row.code for row in headlines(found)] == ["retail_sales", "budget_revenue", "trade_total", "hotel_wages"]


def test_gaps_changes_levels_and_filings_are_those_of_the_newest_month(place: World) -> None:
    with clock.pinned(NOON):
        shown = facts(place.people.chief)
    assert [(gap.row.code, str(gap.row.gap_pp), gap.standing) for gap in shown["gaps"]] == [("retail_sales", "-2.1", "07-27前说明")]
    assert [(each["row"].code, each["was"], each["row"].light) for each in shown["changes"]] == [("retail_sales", "green", "yellow")]
    assert (shown["open"], shown["overdue"]) == (1, 0)
    assert [(each["level"], each["count"]) for each in shown["levels"]] == [("L1", 1)]
    assert changes(shown["board"], None) == []


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "最要紧的缺口"), ("en", "The gaps that press most")])
def test_the_chief_and_the_leaders_open_it_in_both_languages(place: World, language: str, words: str) -> None:
    for who in ("chief", "leader5", "office_head"):
        assert words in page(place, who, language)


def test_a_department_an_administrator_and_a_stranger_do_not(place: World) -> None:
    for who in ("commerce_clerk", "sysadmin", "auditor"):
        assert place.browser(who).get("/overview/").status_code == 404


def test_it_costs_few_queries_and_is_empty_without_figures(place: World) -> None:
    client = place.browser("chief")
    with clock.pinned(NOON):
        client.get("/overview/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/overview/")
    # Fourteen of the overview, at most nine of what is new since the last visit.
    assert len(asked) <= 23, [each["sql"][:90] for each in asked]


def test_before_the_first_month_it_says_what_fills_it() -> None:
    with clock.pinned(NOON):
        bare = world()
        assert "发布首个月份的数据后" in bare.browser("chief").get("/overview/").content.decode()
