"""Table 1 of the monthly analysis: every expected indicator by group, in the fixed order of columns."""

from zhuanban.calc.ranks import rank_move
from zhuanban.calc.rounding import shown
from zhuanban.kit.documents.model import Align, Column, Row, Table
from zhuanban.reports.briefs.facts import IndicatorFacts, MonthlyFacts, TargetFacts
from zhuanban.reports.briefs.monthly.words import LIGHT_NAMES, LIGHT_SHAPES, MISSING, name_with_period, signed

COLUMNS = (
    Column("指标", Align.LEFT, wraps=True),
    Column("单位", Align.CENTER),
    Column("本月\n累计"),
    Column("增速\n%"),
    Column("较上月\n±pp"),
    Column("全市\n增速"),
    Column("与全市\n差距"),
    Column("位次", Align.CENTER),
    Column("位次\n变化", Align.CENTER),
    Column("全年\n目标"),
    Column("序时\n差距"),
    Column("亮灯", Align.LEFT),
)

NOTE = (
    "注：“–”为未到数或不适用，不等于零；“待全市数据”为全市同期数尚未公布，亮灯暂定；位次后为参加排名的地区数，↑为前移；"
    "季度指标较上季；序时差距：增速目标为百分点，数量目标按本行单位，目标为“≤”的以低为好；亮灯按●正常、▲预警、■报警、○无数据。"
)


def indicator_table(facts: MonthlyFacts) -> Table:
    """The table, groups in their order; indicators that publish nothing for the month are left out."""
    rows: list[Row] = []
    for group in facts.groups:
        members = [each for each in facts.indicators if each.group == group and each.expected]
        if members:
            rows.append(Row((group,), group=True))
            rows.extend(Row(_cells(each, facts)) for each in members)
    caption = f"表1　{facts.zone_name}{facts.period.title_zh}主要经济指标"
    return Table(caption, COLUMNS, tuple(rows), unit="增速：%；差距、较上月：百分点")


def _cells(each: IndicatorFacts, facts: MonthlyFacts) -> tuple[str, ...]:
    target = each.target
    return (
        name_with_period(each, facts.period, apart="\n"),
        _on_two_lines(each.measure),
        shown(each.level, each.level_places, grouped=True, missing=MISSING),
        shown(each.growth_pct, missing=MISSING),
        signed(each.moved_pp),
        "待全市\n数据" if each.city_awaited else shown(each.city_growth_pct, missing=MISSING),
        signed(each.city_gap_pp),
        f"{each.rank.place}/{each.rank.of}" if each.rank else MISSING,
        _rank_change(each),
        _year_target(target, each.level_places) if target else MISSING,
        signed(each.path_gap, 1 if target is None or target.is_growth else each.level_places),
        _light(each),
    )


def _on_two_lines(measure: str) -> str:
    """A long measure broken in its middle, so that its column stays narrow."""
    middle = len(measure) // 2
    return f"{measure[:middle]}\n{measure[middle:]}" if len(measure) > 2 else measure


def _year_target(target: TargetFacts, places: int) -> str:
    if target.is_growth:
        return f"{target.operator}{shown(target.year_value)}%"
    return f"{target.operator}{shown(target.year_value, places, grouped=True)}"


def _rank_change(each: IndicatorFacts) -> str:
    if each.rank is None or each.earlier is None or each.earlier.rank is None:
        return MISSING
    moved = rank_move(each.earlier.rank, each.rank)
    return MISSING if moved == 0 else f"{'↑' if moved > 0 else '↓'}{abs(moved)}"


def _light(each: IndicatorFacts) -> str:
    """Shape and word, so that a black-and-white print tells as much; a provisional light says so."""
    provisional = "\n　暂定" if each.provisional else ""
    return f"{LIGHT_SHAPES[each.light]}{LIGHT_NAMES[each.light]}{provisional}"
