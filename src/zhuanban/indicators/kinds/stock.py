"""Deposits, loans, firms in a register: a balance at a point in time, never summed over months."""

from zhuanban.indicators.kinds.kind import IndicatorKind

KIND = IndicatorKind(
    key="stock",
    name_zh="存量",
    name_en="Stock",
    has_level=True,
    adds_up=False,
    opens_at_balance=True,
    whole_numbers=False,
)
