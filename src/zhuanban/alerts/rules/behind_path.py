"""落后序时进度: what was reached so far is less than the target asks for by now.

For a growth target the distance is in percentage points: a share of a growth rate means nothing (I-15). For the others
it is a share of the year's target. Which path is used, even months or the target's own, stands with the target.
"""

from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, OnPath, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up, shown
from zhuanban.calc.words import Words

GROWTH = "growth"


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    found = facts.on_path
    assert found is not None
    of_growth = found.kind == GROWTH
    behind = half_up(_behind(found, facts.polarity), 1)
    if behind <= parameters["tolerance_pp" if of_growth else "tolerance_share_pct"]:
        return None
    said = {"actual": f"{found.actual.normalize():f}", "path": f"{half_up(found.path, 2).normalize():f}", "behind": f"{behind:f}"}
    return Finding(said, _sentence(found, behind, of_growth=of_growth))


def _behind(found: OnPath, polarity: Polarity) -> Decimal:
    """How far behind, in percentage points of growth or in percent of the year's target; negative: ahead."""
    distance = (found.path - found.actual) * polarity.sign
    if found.kind == GROWTH:
        return distance
    return distance / abs(found.target) * 100 if found.target else Decimal(0)


def _sentence(found: OnPath, behind: Decimal, *, of_growth: bool) -> Words:
    gap = shown(behind)
    if of_growth:
        actual, path = shown(found.actual), shown(found.path)
        return Words(
            f"增速{actual}%，目标{path}%，低于目标{gap}个百分点", f"growth {actual}%, target {path}%: {gap} pp behind the target"
        )
    actual, path = (f"{half_up(value, 2).normalize():f}" for value in (found.actual, found.path))
    return Words(
        f"完成{actual}，序时应完成{path}，欠序时进度{gap}个百分点",
        f"{actual} reached, the path asks for {path}: {gap} pp of the year's target behind",
    )


RULE = Rule(
    key="behind_path",
    name=Words("落后序时进度", "Behind the target's path"),
    clause="四(一)",
    reads=(("on_path", Words("目标和实际", "target and actual")),),
    parameters=(
        Parameter(
            "tolerance_pp", Words("增速目标容许差距", "tolerated gap of growth"), Decimal(0), Words("个百分点", "pp"),
            "product_default", most=Decimal(20), decimals=1,
        ),
        Parameter(
            "tolerance_share_pct", Words("总量目标容许差距", "tolerated gap of others"), Decimal(5),
            Words("%（占全年目标）", "% of the year's target"), "product_default", most=Decimal(50), decimals=1,
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words(
        "该指标责任部门说明缺口和后几个月的补足安排。",
        "The department that answers for the indicator explains the gap and how the coming months make up for it.",
    ),
    misses=Words(
        "按序时进度判断，不知道下半年已有的项目安排；没有目标的指标不判断。",
        "It goes by the path and does not know what the rest of the year will bring; without a target it says nothing.",
    ),
    shows=(
        Shown("actual", Words("实际", "Actual"), "text"),
        Shown("path", Words("目标或序时应达到", "Asked for by now"), "text"),
        Shown("behind", Words("差距，百分点", "Gap, percentage points"), "text"),
    ),
)  # fmt: skip
