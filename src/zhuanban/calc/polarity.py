"""Which way is better."""

from decimal import Decimal
from enum import StrEnum


class Polarity(StrEnum):
    """Whether more or less of an indicator is good; a compulsory property of every indicator."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def sign(self) -> int:
        """+1 where higher is better, −1 where lower is better: multiplied in, every comparison mirrors itself.

        >>> Polarity.HIGHER.sign, Polarity("lower").sign
        (1, -1)
        """
        return 1 if self is Polarity.HIGHER else -1

    def is_worse(self, value: Decimal, than: Decimal) -> bool:
        """Tell whether `value` is strictly worse; equal is never worse.

        >>> Polarity.HIGHER.is_worse(Decimal(5), than=Decimal(6))
        True
        >>> Polarity.LOWER.is_worse(Decimal(6), than=Decimal(6))
        False
        """
        return value * self.sign < than * self.sign
