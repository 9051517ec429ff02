"""The monthly board as people see it: figures, moments, filters, paper, spreadsheet."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhuanban.indicators import services
from zhuanban.indicators.models import Figure
from zhuanban.indicators.tests.world import BUILDER, World, at, figure, retail, revenue, words_of
from zhuanban.kit.idempotency import new_key
from zhuanban.people.services import define_leader, define_unit, end_leader
from zhuanban.trail.services import work


@pytest.fixture
def june(here: World) -> World:
    """May and June are published; the zone's May retail figure was corrected on 20 July."""
    with at(2023, 6, 16):
        here.publish([retail("26.50", "8.4", "7.0"), revenue("9000", "9.0", "9.5")], title="2023年1—5月主要指标")
    with at(2023, 7, 19):
        here.publish([retail(), revenue(city=None), figure("进出口总额", "万元", "7890", "5.8", "2/11", "1.8")])
    with at(2023, 7, 20):
        here.publish([retail("26.10", "6.1", "7.0")], title="2023年1—5月主要指标")
    return here


def row_of(page: str, name: str) -> str:
    """The text of one row of the table, its cells parted by bars."""
    rows = [row for row in re.findall(r"<tr[^>]*>.*?</tr>", page, re.S) if f">{name}</a>" in row]
    assert len(rows) == 1, f"{len(rows)} rows of {name}"
    cells = re.sub(r"</t[dh]>", "|", re.sub(r"<svg.*?</svg>|\s+", " ", rows[0], flags=re.S))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cells))


def board(here: World, address: str = "/board/", who: str = "statistician", **options: Any) -> str:
    response = here.browser(who, **options).get(address)
    assert response.status_code == 200
    return words_of(response)


def test_a_row_shows_target_path_actual_growth_city_gap_rank_and_light_in_this_order(june: World):
    cells = [cell.strip() for cell in row_of(board(june), "社会消费品零售总额").split("|")]
    assert cells[:8] == ["社会消费品零售总额 亿元", "8.0%", "8.0%", "欠序时0.3", "32.67", "7.7", "6.8", "+0.9"]
    assert cells[8].startswith("3/11")
    assert cells[9] == "预警"


def test_the_board_opens_with_the_newest_month_that_has_figures(june: World):
    page = board(june)
    assert "2023年1—6月主要经济指标" in page
    assert 'aria-current="true"' in re.findall(r'<a class="zb-month[^>]*month=2023-06[^>]*>', page)[0]
    assert "month=2023-07" not in page


def test_january_says_that_nothing_is_published_alone_until_something_is(june: World):
    strip = re.findall(r'<ol class="zb-months">.*?</ol>', board(june), re.S)[0]
    assert "不单独发布" in strip
    june.publish([revenue("1500", "7.0", "8.0")], title="2023年1月主要指标")
    strip = re.findall(r'<ol class="zb-months">.*?</ol>', board(june), re.S)[0]
    assert "不单独发布" not in strip
    assert "month=2023-01" in strip


def test_a_light_without_the_citys_figure_is_marked_provisional(june: World):
    row = row_of(board(june), "一般公共预算收入")
    assert "待全市数据" in row
    assert "暂定" in row
    assert "暂定" not in row_of(board(june), "社会消费品零售总额")


def test_a_corrected_figure_carries_the_mark_of_revision(june: World):
    may = board(june, "/board/?month=2023-05")
    assert may.count("zb-revised") == 1
    assert "26.10" in row_of(may, "社会消费品零售总额")


def test_as_known_then_shows_what_was_known_then(june: World):
    then = board(june, "/board/?month=2023-05&as_known=2023-07-19")
    assert "26.50" in row_of(then, "社会消费品零售总额")
    assert "zb-revised" not in then
    assert "2023-07-19 23:59" in then
    assert "又有1处" in then
    assert "26.10" in row_of(board(june, "/board/?month=2023-05&as_known=2023-07-20"), "社会消费品零售总额")


def test_links_keep_the_moment(june: World):
    then = board(june, "/board/?month=2023-05&as_known=2023-07-19")
    assert "/board/retail_sales/?month=2023-05&amp;as_known=2023-07-19" in then


def test_filters_live_in_the_address_and_survive_a_reload(june: World):
    address = "/board/?group=fiscal_fin&every=month&month=2023-06"
    for _ in range(2):
        page = board(june, address)
        assert row_of(page, "一般公共预算收入")
        assert ">社会消费品零售总额</a>" not in page
        assert '<option value="fiscal_fin" selected>' in page
        assert '<option value="month" selected>' in page
    assert "group=fiscal_fin" in re.findall(r'href="(/board/\?[^"]*light=red[^"]*)"', page)[0]


def test_the_counts_of_lights_filter(june: World):
    yellow = board(june, "/board/?light=yellow")
    assert ">社会消费品零售总额</a>" in yellow
    assert ">进出口总额</a>" not in yellow
    nothing = board(june, "/board/?light=red")
    assert "没有" in nothing
    assert "zb-row-name" not in nothing


def test_an_unreadable_month_or_moment_is_refused_in_words(june: World):
    client = june.browser("statistician")
    for address in ("/board/?month=2023-13", "/board/?as_known=gestern", "/board/?as_known=2031-01-01"):
        response = client.get(address)
        assert response.status_code == 422, address
        assert 'role="alert"' in words_of(response)


def test_a_quarterly_figure_says_its_own_period(june: World):
    june.publish([figure("住宿业工资总额", "万元", "900", "3.0")], title="2023年1—3月主要指标")
    assert "1—3月" in row_of(board(june, "/board/?month=2023-05"), "住宿业工资总额")


def test_a_street_sees_no_figures_of_departments_and_a_clerk_only_his_own(june: World):
    page = board(june, who="commerce_clerk")
    assert ">社会消费品零售总额</a>" in page
    assert ">一般公共预算收入</a>" not in page
    assert ">一般公共预算收入</a>" in board(june, who="chief")
    assert "zb-row-name" not in board(june, who="street_officer")


def test_english_is_complete(june: World):
    page = board(june, "/board/?month=2023-06", language="en")
    assert "Main economic indicators, Jan–Jun 2023" in page
    main = re.sub(r"<[^>]+>", " ", re.findall(r"<main.*?</main>", page, re.S)[0])
    assert not re.findall(r"[一-鿿]+", main.replace("方案", ""))


def test_the_board_takes_at_most_eight_queries(june: World):
    client = june.browser("statistician")
    client.get("/board/")
    with CaptureQueriesContext(connection) as warm:
        client.get("/board/?month=2023-06")
    assert len(warm) <= 8, [query["sql"][:120] for query in warm.captured_queries]


def test_the_spreadsheet_says_title_unit_date_moment_and_cannot_calculate(june: World):
    response = june.browser("statistician").get("/board/export.xlsx?month=2023-06&as_known=2023-07-20")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    lines = [str(sheet.cell(row, 1).value) for row in range(1, 5)]
    assert lines[0] == "2023年1—6月主要经济指标"
    assert "示例高新区" in lines[1]
    assert "2023-07-24" in lines[1]
    assert "2023-07-20" in lines[2]
    heads = [cell.value for cell in sheet[5]]
    values = {str(row[1].value): row for row in sheet.iter_rows(min_row=6)}
    found = values["社会消费品零售总额"]
    by_head = {str(head): cell.value for head, cell in zip(heads, found, strict=True)}
    assert (by_head["实绩"], by_head["增速（%）"], by_head["全市（%）"], by_head["位次"]) == (32.67, 7.7, 6.8, 3)
    assert values["住宿业工资总额"][heads.index("实绩")].value is None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_both_targets_stand_in_the_row_each_with_its_path_and_distance(june: World):
    services.define_target(
        indicator="retail_sales", place="zone", year=2023, kind="value", is_stretch=False, since=date(2023, 1, 1),
        today=date(2023, 1, 1), by=BUILDER, operator="at_least", value=Decimal(60), authority="方案附件2",
    )  # fmt: skip
    cells = [cell.strip() for cell in row_of(board(june), "社会消费品零售总额").split("|")]
    assert cells[1:4] == ["60.008.0%", "30.008.0%", "超序时4.5欠序时0.3"]
    response = june.browser("statistician").get("/board/export.xlsx?month=2023-06")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    heads = [str(cell.value) for cell in sheet[5]]
    found = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "社会消费品零售总额")
    by_head = {head: cell.value for head, cell in zip(heads, found, strict=True)}
    assert [value for head, value in by_head.items() if head.startswith("序时偏差")] == [-0.3, 4.5]


def test_where_less_is_better_staying_under_the_path_is_ahead_of_it(june: World):
    services.define_indicator(code="retail_sales", polarity="lower", by=BUILDER)
    assert "超序时0.3" in row_of(board(june), "社会消费品零售总额")


def test_a_published_rank_by_something_else_than_growth_says_so(june: World):
    with work(BUILDER.actor, "scope"):
        Figure.objects.filter(indicator__code="retail_sales", rank=3).update(rank_scope="总量")
    assert "位次： 总量" in row_of(board(june), "社会消费品零售总额")
    assert "位次：" not in row_of(board(june), "进出口总额")


def test_a_view_is_kept_by_name_without_its_month_and_opens_the_filters_again(june: World):
    client = june.browser("statistician")
    page = words_of(client.get("/board/?group=fiscal_fin&light=yellow&month=2023-05"))
    kept = "/lists/board/views/?query=group%3Dfiscal_fin%26light%3Dyellow"
    assert f'data-zb-fetch="{kept}"' in page
    answer = client.post("/lists/board/views/", {"zb_key": new_key(), "name": "财税预警", "query": "group=fiscal_fin&light=yellow&month=2023-05"})
    assert answer.headers["Location"] == "/board/?group=fiscal_fin&light=yellow"
    assert "财税预警" in words_of(client.get("/lists/board/views/"))
    assert "财税预警" not in words_of(june.browser("chief").get("/lists/board/views/"))


def test_paper_says_up_to_when_figures_are_counted(june: World):
    foot = re.findall(r'<div class="zb-print-foot">.*?</div>', board(june, "/board/?month=2023-05&as_known=2023-07-19"), re.S)[0]
    assert "数据截至 2023-07-19 23:59" in foot
    assert "数据截至 2023-07-24 12:00" in board(june)


def test_indicators_that_nobody_answers_for_are_listed_for_who_reads_everything(june: World):
    assert "无责任单位" not in board(june)
    services.define_indicator(code="trade_total", group=None, dept=None, by=BUILDER)
    services.define_indicator(code="hotel_wages", dept=None, by=BUILDER)
    assert "2项无责任单位" in board(june)
    page = words_of(june.browser("office_head").get("/board/unowned/"))
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tbody>(.*?)</tbody>", page, re.S)[0].split("</tr>")]
    assert any("进出口总额" in row and "工作组和责任部门" in row for row in rows)
    assert any("住宿业工资总额" in row and "责任部门" in row and "商贸及文教卫组" in row for row in rows)
    assert june.browser("commerce_clerk").get("/board/unowned/").status_code == 404
    assert "无责任单位" not in board(june, who="commerce_clerk")


def test_a_board_as_known_then_has_the_owners_and_names_of_then_and_is_read_with_todays_rights(june: World):
    services.define_indicator(code="retail_sales", group="fiscal_fin", dept="finance", name_zh="社零总额", by=BUILDER)
    define_unit(code="commerce", name_zh="商务局", name_en="Commerce Bureau", by=BUILDER)
    address = "/board/?month=2023-06&as_known=2023-07-20"
    now, then = board(june), board(june, address)
    assert "财政金融办" in row_of(now, "社零总额")
    assert "商务局" in row_of(now, "进出口总额")
    assert "商务办" in row_of(then, "社会消费品零售总额")
    assert "商务局" not in then
    assert "社零总额" not in then
    clerk = board(june, address, who="commerce_clerk")
    assert ">进出口总额</a>" in clerk
    assert "社会消费品零售总额" not in clerk
    finance = board(june, address, who="finance_clerk")
    assert "商务办" in row_of(finance, "社会消费品零售总额")
    assert "社会消费品零售总额" in words_of(june.browser("statistician").get("/board/groups/commerce_cult/?month=2023-06&as_known=2023-07-20"))


def test_leaders_of_a_board_as_known_then_are_those_of_that_day(june: World):
    end_leader(group="commerce_cult", post="leader5", on=date(2023, 7, 1), by=BUILDER)
    define_leader(group="commerce_cult", post="leader3", since=date(2023, 7, 1), by=BUILDER)

    def led(address: str) -> str:
        return re.findall(r"商贸及文教卫组</b></a>([^<]*)", board(june, address))[0]

    assert "分管商贸副主任" in led("/board/?month=2023-05&as_known=2023-06-20")
    assert "发展服务中心主任" in led("/board/?month=2023-05&as_known=2023-07-20")
    assert "分管商贸副主任" in led("/board/?month=2023-05")
