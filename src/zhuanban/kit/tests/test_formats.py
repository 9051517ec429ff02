"""Figures and dates are written the same way on every page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from zhuanban.calc.periods import Period
from zhuanban.kit import formats


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("7.44"), "7.4"),
        (Decimal("2.25"), "2.3"),
        (Decimal("-0.05"), "−0.1"),
        (Decimal("-0.04"), "0.0"),
        (Decimal("-3.8"), "−3.8"),
        (Decimal("1234.56"), "1,234.6"),
        (0, "0.0"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_growth_is_written_with_one_decimal_half_up_and_a_real_minus(value: formats.Figure, written: str) -> None:
    assert formats.growth(value) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("1238.62"), 2, "1,238.62"),
        (Decimal("92640"), None, "92,640"),
        (Decimal("92640.00"), None, "92,640"),
        (Decimal("38.625"), None, "38.63"),
        (Decimal("-1250000"), 0, "−1,250,000"),
        (0, None, "0"),
        (None, 2, "–"),
    ],
)
def test_a_level_has_thousands_commas_and_keeps_zero_apart_from_missing(
    value: formats.Figure, places: int | None, written: str
) -> None:
    assert formats.level(value, places) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("1.64"), "+1.6"), (Decimal("-5.4"), "−5.4"), (Decimal("0.04"), "0.0"), (None, "–")],
)
def test_a_difference_carries_its_sign_unless_it_rounds_to_zero(value: formats.Figure, written: str) -> None:
    assert formats.signed(value) == written


def test_percent_is_for_figures_already_in_percent() -> None:
    assert [formats.percent(46), formats.percent(Decimal("8.25"), 1), formats.percent(None)] == ["46%", "8.3%", "–"]


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("zh-hans", "long", "2023年7月24日"),
        ("zh-hans", "week", "7月24日，星期一"),
        ("zh-hans", "iso", "2023-07-24"),
        ("zh-hans", "short", "07-24"),
        ("en", "long", "24 July 2023"),
        ("en", "week", "Monday, 24 July"),
    ],
)
def test_a_date_is_written_in_the_readers_language(language: str, style: str, written: str) -> None:
    with translation.override(language):
        assert formats.date_words(date(2023, 7, 24), style) == written


def test_an_instant_is_written_on_the_offices_clock() -> None:
    instant = datetime(2023, 7, 23, 18, 30, tzinfo=UTC)
    assert [formats.instant_words(instant, style) for style in ("long", "short", "time")] == [
        "2023-07-24 02:30",
        "07-24 02:30",
        "02:30",
    ]
    assert formats.date_words(instant, "iso") == "2023-07-24"
    assert formats.instant_words(None) == "–"


def test_a_period_is_written_in_the_readers_language() -> None:
    half = Period.cumulative(2023, 6)
    with translation.override("zh-hans"):
        assert formats.period_words(half) == "1—6月"
    with translation.override("en"):
        assert formats.period_words(half) == "Jan–Jun"
    assert formats.period_words(None) == "–"


def test_days() -> None:
    with translation.override("zh-hans"):
        assert formats.days_words(3) == "3天"
    with translation.override("en"):
        assert (formats.days_words(1), formats.days_words(3)) == ("1 day", "3 days")
