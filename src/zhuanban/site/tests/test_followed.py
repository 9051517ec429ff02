"""Indicators that a reader follows: chosen within reach, shown on the workbench, his own and nobody else's."""

import re

import pytest
from django.test import Client

from zhuanban.indicators.tests.world import NOON, World, retail, revenue, world
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.models import Followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> World:
    with clock.pinned(NOON):
        made = world()
        made.publish([retail("32.67", "4.7", "6.8"), revenue()])
        return made


def choose(client: Client, *codes: str) -> tuple[int, str]:
    with clock.pinned(NOON):
        answer = client.post("/followed/", {"zb_key": new_key(), "codes": codes}, follow=True)
    return answer.status_code, answer.content.decode()


def card(client: Client) -> str:
    with clock.pinned(NOON):
        page = client.get("/").content.decode()
    found = re.search(r'<table class="zb-table zb-table-compact zb-followed">.*?</table>', page, re.S)
    return found[0] if found else ""


def test_what_is_chosen_stands_on_the_workbench_with_growth_and_light(place: World) -> None:
    client = place.browser("office_head")
    assert card(client) == ""
    assert choose(client, "retail_sales")[0] == 200
    shown = card(client)
    assert "/board/retail_sales/" in shown
    assert "4.7" in shown
    assert "zb-light" in shown
    assert "/board/budget_revenue/" not in shown


def test_a_choice_replaces_the_one_before_and_is_seen_by_nobody_else(place: World) -> None:
    client, other = place.browser("office_head"), place.browser("chief")
    choose(client, "retail_sales", "budget_revenue")
    choose(client, "budget_revenue")
    assert "/board/retail_sales/" not in card(client)
    assert "/board/budget_revenue/" in card(client)
    assert card(other) == ""
    choose(client)
    assert card(client) == ""


def test_an_indicator_beyond_reach_or_unknown_is_refused_and_changes_nothing(place: World) -> None:
    client = place.browser("commerce_clerk")
    choose(client, "retail_sales")
    for forged in ("budget_revenue", "no_such"):
        status, page = choose(client, forged)
        assert status == 422 or "zb-error" in page
    assert "/board/retail_sales/" in card(client)


def test_more_than_twelve_are_refused_in_words(place: World) -> None:
    from zhuanban.kit.following import follow
    from zhuanban.kit.refusals import Refusal

    follow(actor="user:1", kind="indicator", codes=[f"a{number}" for number in range(12)])
    with pytest.raises(Refusal) as refused:
        follow(actor="user:1", kind="indicator", codes=[f"b{number}" for number in range(13)])
    assert "13" in str(refused.value)
    assert sorted(Followed.objects.values_list("code", flat=True))[0] == "a0"


def test_what_left_the_readers_reach_leaves_the_workbench(place: World) -> None:
    client = place.browser("commerce_clerk")
    choose(client, "retail_sales")
    Followed.objects.create(actor=Followed.objects.get().actor, kind="indicator", code="budget_revenue")
    assert "/board/budget_revenue/" not in card(client)
