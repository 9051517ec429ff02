"""The kinds, as a statistician reviews them: one aligned row each."""

import pytest

from zhuanban.calc.errors import CalcError
from zhuanban.calc.periods import Period
from zhuanban.calc.series import ValueKind, month_value
from zhuanban.indicators.kinds.kind import IndicatorKind
from zhuanban.indicators.models import Indicator
from zhuanban.kit.drawers import open_drawer

KINDS = open_drawer("zhuanban.indicators.kinds", "KIND", IndicatorKind)

#         key           level  adds up  opens at balance  whole numbers
CASES = [
    ("flow",            True,  True,    False,            False),
    ("stock",           True,  False,   True,             False),
    ("rate_only",       False, False,   False,            False),
    ("count",           True,  True,    False,            True),
]  # fmt: skip


@pytest.mark.parametrize(("key", "has_level", "adds_up", "opens_at_balance", "whole_numbers"), CASES)
def test_a_kind_says_what_its_levels_are(
    key: str, has_level: bool, adds_up: bool, opens_at_balance: bool, whole_numbers: bool
) -> None:
    kind = KINDS[key]
    assert (kind.has_level, kind.adds_up) == (has_level, adds_up)
    assert (kind.opens_at_balance, kind.whole_numbers) == (opens_at_balance, whole_numbers)


def test_the_drawer_holds_exactly_the_kinds_that_an_indicator_may_have() -> None:
    assert set(KINDS) == set(Indicator.ValueKind.values) == {case[0] for case in CASES}


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if not kind.adds_up])
def test_a_kind_that_does_not_add_up_has_no_month_from_cumulative(key: str) -> None:
    from decimal import Decimal

    published = {Period.cumulative(2023, 3): Decimal(10), Period.cumulative(2023, 4): Decimal(14)}
    with pytest.raises(CalcError):
        month_value(published, Period.month(2023, 4), ValueKind(key))
