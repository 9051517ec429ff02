"""Worked examples on counting once, denominators, scope and disclosure."""

from decimal import Decimal

from zhuanban.calc.disclosure import suppressed
from zhuanban.calc.distinct import (
    Shared,
    Unit,
    cohort_rate_pct,
    distinct_total,
    group_totals,
    same_scope_growth_pct,
    share_pct,
    statistical_investment,
)
from zhuanban.calc.growth import GrowthCase, compared
from zhuanban.calc.rounding import half_up

D = Decimal


def test_I_35_a_project_of_several_groups_counts_once_in_the_zone() -> None:
    projects = [
        Shared("P1", D("5.0"), frozenset({6, 7})),
        Shared("P2", D("4.2"), frozenset({7})),
        Shared("P3", D("2.0"), frozenset({6, 8})),
    ]
    assert group_totals(projects) == {6: D("7.0"), 7: D("9.2"), 8: D("2.0")}
    assert distinct_total(projects) == D("11.2")


def test_I_36_a_cohort_rate_keeps_its_own_cohort() -> None:
    signed = {f"a{number}": 2023 for number in range(40)} | {f"b{number}": 2022 for number in range(30)}
    started = {f"a{number}": 2023 for number in range(18)} | {f"b{number}": 2023 for number in range(7)}
    assert cohort_rate_pct(signed, started, 2023) == D("45.0")
    assert cohort_rate_pct(signed, started, 2021) is None


def test_I_37_each_rate_names_its_denominator() -> None:
    assert share_pct(80, 100) == 80
    assert share_pct(72, 100) == 72
    assert half_up(share_pct(65, 70) or D(0)) == D("92.9")


def test_I_38_a_new_unit_brings_its_base_into_the_totals() -> None:
    assert half_up(same_scope_growth_pct([Unit(D(1050), D(1000)), Unit(D(900), D(600))]) or D(0)) == D("21.9")
    assert compared(D(900), D(600)).pct == 50
    assert compared(D(900), None).case is GrowthCase.NOT_REPORTED
    assert same_scope_growth_pct([Unit(D(1050), D(1000)), Unit(D(900), None)]) == 95


def test_I_39_statistical_investment_is_what_was_booked() -> None:
    assert statistical_investment(D(4200)) == 4200
    assert statistical_investment(None) is None


def test_I_40_a_cell_that_subtraction_would_reveal_is_withheld_too() -> None:
    assert suppressed({"hotels": (2, D(80)), "catering": (5, D(120))}) == {"hotels", "catering"}
    assert suppressed({"hotels": (2, D(80)), "catering": (5, D(120)), "retail": (9, D(300))}) == {"hotels", "catering"}
    assert suppressed({"a": (1, D(1)), "b": (2, D(2)), "c": (9, D(9))}) == {"a", "b"}
    assert suppressed({"a": (1, D(1)), "b": (1, D(2)), "c": (9, D(9))}) == {"a", "b", "c"}
    assert suppressed({"a": (0, D(0)), "b": (4, D(2))}) == set()
