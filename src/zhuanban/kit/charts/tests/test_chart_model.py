"""A chart description refuses what cannot be drawn honestly."""

from decimal import Decimal

import pytest

from zhuanban.kit.charts.model import LineChart, Role, Series


def test_a_series_that_does_not_fit_the_categories_is_refused() -> None:
    with pytest.raises(ValueError, match="全市: 1 values for 2 categories"):
        LineChart("增速", "%", ("1—2月", "1—3月"), (Series("全市", Role.CITY, (Decimal(1),)),), "增速")


@pytest.mark.parametrize(
    ("values", "lonely"),
    [
        ((1, None, 3, 4), {0}),
        ((None, 2, None), {1}),
        ((1, 2, None, 4), {3}),
        ((1, 2, 3), set()),
        ((None, None), set()),
        ((5,), {0}),
    ],
)
def test_a_point_between_two_gaps_is_known_as_lonely(values: tuple[int | None, ...], lonely: set[int]) -> None:
    series = Series("实绩", Role.ACTUAL, tuple(None if value is None else Decimal(value) for value in values))
    assert series.lonely == lonely
