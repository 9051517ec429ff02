"""报送逾期: a mandatory filing was not signed by its last day.

Optional filings never fire. Late and locked are two days: this is the first."""

from datetime import timedelta
from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    missed = facts.deadline
    if missed is None or missed.on <= missed.due_on + timedelta(days=int(parameters["grace_days"])):
        return None
    due = f"{missed.due_on:%Y-%m-%d}"
    return Finding({"due_on": due}, Words(f"报送应于{due}前签发，尚未签发", f"the filing was due on {due} and is not signed"))


RULE = Rule(
    key="filing_overdue",
    name=Words("报送逾期", "Filing overdue"),
    clause="五(二)",
    reads=(("deadline", Words("报送时限", "the filing's day")),),
    parameters=(
        Parameter(
            "grace_days", Words("宽限", "grace"), Decimal(0), Words("天", "days"), "product_default", most=Decimal(30)
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words("应报单位补报并说明原因。", "The unit files late and says why."),
    misses=Words("只看是否按时签发，不看内容。", "It sees whether the filing was signed in time, not what it says."),
    shows=(Shown("due_on", Words("应完成日期", "Was due"), "day"),),
    subject="filing",
)  # fmt: skip
