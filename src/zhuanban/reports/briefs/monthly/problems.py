"""三、存在问题: below the city, last ranks, behind the path, and what the units said about it."""

from decimal import Decimal

from zhuanban.calc.lights import LightRule
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import shown
from zhuanban.calc.wording import city_gap_words
from zhuanban.kit.documents.model import Block, Heading, Paragraph
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts
from zhuanban.reports.briefs.monthly.words import numeral, sentence


def problems(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The section's blocks; a kind of problem that nobody has is said in one sentence at the end."""
    found = (
        ("落后于全市平均水平", _below_city(facts)),
        ("位次靠后", _last_ranks(facts)),
        ("落后序时进度", _behind_path(facts)),
    )
    blocks: list[Block] = [Heading("三、存在问题")]
    counted = 0
    for name, clauses in found:
        if clauses:
            counted += 1
            text = f"共{len(clauses)}项：{sentence(clauses)}"
            blocks += [Heading(f"（{numeral(counted)}）{name}", 2), Paragraph(text)]
    if none := [name for name, clauses in found if not clauses]:
        blocks.append(Paragraph(f"按已到数据，没有{'、'.join(none)}的指标。"))
    if reasons := _reasons(facts):
        blocks.append(Heading(f"（{numeral(counted + 1)}）责任单位说明的原因", 2))
        blocks += reasons
    return tuple(blocks)


def _below_city(facts: MonthlyFacts) -> list[str]:
    below = [each for each in facts.reported if each.is_below_city]
    worst_first = sorted(below, key=lambda each: -abs(each.city_gap_pp or Decimal(0)))
    return [_city_clause(each) for each in worst_first]


def _city_clause(each: IndicatorFacts) -> str:
    assert each.growth_pct is not None
    assert each.city_growth_pct is not None
    mirrored = "（以低为好）" if each.polarity is Polarity.LOWER else ""
    return f"{each.name}{mirrored}{city_gap_words(each.growth_pct, each.city_growth_pct).zh}"


def _last_ranks(facts: MonthlyFacts) -> list[str]:
    last = [each for each in facts.reported if _is_last(each, facts.rule)]
    return [f"{each.name}位列{each.rank.of}个地区第{each.rank.place}位" for each in last if each.rank]


def _is_last(each: IndicatorFacts, rule: LightRule) -> bool:
    rank = each.rank
    return rank is not None and rank.of >= rule.last_places_min_peers and rank.place > rank.of - rule.last_places


def _behind_path(facts: MonthlyFacts) -> list[str]:
    return [_path_clause(each) for each in facts.reported if each.is_behind_path]


def _path_clause(each: IndicatorFacts) -> str:
    gap, target = each.path_gap, each.target
    assert gap is not None
    assert target is not None
    higher = each.polarity is Polarity.LOWER
    if target.is_growth:
        return f"{each.name}{'高于' if higher else '低于'}序时目标{shown(abs(gap))}个百分点"
    size = shown(abs(gap), each.level_places, grouped=True)
    return f"{each.name}比序时目标{'多' if higher else '少'}{size}{each.measure}"


def _reasons(facts: MonthlyFacts) -> list[Paragraph]:
    """The units' own words, each with the indicator in front and the unit behind."""
    return [
        Paragraph(_reason(said.cause, said.measures) + f"（{said.unit}）", lead=f"{each.name}。")
        for each in facts.indicators
        for said in each.explanations
    ]


def _reason(cause: str, measures: str) -> str:
    text = cause.rstrip("。") + "。"
    return f"{text}已采取措施：{measures.rstrip('。')}。" if measures else text
