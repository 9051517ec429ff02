"""位次不理想: the zone's place in the city is among the last.

The plan does not say what a poor rank is: the number of last places is the office's. Ranks are those of published
growth, ties share the better one; with few districts a rank says little and the rule is silent.
"""

from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    assert facts.rank is not None
    assert facts.rank_of is not None
    if facts.rank_of < parameters["min_peers"] or facts.rank <= facts.rank_of - parameters["last_places"]:
        return None
    return Finding(
        {"rank": str(facts.rank), "rank_of": str(facts.rank_of)},
        Words(f"位列全市{facts.rank_of}个地区第{facts.rank}位", f"rank {facts.rank} of {facts.rank_of} places in the city"),
    )


RULE = Rule(
    key="poor_rank",
    name=Words("位次不理想", "Poor rank in the city"),
    clause="五(三)",
    reads=(
        ("rank", Words("全市位次", "rank in the city")),
        ("rank_of", Words("参排地区数", "places ranked")),
    ),
    parameters=(
        Parameter(
            "last_places", Words("末几位", "last places"), Decimal(2), Words("个", "places"), "product_default", least=Decimal(1)
        ),
        Parameter(
            "min_peers", Words("至少参排", "ranked at least"), Decimal(5), Words("个地区", "places"), "product_default",
            least=Decimal(2),
        ),
        EXPLAIN,
    ),
    compare=_compare,
    acts=Words(
        "该指标责任部门说明与前一位的差距和追赶措施。",
        "The department that answers for the indicator explains the gap to the next place and how it is to be closed.",
    ),
    misses=Words(
        "只看增速位次，不看总量；位次差一位可能只差0.1个百分点。",
        "It sees the rank of growth, not of size; one place may be a tenth of a point.",
    ),
    shows=(
        Shown("rank", Words("全市位次", "Rank in the city"), "text"),
        Shown("rank_of", Words("参排地区数", "Places ranked"), "text"),
    ),
)  # fmt: skip
