"""Who owes which figure when: the calendar of expected figures, its page, and what of it waits on the workbench."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhuanban.indicators import queries, services
from zhuanban.indicators.presenters.expected import todos
from zhuanban.indicators.tests.world import BUILDER, World, at, figure, retail, revenue, words_of
from zhuanban.kit import clock
from zhuanban.kit.registries import Todo
from zhuanban.kit.spreadsheets import read_sheets


def define(code: str, name: str, **fields: Any) -> None:
    basis: Any = {
        "value_kind": "flow", "basis": "cumulative", "frequency": "month", "polarity": "higher", "group": "commerce_cult",
        "dept": "commerce", "measure": "万元", "decimals": 0, "position": 9, **fields,
    }  # fmt: skip
    services.define_indicator(code=code, by=BUILDER, name_zh=name, name_en=code, **basis)


def due(here: World, year: int, month: int, **options: Any) -> dict[str, tuple[str, date, str]]:
    """Period, due day and state of every figure that falls due in a month, by indicator."""
    found = queries.expected_figures(viewer=options.pop("viewer", here.statistician), as_known=None, year=year, month=month)
    return {each.indicator.code: (each.period.key, each.due_on, each.state) for each in found}


def test_i_02_in_february_only_series_with_a_january_are_owed(here: World) -> None:
    assert {code: period for code, (period, *_) in due(here, 2023, 2).items()} == {"budget_revenue": "2023-01"}
    assert {code: period for code, (period, *_) in due(here, 2023, 3).items()} == {
        "retail_sales": "2023-01..02", "trade_total": "2023-01..02", "budget_revenue": "2023-01..02",
    }  # fmt: skip


def test_i_20_wages_owe_three_quarters_and_no_fourth(here: World) -> None:
    define("education_wages", "教育工资总额", frequency="quarter", has_fourth_quarter=False)
    owed = {
        (year, month): due(here, year, month)["education_wages"][0]
        for year, month in [(2023, step) for step in range(2, 13)] + [(2024, 1)]
        if "education_wages" in due(here, year, month)
    }
    assert owed == {(2023, 4): "2023-01..03", (2023, 7): "2023-01..06", (2023, 10): "2023-01..09"}


def test_i_21_services_come_a_month_later(here: World) -> None:
    define("leasing_rev", "租赁和商务服务业营业收入", lag_months=1)
    owed = due(here, 2023, 5)
    assert (owed["retail_sales"][0], owed["leasing_rev"][0]) == ("2023-01..04", "2023-01..03")


def test_i_43_a_series_that_has_ended_owes_nothing(here: World) -> None:
    define("business_tax", "营业税", active_until=date(2016, 4, 30))
    assert "business_tax" not in due(here, 2023, 7)


@pytest.mark.parametrize(
    ("month", "day"),
    [((2023, 5), date(2023, 5, 22)), ((2023, 8), date(2023, 8, 21)), ((2024, 4), date(2024, 4, 22)), ((2026, 9), date(2026, 9, 20))],
)
def test_i_29_a_due_day_that_is_free_moves_to_the_next_working_day(here: World, month: tuple[int, int], day: date) -> None:
    assert due(here, *month)["retail_sales"][1] == day


def test_a_series_may_have_a_due_day_of_its_own(here: World) -> None:
    define("deposits", "存款余额", due_day=10, basis="point", value_kind="stock")
    assert due(here, 2023, 7)["deposits"][1] == date(2023, 7, 10)


def test_a_day_the_office_declares_free_moves_what_is_due(here: World) -> None:
    from zhuanban.people.services import decide_day

    decide_day(day=date(2023, 8, 21), works=False, authority="专班办公室", reason="停电检修", by=here.people.office_head)
    assert due(here, 2023, 8)["retail_sales"][1] == date(2023, 8, 22)


def test_what_came_in_time_what_came_late_and_what_did_not_come(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None), revenue(city=None), figure("进出口总额", "万元", "1", "1")], title="2023年1—5月主要指标")
    with at(2023, 7, 20):
        here.publish([retail(city=None)])
    with at(2023, 7, 21):
        here.publish([revenue(city=None)])
    with at(2023, 7, 20):
        states = {code: state for code, (_, _, state) in due(here, 2023, 7).items()}
        assert states == {"retail_sales": "arrived", "budget_revenue": "awaited", "trade_total": "awaited", "hotel_wages": "not_begun"}
    states = {code: state for code, (_, _, state) in due(here, 2023, 7).items()}
    assert states == {"retail_sales": "arrived", "budget_revenue": "late", "trade_total": "overdue", "hotel_wages": "not_begun"}


def test_a_revision_does_not_make_a_figure_late_and_a_forecast_does_not_arrive(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None), revenue(city=None)], title="2023年1—5月主要指标")
    with at(2023, 7, 19):
        here.publish([retail(city=None)])
        here.publish([[*revenue(city=None), "预计"]])
    with at(2023, 7, 24):
        here.publish([retail("31.90", "5.9", None)])
    owed = due(here, 2023, 7)
    assert (owed["retail_sales"][2], owed["budget_revenue"][2]) == ("arrived", "overdue")


def test_the_calendar_as_known_then_does_not_know_what_came_later(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None)], title="2023年1—5月主要指标")
    with at(2023, 7, 22):
        here.publish([retail(city=None)])
    then = datetime(2023, 7, 21, 4, tzinfo=UTC)
    found = queries.expected_figures(viewer=here.statistician, as_known=then, year=2023, month=7)
    assert [each.state for each in found if each.indicator.code == "retail_sales"] == ["overdue"]


def test_each_sees_what_his_reach_allows(here: World) -> None:
    people = here.people.viewers
    seen = {who: sorted(due(here, 2023, 7, viewer=people[who])) for who in ("finance_clerk", "commerce_head", "statistician")}
    assert seen["finance_clerk"] == ["budget_revenue"]
    assert seen["commerce_head"] == ["hotel_wages", "retail_sales", "trade_total"]
    assert seen["statistician"] == sorted([*seen["finance_clerk"], *seen["commerce_head"]])


def waiting(here: World, who: str) -> list[tuple[str, str, date | None]]:
    found: list[Todo] = list(todos(here.people.viewers[who]))
    return [(todo.title, todo.note, clock.shanghai(todo.due_at).date() if todo.due_at else None) for todo in found]


def test_the_workbench_of_who_imports_shows_what_is_near_and_what_is_overdue(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None), revenue(city=None)], title="2023年1—5月主要指标")
    with at(2023, 7, 10):
        assert waiting(here, "statistician") == []
    with at(2023, 7, 14):
        assert waiting(here, "commerce_clerk") == [("1项数据待报", "社会消费品零售总额", date(2023, 7, 20))]
        assert waiting(here, "statistician") == [("2项数据待报", "一般公共预算收入、社会消费品零售总额", date(2023, 7, 20))]
    assert waiting(here, "finance_clerk") == [("1项数据逾期未报", "一般公共预算收入", date(2023, 7, 20))]
    assert waiting(here, "leader5") == []
    here.publish([revenue(city=None)])
    assert waiting(here, "finance_clerk") == []


def test_in_the_first_days_of_a_month_what_is_overdue_from_the_one_before_still_waits(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None)], title="2023年1—5月主要指标")
    with at(2023, 8, 2):
        assert waiting(here, "commerce_clerk") == [("1项数据逾期未报", "社会消费品零售总额", date(2023, 7, 20))]
        page = words_of(here.browser("commerce_clerk").get(list(todos(here.people.commerce_clerk))[0].url))
        assert "社会消费品零售总额" in page
        assert "逾期未报" in page


def test_the_page_names_what_is_owed_by_whom_and_filters_stay_in_its_address(here: World) -> None:
    with at(2023, 6, 20):
        here.publish([retail(city=None), revenue(city=None)], title="2023年1—5月主要指标")
    client = here.browser("statistician")
    page = words_of(client.get("/board/expected/"))
    for words in ("应报数据", "社会消费品零售总额", "财政金融办", "2023-07-20", "逾期未报", "尚无报送"):
        assert words in page, words
    unit = here.people.units["finance"].pk
    only = words_of(client.get(f"/board/expected/?month=2023-07&unit={unit}&state=overdue"))
    assert "一般公共预算收入" in only
    assert "/board/retail_sales/" not in only
    assert "没有符合条件" in words_of(client.get("/board/expected/?month=2023-07&state=late"))
    assert "顺延至工作日" in words_of(client.get("/board/expected/?month=2023-08"))
    assert "2023-07-20" in words_of(client.get("/board/expected/?month=xx"))
    assert here.browser("auditor").get("/board/expected/").status_code == 404


def test_the_page_goes_out_as_a_file(here: World) -> None:
    response = here.browser("statistician").get("/board/expected/?month=2023-02&file=csv")
    (sheet,) = read_sheets(response.content, "csv")
    rows = [[cell.text for cell in row] for row in sheet.rows]
    assert rows[-1][:5] == ["一般公共预算收入", "2023年1月", "财政金融办", "2023-02-20", ""]


def test_the_calendar_asks_few_queries_however_much_is_owed(here: World, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        define(f"series_{number}", f"指标{number}")
    with django_assert_max_num_queries(5):
        assert len(due(here, 2023, 6)) == 33


def test_the_page_reads_in_english(here: World) -> None:
    page = words_of(here.browser("statistician", language="en").get("/board/expected/?month=2023-07"))
    for words in ("Expected figures", "Retail sales", "never reported so far"):
        assert words in page, words
