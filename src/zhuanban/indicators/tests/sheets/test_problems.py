"""Every problem of a file at once, each at its cell; nothing guessed, nothing altered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhuanban.calc.periods import Period
from zhuanban.indicators.sheet_messages import MESSAGES
from zhuanban.indicators.sheets import SheetReading
from zhuanban.indicators.tests.sheets.tables import CATALOGUE, brief, found, read, sheet, with_today
from zhuanban.kit.refusals import Problem


def _sentences(reading: SheetReading) -> list[str]:
    """Every problem says a whole sentence with its facts filled in."""
    sentences = [Problem(p.code, p.facts, p.where).sentence for p in reading.problems]
    assert all("%(" not in s and "{" not in s for s in sentences)
    return sentences


HEAD = "示例高新区2023年1—6月\n指标|单位|累计|增速|全市增速|位次\n"
ROWS: list[tuple[str, str, str, str]] = [
    # row, severity, code, address
    ("固定投资完成|亿元|1|2||", "error", "sheet_indicator_unknown", "A3"),
    ("|亿元|1|2||", "error", "sheet_indicator_blank", "A3"),
    ("固投|公里|1|2||", "error", "sheet_unit_unknown", "B3"),
    ("固投|万平方米|1|2||", "error", "sheet_unit_not_convertible", "B3"),
    ("注册资本项下利用外资|万元|1|2||", "error", "sheet_unit_not_convertible", "B3"),
    ("固投|亿元|12.5公里|2||", "error", "sheet_cell_unit_unusable", "C3"),
    ("固投|亿元|十二|2||", "error", "sheet_not_a_number", "C3"),
    ("固投|亿元|1.2.3|2||", "error", "sheet_not_a_number", "C3"),
    ("固投|亿元|NaN|2||", "error", "sheet_not_a_number", "C3"),
    ("固投|亿元|1e40|2||", "error", "sheet_number_too_large", "C3"),
    ("固投|亿元|1|较好||", "error", "sheet_not_a_growth", "D3"),
    ("固投|亿元|1|提高1.0个百分点||", "error", "sheet_not_a_growth", "D3"),
    ("固投|亿元|1|下降-2.3%||", "error", "sheet_not_a_growth", "D3"),
    ("固投|亿元|1|2||前列", "error", "sheet_not_a_rank", "F3"),
    ("固投|亿元|1|2||11/10", "error", "sheet_not_a_rank", "F3"),
    ("规上工业增加值|亿元|12|2||", "notice", "sheet_level_of_rate_indicator", "C3"),
]


@pytest.mark.parametrize(("row", "severity", "code", "address"), ROWS, ids=[f"{r[2]} {r[0]}" for r in ROWS])
def test_a_problem_is_found_at_its_cell(row: str, severity: str, code: str, address: str) -> None:
    reading = read(HEAD + row + "\n社零|亿元|3|4||")
    assert found(reading) == [(severity, code, address)]
    assert _sentences(reading)
    assert brief(reading.rows[-1]) == ("retail_sales", "demo-zone", "2023-01..06", "3", "4")


def test_all_problems_of_a_file_are_told_at_once_in_order() -> None:
    reading = read(HEAD + "\n".join(row for row, *_ in ROWS[:6]))
    assert [p.row for p in reading.problems] == [3, 4, 5, 6, 7, 8]
    assert len(_sentences(reading)) == 6


def test_an_unknown_indicator_comes_with_the_nearest_names() -> None:
    reading = read(HEAD + "固定资产投资额完成|亿元|1|2||")
    assert "固定资产投资" in reading.problems[0].facts["nearest"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("示例\n甲|乙\n1|2", "sheet_header_missing"),
        ("只有一句话", "sheet_header_missing"),
        ("2023年1—6月\n指标|单位|备注\n固投|亿元|无", "sheet_value_header_missing"),
        ("2023年1—6月情况\n地区|累计|增速\n甲区|1|2", "sheet_indicator_header_missing"),
        ("2023年1—6月\n指标|累计|本期累计\n固投|1|2", "sheet_header_doubled"),
        ("2023年1—6月\n指标|指标名称|累计\n固投|社零|2", "sheet_header_doubled"),
        ("2023年1—6月\n指标|累计|增速|同比\n固投|1|2|3", "sheet_header_doubled"),
        ("2023年1—6月\n指标|累计|增速\n固投||", "sheet_no_figures"),
    ],
)
def test_a_missing_or_doubled_header_is_an_error_that_names_it(table: str, code: str) -> None:
    reading = read(table)
    assert [p.code for p in reading.errors] == [code]
    assert reading.rows == ()
    assert _sentences(reading)


def test_percent_over_an_amount_is_refused_where_nothing_says_that_growth_is_meant() -> None:
    """Completion, share or growth: the sheet does not say, so nothing is taken."""
    reading = read("2023年1—6月各县区主要经济指标\n单位：%\n地区|固定资产投资|社零\n甲区|52.1|48\n高新区||51")
    assert found(reading) == [
        ("error", "sheet_percent_of_amount", "B4"), ("error", "sheet_percent_of_amount", "C4"),
        ("error", "sheet_percent_of_amount", "C5"),
    ]  # fmt: skip
    assert reading.rows == ()
    assert _sentences(reading)


def test_a_column_that_is_not_understood_is_named() -> None:
    reading = read("2023年1—6月\n指标|累计|景气程度\n固投|1|好")
    assert found(reading) == [("notice", "sheet_column_not_read", "C2")]


def test_a_place_that_is_not_known_is_an_error_with_the_nearest_names() -> None:
    reading = read("2023年1—6月\n指标|地区|累计\n固投|甲区区|1\n固投|乙区|1")
    assert found(reading) == [("error", "sheet_place_unknown", "B3")]
    assert "甲区" in reading.problems[0].facts["nearest"]


@pytest.mark.parametrize(
    ("values", "severity", "code", "addresses"),
    [
        # growth column of plain numbers → what is said
        ((0.052, 5.2), "error", "sheet_percent_mixed", ["B3"]),
        ((5.2, 0.052, 0.081, 9.0), "error", "sheet_percent_mixed", ["B4", "B5"]),
        ((0.052, 0.081), "question", "sheet_percent_maybe_fraction", ["B3"]),
        ((0.5, 0.2, 0.9), "question", "sheet_percent_maybe_fraction", ["B3"]),
    ],
)
def test_I_25_mixed_percent_notation_is_refused_and_doubt_is_asked(
    values: tuple[float, ...], severity: str, code: str, addresses: list[str]
) -> None:
    names = ("固投", "社零", "一般公共预算收入", "规上工业增加值")
    reading = read(sheet([["2023年1—6月"], ["指标", "增速"], *[[n, v] for n, v in zip(names, values, strict=False)]]))
    assert found(reading) == [(severity, code, address) for address in addresses]
    assert _sentences(reading)


@pytest.mark.parametrize("values", [(0.5, 4.0, 12.0), (5.2, 0, -0.3), (0.4,), (5.25, 0.12)])
def test_I_25_small_growth_beside_large_is_no_mixture(values: tuple[float, ...]) -> None:
    names = ("固投", "社零", "一般公共预算收入")
    reading = read(sheet([["2023年1—6月"], ["指标", "增速"], *[[n, v] for n, v in zip(names, values, strict=False)]]))
    assert found(reading) == []


def test_I_25_percent_cells_beside_plain_numbers_are_refused() -> None:
    table = sheet(
        [["2023年1—6月"], ["指标", "增速"], ["固投", 0.052], ["社零", 5.2], ["个转企", 0.03]],
        percent=frozenset({"B3", "B5"}),
    )
    assert found(read(table)) == [("error", "sheet_percent_mixed", "B4")]


def test_a_percent_cell_in_a_column_of_amounts_is_an_error() -> None:
    table = sheet([["2023年1—6月"], ["指标", "累计"], ["固投", 0.052]], percent=frozenset({"B3"}))
    assert found(read(table))[0] == ("error", "sheet_level_is_percent", "B3")


@pytest.mark.parametrize(
    ("cell", "factor"),
    [("125000", "×10⁴"), ("0.00125", "÷10⁴"), ("1250000000", "×10⁸"), ("14", ""), ("60", "")],
)
def test_a_level_10_000_times_off_is_asked_about_and_never_corrected(cell: str, factor: str) -> None:
    known = replace(CATALOGUE, previous_levels={("fai", "demo-zone"): Decimal("12.1")})
    reading = read(HEAD + f"固投|亿元|{cell}|2||", known)
    expected = [("question", "sheet_unit_slip", "C3")] if factor else []
    assert found(reading) == expected
    assert [p.facts["factor"] for p in reading.problems] == [factor] * len(expected)
    assert reading.rows[0].level == Decimal(cell)
    assert all(cell not in s and "12.5" not in s for s in _sentences(reading))


def test_a_level_10_000_times_off_the_others_of_its_file_is_asked_about() -> None:
    rows = "\n".join(f"2023|1|{month}|固投|{value}" for month, value in ((2, 3), (3, 5), (4, 80000), (5, 10), (6, 12)))
    reading = read("年|起始月|截止月|指标|累计\n" + rows)
    assert found(reading) == [("question", "sheet_unit_slip", "E4")]


def test_future_periods_are_refused_unless_they_are_expected_figures_of_this_year() -> None:
    table = "年|起始月|截止月|指标|增速|状态\n2023|1|7|固投|1|正式\n2023|1|8|固投|1|预计\n2024|1|12|固投|1|预计\n2023|1|6|固投|1|正式"
    assert found(read(table)) == [
        ("error", "sheet_period_in_future", "E2"),
        ("error", "sheet_period_in_future", "E4"),
    ]
    assert found(read(table, with_today(date(2023, 8, 1)))) == [("error", "sheet_period_in_future", "E4")]


def test_closed_months_are_refused() -> None:
    locked = replace(CATALOGUE, locked_through=Period.month(2023, 5))
    reading = read("年|起始月|截止月|指标|增速\n2023|1|5|固投|1\n2023|1|6|固投|1\n2022|1|12|固投|1", locked)
    assert found(reading) == [("error", "sheet_period_locked", "E2"), ("error", "sheet_period_locked", "E4")]
    assert "2023年5月" in _sentences(reading)[0]


def test_a_period_that_an_indicator_does_not_publish_is_asked_about() -> None:
    reading = read(
        "年|起始月|截止月|指标|增速\n2023|1|1|固投|1\n2023|1|5|GDP|1\n2023|1|1|一般公共预算收入|1\n2023|3|5|固投|2"
    )
    assert found(reading) == [
        ("question", "sheet_period_not_expected", "E2"),
        ("question", "sheet_period_not_expected", "E3"),
        ("error", "sheet_period_odd", "E5"),
    ]


@pytest.mark.parametrize("period", ["2023-13", "去年", "2023年13月", "二〇二三年夏"])
def test_a_period_that_cannot_be_read_is_an_error(period: str) -> None:
    assert found(read(f"报告期|指标|增速\n{period}|固投|1"))[0] == ("error", "sheet_period_unreadable", "A2")


def test_a_number_2023_1_is_not_taken_for_january() -> None:
    assert found(read(sheet([["报告期", "指标", "增速"], [2023.1, "固投", 1]])))[0][1] == "sheet_period_unreadable"


def test_a_figure_without_any_period_is_an_error() -> None:
    assert found(read("指标|累计\n固投|1"))[0] == ("error", "sheet_period_missing", "B2")


def test_a_department_records_figures_of_the_zone_not_those_it_is_measured_by() -> None:
    places = tuple(replace(place, allowed=place.kind == "zone") for place in CATALOGUE.places)
    reading = read("报告期|指标|地区|累计|增速\n2023年1-6月|固投|示例高新区|1|2\n2023年1-6月|固投|示例市|9|-9", replace(CATALOGUE, places=places))
    assert found(reading) == [("error", "sheet_place_of_the_office", "D3")]
    assert "示例市" in _sentences(reading)[0]


def test_rows_of_another_unit_are_refused_and_say_who_may() -> None:
    mine = tuple(replace(i, allowed=i.code != "budget_revenue", owner="财政金融办") for i in CATALOGUE.indicators)
    reading = read(HEAD + "固投|亿元|1|2||\n一般公共预算收入|万元|3|4||", replace(CATALOGUE, indicators=mine))
    assert found(reading) == [("error", "sheet_indicator_of_other_unit", "C4")]
    assert "财政金融办" in _sentences(reading)[0]


def test_a_row_repeated_is_taken_once_and_a_contradiction_is_an_error() -> None:
    reading = read(HEAD + "固投|亿元|1|2||\n固定资产投资|亿元|1|2||\n社零|亿元|1|2||\n社零|亿元|1.5|2||")
    assert found(reading) == [("notice", "sheet_row_repeated", "C4"), ("error", "sheet_row_contradicts", "C6")]
    assert [brief(r)[0] for r in reading.rows] == ["fai", "retail_sales"]
    assert reading.problems[1].facts["first_row"] == 5


def test_I_05_an_official_growth_is_kept_beside_levels_that_say_otherwise() -> None:
    reading = read("2023年1—6月\n指标|累计|上年同期|增速\n固投|288229|287611|1.6")
    assert brief(reading.rows[0])[4] == "1.6"
    assert found(reading) == [("notice", "sheet_growth_differs_from_levels", "D3")]
    assert "0.2" in _sentences(reading)[0]


def test_cells_with_errors_or_uncalculated_formulas_are_errors() -> None:
    from zhuanban.kit.spreadsheets import Cell

    table = sheet([["2023年1—6月"], ["指标", "累计", "增速"], ["固投", 1, 2]])
    table.rows[2][1] = Cell("error", "=", 2, 1)
    table.rows[2][2] = Cell("error", "#DIV/0!", 2, 2)
    reading = read(table)
    assert found(reading) == [
        ("error", "sheet_formula_without_result", "B3"),
        ("error", "sheet_cell_error", "C3"),
    ]


def test_a_status_that_contradicts_its_note_is_asked_about() -> None:
    reading = read("2023年1—6月\n指标|增速|状态|备注\n固投|1|正式|预计\n社零|1|大概|")
    assert found(reading) == [
        ("question", "sheet_status_contradicts_note", "D3"),
        ("error", "sheet_status_unknown", "C4"),
    ]


def test_no_sentence_about_a_sheet_is_missing() -> None:
    import re
    from pathlib import Path

    room = Path(__file__).resolve().parents[2]
    files = [*(room / "sheets").glob("*.py"), room / "services" / "staging.py"]
    used = {code for file in files for code in re.findall(r'"(sheet_[a-z_]+)"', file.read_text())}
    assert used == set(MESSAGES)
