"""What every kind of indicator declares."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IndicatorKind:
    """A kind of series: what its levels are and what may be done with them.

    ``has_level``: levels are published beside growth. ``adds_up``: the months of a year add up to the year.
    ``opens_at_balance``: a value path opens at last December's balance, not at zero. ``whole_numbers``: levels are
    counted.
    """

    key: str
    name_zh: str
    name_en: str
    has_level: bool
    adds_up: bool
    opens_at_balance: bool
    whole_numbers: bool
