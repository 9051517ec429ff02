"""The truth table of the default light rule, row by row, and what the verdict explains."""

from decimal import Decimal

import pytest

from zhuanban.calc.lights import (
    CLAUSE_CODES,
    Because,
    CheckState,
    Light,
    LightInputs,
    LightRule,
    Reason,
    judge,
)
from zhuanban.calc.polarity import Polarity

D = Decimal

# g, a, t, k, n  ->  light, provisional, what fired ("-" is unknown)
RATES = """
 8.0   6.0   8.0  3  10  green   no   -
 8.0   6.0   8.0  6  10  yellow  no   lower_half
 7.9   6.0   8.0  3  10  yellow  no   below_target
 6.0   6.0   8.0  5  10  yellow  no   below_target
 5.9   6.0   8.0  5  10  yellow  no   below_city_average,below_target
 2.9   6.0   8.0  7  10  red     no   far_below_target,below_city_average,below_target,lower_half
 3.0   6.0   8.0  7  10  yellow  no   below_city_average,below_target,lower_half
-0.1   6.0   8.0  8  10  red     no   falling_below_city,far_below_target,below_city_average,below_target,lower_half
 9.0   6.0   8.0  9  10  red     no   last_places,lower_half
 9.0   6.0   8.0  8  10  yellow  no   lower_half
   -   6.0   8.0  3  10  grey    no   -
-1.0  -3.0  -2.0  2  10  green   no   -
-1.0   0.0     -  2  10  red     no   falling_below_city,below_city_average
-1.0  -1.0     -  2  10  green   no   -
 5.0     -   4.0  -   -  green   yes  -
 3.0     -   4.0  -   -  yellow  yes  below_target
-2.0     -   4.0  -   -  red     yes  far_below_target,below_target
 3.0   2.0     -  2   2  green   no   -
 3.0   2.0   2.5  4   4  yellow  no   lower_half
 3.0   2.0     -  3   5  green   no   -
 3.0   2.0     -  4   5  red     no   last_places,lower_half
 3.0   2.0     -  2   3  green   no   -
 3.0   2.0     -  3   3  yellow  no   lower_half
 5.96  6.04    -  -   -  green   no   -
"""

# actual, path, year's target, polarity  ->  light, what fired
LEVELS = """
12  15  40  higher  yellow  behind_path
10  15  40  higher  red     far_behind_path,behind_path
11  15  40  higher  yellow  behind_path
15  15  40  higher  green   -
 3   2  10  lower   yellow  behind_path
 4   2  10  lower   red     far_behind_path,behind_path
 2   2  10  lower   green   -
"""


def _known(text: str) -> Decimal | None:
    return None if text == "-" else D(text)


def _count(text: str) -> int | None:
    return None if text == "-" else int(text)


def _codes(text: str) -> list[str]:
    return [] if text == "-" else text.split(",")


@pytest.mark.parametrize("row", RATES.strip().splitlines())
def test_truth_table_4_4_of_growth_rates(row: str) -> None:
    growth, city, target, place, peers, light, provisional, fired = row.split()
    verdict = judge(LightInputs(_known(growth), _known(city), _known(target), _count(place), _count(peers)))
    assert verdict.light is Light(light)
    assert verdict.provisional is (provisional == "yes")
    assert [reason.code for reason in verdict.reasons] == _codes(fired)


@pytest.mark.parametrize("row", LEVELS.strip().splitlines())
def test_truth_table_4_4_of_values_counts_and_balances(row: str) -> None:
    actual, path, year, polarity, light, fired = row.split()
    verdict = judge(
        LightInputs(level=D(actual), path_level=D(path), year_target_level=D(year), polarity=Polarity(polarity))
    )
    assert verdict.light is Light(light)
    assert verdict.provisional is False
    assert [reason.code for reason in verdict.reasons] == _codes(fired)


@pytest.mark.parametrize("row", RATES.strip().splitlines())
def test_lower_is_better_mirrors_every_comparison_of_rates(row: str) -> None:
    growth, city, target, place, peers, light, provisional, fired = row.split()
    rates = [None if (rate := _known(text)) is None else -rate for text in (growth, city, target)]
    known = LightInputs(rates[0], rates[1], rates[2], _count(place), _count(peers), polarity=Polarity.LOWER)
    verdict = judge(known)
    assert (verdict.light, verdict.provisional) == (Light(light), provisional == "yes")
    assert [reason.code for reason in verdict.reasons] == _codes(fired)


def test_the_light_is_the_worst_of_growth_and_value_rules() -> None:
    verdict = judge(
        LightInputs(growth_pct=D(9), city_growth_pct=D(6), level=D(10), path_level=D(15), year_target_level=D(40))
    )
    assert verdict.light is Light.RED
    assert [reason.code for reason in verdict.reasons] == ["far_behind_path", "behind_path"]


def test_a_period_that_is_not_expected_is_grey_and_says_so() -> None:
    verdict = judge(LightInputs(growth_pct=D(5), city_growth_pct=D(6), expected=False))
    assert (verdict.light, verdict.provisional, verdict.reasons) == (Light.GREY, False, ())
    assert {check.because for check in verdict.checks} == {Because.NOT_EXPECTED}


def test_a_level_without_growth_or_path_is_grey() -> None:
    verdict = judge(LightInputs(level=D(12)))
    assert verdict.light is Light.GREY
    assert {check.because for check in verdict.checks} == {Because.NO_PATH}


def test_every_clause_is_listed_in_order_with_why_it_rests() -> None:
    verdict = judge(LightInputs(growth_pct=D(5), target_to_date_pct=D(4)))
    assert [(check.light, check.code) for check in verdict.checks] == list(CLAUSE_CODES)
    assert [(check.state, check.because) for check in verdict.checks] == [
        (CheckState.RESTING, Because.CITY_UNKNOWN),
        (CheckState.RESTING, Because.RANK_UNKNOWN),
        (CheckState.NOT_FIRED, None),
        (CheckState.RESTING, Because.NO_PATH),
        (CheckState.RESTING, Because.CITY_UNKNOWN),
        (CheckState.NOT_FIRED, None),
        (CheckState.RESTING, Because.RANK_UNKNOWN),
        (CheckState.RESTING, Because.NO_PATH),
    ]


def test_a_reason_carries_the_figures_it_compared() -> None:
    verdict = judge(LightInputs(growth_pct=D("5.2"), city_growth_pct=D("6.0")))
    facts = {"growth_pct": D("5.2"), "city_growth_pct": D("6.0"), "gap_pp": D("0.8")}
    assert verdict.reasons == (Reason(Light.YELLOW, "below_city_average", facts),)
    assert verdict.reasons[0].facts == facts


def test_an_indicator_the_city_never_publishes_is_not_provisional() -> None:
    verdict = judge(LightInputs(growth_pct=D(5), target_to_date_pct=D(4), city_published=False))
    assert (verdict.light, verdict.provisional) == (Light.GREEN, False)
    assert verdict.checks[0].because is Because.CITY_NOT_PUBLISHED


@pytest.mark.parametrize(
    ("parameters", "inputs", "light"),
    [
        ({"red_gap_pp": "3.0"}, LightInputs(D("4.9"), D(4), D(8)), Light.RED),
        ({"last_places": 3}, LightInputs(D(9), D(6), D(8), 8, 10), Light.RED),
        ({"last_places_min_peers": 11}, LightInputs(D(9), D(6), D(8), 10, 10), Light.YELLOW),
        ({"rank_min_peers": 11, "last_places_min_peers": 11}, LightInputs(D(9), D(6), D(8), 10, 10), Light.GREEN),
        ({"good_half_pct": "70"}, LightInputs(D(9), D(6), D(8), 7, 10), Light.GREEN),
        (
            {"value_red_share_pct": "20"},
            LightInputs(level=D(10), path_level=D(15), year_target_level=D(40)),
            Light.YELLOW,
        ),
    ],
)
def test_every_parameter_of_the_rule_is_configuration(
    parameters: dict[str, object], inputs: LightInputs, light: Light
) -> None:
    assert judge(inputs, LightRule.from_parameters(parameters)).light is light


def test_parameters_are_stored_and_read_back() -> None:
    rule = LightRule(red_gap_pp=D("4.5"), last_places=1)
    assert LightRule.from_parameters(rule.parameters()) == rule
    with pytest.raises(KeyError, match="red_gap"):
        LightRule.from_parameters({"red_gap": 3})
