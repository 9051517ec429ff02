"""连续低于全市: the growth was below the city's in several reported periods one after the other.

Periods are those that the series reports: January and February together are one. A period without one of the figures
breaks no row, it is not counted; too short a row says nothing.
"""

from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.rounding import printed_gap
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    assert facts.growth_pct is not None
    assert facts.city_growth_pct is not None
    wanted = int(parameters["periods"])
    row = [(facts.growth_pct, facts.city_growth_pct), *facts.before][:wanted]
    gaps = [printed_gap(mine, city) for mine, city in row]
    below = [gap for gap in gaps if gap is not None and gap * facts.polarity.sign < 0]
    if len(row) < wanted or len(below) < wanted:
        return None
    said = "、".join(f"{gap:f}" for gap in reversed(below))
    return Finding(
        {"periods": str(wanted), "gaps_pp": said},
        Words(f"连续{wanted}期低于全市平均水平（差距{said}个百分点）", f"below the city average {wanted} periods in a row (gaps {said} pp)"),
    )


RULE = Rule(
    key="consecutive_periods",
    name=Words("连续低于全市平均水平", "Below the city average several times in a row"),
    clause="五(三)",
    reads=(
        ("growth_pct", Words("本区增速", "growth of the zone")),
        ("city_growth_pct", Words("全市增速", "growth of the city")),
    ),
    parameters=(
        Parameter(
            "periods", Words("连续期数", "periods in a row"), Decimal(3), Words("期", "periods"), "product_default",
            least=Decimal(2), most=Decimal(12),
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words(
        "该指标责任部门提出整改方案，由责任领导研究；解决不了的，转为事项上报。",
        "The department proposes what is to change, the responsible leader looks into it; what cannot be solved becomes a matter.",
    ),
    misses=Words(
        "只看是否低于全市，不看差距是否在缩小。",
        "It sees whether the growth is below the city's, not whether the gap narrows.",
    ),
    shows=(
        Shown("periods", Words("连续期数", "Periods in a row"), "text"),
        Shown("gaps_pp", Words("各期差距，百分点，由远及近", "Gaps, percentage points, oldest first"), "text"),
    ),
)  # fmt: skip
