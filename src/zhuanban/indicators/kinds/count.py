"""Projects signed, firms converted: whole numbers that add up."""

from zhuanban.indicators.kinds.kind import IndicatorKind

KIND = IndicatorKind(
    key="count",
    name_zh="计数",
    name_en="Count",
    has_level=True,
    adds_up=True,
    opens_at_balance=False,
    whole_numbers=True,
)
