"""Percent in sheets: 5.2 means 5.2 %, and two notations in one column are refused, never guessed."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.rounding import places_of


class PercentNotation(StrEnum):
    """How the numbers of a percent column are written."""

    PERCENT = "percent"
    FRACTION = "fraction"
    MIXED = "mixed"


def percent_from_cell(number: Decimal, *, has_percent_format: bool) -> Decimal:
    """The percentage a cell shows: a percent-formatted 0.052 shows 5.2 %, a plain 5.2 means 5.2 %.

    >>> percent_from_cell(Decimal("0.052"), has_percent_format=True), percent_from_cell(Decimal("5.2"), has_percent_format=False)
    (Decimal('5.2'), Decimal('5.2'))
    """
    return number.scaleb(2) if has_percent_format else number


def percent_notation(values: Iterable[Decimal | None], places: int = 1) -> PercentNotation:
    """Judge the notation of the plain numbers of one percent column.

    Meaning: a number below 1 in size with more decimals than the column's percentages (at least `places`) looks like a
    fraction (0.052); a number of 1 or more is a percentage; others (0.4) fit both. FRACTION: ask the recorder; MIXED:
    refuse the column. None and zero say nothing.

    >>> percent_notation([Decimal("0.052"), Decimal("5.2")]).value, percent_notation([Decimal("0.4"), Decimal("5.2")]).value
    ('mixed', 'percent')
    >>> percent_notation([Decimal("0.052"), Decimal("0.118")]).value
    'fraction'
    """
    known = [value for value in values if value]
    whole = [value for value in known if abs(value) >= 1]
    printed = max([places, *(places_of(value.normalize()) for value in whole)])
    fractions = [value for value in known if abs(value) < 1 and places_of(value.normalize()) > printed]
    if fractions and whole:
        return PercentNotation.MIXED
    return PercentNotation.FRACTION if fractions else PercentNotation.PERCENT
