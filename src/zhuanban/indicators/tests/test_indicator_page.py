"""One indicator's page: every clause of the light, where each figure comes from, and who may see it."""

import csv
import html
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from zhuanban.indicators import services
from zhuanban.indicators.models import Figure
from zhuanban.indicators.tests.world import BUILDER, World, at, figure, retail, revenue, sheet, words_of
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work


@pytest.fixture
def june(here: World) -> World:
    """June twice: first 7.7 %, then corrected to 5.9 %; the city's growth known."""
    with at(2023, 6, 16):
        here.publish([retail("26.50", "8.4", "7.0")], title="2023年1—5月主要指标")
    with at(2023, 7, 19):
        here.publish([retail()])
    with at(2023, 7, 21):
        here.publish([retail("31.90", "5.9")])
    return here


def page_of(here: World, address: str = "/board/retail_sales/?month=2023-06", who: str = "statistician", **options: Any) -> str:
    response = here.browser(who, **options).get(address)
    assert response.status_code == 200
    return words_of(response)


def clauses(page: str) -> list[tuple[str, str]]:
    """Every clause with its state."""
    items = re.findall(r"<li[^>]*>(.*?)</li>", re.findall(r'<ul class="zb-reasons">.*?</ul>', page, re.S)[0], re.S)
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", item)).strip() for item in items]
    return [(html.unescape(text).rsplit(" ", 1)[0], text.rsplit(" ", 1)[1]) for text in plain]


def test_every_clause_of_the_rule_stands_there_with_its_inputs_and_state(june: World):
    found = clauses(page_of(june))
    assert [state for _, state in found] == [
        "未触发", "未触发", "未触发", "不适用", "触发", "触发", "未触发", "不适用",
    ]  # fmt: skip
    by_title = {text.split(" ")[1]: (text, state) for text, state in found}
    assert by_title["低于全市平均"] == ("预警 低于全市平均 5.9 < 6.8，差−0.9", "触发")
    assert by_title["低于序时目标"] == ("预警 低于序时目标 5.9 < 8.0，差−2.1", "触发")
    assert by_title["低于序时目标5.0个百分点以上"] == ("报警 低于序时目标5.0个百分点以上 5.9 < 8.0，差−2.1", "未触发")
    assert by_title["落后序时进度"][1] == "不适用"


def test_rule_authority_clause_and_hands_stand_beside_the_light(june: World):
    page = page_of(june)
    assert "方案附件2" in page
    assert "四(一)" in page
    assert "统计岗" in re.findall(r"<dt>录入人</dt><dd>(.*?)</dd>", page)[0]
    assert "尚未经另一人确认" in page


def test_all_vintages_stand_in_the_table_with_the_sheet_they_came_from(june: World):
    table = re.findall(r'id="values".*?</table>', page_of(june), re.S)[0]
    assert "32.67" in table
    assert "31.90" in table
    assert "26.50" in table
    assert table.count("/board/import/") >= 3
    assert "修订" in table
    assert "2023-07-21" in table


def test_the_leader_sees_the_figures_but_no_way_into_the_sheets(june: World):
    table = re.findall(r'id="values".*?</table>', page_of(june, who="leader5"), re.S)[0]
    assert "31.90" in table
    assert "/board/import/" not in table


def test_the_page_as_known_then_knows_only_the_first_figure(june: World):
    page = page_of(june, "/board/retail_sales/?month=2023-06&as_known=2023-07-20")
    facts = re.findall(r'<dl class="zb-card zb-facts">.*?</dl>', page, re.S)[0]
    assert "32.67" in facts
    assert "31.90" not in page
    assert 'name="as_known" value="2023-07-20"' in page


def test_the_chart_has_its_table(june: World):
    page = page_of(june)
    assert page.count("data-zb-chart") >= 2
    assert "<th scope=\"row\">1—5月</th>" in page


def test_absent_and_out_of_reach_look_the_same(june: World):
    assert june.browser("statistician").get("/board/no_such/").status_code == 404
    assert june.browser("commerce_clerk").get("/board/budget_revenue/").status_code == 404
    assert june.browser("street_officer").get("/board/retail_sales/").status_code == 404


def test_a_light_is_two_clicks_from_the_first_page(june: World):
    client = june.browser("chief")
    home = words_of(client.get("/"))
    assert 'href="/board/"' in home
    link = re.findall(r'href="(/board/retail_sales/[^"#]*)#why"', words_of(client.get("/board/")))[0]
    assert 'id="why"' in words_of(client.get(link.replace("&amp;", "&")))


def test_published_growth_stays_where_the_ratio_of_levels_says_otherwise(here: World):
    with at(2023, 6, 16):
        here.publish([revenue("900000", "5.2", "4.8")], title="2022年1—5月主要指标")
    here.publish([revenue("950000", "5.2", "4.8")], title="2023年1—5月主要指标")
    page = page_of(here, "/board/budget_revenue/?month=2023-05")
    facts = re.findall(r'<dl class="zb-card zb-facts">.*?</dl>', page, re.S)[0]
    assert "5.2" in facts
    assert "950,000" in facts
    assert "5.6" not in facts


def test_joint_january_and_february_stay_one_period(here: World):
    here.publish([retail("10.20", "6.0", "5.0")], title="2023年1—2月主要指标")
    page = page_of(here, "/board/retail_sales/?month=2023-02")
    table = re.findall(r'id="values".*?</table>', page, re.S)[0]
    assert "1—2月" in table
    assert ">2月<" not in table
    assert ">1月<" not in table


def test_a_place_in_the_ranking_comes_from_the_peers_where_none_was_published(here: World):
    for place, growth in (("jia", "9.0"), ("yi", "7.0"), ("bing", "6.0")):
        content = sheet([figure("社会消费品零售总额", "亿元", "10", growth)])
        staged = services.stage_sheet(by=here.statistician, file_name="县区.xlsx", content=content, place_code=place)
        services.publish_batch(batch_id=staged.pk, by=here.statistician, version=staged.version)
    here.publish([figure("社会消费品零售总额", "亿元", "32.67", "7.7", "", "6.8")])
    facts = re.findall(r'<dl class="zb-card zb-facts">.*?</dl>', page_of(here), re.S)[0]
    assert re.search(r">2<small>/4", facts)


def value_rows(page: str) -> list[list[str]]:
    """The cells of the table of values."""
    table = re.findall(r'id="values".*?</table>', page, re.S)[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", re.findall(r"<tbody>(.*?)</tbody>", table, re.S)[0], re.S)
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.split(r"</t[dh]>", row)] for row in rows]


def test_the_newest_months_stand_alone_beside_the_cumulative_figure(here: World) -> None:
    here.publish([retail("9.27", "8.2", "7.0", "")], title="2023年1—2月主要指标", on=datetime(2023, 3, 15, 4, tzinfo=UTC))
    here.publish([retail("15.02", "8.1", "6.9", "")], title="2023年1—3月主要指标", on=datetime(2023, 4, 15, 4, tzinfo=UTC))
    here.publish([retail("20.58", "7.9", "7.3", "")], title="2023年1—4月主要指标", on=datetime(2023, 5, 15, 4, tzinfo=UTC))
    page = page_of(here, "/board/retail_sales/?month=2023-04")
    own = {row[0]: row[4] for row in value_rows(page) if row[1] == "示例高新区"}
    assert own == {"1—4月": "5.56", "1—3月": "5.75", "1—2月": "9.27 1—2月"}
    assert "由累计数相减推算" in csv_of(here, "/board/retail_sales/export/?file=csv&month=2023-04")


def test_a_month_is_not_told_where_the_figure_before_was_revised_after_it(june: World) -> None:
    june.publish([retail("26.10", "6.1", "7.0")], title="2023年1—5月主要指标")
    rows = {(row[0], row[3]): row[4] for row in value_rows(page_of(june)) if row[1] == "示例高新区"}
    assert rows["1—6月", "31.90"] == "上期数后有修订，不推算"
    before = page_of(june, "/board/retail_sales/?month=2023-06&as_known=2023-07-22")
    known = {(row[0], row[3]): row[4] for row in value_rows(before) if row[1] == "示例高新区"}
    assert known["1—6月", "31.90"] == "5.40"
    assert known["1—6月", "32.67"] == "–"


def test_balances_and_bare_rates_have_no_months_alone(here: World) -> None:
    services.define_indicator(code="trade_total", value_kind="stock", basis="point", by=BUILDER)
    here.publish([figure("进出口总额", "万元", "7890", "5.8")])
    assert "当月" not in page_of(here, "/board/trade_total/?month=2023-06")


def reasons(page: str) -> dict[str, str]:
    """The lines below the clauses."""
    card = re.findall(r'<dl class="zb-kv zb-look-row">.*?</dl>', page, re.S)[0]
    return {name: re.sub(r"<[^>]+>", "", text).strip() for name, text in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card, re.S)}


def test_the_page_says_what_follows_and_what_the_rest_of_the_year_must_do(june: World) -> None:
    june.publish([retail("30", "5.0", "4.0", "")], title="2022年1—6月主要指标")
    june.publish([retail("50", "5.0", "4.0", "")], title="2022年1—12月主要指标")
    services.define_target(
        indicator="retail_sales", place="zone", year=2023, kind="value", is_stretch=False, since=date(2023, 1, 1),
        today=date(2023, 1, 1), by=BUILDER, operator="at_least", value=Decimal(60), authority="方案附件2",
    )  # fmt: skip
    found = reasons(page_of(june))
    assert found["后续处置"] == "首次预警，应发提示函"
    # 60 − 31.90 = 28.10 in six months, 4.68 each; last year's rest was 20, so +40.5 %.
    assert found["后几个月"] == "后6个月还需完成28.10亿元，月均4.68。7—12月需增长40.5%才能完成全年目标；目前为5.9%。"


def test_without_last_years_figures_the_page_says_that_it_cannot_tell(june: World) -> None:
    assert reasons(page_of(june))["后几个月"] == "无法测算：没有上年各月数据。"


def test_the_level_through_the_year_stands_beside_its_path_with_a_table(june: World) -> None:
    june.publish([retail("24", "5.0", "4.0", "")], title="2022年1—5月主要指标")
    june.publish([retail("30", "5.0", "4.0", "")], title="2022年1—6月主要指标")
    page = page_of(june)
    card = re.findall(r"<h2>今年累计总量</h2>.*?</table>", page, re.S)[0]
    assert "测算" in card
    rows = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[dh]>", row)][:4] for row in re.findall(r"<tr>(.*?)</tr>", card, re.S)]
    assert ["1—5月", "26.50", "25.92", "24.00"] in rows
    assert ["1—6月", "31.90", "32.40", "30.00"] in rows
    assert ["1—7月", "–", "–", "–"] in rows


def test_the_rank_says_what_it_goes_by_and_among_how_many(june: World) -> None:
    facts = re.findall(r'<dl class="zb-card zb-facts">.*?</dl>', page_of(june), re.S)[0]
    assert "增速，共11个地区" in facts
    assert "欠序时2.1" in facts


def csv_of(here: World, address: str, who: str = "statistician") -> str:
    response = here.browser(who).get(address)
    assert response.status_code == 200
    return str(response.content.decode("utf-8-sig"))


def test_the_file_of_an_indicator_has_title_unit_day_and_every_vintage_and_runs_no_formula(june: World) -> None:
    with work(BUILDER.actor, "note"):
        Figure.objects.filter(indicator__code="retail_sales", level=Decimal("31.90")).update(note="=1+1")
    lines = list(csv.reader(io.StringIO(csv_of(june, "/board/retail_sales/export/?file=csv&month=2023-06"))))
    assert lines[0] == ["社会消费品零售总额：2023年各期数值"]
    assert "统计岗" in lines[1][0]
    assert "2023-07-24" in lines[1][0]
    assert "亿元" in lines[2][0]
    heads = lines[4]
    rows = [dict(zip(heads, line, strict=True)) for line in lines[5:]]
    newest = next(row for row in rows if row["时期"] == "2023年1—6月" and row["当前采用"] == "是" and row["地区"] == "示例高新区")
    assert (newest["实绩（亿元）"], newest["当月（亿元）"], newest["增速（%）"], newest["备注"]) == ("31.90", "5.40", "5.9", "'=1+1")
    assert sum(row["地区"] == "示例高新区" for row in rows) == 3
    book = load_workbook(io.BytesIO(june.browser("leader5").get("/board/retail_sales/export/?month=2023-06").content)).active
    assert book is not None
    assert book.cell(1, 1).value == lines[0][0]
    assert all(cell.data_type != "f" for row in book.iter_rows() for cell in row)
    assert june.browser("finance_clerk").get("/board/retail_sales/export/").status_code == 404
    assert Entry.objects.filter(op="export", reason__contains="retail_sales").count() == 2
