"""Half-up rounding of official figures, at display and at published precision only."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

MINUS = "\u2212"


def half_up(value: Decimal, places: int = 1) -> Decimal:
    """Round half away from zero, the rule of printed official statistics.

    Meaning: the figure as it is printed with `places` decimals; a negative zero becomes plain zero.
    Units: those of `value`. Errors: `decimal.InvalidOperation` for a value too long for the context.
    Source: GB/T 8170 leaves the choice open; statistical communiqués round half up.

    >>> half_up(Decimal("2.25")), half_up(Decimal("0.125"), 2), half_up(Decimal("-0.05"))
    (Decimal('2.3'), Decimal('0.13'), Decimal('-0.1'))
    >>> half_up(Decimal("-0.04"))
    Decimal('0.0')
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded.is_zero() else rounded


def half_up_or_none(value: Decimal | None, places: int = 1) -> Decimal | None:
    """Round half up, and keep None as the figure that was not reported.

    >>> half_up_or_none(None) is None, half_up_or_none(Decimal("6.04"))
    (True, Decimal('6.0'))
    """
    return None if value is None else half_up(value, places)


def printed_gap(mine: Decimal | None, other: Decimal | None, places: int = 1) -> Decimal | None:
    """One figure less another, both as they are printed: what a reader with the two numbers before him would compute.

    Meaning: 6.0 beside 6.0 is no gap, even where 5.96 and 6.04 stand behind. Units: percentage points for rates, else
    those of the figures. None: one of the two was not reported.

    >>> printed_gap(Decimal("5.96"), Decimal("6.04")), printed_gap(Decimal("5.2"), Decimal("6.0"))
    (Decimal('0.0'), Decimal('-0.8'))
    >>> printed_gap(None, Decimal("6.0")) is None
    True
    """
    return None if mine is None or other is None else half_up(mine, places) - half_up(other, places)


def shown(value: Decimal | None, places: int = 1, *, grouped: bool = False, missing: str = "—") -> str:
    """Write a figure as it is printed.

    Meaning: half-up text with `places` decimals, thousands grouped when asked, a true minus sign (U+2212).
    None means not reported and prints `missing`; zero prints as a reported zero.

    >>> shown(Decimal("12345.678"), 2, grouped=True), shown(Decimal("-2.25")), shown(None), shown(Decimal("-0.01"))
    ('12,345.68', '−2.3', '—', '0.0')
    """
    if value is None:
        return missing
    rounded = half_up(value, places)
    digits = f"{abs(rounded):,f}" if grouped else f"{abs(rounded):f}"
    return MINUS + digits if rounded < 0 else digits


def places_of(value: Decimal) -> int:
    """Count the decimals a figure was written with.

    >>> places_of(Decimal("5.20")), places_of(Decimal("12")), places_of(Decimal("1E+3"))
    (2, 0, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def ceiling(value: Decimal) -> int:
    """Round up to the next whole number.

    >>> ceiling(Decimal("2.5")), ceiling(Decimal("3"))
    (3, 3)
    """
    return int(value.to_integral_value(rounding=ROUND_CEILING))
