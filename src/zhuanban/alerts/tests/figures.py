"""A small world of figures for the tests: two indicators of the commerce office, one of the finance office."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from zhuanban.indicators.models import Figure, Indicator, Place
from zhuanban.kit import clock
from zhuanban.people.tests.cast import BUILDER, Cast
from zhuanban.trail.services import work

NOON = datetime(2023, 7, 24, 4, tzinfo=UTC)
"""Monday 24 July 2023, noon in Shanghai."""


def world(people: Cast) -> dict[str, Indicator]:
    """Zone, city and three indicators by code; figures are added with ``publish``."""
    with work(BUILDER, "figures"):
        Place.objects.create(code="zone", name_zh="示例高新区", name_en="Sample Zone", kind="zone")
        Place.objects.create(code="city", name_zh="示例市", name_en="Sample City", kind="city")
        return {
            "retail_sales": _indicator("retail_sales", "社会消费品零售总额", people.group5.pk, people.commerce.pk),
            "trade_total": _indicator("trade_total", "进出口总额", people.group5.pk, people.commerce.pk),
            "budget_revenue": _indicator("budget_revenue", "一般公共预算收入", people.group3.pk, people.finance.pk),
        }


def _indicator(code: str, name: str, group_id: int, dept_id: int, **values: Any) -> Indicator:
    return Indicator.objects.create(
        **{
            "code": code, "name_zh": name, "name_en": code, "group_id": group_id, "dept_id": dept_id,
            "measure": "万元", "value_kind": "flow", "basis": "cumulative", "frequency": "month",
            "polarity": "higher", **values,
        }
    )  # fmt: skip


def publish(code: str, zone: str | None, city: str | None, *, month: int = 6, status: str = "official") -> None:
    """Growth of the zone and of the city over January to ``month`` 2023; None is not published."""
    indicator = Indicator.objects.get(code=code)
    with work(BUILDER, "publish"):
        for place, growth in (("zone", zone), ("city", city)):
            if growth is not None:
                Figure.objects.create(
                    indicator=indicator, place=Place.objects.get(code=place), year=2023, first_month=1, last_month=month,
                    growth_pct=Decimal(growth), status=status, known_at=clock.now(), source="示例统计局",
                    recorded_by_post="统计岗",
                )  # fmt: skip
