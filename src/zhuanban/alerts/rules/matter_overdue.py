"""事项逾期: a matter was not resolved by the responsible unit's day.

The day is the unit's own; what a higher level has taken over stays overdue for the unit."""

from datetime import timedelta
from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    missed = facts.deadline
    if missed is None or missed.on <= missed.due_on + timedelta(days=int(parameters["grace_days"])):
        return None
    due = f"{missed.due_on:%Y-%m-%d}"
    return Finding({"due_on": due}, Words(f"事项应于{due}前办结，尚未办结", f"the matter was due on {due} and is not resolved"))


RULE = Rule(
    key="matter_overdue",
    name=Words("事项逾期未办结", "Matter overdue"),
    clause="五(三)",
    reads=(("deadline", Words("办理时限", "the unit's day")),),
    parameters=(
        Parameter(
            "grace_days", Words("宽限", "grace"), Decimal(0), Words("天", "days"), "product_default", most=Decimal(30)
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words("责任单位说明原因和完成时间；需要更多时间的，事前申请延期。", "The responsible unit says why and until when; who needs more time asks for it beforehand."),
    misses=Words("不看事项难易，也不看上级是否已接手。", "It does not see how hard the matter is, nor whether a higher level has taken over."),
    shows=(Shown("due_on", Words("应完成日期", "Was due"), "day"),),
    subject="matter",
)  # fmt: skip
