"""Months alone behind cumulative figures: I-01, and where a revision forbids the difference."""

from datetime import UTC, datetime
from decimal import Decimal

from zhuanban.calc.own_spans import OwnSpan, own_span
from zhuanban.calc.periods import Period
from zhuanban.calc.vintages import Vintage

JOINT, MARCH, APRIL = Period.joint(2022), Period.cumulative(2022, 3), Period.cumulative(2022, 4)


def known(*versions: tuple[int, int, str]) -> list[Vintage[Decimal | None]]:
    """(month, day, value) each."""
    return [Vintage(Decimal(value), datetime(2022, month, day, tzinfo=UTC)) for month, day, value in versions]


def test_I_01_march_is_the_difference_and_january_february_stay_one_slot() -> None:
    joint, march = known((3, 15, "74426")), known((4, 18, "108659"))
    assert own_span(MARCH, march, JOINT, joint) == OwnSpan(Period.month(2022, 3), Decimal(34233))
    assert own_span(JOINT, joint, None, []) == OwnSpan(JOINT, Decimal(74426))


def test_a_quarter_after_a_quarter_is_three_months() -> None:
    half, first = Period.cumulative(2023, 6), Period.cumulative(2023, 3)
    found = own_span(half, known((7, 17, "200")), first, known((4, 18, "90")))
    assert found == OwnSpan(Period(2023, 4, 6), Decimal(110))


def test_a_revision_before_the_newer_figure_is_in_both_and_one_after_it_in_neither() -> None:
    march = known((4, 18, "30"), (5, 10, "31"))
    assert own_span(APRIL, known((5, 16, "42")), MARCH, march) == OwnSpan(Period.month(2022, 4), Decimal(11))
    assert own_span(APRIL, known((5, 9, "42")), MARCH, march) == OwnSpan(Period.month(2022, 4), None, is_mixed=True)
    again = known((5, 9, "42"), (5, 20, "43"))
    assert own_span(APRIL, again, MARCH, march) == OwnSpan(Period.month(2022, 4), Decimal(12))


def test_a_final_figure_that_repeats_the_flash_is_no_revision_and_a_late_first_one_neither() -> None:
    april = known((5, 16, "42"))
    assert own_span(APRIL, april, MARCH, known((4, 12, "30"), (5, 20, "30"))) == OwnSpan(Period.month(2022, 4), Decimal(12))
    assert own_span(APRIL, april, MARCH, known((6, 1, "30"))) == OwnSpan(Period.month(2022, 4), Decimal(12))


def test_what_was_not_reported_tells_nothing_and_a_refund_may_make_a_month_negative() -> None:
    assert own_span(APRIL, known((5, 16, "42")), MARCH, []) is None
    assert own_span(APRIL, [], MARCH, known((4, 18, "30"))) is None
    assert own_span(APRIL, known((5, 16, "28")), MARCH, known((4, 18, "30"))) == OwnSpan(Period.month(2022, 4), Decimal(-2))
