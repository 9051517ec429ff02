"""Targets: paths through the year, value and growth side by side, revisions, and what the rest of the year needs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Figure, Indicator, Place, Target
from zhuanban.indicators.services.targets import TargetDraft
from zhuanban.indicators.tests.world import BUILDER, NOON, World, retail, words_of, world
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.trail.queries import verify
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {"authority": "专班会议纪要", "reason": "年中调整"}


@pytest.fixture
def place() -> Any:
    with clock.pinned(NOON):
        yield world()


def draft(**given: Any) -> TargetDraft:
    values = {
        "indicator": "retail_sales", "year": 2023, "kind": "value", "operator": "at_least", "value": Decimal(60), "path": "linear",
    }  # fmt: skip
    return TargetDraft(**{**values, **given})


def put(place: World, since: date = date(2023, 7, 24), **given: Any) -> Target:
    return services.set_target(draft=draft(**given), since=since, by=place.people.office_head, **SAID)


def refused(place: World, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as caught:
        put(place, **given)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def row(month: int = 6, as_known: datetime | None = None) -> queries.BoardRow:
    rows = queries.board(viewer=BUILDER, year=2023, month=month, as_known=as_known).rows
    return next(each for each in rows if each.code == "retail_sales")


def last_year(levels: dict[int, str], year: int = 2022, code: str = "retail_sales") -> None:
    """Cumulative levels of the zone in a year before."""
    with work(BUILDER.actor, "history"):
        for month, level in levels.items():
            Figure.objects.create(
                indicator=Indicator.objects.get(code=code), place=Place.objects.get(code="zone"), year=year, first_month=1,
                last_month=month, level=Decimal(level), known_at=datetime(2023, 2, 1, tzinfo=UTC), source="示例统计局",
                status="official", recorded_by_post="统计岗",
            )  # fmt: skip


def test_value_and_growth_of_one_indicator_stand_side_by_side_and_both_are_lit(place: World) -> None:
    place.publish([retail("28", "7.7", "6.8")])
    put(place)
    found = row()
    assert found.target is not None
    assert found.also is not None
    assert [(each.kind, each.value, each.to_date) for each in (found.target, found.also)] == [
        ("value", Decimal(60), Decimal(30)), ("growth", Decimal(8), Decimal(8)),
    ]  # fmt: skip
    assert {"behind_path", "below_target"} <= {reason.code for reason in found.verdict.reasons}


def test_a_path_by_past_years_takes_their_average_shares(place: World) -> None:
    """2022 had half of its year by June, 2021 40 %: 45 % of 60 is asked for (domain 4.2)."""
    last_year({6: "25", 12: "50"})
    last_year({6: "16", 12: "40"}, 2021)
    put(place, path="history")
    target = row().target
    assert target is not None
    assert (target.path, target.to_date) == ("history", Decimal(27))


def test_quarters_are_enough_and_between_two_of_them_the_path_is_straight(place: World) -> None:
    put(place, path="explicit", months={3: Decimal(9), 6: Decimal(24)})
    to_dates = [target.to_date for month in (3, 5, 6, 12) if (target := row(month).target)]
    assert to_dates == [Decimal(9), Decimal(19), Decimal(24), Decimal(60)]
    growth = {"kind": "growth", "value": Decimal(8), "path": "explicit", "months": {6: Decimal(6)}}
    put(place, **growth)
    found = [row(month).also for month in (5, 6, 7)]
    assert [each.to_date for each in found if each] == [Decimal(6), Decimal(6), Decimal(8)]


def test_a_revision_holds_from_its_day_and_boards_as_known_before_keep_the_old_one(place: World) -> None:
    put(place, since=date(2023, 7, 24), kind="growth", value=Decimal(9))
    before = row(as_known=datetime(2023, 7, 20, 4, tzinfo=UTC)).target
    now = row().target
    assert before is not None
    assert now is not None
    assert (before.value, before.authority, now.value, now.authority) == (8, "方案附件2", 9, "专班会议纪要")
    put(place, since=date(2023, 8, 1), kind="growth", value=Decimal(10))
    assert row().target == now
    ahead = Target.objects.get(in_force_from=date(2023, 8, 1))
    services.withdraw_target(target_id=ahead.pk, by=place.people.office_head)
    with pytest.raises(Refusal) as caught:
        services.withdraw_target(target_id=Target.objects.get(value=9).pk, by=place.people.office_head)
    assert caught.value.codes == ["setting_begun"]
    history = queries.target_history(viewer=place.people.chief, as_known=None, code="retail_sales", year=2023)
    assert [(each.value, each.reason) for each in history] == [(9, "年中调整"), (8, "")]
    assert verify(deep=True).findings == []


def test_what_cannot_be_a_target_is_refused_in_words_and_nothing_is_written(place: World) -> None:
    count = Target.objects.count()
    assert refused(place, value=None) == [("target_value_missing", "value")]
    assert refused(place, path="history") == [("target_path_history_missing", "path")]
    assert refused(place, path="explicit", months={12: Decimal(61)}) == [("target_path_end", "month_12")]
    assert refused(place, path="explicit", months={3: Decimal(9), 6: Decimal(8)}) == [("target_path_falls", "path")]
    assert refused(place, operator="not_below_city_average") == [("target_growth_only", "kind")]
    assert refused(place, kind="growth", operator="in_step_with") == [("target_follows_missing", "follows")]
    assert refused(place, indicator="wishes") == [("target_unknown", "indicator")]
    assert refused(place, since=date(2023, 7, 1)) == [("since_past", "since")]
    for who in (place.people.statistician, place.people.chief, place.people.commerce_head, place.people.leader5):
        with pytest.raises(Refusal) as caught:
            services.set_target(draft=draft(), since=date(2023, 7, 24), by=who, **SAID)
        assert caught.value.codes == ["not_allowed"]
    assert Target.objects.count() == count


def test_I_16_value_and_growth_that_do_not_mean_the_same_year_are_asked_about(place: World) -> None:
    last_year({12: "430"})
    services.define_target(
        indicator="retail_sales", place="zone", year=2023, kind="growth", is_stretch=False, since=date(2023, 1, 1),
        today=date(2023, 7, 24), by=BUILDER, operator="at_least", value=Decimal(12), authority="方案",
    )  # fmt: skip
    plan = services.plan_target(draft=draft(value=Decimal(470)), since=date(2023, 7, 24), by=place.people.office_head, **SAID)
    assert plan.mismatch is not None
    assert (f"{plan.mismatch.implied_growth_pct:.1f}", f"{plan.mismatch.implied_base:.2f}") == ("9.3", "419.64")


def test_I_17_the_rest_of_the_year_needs_so_much(place: World) -> None:
    """Value: (530 − 343.2) ÷ (500 − 330) − 1 = 9.9 %. Rates: 60 % elapsed at 6 %, 12 % wanted: 21 %."""
    last_year({6: "330", 12: "500"})
    place.publish([retail("343.2", "4.0", "5.0")])
    put(place, value=Decimal(530))
    lines = queries.targets_of_year(viewer=BUILDER, as_known=None, year=2023, month=6)
    needed = next(line.needed_pct for line in lines if line.row.code == "retail_sales")
    assert needed is not None
    assert f"{needed:.1f}" == "9.9"
    last_year({6: "6000", 12: "10000"}, code="trade_total")
    put(place, indicator="trade_total", kind="growth", value=Decimal(12))
    place.publish([["进出口总额", "万元", None, Decimal(6), None, Decimal(5)]])
    lines = queries.targets_of_year(viewer=BUILDER, as_known=None, year=2023, month=6)
    assert [line.needed_pct for line in lines if line.row.code == "trade_total"] == [Decimal(21)]


def test_in_step_with_names_what_it_follows(place: World) -> None:
    put(place, indicator="trade_total", kind="growth", operator="in_step_with", value=None, follows="retail_sales")
    page = words_of(place.browser("chief").get("/board/targets/"))
    assert "与社会消费品零售总额同步" in page
    assert "in step with Retail sales" in words_of(place.browser("chief", language="en").get("/board/targets/"))


def form(**given: Any) -> dict[str, Any]:
    return {
        "zb_key": new_key(), "kind": "value", "operator": "at_least", "value": "60", "path": "explicit", "month_6": "24",
        "since": "2023-07-24", **SAID, **given,
    }  # fmt: skip


def test_a_target_is_previewed_and_put_in_force_on_its_page(place: World) -> None:
    office: Client = place.browser("office_head")
    assert "/board/targets/retail_sales/" in words_of(office.get("/board/targets/"))
    preview = words_of(office.post("/board/targets/retail_sales/", form()))
    assert "逐月分解" in preview
    assert Target.objects.filter(kind="value").count() == 0
    bad = office.post("/board/targets/retail_sales/", form(month_12="61", confirmed="1"))
    assert (bad.status_code, "两者应当一致" in words_of(bad)) == (422, True)
    sent = form(confirmed="1")
    assert [office.post("/board/targets/retail_sales/", sent).status_code for _ in range(2)] == [302, 302]
    assert Target.objects.filter(kind="value").count() == 1
    assert "≥60.00" in words_of(place.browser("commerce_clerk").get("/board/targets/"))
    assert place.browser("commerce_clerk").get("/board/targets/retail_sales/").status_code == 404
    assert place.browser("leader5").post("/board/targets/retail_sales/", form(confirmed="1")).status_code == 404
    export = place.browser("chief").get("/board/targets/export.xlsx")
    assert (export.status_code, export.content[:2]) == (200, b"PK")
