"""Revenue, investment, output: the months of a year add up."""

from zhuanban.indicators.kinds.kind import IndicatorKind

KIND = IndicatorKind(
    key="flow",
    name_zh="流量",
    name_en="Flow",
    has_level=True,
    adds_up=True,
    opens_at_balance=False,
    whole_numbers=False,
)
