"""一、总体情况: what arrived, the lights, the stand against the city, the table and the chart."""

from collections import Counter
from decimal import Decimal

from zhuanban.calc.lights import Light
from zhuanban.calc.wording import city_gap_words, growth_words
from zhuanban.kit.charts.model import BarChart, Role, Series
from zhuanban.kit.documents.model import Block, Figure, Heading, Note, Paragraph
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts
from zhuanban.reports.briefs.monthly.table import NOTE, indicator_table
from zhuanban.reports.briefs.monthly.words import LIGHT_NAMES, listed, sentence

MOST_BARS = 14
LEADING = ("gdp", "fai", "ind_va_above", "retail_sales", "budget_revenue")


def overview(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The section's blocks, without a chart where nothing can be compared."""
    blocks: list[Block] = [Heading("一、总体情况"), Paragraph(_arrivals(facts) + _lights(facts) + _against_city(facts))]
    if leading := _leading(facts):
        blocks.append(Paragraph(leading))
    if facts.not_reported:
        names = listed(f"{each.name}（{each.dept}）" for each in facts.not_reported)
        blocks.append(Paragraph(f"未到数的指标：{names}。未到数不等于零，到数后另行补充。"))
    if quiet := facts.where(lambda each: not each.expected):
        blocks.append(Paragraph(f"本月不单独发布的指标：{listed(each.name for each in quiet)}。"))
    blocks += [indicator_table(facts), Note(NOTE)]
    chart = growth_chart(facts)
    if chart:
        blocks.append(Figure(f"图1　{chart.title}", chart))
    return tuple(blocks)


def _arrivals(facts: MonthlyFacts) -> str:
    expected, arrived = len(facts.reported) + len(facts.not_reported), len(facts.reported)
    return f"{facts.period.label_zh}，应到数指标{expected}项，已到数{arrived}项，未到数{expected - arrived}项。"


def _lights(facts: MonthlyFacts) -> str:
    counts = Counter(each.light for each in facts.indicators if each.expected)
    words = listed(
        f"{LIGHT_NAMES[light]}{counts[light]}项" for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)
    )
    provisional = sum(each.provisional for each in facts.indicators if each.expected)
    return f"亮灯：{words}{f'，其中暂定{provisional}项' if provisional else ''}。"


def _against_city(facts: MonthlyFacts) -> str:
    compared = [each for each in facts.reported if each.city_gap_pp is not None]
    awaited = len(facts.where(lambda each: each.expected and each.city_awaited))
    clauses = []
    if compared:
        behind = sum(each.is_below_city for each in compared)
        level = sum(each.city_gap_pp == 0 for each in compared)
        clauses.append(
            f"与全市同期增速可比的{len(compared)}项中，优于全市平均水平{len(compared) - level - behind}项，"
            f"与全市持平{level}项，落后于全市平均水平{behind}项"
        )
    if awaited:
        clauses.append(f"待全市数据{awaited}项")
    return sentence(clauses) if clauses else ""


def _leading(facts: MonthlyFacts) -> str:
    """The indicators every reader asks for first, in their customary order."""
    by_code = {each.code: each for each in facts.reported}
    clauses = [_headline(by_code[code], facts) for code in LEADING if code in by_code]
    return f"主要指标中，{sentence(clauses)}" if clauses else ""


def _headline(each: IndicatorFacts, facts: MonthlyFacts) -> str:
    span = each.period.name_zh if each.period != facts.period else ""
    words = f"{span}{each.name}{growth_words(each.growth_pct).zh}"
    if each.growth_pct is not None and each.city_growth_pct is not None:
        words += f"，{city_gap_words(each.growth_pct, each.city_growth_pct).zh}"
    return words


def growth_chart(facts: MonthlyFacts) -> BarChart | None:
    """Zone against city for the report's own period; where too many would be unreadable, the widest gaps remain."""
    comparable = [each for each in facts.reported if each.city_gap_pp is not None and each.period == facts.period]
    if not comparable:
        return None
    kept = sorted(comparable, key=lambda each: -abs(each.city_gap_pp or Decimal(0)))[:MOST_BARS]
    shown_bars = [each for each in comparable if each in kept]
    chosen = f"（与全市差距最大的{MOST_BARS}项）" if len(comparable) > MOST_BARS else ""
    title = f"{facts.period.title_zh}主要指标增速与全市对比{chosen}"
    return BarChart(
        title=title,
        unit="%",
        categories=tuple(each.name for each in shown_bars),
        series=(
            Series(facts.zone_name, Role.ACTUAL, tuple(each.growth_pct for each in shown_bars)),
            Series("全市", Role.CITY, tuple(each.city_growth_pct for each in shown_bars)),
        ),
        description=f"条形图：{title}，共{len(shown_bars)}项，数值见表1。",
    )
