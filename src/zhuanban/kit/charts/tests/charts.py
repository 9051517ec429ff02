"""Two charts that the tests of this folder draw."""

from decimal import Decimal

from zhuanban.kit.charts.model import BarChart, LineChart, Role, Series


def _values(text: str) -> tuple[Decimal | None, ...]:
    return tuple(None if part == "-" else Decimal(part) for part in text.split())


LINES = LineChart(
    title="固定资产投资累计增速",
    unit="%",
    categories=("1—2月", "1—3月", "1—4月"),
    series=(
        Series("实绩", Role.ACTUAL, _values("13.8 12.9 -2.25")),
        Series("序时目标", Role.TARGET, _values("10 10.2 10.4")),
        Series("全市", Role.CITY, _values("8.2 - 8.6")),
    ),
    description="折线图：固定资产投资累计增速，1—4月下降2.3%。",
)

BARS = BarChart(
    title="主要指标增速",
    unit="%",
    categories=("固定资产投资", "企业所得税"),
    series=(
        Series("示例高新区", Role.ACTUAL, _values("7.4 -3.8")),
        Series("全市", Role.CITY, _values("9.1 -")),
    ),
    description="条形图：主要指标增速。",
)
