"""What the rest of the year must do, and what follows from lights in a row (domain 4.2, 4.4, I-17; calc 6)."""

from decimal import Decimal

import pytest

from zhuanban.calc.follow_ups import Consequence, FollowUp, consequence
from zhuanban.calc.light_terms import Light
from zhuanban.calc.pace import ahead_of_path_pp
from zhuanban.calc.rounding import shown
from zhuanban.calc.targets import (
    growth_level_path,
    remaining_amount,
    remaining_growth_from_rates_pct,
    remaining_growth_pct,
)

LAST_YEAR = [Decimal(each) for each in (70, 60, 96, 95, 100, 112, 94, 97, 106, 103, 108, 139)]
G, Y, R, N = Light.GREEN, Light.YELLOW, Light.RED, Light.GREY


def test_I_17_growth_that_the_rest_needs() -> None:
    quarter = remaining_growth_pct(Decimal(530), Decimal("343.2"), Decimal(500), Decimal(330))
    assert shown(quarter) == "9.9"
    assert remaining_growth_from_rates_pct(Decimal(60), Decimal(6), Decimal(12)) == 21


def test_calc_6_growth_needed_after_five_months_of_a_growth_target() -> None:
    base, done = sum(LAST_YEAR), sum(map(Decimal, (72, 61, 98, 96, 101)))
    target = base * Decimal("1.08")
    needed = remaining_growth_pct(target, done, base, sum(LAST_YEAR[:5], Decimal(0)))
    assert (base, done, shown(needed, 4)) == (1180, 428, "11.5152")


def test_calc_6_what_is_left_of_a_value_target() -> None:
    left = remaining_amount(Decimal(1300), Decimal(428), 5)
    assert (left.amount, left.months, shown(left.per_month, 2)) == (872, 7, "124.57")
    reached = remaining_amount(Decimal(1300), Decimal(1310), 11)
    assert (reached.amount, reached.per_month) == (-10, None)
    over = remaining_amount(Decimal(1300), Decimal(1290), 12)
    assert (over.amount, over.months, over.per_month) == (10, 0, None)


def test_calc_6_a_growth_target_as_levels_is_the_base_of_each_month_and_its_growth() -> None:
    path = growth_level_path({1: Decimal(70), 2: Decimal(130), 12: Decimal(1180)}, Decimal(8))
    assert (path[0], path[1], path[2], path[11]) == (Decimal("75.6"), Decimal("140.4"), None, Decimal("1274.4"))


def test_I_13_ahead_of_the_path_is_rounded_at_the_end() -> None:
    ahead = ahead_of_path_pp(Decimal("629.0"), Decimal("647.4"), Decimal("647.4") * 10 / 12)
    assert shown(ahead) == "13.8"
    assert shown(ahead_of_path_pp(Decimal(75), Decimal(100), Decimal(100) * 10 / 12)) == "−8.3"


@pytest.mark.parametrize(
    ("lights", "expected"),
    [
        ([G, Y], (FollowUp.REMINDER_LETTER, 1)),
        ([G, Y, Y], (FollowUp.SUPERVISION_SLIP, 2)),
        ([Y, G, Y], (FollowUp.REMINDER_LETTER, 1)),
        ([G, R], (FollowUp.SUPERVISION_SLIP, 1)),
        ([Y, Y, R], (FollowUp.SUPERVISION_SLIP, 1)),
        ([R, R], (FollowUp.ADMONITION_TALK, 2)),
        ([R, N, R], (FollowUp.ADMONITION_TALK, 2)),
        ([R, Y], (FollowUp.SUPERVISION_SLIP, 2)),
        ([R, R, G], None),
        ([N, N], None),
        ([], None),
    ],
)
def test_what_follows_from_lights_in_a_row(lights: list[Light], expected: tuple[FollowUp, int] | None) -> None:
    assert consequence(lights) == (Consequence(*expected) if expected else None)
