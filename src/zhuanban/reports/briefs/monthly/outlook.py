"""四、形势研判: only what is known — who is behind the path, and what the rest of the year must bring."""

from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up, shown
from zhuanban.calc.targets import remaining_growth_from_rates_pct
from zhuanban.calc.wording import growth_words
from zhuanban.kit.documents.model import Block, Heading, Paragraph
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts
from zhuanban.reports.briefs.monthly.words import listed, numeral, sentence


def outlook(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The section's blocks. It holds no forecast, and says so."""
    blocks: list[Block] = [Heading("四、形势研判"), Paragraph(_stand(facts))]
    for months in range(11, 0, -1):
        clauses = [clause for each in facts.reported if (clause := _needed(each, months))]
        if clauses:
            blocks.append(Paragraph(f"为完成全年目标，{_rest(months)}：{sentence(clauses)}"))
    if unknown := [each.name for each in facts.reported if _lacks_base(each)]:
        blocks.append(Paragraph(f"{listed(unknown)}缺少上年分月数据，未测算后期所需增速。"))
    blocks.append(Paragraph("以上均由已公布数据测算，本期不列预计数。"))
    return tuple(blocks)


def _stand(facts: MonthlyFacts) -> str:
    aimed = [each for each in facts.reported if each.path_gap is not None]
    if not aimed:
        return "已到数的指标没有可对照的序时目标。"
    behind = [each for each in aimed if each.is_behind_path]
    return (
        f"有序时目标且已到数的指标{len(aimed)}项，其中达到或好于序时目标{len(aimed) - len(behind)}项，"
        f"落后{len(behind)}项。"
    )


def _rest(months: int) -> str:
    return {1: "最后一个月", 2: "后两个月"}.get(months, f"后{numeral(months)}个月")


def _lacks_base(each: IndicatorFacts) -> bool:
    """A growth target that is behind, with months left, whose base over the year is not known."""
    growth_target = each.target is not None and each.target.is_growth and each.polarity is Polarity.HIGHER
    return growth_target and each.is_behind_path and each.base_share_pct is None and each.period.last_month < 12


def _needed(each: IndicatorFacts, months: int) -> str:
    """What an indicator behind its path, with so many months left, still needs; empty where the base is not known."""
    target = each.target
    if target is None or 12 - each.period.last_month != months or not each.is_behind_path:
        return ""
    if each.polarity is Polarity.LOWER:
        return ""
    if not target.is_growth:
        assert each.level is not None
        left = half_up(target.year_value - each.level, each.level_places)
        return f"{each.name}还需{shown(left, each.level_places, grouped=True)}{each.measure}" if left > 0 else ""
    if each.base_share_pct is None or each.growth_pct is None:
        return ""
    needed = remaining_growth_from_rates_pct(each.base_share_pct, each.growth_pct, target.year_value)
    return "" if needed is None else f"{each.name}需{growth_words(needed).zh}"
