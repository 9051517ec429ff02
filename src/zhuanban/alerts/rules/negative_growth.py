"""负增长: what should grow has fallen against the year before.

Judged at published precision; zero is no fall. Where lower is better a fall is what is wanted.
"""

from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up, shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    del parameters
    assert facts.growth_pct is not None
    mine = half_up(facts.growth_pct, 1)
    if facts.polarity is Polarity.LOWER or mine >= Decimal(0):
        return None
    fall = shown(abs(mine))
    return Finding({"growth_pct": f"{mine:f}"}, Words(f"同比下降{fall}%", f"{fall}% lower than a year before"))


RULE = Rule(
    key="negative_growth",
    name=Words("负增长", "Negative growth"),
    clause="五(三)",
    reads=(("growth_pct", Words("本区增速", "growth of the zone")),),
    parameters=(EXPLAIN,),
    compare=_compare,
    acts=Words(
        "该指标责任部门说明原因和措施；本部门解决不了的，转为事项。",
        "The department that answers for the indicator explains the cause and what it does; what it cannot solve becomes "
        "a matter.",
    ),
    misses=Words(
        "不看下降是否来自基数、口径或价格；全市同样下降时也会触发。",
        "It does not see whether base, scope or prices explain the fall, and fires also where the whole city falls.",
    ),
    shows=(Shown("growth_pct", Words("本区增速", "Growth of the zone"), "growth", "%"),),
)
