"""增速低于全市平均水平: the zone grows more slowly than the city.

The city average is the city's own official growth and never the mean of its districts. Both are compared at published
precision, and equal is not below. Where lower is better the comparison is mirrored.
"""

from decimal import Decimal

from zhuanban.alerts.rules.rule import EXPLAIN, Finding, Parameter, Parameters, Rule, RuleFacts, Shown
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up, printed_gap, shown
from zhuanban.calc.words import Words


def _compare(facts: RuleFacts, parameters: Parameters) -> Finding | None:
    assert facts.growth_pct is not None
    assert facts.city_growth_pct is not None
    places = int(parameters["growth_places"])
    mine, city = half_up(facts.growth_pct, places), half_up(facts.city_growth_pct, places)
    gap = printed_gap(facts.growth_pct, facts.city_growth_pct, places)
    assert gap is not None
    if -gap * facts.polarity.sign <= parameters["tolerance_pp"]:
        return None
    return Finding(
        {
            "growth_pct": f"{mine:f}",
            "city_growth_pct": f"{city:f}",
            "gap_pp": f"{gap:f}",
            "polarity": facts.polarity.value,
        },
        _sentence(mine, city, gap, facts.polarity, places),
    )


def _sentence(mine: Decimal, city: Decimal, gap: Decimal, polarity: Polarity, places: int) -> Words:
    distance, own, whole = shown(abs(gap), places), shown(mine, places), shown(city, places)
    if polarity is Polarity.LOWER:
        return Words(
            f"增速{own}%，全市{whole}%，高于全市{distance}个百分点（该指标以低为好）",
            f"growth {own}%, city {whole}%: {distance} pp above the city, where lower is better",
        )
    return Words(
        f"增速{own}%，全市{whole}%，低于全市平均水平{distance}个百分点",
        f"growth {own}%, city {whole}%: {distance} pp below the city average",
    )


RULE = Rule(
    key="below_city_average",
    name=Words("增速低于全市平均水平", "Growth below the city average"),
    clause="五(三)",
    reads=(
        ("growth_pct", Words("本区增速", "growth of the zone")),
        ("city_growth_pct", Words("全市增速", "growth of the city")),
    ),
    parameters=(
        Parameter(
            "tolerance_pp", Words("容许差距", "tolerated gap"), Decimal(0), Words("个百分点", "pp"), "plan", "五(三)",
            most=Decimal(20), decimals=1,
        ),
        Parameter(
            "growth_places", Words("比较精度", "decimals compared"), Decimal(1), Words("位小数", "decimal places"),
            "product_default", most=Decimal(4),
        ),
        EXPLAIN,
    ),
    compare=_compare,
    shows=(
        Shown("growth_pct", Words("本区增速", "Growth of the zone"), "growth", "%"),
        Shown("city_growth_pct", Words("全市增速", "Growth of the city"), "growth", "%"),
        Shown("gap_pp", Words("差距，百分点", "Gap, percentage points"), "signed"),
    ),
    acts=Words(
        "该指标责任部门说明原因和措施；本部门解决不了的，转为事项。",
        "The department that answers for the indicator explains the cause and what it does; what it cannot solve "
        "becomes a matter.",
    ),
    misses=Words(
        "全市增速公布前不判断；不看位次、目标和数据质量；全市整体下滑时，低于全市的幅度可能偏小。",
        "It says nothing before the city's growth is published, and it does not look at ranks, targets or data "
        "quality. When the whole city slows down, a small gap may hide a large fall.",
    ),
)  # fmt: skip
