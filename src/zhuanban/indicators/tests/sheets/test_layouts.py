"""The tables that offices really send: what is a header, a title, a unit, a period, and which figures come out."""

import pytest

from zhuanban.indicators.sheets import read_figures
from zhuanban.indicators.tests.sheets.tables import CATALOGUE, brief, found, lines, read, sheet

MONTH_TABLE = """
示例高新区2023年1—6月主要经济指标完成情况
单位：亿元、%
序号 | 指标名称 | 计量单位 | 本月累计 | 增速（%） | 全市增速 | 全市位次
1 | 固定资产投资 | 亿元 | 12.5 | 8.1 | 6.0 | 3
2 | 规上工业增加值 | % | — | 7.2 | 7.5 | 6
3 | 一般公共预算收入 | 万元 | 12,345.6 | 下降2.3% | 1.0 | 并列第2位
"""


def test_the_common_month_table_gives_rows_of_the_zone_and_of_the_city() -> None:
    reading = read(MONTH_TABLE)
    assert [brief(row) for row in reading.rows] == [
        ("fai", "demo-zone", "2023-01..06", "12.5", "8.1"),
        ("fai", "demo-city", "2023-01..06", None, "6"),
        ("ind_va_above", "demo-zone", "2023-01..06", None, "7.2"),
        ("ind_va_above", "demo-city", "2023-01..06", None, "7.5"),
        ("budget_revenue", "demo-zone", "2023-01..06", "12345.6", "-2.3"),
        ("budget_revenue", "demo-city", "2023-01..06", None, "1"),
    ]
    assert [row.rank for row in reading.rows] == [3, None, 6, None, 2, None]
    assert found(reading) == []
    assert reading.rows[0].cells == {"level": "D4", "growth_pct": "E4", "rank": "G4"}
    assert reading.grid[0] == ("示例高新区2023年1—6月主要经济指标完成情况",)


def test_a_long_table_names_place_period_status_and_source_in_each_row() -> None:
    reading = read(
        """
        地区 | 指标 | 报告期 | 单位 | 数值 | 同比 | 位次 | 位次范围 | 性质 | 来源 | 备注
        甲区 | 社零 | 2023年上半年 | 万元 | 3亿元 | 增长9.0% | 2/10 | 全市 | 快报 | 统计局 | 按新口径
        全市 | GDP | 2023年一季度 | 亿元 | 400 | 6 | | | 正式 | |
        """
    )
    first, second = reading.rows
    assert brief(first) == ("retail_sales", "jia", "2023-01..06", "3", "9")
    assert (first.rank, first.rank_of, first.rank_scope, first.status) == (2, 10, "全市", "flash")
    assert (first.source, first.note) == ("统计局", "按新口径")
    assert brief(second) == ("gdp", "demo-city", "2023-01..03", "400", "6")
    assert found(reading) == [("notice", "sheet_cell_unit_converted", "E2")]


def test_a_wide_table_has_an_indicator_per_column_with_its_growth_to_the_right() -> None:
    reading = read(
        """
        年 | 起始月 | 截止月 | 社会消费品零售总额_亿元 | 同比_% | 限额以上单位消费品零售额(万元) | 限额以上同比_%
        2023 | 1 | 2 | 30.5 | 3.5 | 150000 | 4.1
        2023 | 3 | 3 | 15 | 10.6 | 80000 | 9
        """
    )
    assert [brief(row) for row in reading.rows] == [
        ("retail_sales", "demo-zone", "2023-01..02", "30.5", "3.5"),
        ("above_quota_retail", "demo-zone", "2023-01..02", "15", "4.1"),
        ("retail_sales", "demo-zone", "2023-03", "15", "10.6"),
        ("above_quota_retail", "demo-zone", "2023-03", "8", "9"),
    ]
    assert [row.basis.value for row in reading.rows] == ["cumulative", "cumulative", "month", "month"]
    assert found(reading) == []


def test_two_header_rows_over_each_other_are_read_together() -> None:
    reading = read(
        """
        2023年6月主要指标
        指标 | 单位 | 当月 | | 累计 | | 全市 | 位次
        | | 总量 | 增速 | 总量 | 增速 | 增速 |
        社零 | 亿元 | 5 | 9.9 | 30 | 8.8 | 7.7 | 4
        """
    )
    assert [brief(row) for row in reading.rows] == [
        ("retail_sales", "demo-zone", "2023-06", "5", "9.9"),
        ("retail_sales", "demo-zone", "2023-01..06", "30", "8.8"),
        ("retail_sales", "demo-city", "2023-01..06", None, "7.7"),
    ]
    assert [row.rank for row in reading.rows] == [None, 4, None]
    assert found(reading) == []


def test_places_down_the_side_and_the_indicator_in_the_title() -> None:
    reading = read(
        """
        2023年1-6月各县区固定资产投资完成情况
        单位：万元
        县（市）区 | 累计完成 | 同比增长（%） | 位次
        甲区 | 50000 | 12.1 | 1
        高新区 | 40000 | 8 | 2
        """
    )
    assert [brief(row) for row in reading.rows] == [
        ("fai", "jia", "2023-01..06", "5", "12.1"),
        ("fai", "demo-zone", "2023-01..06", "4", "8"),
    ]


CIRCULAR = [
    ("jia", "fai", "12.1", 1), ("jia", "retail_sales", "-3.5", 2),
    ("demo-zone", "fai", "8", 2), ("demo-zone", "retail_sales", "6.2", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        """
        2023年1—6月各县（市）区主要经济指标增速
        单位：%
        地区 | 固定资产投资 | 位次 | 社会消费品零售总额 | 位次
        """,
        """
        2023年1—6月各县（市）区主要经济指标
        地区 | 固定资产投资增速 | 位次 | 社会消费品零售总额增速(%) | 位次
        """,
        """
        2023年1—6月各县（市）区主要经济指标
        地区 | 固定资产投资 | | 社会消费品零售总额 |
        | 增速 | 位次 | 增速 | 位次
        """,
        """
        2023年1—6月各县（市）区主要经济指标同比增长情况
        计量单位：%
        地区 | 固投 | | 社零 |
        | 累计 | 位次 | 累计 | 位次
        """,
    ],
)
def test_the_citys_circular_gives_growth_and_rank_of_every_district(table: str) -> None:
    """Districts down the side, indicators across, in percent: a rate is never stored as an amount."""
    reading = read(table.rstrip() + "\n甲区 | 12.1 | 1 | -3.5 | 2\n高新区 | 8 | 2 | 6.2 | 1")
    assert found(reading) == []
    assert [(row.place_key, row.indicator_code, str(row.growth_pct), row.rank) for row in reading.rows] == CIRCULAR
    assert {(row.level, row.period.key) for row in reading.rows} == {(None, "2023-01..06")}


def test_levels_beside_a_growth_keep_their_unit_under_a_line_of_percent() -> None:
    """“Unit: %” over a table with a growth column of its own says the unit of that column."""
    reading = read("2023年1—6月主要经济指标\n单位：%\n指标 | 累计 | 增速\n固投 | 12.5 | 8.1")
    assert [brief(row) for row in reading.rows] == [("fai", "demo-zone", "2023-01..06", "12.5", "8.1")]


def test_periods_across_the_columns_keep_their_own_growth() -> None:
    reading = read(
        """
        示例高新区2023年指标
        指标 | 1-5月 | 增速 | 1-6月 | 增速
        固投 | 10 | 8 | 12.5 | 8.1
        """
    )
    assert [brief(row) for row in reading.rows] == [
        ("fai", "demo-zone", "2023-01..05", "10", "8"),
        ("fai", "demo-zone", "2023-01..06", "12.5", "8.1"),
    ]


def test_level_and_growth_in_rows_of_their_own_become_one_figure() -> None:
    reading = read(
        """
        2023年1—6月
        指标 | 单位 | 累计
        固定资产投资 | 亿元 | 12.5
        固定资产投资增速 | % | 8.1
        """
    )
    assert [brief(row) for row in reading.rows] == [("fai", "demo-zone", "2023-01..06", "12.5", "8.1")]
    assert reading.rows[0].cells == {"level": "C3", "growth_pct": "C4"}
    assert found(reading) == []


def test_merged_names_are_carried_down_and_footers_left_out() -> None:
    reading = read(
        """
        2023年1—6月
        指标 | 地区 | 累计（亿元） | 增速
        固投 | 甲区 | 1 | 2
        | 乙区 | 3 | 4
        注：数据为快报数。
        填报人：某 | | 审核人：某
        """
    )
    assert [brief(row)[:2] for row in reading.rows] == [("fai", "jia"), ("fai", "yi")]


@pytest.mark.parametrize(
    ("header", "cell", "level"),
    [
        # header, cell → 亿元
        ("累计（亿元）", "12.5", "12.5"),
        ("累计(万元)", "125000", "12.5"),
        ("累计_万元", "125,000", "12.5"),
        ("累计[万元]", "１２５０００", "12.5"),
        ("累计（单位：万元）", "125000.0", "12.5"),
        ("累计（万元）", "12.5亿", "12.5"),
        ("累计（万元）", "12.5亿元", "12.5"),
        ("累计（元）", "1250000000", "12.5"),
        ("累计", "12.5", "12.5"),
        ("累计", "0", "0"),
    ],
)
def test_I_23_units_in_headers_and_cells_are_converted_exactly(header: str, cell: str, level: str) -> None:
    reading = read(f"2023年1—6月\n指标|{header}|增速\n固投|{cell}|1")
    assert brief(reading.rows[0])[3] == level
    assert not reading.errors


def test_I_23_a_cell_with_a_unit_of_its_own_is_converted_and_told() -> None:
    reading = read("2023年1—6月\n单位：万元\n指标|累计\n一般公共预算收入|1.2亿")
    assert brief(reading.rows[0])[3] == "12000"
    assert found(reading) == [("notice", "sheet_cell_unit_converted", "B4")]


@pytest.mark.parametrize(
    "unit_line", ["单位：万元", "计量单位:万元", "（单位：万元）", "单位：万元、%", "金额单位：万元"]
)
def test_the_unit_line_above_the_header_counts(unit_line: str) -> None:
    assert brief(read(f"2023年1—6月\n{unit_line}\n指标|累计\n固投|125000").rows[0])[3] == "12.5"


@pytest.mark.parametrize("nothing", ["", "—", "-", "…", "——", "－", "/", "免报", "暂无"])
def test_signs_for_not_reported_are_none_and_zero_is_zero(nothing: str) -> None:
    reading = read(f"2023年1—6月\n指标|累计|增速\n固投|{nothing}|0\n社零|0|{nothing}")
    assert [brief(row)[3:] for row in reading.rows] == [(None, "0"), ("0", None)]
    assert found(reading) == []


@pytest.mark.parametrize(
    ("title", "header", "period"),
    [
        # title, header of the value → period of a cumulative indicator
        ("2023年1—6月", "累计", "2023-01..06"),
        ("2023年1-6月份", "本月累计", "2023-01..06"),
        ("2023年上半年", "总量", "2023-01..06"),
        ("２０２３年前６个月", "总量", "2023-01..06"),
        ("2023年6月", "本月累计", "2023-01..06"),
        ("2023年6月", "总量", "2023-01..06"),
        ("2023年6月", "当月", "2023-06"),
        ("2023年1—6月", "当月", "2023-06"),
        ("2023年1—2月", "累计", "2023-01..02"),
        ("2023年指标", "1—6月", "2023-01..06"),
        ("2023年指标", "1-6月累计", "2023-01..06"),
        ("指标", "2023年1—6月（亿元）", "2023-01..06"),
        ("指标", "2023年上半年", "2023-01..06"),
        ("2022年全年", "累计", "2022-01..12"),
    ],
)
def test_I_41_the_period_is_found_in_title_or_header(title: str, header: str, period: str) -> None:
    reading = read(f"{title}\n指标|{header}\n固投|12.5")
    assert [row.period.key for row in reading.rows] == [period]


@pytest.mark.parametrize("file_name", ["示例高新区2023年1-6月指标.xlsx", "2023年上半年 快报.csv", "指标表_202306.xls"])
def test_I_41_the_period_is_found_in_the_file_name(file_name: str) -> None:
    assert [r.period.key for r in read("指标|累计\n固投|12.5", file_name=file_name).rows] == ["2023-01..06"]


@pytest.mark.parametrize(
    ("period", "key"),
    [("2023年1—6月", "2023-01..06"), ("2023-06", "2023-01..06"), ("202306", "2023-01..06"), ("2023年6月当月", "2023-06"), ("2023年上半年", "2023-01..06")],
)  # fmt: skip
def test_I_41_the_period_is_found_in_a_column(period: str, key: str) -> None:
    assert [r.period.key for r in read(f"报告期|指标|数值\n{period}|固投|1").rows] == [key]


def test_a_balance_stands_at_the_end_of_the_month() -> None:
    assert [r.period.key for r in read("2023年1—6月\n指标|累计\n存款余额|800").rows] == ["2023-06"]


def test_a_note_of_a_single_month_makes_the_figure_one_month() -> None:
    reading = read(
        "年|起始月|截止月|指标|增速|备注\n2023|6|6|规上工业增加值|2.7|single month\n2023|1|6|规上工业增加值|-7.4|"
    )
    assert [(r.period.key, r.basis.value) for r in reading.rows] == [
        ("2023-06", "month"),
        ("2023-01..06", "cumulative"),
    ]


def test_a_note_that_says_expected_makes_a_forecast_and_is_told() -> None:
    reading = read("2023年1—6月\n指标|增速|备注\n固投|12.0|预计数")
    assert [row.status for row in reading.rows] == ["forecast"]
    assert found(reading) == [("notice", "sheet_note_says_forecast", "C3")]


@pytest.mark.parametrize(
    ("cell", "growth"),
    [("5.2", "5.2"), ("5.2%", "5.2"), ("５．２％", "5.2"), ("+5.2", "5.2"), ("−2.3", "-2.3"), ("下降2.3%", "-2.3"), ("增长5.2%", "5.2"),
     ("同比增长5.2%", "5.2"), ("持平", "0"), ("增长1.05倍", "105")],
)  # fmt: skip
def test_growth_is_read_as_it_is_written(cell: str, growth: str) -> None:
    reading = read(f"2023年1—6月\n指标|增速\n固投|{cell}")
    assert brief(reading.rows[0])[4] == growth
    assert found(reading) == []


def test_I_41_a_rise_with_a_minus_is_read_and_told() -> None:
    reading = read("2023年1—6月\n指标|增速\n固投|增长-2.3%")
    assert brief(reading.rows[0])[4] == "-2.3"
    assert found(reading) == [("notice", "sheet_growth_bad_style", "B3")]


def test_I_25_a_percent_format_is_read_as_shown() -> None:
    table = sheet(
        [["2023年1—6月"], ["指标", "增速"], ["固投", 0.052], ["社零", -0.031]], percent=frozenset({"B3", "B4"})
    )
    reading = read(table)
    assert [brief(r)[4] for r in reading.rows] == ["5.2", "-3.1"]
    assert found(reading) == []


def test_sheets_without_a_table_are_passed_over_with_a_notice() -> None:
    sheets = [sheet(lines("填表说明\n请按时报送"), name="说明"), sheet(lines(MONTH_TABLE), name="数据")]
    reading = read_figures(sheets, CATALOGUE)
    assert len(reading.rows) == 6
    assert [(p.severity.value, p.code, p.sheet) for p in reading.problems] == [("notice", "sheet_passed_over", "说明")]
    assert reading.sheet_name == "数据"


@pytest.mark.parametrize("header", ["同比增减（亿元）", "增减_亿元", "增幅（百分点）"])
def test_a_change_in_an_amount_or_in_points_is_no_growth_rate(header: str) -> None:
    reading = read(f"2023年1—6月\n指标 | 单位 | 累计 | {header}\n社零 | 亿元 | 30 | 2.5")
    assert [brief(row) for row in reading.rows] == [("retail_sales", "demo-zone", "2023-01..06", "30", None)]
    assert [(problem.code, problem.facts["header"]) for problem in reading.problems] == [("sheet_column_not_read", header)]


@pytest.mark.parametrize("header", ["同比增减", "比上年同期增长（%）", "1—6月同比增减", "较上年同期增长_%"])
def test_every_growth_word_is_understood_alone_and_behind_a_period(header: str) -> None:
    reading = read(f"2023年1—6月\n指标 | 单位 | 累计 | {header}\n社零 | 亿元 | 30 | 2.5")
    assert [brief(row) for row in reading.rows] == [("retail_sales", "demo-zone", "2023-01..06", "30", "2.5")]


def test_the_unit_of_the_indicator_in_a_growth_header_is_not_that_of_the_growth() -> None:
    reading = read("年 | 起始月 | 截止月 | 社会消费品零售总额（亿元）同比增减\n2023 | 1 | 6 | 2.5")
    assert [brief(row) for row in reading.rows] == [("retail_sales", "demo-zone", "2023-01..06", None, "2.5")]
