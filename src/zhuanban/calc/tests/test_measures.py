"""Worked examples on measures, thresholds, cells and percent notation."""

from decimal import Decimal

import pytest

from zhuanban.calc.errors import CalcError, NotConvertible, UnknownMeasure
from zhuanban.calc.measures import MEASURES, convert, from_base, measure_named, quantity_shown, readable, to_base
from zhuanban.calc.percents import PercentNotation, percent_from_cell, percent_notation
from zhuanban.calc.quantities import Quantity, parse_number, parse_quantity, suspected_slip
from zhuanban.calc.ranks import Standing, standing
from zhuanban.calc.rounding import half_up
from zhuanban.calc.thresholds import Bound, Threshold

D = Decimal
WAN, YI = measure_named("万元"), measure_named("亿元")
WAN_USD = measure_named("万美元")


@pytest.mark.parametrize(
    ("bound", "amount", "value", "is_met"),
    [
        (Bound.AT_LEAST, "10000", "10000.00", True),
        (Bound.AT_LEAST, "10000", "9999.99", False),
        (Bound.AT_LEAST, "500", "500.00", True),
        (Bound.MORE_THAN, "500", "500.00", False),
        (Bound.MORE_THAN, "500", "500.01", True),
        (Bound.LESS_THAN, "500", "500.00", False),
        (Bound.AT_MOST, "500", "500.00", True),
    ],
)
def test_I_22_at_least_includes_the_number_and_more_than_does_not(
    bound: Bound, amount: str, value: str, is_met: bool
) -> None:
    assert Threshold(bound, D(amount), WAN).is_met_by(D(value), WAN) is is_met


def test_I_22_a_hundred_million_is_met_across_measures_and_below_the_average_is_strict() -> None:
    assert Threshold(Bound.AT_LEAST, D(1), YI).is_met_by(D("10000.00"), WAN)
    assert not Threshold(Bound.AT_LEAST, D(1), YI).is_met_by(None, WAN)
    assert standing(D("6.0"), D("6.0")) is not Standing.BELOW


def test_I_23_measures_convert_exactly() -> None:
    assert convert(D("12345.67"), WAN, YI) == D("1.234567")
    assert quantity_shown(convert(D("12345.67"), WAN, YI), YI) == readable(D("12345.67"), WAN) == "1.23亿元"
    assert convert(D("0.5"), YI, WAN) == 5000
    assert convert(D(1), measure_named("万平方米"), measure_named("平方米")) == 10000
    assert to_base(D("1.2"), YI) == 120000000
    assert from_base(D(120000000), WAN) == 12000


def test_I_23_dollars_do_not_become_yuan() -> None:
    with pytest.raises(NotConvertible) as refused:
        convert(D(1), WAN_USD, WAN)
    assert refused.value.facts == {"source": "万美元", "target": "万元"}
    with pytest.raises(NotConvertible):
        convert(D(1), measure_named("%"), measure_named("户"))


@pytest.mark.parametrize(
    ("cell", "value", "converted_from"),
    [
        ("1.2亿", "12000", "亿元"),
        ("3亿元", "30000", "亿元"),
        ("980万元", "980", None),
        ("980万", "980", None),
        ("12,345.6", "12345.6", None),
        ("１２３．４", "123.4", None),
        ("5000元", "0.5", "元"),
        ("−3.1", "-3.1", None),
        ("1.2E+4", "12000", None),
        ("0", "0", None),
    ],
)
def test_I_23_a_cell_with_its_own_measure_is_converted_and_marked(
    cell: str, value: str, converted_from: str | None
) -> None:
    read = parse_quantity(cell, WAN)
    assert read.value == D(value)
    assert (read.converted_from.zh if read.converted_from else None) == converted_from


def test_I_23_the_sum_is_rounded_and_not_its_parts() -> None:
    parts = [D("0.14"), D("0.14"), D("0.14")]
    assert half_up(sum(parts, D(0))) == D("0.4")
    assert sum((half_up(part) for part in parts), D(0)) == D("0.3")


def test_bare_ten_thousands_count_the_columns_own_base_unit() -> None:
    assert parse_quantity("1.2亿", WAN_USD) == Quantity(D(12000), measure_named("亿美元"))
    assert parse_quantity("3万", measure_named("平方米")).value == 30000


@pytest.mark.parametrize("cell", ["", " ", "—", "-", "–", "…", "/", "N/A", "　"])
def test_signs_for_not_reported_are_not_zero(cell: str) -> None:
    assert parse_number(cell) is None
    assert parse_quantity(cell, WAN) == Quantity(None)


@pytest.mark.parametrize("cell", ["1.2.3", "约120", "12,34", "3户2", "1亿2千万", "12吨", "+"])
def test_a_cell_that_is_no_number_of_the_column_is_refused(cell: str) -> None:
    with pytest.raises(CalcError):
        parse_quantity(cell, WAN)


def test_I_25_percent_is_stored_as_percent_and_mixed_notation_is_refused() -> None:
    assert percent_from_cell(D("5.2"), has_percent_format=False) == D("5.2")
    assert percent_from_cell(D("0.052"), has_percent_format=True) == D("5.2")
    assert percent_notation([D("0.052"), D("5.2")]) is PercentNotation.MIXED


@pytest.mark.parametrize(
    ("values", "notation"),
    [
        (["5.2", "-0.4", "12"], PercentNotation.PERCENT),
        (["0.4", "0.3"], PercentNotation.PERCENT),
        (["0.35", "5.21"], PercentNotation.PERCENT),
        (["0.052", "0.118", "-0.023"], PercentNotation.FRACTION),
        (["0.05", "5.2"], PercentNotation.MIXED),
        ([], PercentNotation.PERCENT),
        ([None, "0"], PercentNotation.PERCENT),
    ],
)
def test_percent_columns_are_judged_as_a_whole(values: list[str | None], notation: PercentNotation) -> None:
    assert percent_notation([None if value is None else D(value) for value in values]) is notation


@pytest.mark.parametrize(
    ("value", "reference", "factor"),
    [
        ("123456700", "12000", "10000"),
        ("1.2", "12000", "0.0001"),
        ("13000", "12000", None),
        ("60000", "12000", None),
        ("3600000", "12000", None),
        ("2400000000", "12000", None),
        ("0", "12000", None),
    ],
)
def test_a_slip_by_ten_thousand_is_asked_about(value: str, reference: str, factor: str | None) -> None:
    assert suspected_slip(D(value), D(reference)) == (None if factor is None else D(factor))


def test_every_measure_is_found_by_code_and_by_name() -> None:
    assert [measure_named(measure.code) for measure in MEASURES] == list(MEASURES)
    assert [measure_named(measure.zh) for measure in MEASURES] == list(MEASURES)


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(UnknownMeasure) as refused:
        measure_named("斤")
    assert refused.value.facts == {"name": "斤"}
