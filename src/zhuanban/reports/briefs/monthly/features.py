"""二、运行特点: group by group, each indicator in the phrases of official releases."""

from zhuanban.calc.ranks import rank_move, rank_move_words, rank_words
from zhuanban.calc.wording import change_sentence, city_gap_words, growth_words
from zhuanban.kit.documents.model import Block, Heading, Paragraph
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts
from zhuanban.reports.briefs.monthly.words import level_words, listed, name_with_period, numeral


def features(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The section's blocks: a heading and a paragraph for each group that owes figures."""
    blocks: list[Block] = [Heading("二、运行特点")]
    counted = 0
    for group in facts.groups:
        members = [each for each in facts.indicators if each.group == group and each.expected]
        if not members:
            continue
        counted += 1
        blocks += [Heading(f"（{numeral(counted)}）{group}", 2), Paragraph(_group_text(members, facts))]
    return tuple(blocks)


def _group_text(members: list[IndicatorFacts], facts: MonthlyFacts) -> str:
    known = [each for each in members if each.has_data]
    missing = [each.name for each in members if not each.has_data]
    text = "".join(f"{indicator_clause(each, facts)}。" for each in known)
    return text + (f"未到数：{listed(missing)}。" if missing else "")


def indicator_clause(each: IndicatorFacts, facts: MonthlyFacts) -> str:
    """Level, growth and how it moved, stand against the city, rank: what is known, and nothing for what is not."""
    parts = [name_with_period(each, facts.period) + level_words(each)]
    if each.growth_pct is not None:
        parts.append(_growth(each))
        if each.city_growth_pct is not None:
            parts.append(city_gap_words(each.growth_pct, each.city_growth_pct).zh)
        elif each.city_awaited:
            parts.append("待全市数据")
    if each.level is None and len(parts) > 1:
        parts[:2] = [parts[0] + parts[1]]
    if each.rank:
        parts.append(_rank(each))
    return "，".join(parts)


def _growth(each: IndicatorFacts) -> str:
    assert each.growth_pct is not None
    if each.earlier is None or each.earlier.growth_pct is None:
        return growth_words(each.growth_pct).zh
    return change_sentence(each.earlier.growth_pct, each.growth_pct, each.earlier.period).zh


def _rank(each: IndicatorFacts) -> str:
    assert each.rank is not None
    words = rank_words(each.rank).zh
    if each.earlier is None or each.earlier.rank is None:
        return words
    since = "上季" if each.period.last_month - each.earlier.period.last_month == 3 else "上月"
    moved = rank_move_words(each.earlier.rank, each.rank, since_zh=since).zh
    return f"{words}，{'位次' if rank_move(each.earlier.rank, each.rank) == 0 else ''}{moved}"
