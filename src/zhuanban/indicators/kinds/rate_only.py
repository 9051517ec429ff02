"""Value added of industry: only a growth rate is published, nothing can be summed or averaged."""

from zhuanban.indicators.kinds.kind import IndicatorKind

KIND = IndicatorKind(
    key="rate_only",
    name_zh="仅增速",
    name_en="Growth rate only",
    has_level=False,
    adds_up=False,
    opens_at_balance=False,
    whole_numbers=False,
)
