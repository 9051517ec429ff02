"""The page's chart as data."""

import json

from zhuanban.kit.charts.echarts import echarts_option
from zhuanban.kit.charts.model import BarChart, LineChart, Role, Series
from zhuanban.kit.charts.tests.charts import BARS, LINES


def test_the_option_is_still_described_and_travels_as_json() -> None:
    option = echarts_option(LINES)
    assert option["animation"] is False
    assert option["aria"] == {"enabled": True, "label": {"enabled": True, "description": LINES.description}}
    assert option["zb"] == {"unit": "%", "decimals": 1}
    assert json.loads(json.dumps(option)) == option


def test_each_role_has_its_own_colour_dash_and_marker() -> None:
    drawn = {line["name"]: line for line in echarts_option(LINES)["series"]}
    styles = {name: (line["lineStyle"], line["symbol"], line["smooth"]) for name, line in drawn.items()}
    assert styles == {
        "实绩": ({"color": "#1B4B87", "width": 2.5, "type": "solid"}, "circle", False),
        "序时目标": ({"color": "#5E6A7A", "width": 1.5, "type": [6, 4]}, "none", False),
        "全市": ({"color": "#C07A2C", "width": 1.75, "type": "solid"}, "none", False),
    }


def test_a_gap_stays_a_gap_and_a_lonely_point_is_marked() -> None:
    city = echarts_option(LINES)["series"][2]
    assert city["connectNulls"] is False
    assert city["data"] == [{"value": 8.2, "symbol": "circle"}, None, {"value": 8.6, "symbol": "circle"}]


def test_lines_that_reach_the_end_are_labelled_there_with_rounded_figures_and_a_true_minus() -> None:
    option = echarts_option(LINES)
    assert [line["endLabel"]["formatter"] for line in option["series"]] == ["实绩 −2.3", "序时目标 10.4", "全市 8.6"]
    assert option["legend"]["show"] is False


def test_a_line_that_stops_early_brings_the_legend_back() -> None:
    stopped = Series("全市", Role.CITY, (*LINES.series[2].values[:2], None))
    option = echarts_option(
        LineChart(LINES.title, "%", LINES.categories, (LINES.series[0], stopped), LINES.description)
    )
    assert option["legend"]["show"] is True
    assert all("endLabel" not in line for line in option["series"])


def test_bars_print_their_values_outside_and_a_missing_one_draws_nothing() -> None:
    zone, city = echarts_option(BARS)["series"]
    assert [bar["label"] for bar in zone["data"]] == [
        {"formatter": "7.4", "position": "right"},
        {"formatter": "−3.8", "position": "left"},
    ]
    assert city["data"][1] is None
    assert echarts_option(BARS)["yAxis"]["data"] == ["固定资产投资", "企业所得税"]


def test_standing_bars_can_point_out_one_of_them() -> None:
    peers = BarChart(
        "各区增速",
        "%",
        ("甲区", "高新区"),
        (Series("增速", Role.PEERS, BARS.series[0].values),),
        "各区",
        1,
        False,
        "高新区",
    )
    option = echarts_option(peers)
    assert option["xAxis"]["type"] == "category"
    assert ["itemStyle" in bar for bar in option["series"][0]["data"]] == [False, True]
