"""Worked examples on progress, rules for being behind, and targets."""

from decimal import Decimal

import pytest

from zhuanban.calc.light_terms import Light
from zhuanban.calc.pace import (
    GAP_TO_TIME_PROGRESS,
    RATIO_OF_TIME_PROGRESS,
    Progress,
    completion_pct,
    judge_behind,
    progress_words,
    time_progress_pct,
)
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up
from zhuanban.calc.targets import (
    GrowthGap,
    growth_gap,
    has_passed_half,
    linear_growth_path,
    linear_value_path,
    remaining_growth_from_rates_pct,
    remaining_growth_pct,
    target_mismatch,
)

D = Decimal


def test_I_13_the_distance_to_time_progress_is_rounded_once() -> None:
    completion = completion_pct(D("629.0"), D("647.4")) or D(0)
    assert half_up(completion) == D("97.2")
    october = Progress(completion, time_progress_pct(10))
    assert progress_words(october).zh == "超时序进度13.8个百分点"
    assert progress_words(Progress(D(74), time_progress_pct(8)), places=2).zh == "超时序进度7.33个百分点"
    assert progress_words(Progress(D(75), time_progress_pct(10))).zh == "欠时序进度8.3个百分点"
    assert progress_words(Progress(D(50), time_progress_pct(6))).zh == "与时序进度持平"


BEHIND = [
    # month, done, ratio rule,  gap rule
    (6, "32", Light.YELLOW, Light.YELLOW),
    (6, "28", Light.RED, Light.YELLOW),
    (2, "5", Light.RED, Light.YELLOW),
    (6, "40", Light.GREEN, Light.YELLOW),  # ratio exactly 0.80, gap exactly 10.0
    (6, "40.1", Light.GREEN, Light.GREEN),
    (6, "30", Light.YELLOW, Light.YELLOW),  # ratio exactly 0.60
    (6, "20", Light.RED, Light.YELLOW),  # gap exactly 30.0
    (6, "19.9", Light.RED, Light.RED),  # gap 30.1
    (6, "55", Light.GREEN, Light.GREEN),
]


@pytest.mark.parametrize(("month", "done", "by_ratio", "by_gap"), BEHIND)
def test_I_14_two_rules_for_being_behind_disagree(month: int, done: str, by_ratio: Light, by_gap: Light) -> None:
    progress = Progress(D(done), time_progress_pct(month))
    assert judge_behind(progress, RATIO_OF_TIME_PROGRESS) is by_ratio
    assert judge_behind(progress, GAP_TO_TIME_PROGRESS) is by_gap


def test_I_15_a_growth_target_has_a_gap_and_no_completion_rate() -> None:
    assert growth_gap(D("6.0"), D("12.0")) == GrowthGap(D("-6.0"), is_met=False)
    assert growth_gap(D("-1.0"), D("-2.0")) == GrowthGap(D("1.0"), is_met=True)
    assert growth_gap(D("12.0"), D("12.0")).is_met
    assert growth_gap(D("-3.0"), D("-2.0"), Polarity.LOWER) == GrowthGap(D("1.0"), is_met=True)
    assert completion_pct(D("-1.0"), D("-2.0")) is None


def test_I_16_a_value_and_a_growth_target_that_disagree_are_found() -> None:
    mismatch = target_mismatch(D(470), D(12), recorded_base=D(430))
    assert mismatch is not None
    assert half_up(mismatch.implied_base, 2) == D("419.64")
    assert half_up(mismatch.implied_growth_pct) == D("9.3")
    assert target_mismatch(D(470), D(12), recorded_base=D("419.64")) is None
    stretch = target_mismatch(D(510), D(12), recorded_base=D("419.64"))
    assert half_up(stretch.implied_growth_pct if stretch else D(0)) == D("21.5")


def test_I_17_growth_the_rest_of_the_year_needs() -> None:
    assert half_up(remaining_growth_pct(D(530), D("343.2"), D(500), D(330)) or D(0)) == D("9.9")
    assert remaining_growth_from_rates_pct(D(60), D(6), D(12)) == 21
    assert remaining_growth_pct(D(530), D(530), D(500), D(500)) is None
    assert remaining_growth_from_rates_pct(D(100), D(6), D(12)) is None


def test_a_linear_path_opens_at_zero_for_flows_and_at_last_december_for_balances() -> None:
    assert [linear_value_path(D(60), month) for month in (1, 6, 12)] == [D(5), D(30), D(60)]
    assert linear_value_path(D(860), 12, opening=D(800)) == 860
    assert linear_growth_path(D("12.0"), 2) == D("12.0")


def test_half_of_the_task_is_asked_for_from_june_on() -> None:
    assert [has_passed_half(D(done), D(100), 6) for done in ("49.9", "50")] == [False, True]
    assert has_passed_half(D(60), D(100), 5) is None
    assert has_passed_half(None, D(100), 6) is None


def test_nothing_is_judged_against_an_expectation_of_nothing() -> None:
    assert judge_behind(Progress(D(0), D(0)), GAP_TO_TIME_PROGRESS) is Light.GREY
