"""Thresholds in official wording: which bounds include the number itself."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.measures import Measure, convert


class Bound(StrEnum):
    """How a threshold is worded. 以上, 以下, 以内, 届满 include the number; 超过, 不满, 低于, 以外 exclude it."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True)
class Threshold:
    """A bound on a figure, such as 亿元以上 or 500万元以上.

    Source: 民法典 第一千二百五十九条.
    """

    bound: Bound
    amount: Decimal
    measure: Measure

    def is_met_by(self, value: Decimal | None, measure: Measure) -> bool:
        """Whether a figure meets the bound, exactly and across measures; a figure not reported meets none.

        Errors: `NotConvertible`.

        >>> from zhuanban.calc.measures import measure_named
        >>> hundred_million = Threshold(Bound.AT_LEAST, Decimal(1), measure_named("亿元"))
        >>> hundred_million.is_met_by(Decimal("10000.00"), measure_named("万元"))
        True
        >>> hundred_million.is_met_by(Decimal("9999.99"), measure_named("万元"))
        False
        """
        if value is None:
            return False
        same = convert(value, measure, self.measure)
        match self.bound:
            case Bound.AT_LEAST:
                return same >= self.amount
            case Bound.AT_MOST:
                return same <= self.amount
            case Bound.MORE_THAN:
                return same > self.amount
            case Bound.LESS_THAN:
                return same < self.amount
