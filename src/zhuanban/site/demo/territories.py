"""Which of the demo's streets and centres answer for which indicators; one changes in the middle of the year."""

from datetime import date

from zhuanban.indicators import services
from zhuanban.people.access import Viewer

_SINCE, _CHANGE = date(2023, 1, 1), date(2023, 6, 1)
_FROM_THE_BEGINNING = (
    ("fai", "street_1"), ("fai", "street_2"), ("fai", "center_1"), ("fai", "center_2"),
    ("retail_sales", "street_1"), ("retail_sales", "center_1"),
    ("ind_va_above", "street_2"), ("ind_va_above", "center_2"),
)  # fmt: skip


def answer(by: Viewer) -> None:
    """Territories since January; retail sales pass from one street to the other in June."""
    for indicator, unit in _FROM_THE_BEGINNING:
        services.define_territory(indicator=indicator, unit=unit, since=_SINCE, by=by)
    services.end_territory(indicator="retail_sales", unit="street_1", on=_CHANGE, by=by)
    services.define_territory(indicator="retail_sales", unit="street_2", since=_CHANGE, by=by)
