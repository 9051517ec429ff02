"""One indicator's page: every clause of the light, where each figure comes from, and who may see it."""

import html
import re
from typing import Any

import pytest

from zhuanban.indicators import services
from zhuanban.indicators.tests.world import World, at, figure, retail, revenue, sheet, words_of


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
