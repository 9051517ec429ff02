"""The demo's invented targets for the current year."""

from datetime import date
from decimal import Decimal

from zhuanban.calc.rounding import half_up
from zhuanban.indicators import services
from zhuanban.indicators.models import Indicator
from zhuanban.people.access import Viewer
from zhuanban.site.demo import history, names

_FROM = date(2023, 2, 27)
_AUTHORITY = "演示数据"
_LEAD_BY_MOOD = {"good": -1.0, "fair": 0.6, "poor": 0.4, "bad": 1.0}
_COUNTS = {"individual_to_enterprise": "260", "signed_100m": "36", "above_scale_new": "24"}


def put_in_force(by: Viewer) -> None:
    """A growth target for every series with growth, a number for the counts; 招商项目固投 follows the city average."""
    made, indicators = history.generator()
    for described in made.indicators:
        indicator = indicators[described.code]
        if described.value_kind == Indicator.ValueKind.COUNT:
            if described.code in _COUNTS:
                _define(indicator, "value", "at_least", Decimal(_COUNTS[described.code]), by)
        elif described.code == "promo_fai":
            _define(indicator, "growth", "not_below_city_average", None, by)
        elif "enterprises" not in described.code:
            city = made.city_growth(described, history.CURRENT_YEAR)
            wanted = half_up(Decimal(repr((city + _LEAD_BY_MOOD[made.mood(described.code)]) * 2)), 0) / 2
            _define(indicator, "growth", "at_least", wanted, by)


def _define(indicator: Indicator, kind: str, operator: str, value: Decimal | None, by: Viewer) -> None:
    services.define_target(
        indicator=indicator.code, place=names.ZONE, year=history.CURRENT_YEAR, kind=kind, is_stretch=False,
        operator=operator, value=value, authority=_AUTHORITY, since=_FROM, today=_FROM, by=by,
    )  # fmt: skip
