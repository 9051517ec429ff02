"""Who answers for an indicator on any day, its territories, and who sees it because of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import FormerOwner, IndicatorTerritory
from zhuanban.indicators.tests.world import BUILDER, World, at, retail, words_of
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import viewer_of
from zhuanban.people.models import Grant, GroupLeader, PostHolder
from zhuanban.people.services import define_leader, define_member, define_unit, end_leader
from zhuanban.trail.services import work

JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)
TODAY = date(2023, 7, 24)


def on(here: World, day: date, who: str = "statistician", code: str = "retail_sales") -> Any:
    return queries.answers_for_indicator(viewer=viewer_of(here.people.users[who]), code=code, day=day, as_known=None)


def territory(unit: str = "street", since: date = JUNE, indicator: str = "retail_sales") -> None:
    services.define_territory(indicator=indicator, unit=unit, since=since, by=BUILDER)


def test_leader_department_territories_and_collaborating_units_are_those_of_the_day(here: World) -> None:
    territory()
    define_member(group="commerce_cult", unit="finance", part="collaborating", on_call=False, since=JUNE, by=BUILDER)
    end_leader(group="commerce_cult", post="leader5", on=JULY, by=BUILDER)
    define_leader(group="commerce_cult", post="leader3", since=JULY, by=BUILDER)
    services.end_territory(indicator="retail_sales", unit="street", on=JULY, by=BUILDER)

    def said(day: date) -> Any:
        found = on(here, day)
        return (
            [each.post.code for each in found.leaders], found.responsible.unit.code,
            [unit.code for unit in found.collaborating], [each.unit.code for each in found.territories],
        )  # fmt: skip

    assert said(JUNE - timedelta(days=1)) == (["leader5"], "commerce", [], [])
    assert said(JUNE) == said(JULY - timedelta(days=1)) == (["leader5"], "commerce", ["finance"], ["street"])
    assert said(JULY) == (["leader3"], "commerce", ["finance"], [])


def test_a_department_that_gave_an_indicator_away_still_answered_before(here: World) -> None:
    with at(2023, 6, 1):
        services.define_indicator(code="retail_sales", group="fiscal_fin", dept="finance", by=BUILDER)
        services.define_indicator(code="retail_sales", group=None, dept=None, by=BUILDER)
    with at(2023, 7, 1):
        services.define_indicator(code="retail_sales", group="fiscal_fin", dept="finance", name_en="Retail", by=BUILDER)
        services.define_indicator(code="retail_sales", name_en="Retail sales", by=BUILDER)

    def owner(day: date) -> Any:
        found = on(here, day)
        return found.group and found.group.code, found.responsible and found.responsible.unit.code, bool(found.leaders)

    assert owner(JUNE - timedelta(days=1)) == ("commerce_cult", "commerce", True)
    assert owner(JUNE) == owner(JULY - timedelta(days=1)) == (None, None, False)
    assert owner(JULY) == owner(TODAY) == ("fiscal_fin", "finance", True)
    assert FormerOwner.objects.count() == 2


def test_a_post_that_nobody_held_that_day_is_vacant_and_nobody_is_named(here: World) -> None:
    with work(BUILDER.actor, "left"):
        PostHolder.objects.filter(post__code="commerce_head").update(valid_until=JULY)
    state = {day: [(each.post.code, each.is_vacant) for each in on(here, day).responsible.posts] for day in (JUNE, JULY)}
    clerks = [("commerce_clerk", False), ("commerce_colleague", False)]
    assert state == {JUNE: [("commerce_head", False), *clerks], JULY: [("commerce_head", True), *clerks]}


def test_only_streets_and_centres_have_a_territory_and_dates_run_forwards(here: World) -> None:
    with pytest.raises(Refusal) as refused:
        territory("commerce")
    assert refused.value.codes == ["territory_kind"]
    territory()
    territory()
    assert IndicatorTerritory.objects.count() == 1
    with pytest.raises(IntegrityError), work(BUILDER.actor, "reversed"):
        IndicatorTerritory.objects.update(valid_until=JUNE)


def test_who_may_not_define_indicators_sets_no_territory(here: World) -> None:
    for who in ("office_head", "commerce_head", "street_officer"):
        with pytest.raises(Refusal) as refused:
            services.define_territory(indicator="retail_sales", unit="street", since=JUNE, by=here.people.viewers[who])
        assert refused.value.codes == ["not_allowed"]


def test_a_territory_reads_the_indicators_it_answers_for_today_and_no_other(here: World) -> None:
    here.publish([retail()])
    officer = viewer_of(here.people.users["street_officer"])

    def read() -> list[str]:
        return [row.code for row in queries.board(viewer=officer, year=2023, month=6, as_known=None).rows]

    browser = here.browser("street_officer")
    address = "/board/retail_sales/?month=2023-06"
    assert (read(), browser.get(address).status_code, on(here, TODAY, "street_officer")) == ([], 404, None)
    territory()
    assert (read(), browser.get(address).status_code) == (["retail_sales"], 200)
    assert [each.code for each in queries.findable_indicators(viewer=officer, as_known=None)] == ["retail_sales"]
    assert browser.get("/board/trade_total/?month=2023-06").status_code == 404
    services.end_territory(indicator="retail_sales", unit="street", on=TODAY, by=BUILDER)
    assert (read(), browser.get(address).status_code) == ([], 404)


def test_a_territory_widens_reading_and_nothing_else(here: World) -> None:
    before = here.people.viewers["street_officer"].scopes
    territory()
    assert viewer_of(here.people.users["street_officer"]).scopes == before


def test_who_reads_by_group_or_everything_is_asked_nothing_more(here: World, django_assert_num_queries: Any) -> None:
    territory()
    leader, office = here.people.viewers["leader5"], here.people.viewers["office_head"]
    with django_assert_num_queries(1):
        assert len(queries.findable_indicators(viewer=leader, as_known=None)) == 3
    with django_assert_num_queries(1):
        assert len(queries.findable_indicators(viewer=office, as_known=None)) == 4
    with django_assert_num_queries(2):
        queries.findable_indicators(viewer=here.people.viewers["street_officer"], as_known=None)


def test_a_right_for_everything_stays_one_beside_another_for_a_street(here: World) -> None:
    territory()
    with work(BUILDER.actor, "two rights"):
        first = Grant.objects.get(post__code="street_officer")
        Grant.objects.create(post=first.post, role="statistician", valid_from=JUNE)
    viewer = viewer_of(here.people.users["street_officer"])
    assert len(queries.findable_indicators(viewer=viewer, as_known=None)) == 4


def test_the_number_of_queries_does_not_grow_with_territories(here: World, django_assert_num_queries: Any) -> None:
    viewer = here.people.viewers["statistician"]
    territory()
    with django_assert_num_queries(7):
        queries.answers_for_indicator(viewer=viewer, code="retail_sales", day=TODAY, as_known=None)
    with work(BUILDER.actor, "more"):
        GroupLeader.objects.create(group=here.people.group5, post_id=GroupLeader.objects.get(group=here.people.group3).post_id, valid_from=JUNE)
    with django_assert_num_queries(7):
        assert len(on_viewer(viewer).leaders) == 2


def on_viewer(viewer: Any) -> Any:
    return queries.answers_for_indicator(viewer=viewer, code="retail_sales", day=TODAY, as_known=None)


def test_the_page_says_who_answers_today_then_and_on_any_day(here: World) -> None:
    territory()
    here.publish([retail()])
    browser, address = here.browser("statistician"), "/board/retail_sales/?month=2023-06"

    def card(more: str = "") -> str:
        return words_of(browser.get(address + more)).split('id="answers"')[1].split("</dl>")[0]

    assert "街道" in card()
    assert "专职人员" in card()
    assert "管委会 · 分管商贸副主任" in card()
    assert "街道" not in card("&answers_on=2023-05-31")
    assert "街道" in card("&answers_on=nonsense")
    assert "商务办：负责人" in card("&answers_on=2010-01-01")
    english = here.browser("statistician", language="en").get(address).content.decode()
    shown = english.split('id="answers"')[1].split("</form>")[0]
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown)


def test_as_known_then_units_and_posts_carry_the_names_of_then(here: World) -> None:
    define_unit(code="commerce", name_zh="商务局", name_en="Commerce Bureau", by=BUILDER)
    viewer = here.people.viewers["statistician"]
    found = [
        queries.answers_for_indicator(viewer=viewer, code="retail_sales", day=JULY, as_known=known)
        for known in (datetime(2023, 7, 20, tzinfo=UTC), None)
    ]
    assert [each and each.responsible and each.responsible.unit.name_zh for each in found] == ["商务办", "商务局"]
