"""数据逾期未报: the figure that an indicator owes by now has not come.

Which period is owed follows from the indicator's calendar: a series without January owes nothing in February."""

from datetime import timedelta
from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    missed = facts.deadline
    if missed is None or missed.on <= missed.due_on + timedelta(days=int(parameters["grace_days"])):
        return None
    due = f"{missed.due_on:%Y-%m-%d}"
    return Finding({"due_on": due}, Words(f"数据应于{due}前报送，尚未收到", f"the figure was due on {due} and has not come"))


RULE = Rule(
    key="data_overdue",
    name=Words("数据逾期未报", "Figure overdue"),
    clause="五(二)",
    reads=(("deadline", Words("应报日期", "day it was due")),),
    parameters=(
        Parameter(
            "grace_days", Words("宽限", "grace"), Decimal(0), Words("天", "days"), "product_default", most=Decimal(30)
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words("该指标责任部门报送数据，或说明发布推迟的原因。", "The department hands the figure in, or says why its publication is delayed."),
    misses=Words("不区分部门未报和上级推迟发布。", "It cannot tell a figure not handed in from one that the city published late."),
    shows=(Shown("due_on", Words("应完成日期", "Was due"), "day"),),
    subject="data",
)  # fmt: skip
