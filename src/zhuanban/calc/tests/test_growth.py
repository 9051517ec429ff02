"""Worked examples on growth, its words and its change."""

from decimal import Decimal

import pytest

from zhuanban.calc.growth import (
    Growth,
    GrowthCase,
    average_growth_pct,
    combined_growth_pct,
    compared,
    growth_pct,
    is_comparable_scope,
    official_growth_pct,
)
from zhuanban.calc.periods import Period
from zhuanban.calc.rounding import half_up, shown
from zhuanban.calc.wording import (
    change_sentence,
    change_words,
    city_gap_words,
    comparison_words,
    growth_words,
    two_year_words,
)

D = Decimal


def test_I_04_a_rise_from_5_2_to_6_2_percent_is_one_percentage_point() -> None:
    assert change_words(D("5.2"), D("6.2")).zh == "提高1.0个百分点"


def test_I_05_official_growth_is_kept_where_the_ratio_of_levels_differs() -> None:
    now, then = D(288229), D(287611)
    assert half_up(growth_pct(now, then) or D(0)) == D("0.2")
    assert official_growth_pct(D("1.6"), now, then) == D("1.6")
    assert is_comparable_scope(D("1.6"), now, then)
    assert not is_comparable_scope(D("0.2"), now, then)
    assert official_growth_pct(None, D(110), D(100)) == 10


def test_I_07_growth_of_two_unequal_parts_is_not_the_mean_of_their_rates() -> None:
    assert combined_growth_pct([(D(150), D(10)), (D(100), D(-5))]) == D("4.0")
    halves = combined_growth_pct([(D(100), D("5.3")), (D(103), D("4.7"))])
    assert half_up(halves or D(0)) == D("5.0")


@pytest.mark.parametrize(
    ("base", "value", "growth", "words"),
    [
        (-200, 100, Growth(GrowthCase.LOSS_TO_PROFIT), "扭亏为盈"),
        (100, -50, Growth(GrowthCase.PROFIT_TO_LOSS), "由盈转亏"),
        (-200, -100, Growth(GrowthCase.LOSS_REDUCED, D(50)), "减亏50.0%"),
        (-100, -150, Growth(GrowthCase.LOSS_WIDENED, D(50)), "增亏50.0%"),
        (-100, -100, Growth(GrowthCase.LOSS_UNCHANGED), "亏损持平"),
        (0, 30, Growth(GrowthCase.BASE_ZERO), "上年同期为零"),
        (100, 110, Growth(GrowthCase.RATE, D(10)), "增长10.0%"),
    ],
)
def test_I_08_a_negative_or_zero_base_has_words_and_no_rate(base: int, value: int, growth: Growth, words: str) -> None:
    assert compared(D(value), D(base)) == growth
    assert comparison_words(growth).zh == words
    assert (growth_pct(D(value), D(base)) is not None) == (growth.case is GrowthCase.RATE)


def test_a_figure_not_reported_has_no_growth() -> None:
    assert compared(None, D(100)) == compared(D(100), None) == Growth(GrowthCase.NOT_REPORTED)


def test_I_10_city_average_is_not_the_mean_of_districts() -> None:
    city = combined_growth_pct([(D(900), D(10)), (D(100), D(20))])
    assert city == D("11.0")
    assert city_gap_words(D("12.0"), city or D(0)).zh == "高于全市平均水平1.0个百分点"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("2.25", 1, "2.3"), ("0.125", 2, "0.13"), ("-0.05", 1, "-0.1"), ("0.04", 1, "0.0"), ("-0.04", 1, "0.0")],
)
def test_I_24_figures_round_half_up(value: str, places: int, rounded: str) -> None:
    assert str(half_up(D(value), places)) == rounded


@pytest.mark.parametrize("pct", ["0.04", "-0.04", "0", "-0.0"])
def test_I_24_what_rounds_to_zero_is_level_with_last_year(pct: str) -> None:
    assert growth_words(D(pct)).zh == "与去年同期持平"
    assert shown(D(pct)) == "0.0"


def test_I_26_growth_above_one_hundred_percent_is_said_in_multiples() -> None:
    area = growth_pct(D(15723), D(7670))
    assert half_up(area or D(0)) == D("105.0")
    assert growth_words(area).zh == "增长1.05倍"
    assert growth_words(D(100)).zh == "增长1倍"
    assert growth_words(D("99.9")).zh == "增长99.9%"


def test_I_27_a_two_year_average_is_a_root_not_a_half() -> None:
    average = average_growth_pct(D("15.7"))
    assert half_up(average or D(0)) == D("7.6")
    assert two_year_words(average or D(0)).zh == "两年平均增长7.6%"


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("5.8", "5.7", "回落0.1个百分点"),
        ("-3.6", "-3.7", "降幅扩大0.1个百分点"),
        ("-5.7", "-2.8", "降幅收窄2.9个百分点"),
        ("-0.3", "0.2", "由负转正"),
        ("1.0", "-0.5", "由正转负"),
        ("3.0", "3.0", "持平"),
        ("2.96", "3.04", "持平"),
        ("5.7", "5.8", "提高0.1个百分点"),
        ("-0.3", "0.0", "由降转平"),
        ("0.0", "-0.3", "由平转降"),
        ("0.04", "-0.3", "由平转降"),
        ("0.0", "0.3", "提高0.3个百分点"),
    ],
)
def test_I_28_direction_words(earlier: str, later: str, words: str) -> None:
    assert change_words(D(earlier), D(later)).zh == words


@pytest.mark.parametrize(
    ("earlier", "later", "zh", "en"),
    [
        ("5.8", "5.7", "增长5.7%，增速比1—8月份回落0.1个百分点", "up 5.7%, 0.1 pp slower than in Jan–Aug"),
        (
            "-3.6",
            "-3.7",
            "下降3.7%，降幅比1—8月份扩大0.1个百分点",
            "down 3.7%; the fall widened by 0.1 pp since Jan–Aug",
        ),
        (
            "-5.7",
            "-2.8",
            "下降2.8%，降幅比1—8月份收窄2.9个百分点",
            "down 2.8%; the fall narrowed by 2.9 pp since Jan–Aug",
        ),
        (
            "-0.3",
            "0.2",
            "增长0.2%，1—8月份为下降0.3%（由负转正）",
            "up 0.2%, after down 0.3% in Jan–Aug (turned from fall to growth)",
        ),
        ("3.0", "3.0", "增长3.0%，与1—8月份持平", "up 3.0%, unchanged since Jan–Aug"),
        (
            "0.0",
            "-0.3",
            "下降0.3%，1—8月份与去年同期持平（由平转降）",
            "down 0.3%, after level with a year earlier in Jan–Aug (turned from level to fall)",
        ),
    ],
)
def test_sentences_on_change_follow_the_national_releases(earlier: str, later: str, zh: str, en: str) -> None:
    sentence = change_sentence(D(earlier), D(later), Period.cumulative(2023, 8))
    assert (sentence.zh, sentence.en) == (zh, en)


def test_a_rate_that_was_not_published_is_said_so() -> None:
    assert growth_words(None).zh == "未公布增速"
