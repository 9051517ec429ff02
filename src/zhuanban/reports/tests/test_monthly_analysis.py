"""The monthly analysis: its whole text, and what it does at the edges."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from zhuanban.calc.lights import Light
from zhuanban.calc.periods import Period
from zhuanban.calc.ranks import Rank
from zhuanban.kit.charts.fonts import missing_glyphs
from zhuanban.kit.documents.model import Document, Figure, Table
from zhuanban.kit.documents.plain_text import plain_text
from zhuanban.kit.documents.render import render_docx
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts
from zhuanban.reports.briefs.monthly.overview import MOST_BARS, growth_chart
from zhuanban.reports.briefs.monthly_analysis import BRIEF, compose
from zhuanban.reports.tests.facts import ENERGY, FAI, GDP, INDIVIDUALS, JUNE_FACTS, REVENUE, VAT

GOLDEN = Path(__file__).parent / "golden" / "monthly_analysis.txt"
MADE_AT = datetime(2023, 7, 24, 1, 0, tzinfo=UTC)


def _of(*indicators: IndicatorFacts, **changes: object) -> MonthlyFacts:
    return replace(JUNE_FACTS, indicators=indicators, **changes)  # type: ignore[arg-type]


def _lines(document: Document) -> list[str]:
    return plain_text(document).splitlines()


def _row(facts: MonthlyFacts, name: str) -> tuple[str, ...]:
    table = next(block for block in compose(facts).blocks if isinstance(block, Table))
    return next(row.cells for row in table.rows if row.cells[0].startswith(name) and not row.group)


def test_the_whole_text_of_a_month_is_as_it_was_agreed() -> None:
    assert plain_text(compose(JUNE_FACTS)) == GOLDEN.read_text(encoding="utf-8")


def test_the_brief_stands_in_the_drawer_under_its_key() -> None:
    assert (BRIEF.key, BRIEF.compose(JUNE_FACTS)) == ("monthly_analysis", compose(JUNE_FACTS))


def test_an_indicator_without_figures_is_named_as_missing_and_never_written_as_zero() -> None:
    facts = _of(VAT)
    assert _row(facts, "增值税") == ("增值税", "万元", "–", "–", "–", "–", "–", "–", "–", "≥7.5%", "–", "○无数据")
    assert "未到数的指标：增值税（税务局）。未到数不等于零，到数后另行补充。" in _lines(compose(facts))


def test_a_reported_zero_is_written_as_zero() -> None:
    assert _row(_of(INDIVIDUALS), "个转企")[2] == "0"


def test_a_city_figure_that_is_still_to_come_is_awaited_and_the_light_is_provisional() -> None:
    row = _row(_of(REVENUE), "一般公共预算收入")
    assert (row[5], row[6], row[11]) == ("待全市\n数据", "–", "●正常\n　暂定")


def test_a_city_figure_that_never_comes_is_not_awaited() -> None:
    assert _row(_of(replace(REVENUE, city_published=False, provisional=False)), "一般公共预算收入")[5] == "–"


def test_the_gap_to_the_city_is_the_difference_of_the_printed_figures() -> None:
    near = replace(GDP, growth_pct=Decimal("5.96"), city_growth_pct=Decimal("6.04"))
    assert _row(_of(near), "地区生产总值")[6] == "0.0"
    text = plain_text(compose(_of(near)))
    assert "地区生产总值增长6.0%，与全市持平" in text
    assert "没有落后于全市平均水平、位次靠后、落后序时进度的指标" in text


def test_where_less_is_better_a_higher_figure_is_the_problem() -> None:
    assert "共1项：单位产值能耗（以低为好）高于全市平均水平1.0个百分点。" in _lines(compose(_of(ENERGY)))


@pytest.mark.parametrize(("rank", "is_last"), [((9, 10), True), ((8, 10), False), ((4, 4), False), ((4, 5), True)])
def test_last_ranks_follow_the_light_rule(rank: tuple[int, int], is_last: bool) -> None:
    said = any(
        line.startswith("（") and line.endswith("位次靠后")
        for line in _lines(compose(_of(replace(GDP, rank=Rank(*rank)))))
    )
    assert said is is_last


def test_a_month_without_problems_says_so_in_one_sentence() -> None:
    good = replace(GDP, growth_pct=Decimal("6.6"), light=Light.GREEN)
    assert "按已到数据，没有落后于全市平均水平、位次靠后、落后序时进度的指标。" in _lines(compose(_of(good)))


def test_without_open_matters_the_last_section_says_so() -> None:
    assert "目前没有未销号事项。各责任单位按月调度要求继续跟进。" in _lines(compose(replace(JUNE_FACTS, matters=())))


def test_nothing_comparable_means_no_chart() -> None:
    assert growth_chart(_of(VAT, INDIVIDUALS, REVENUE)) is None
    assert not [block for block in compose(_of(VAT)).blocks if isinstance(block, Figure)]


def test_a_chart_of_many_indicators_keeps_the_widest_gaps_in_the_order_of_the_table() -> None:
    many = [
        replace(GDP, code=f"i{at}", name=f"指标{at}", growth_pct=Decimal(at), city_growth_pct=Decimal(0))
        for at in range(20)
    ]
    chart = growth_chart(_of(*many))
    assert chart is not None
    assert chart.categories == tuple(f"指标{at}" for at in range(20 - MOST_BARS, 20))
    assert chart.title.endswith("（与全市差距最大的14项）")


def test_a_month_for_which_nothing_is_published_still_makes_a_document() -> None:
    quiet = _of(replace(VAT, expected=False), year=2023, month=1, matters=())
    document = compose(quiet)
    assert "1月，应到数指标0项，已到数0项，未到数0项。亮灯：正常0项、预警0项、报警0项、无数据0项。" in _lines(document)
    assert "本月不单独发布的指标：增值税。" in _lines(document)
    assert docx.Document(BytesIO(render_docx(document, made_at=MADE_AT))).tables[0].rows[0].cells[0].text == "指标"


def test_december_asks_nothing_of_the_rest_of_the_year() -> None:
    december = replace(GDP, period=Period.cumulative(2023, 12))
    text = plain_text(compose(_of(december, year=2023, month=12)))
    assert "为完成全年目标" not in text
    assert "示例高新区2023年1—12月\n经济运行分析报告" in text


def test_real_data_carry_no_demo_mark() -> None:
    assert (compose(JUNE_FACTS).running_head, compose(replace(JUNE_FACTS, demo=False)).running_head) == (
        "演示数据　全部数字均为虚构",
        "",
    )


def test_no_hyphen_stands_for_a_minus_and_no_rate_grows_negatively() -> None:
    text = plain_text(compose(JUNE_FACTS))
    assert not [word for word in ("增长−", "增长-", "−0.0", "增长0.0%", "nan", "None") if word in text]
    assert "| -" not in text


def test_every_character_of_the_chart_can_be_drawn() -> None:
    chart = growth_chart(_of(GDP, FAI))
    assert chart is not None
    assert missing_glyphs([chart.title, chart.unit, *chart.categories, *(line.name for line in chart.series)]) == set()


def test_the_report_opens_in_word_with_its_table_chart_and_demo_mark() -> None:
    made = render_docx(compose(JUNE_FACTS), made_at=MADE_AT)
    word = docx.Document(BytesIO(made))
    assert [len(table.columns) for table in word.tables] == [12, 5]
    assert len(word.inline_shapes) == 1
    assert word.sections[0].header.paragraphs[0].text == word.sections[0].even_page_header.paragraphs[0].text
    assert len(word.tables[0].rows) == 1 + 4 + 8
    assert word.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert made == render_docx(compose(JUNE_FACTS), made_at=MADE_AT)
