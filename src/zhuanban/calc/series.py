"""From published spans to others: months from cumulative values, quarters, the joint January–February, balances."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.errors import NotAdditive
from zhuanban.calc.growth import growth_pct
from zhuanban.calc.periods import Period

Published = Mapping[Period, Decimal | None]


class ValueKind(StrEnum):
    """What a figure is: a flow that accumulates, a balance at a point, a bare rate, a count that accumulates."""

    FLOW = "flow"
    STOCK = "stock"
    RATE_ONLY = "rate_only"
    COUNT = "count"

    @property
    def adds_over_time(self) -> bool:
        """Whether months may be added and cumulative values subtracted.

        >>> ValueKind.FLOW.adds_over_time, ValueKind.STOCK.adds_over_time
        (True, False)
        """
        return self in {ValueKind.FLOW, ValueKind.COUNT}

    @property
    def adds_over_parts(self) -> bool:
        """Whether places or industries may be added at one time: everything but bare rates.

        >>> ValueKind.STOCK.adds_over_parts, ValueKind.RATE_ONLY.adds_over_parts
        (True, False)
        """
        return self is not ValueKind.RATE_ONLY


def derived(published: Published, wanted: Period, kind: ValueKind = ValueKind.FLOW) -> Decimal | None:
    """The value over a span, from the published spans of the same year.

    Meaning: the published value itself, or the exact sum and difference of published spans that leads to it by the
    fewest steps: cum(3) − cum(2) for March, cum(3) − March for 1—2月, cum(6) − cum(3) for the second quarter. None: the
    published spans do not determine it; a joint January–February never splits. Units: those of the figures.
    Errors: `NotAdditive` for a balance or a bare rate unless the very span was published.

    >>> retail = {Period.cumulative(2022, 3): Decimal(108659), Period.month(2022, 3): Decimal(34233)}
    >>> derived(retail, Period.joint(2022)), derived(retail, Period.month(2022, 1)) is None
    (Decimal('74426'), True)
    """
    direct = published.get(wanted)
    if direct is not None:
        return direct
    if not kind.adds_over_time:
        raise NotAdditive(kind=kind.value, wanted=str(wanted))
    steps = _steps_from_months(published, wanted.year)
    reached = {wanted.first_month - 1: Decimal(0)}
    queue = deque(reached)
    while queue:
        here = queue.popleft()
        for there, value in steps.get(here, ()):
            if there not in reached:
                reached[there] = reached[here] + value
                queue.append(there)
    return reached.get(wanted.last_month)


def _steps_from_months(published: Published, year: int) -> dict[int, list[tuple[int, Decimal]]]:
    """Spans as steps between month ends: forwards they add, backwards they subtract."""
    steps: dict[int, list[tuple[int, Decimal]]] = {}
    for period in sorted(published):
        value = published[period]
        if period.year == year and value is not None:
            start, end = period.first_month - 1, period.last_month
            steps.setdefault(start, []).append((end, value))
            steps.setdefault(end, []).append((start, -value))
    return steps


def month_value(published: Published, month: Period, kind: ValueKind = ValueKind.FLOW) -> Decimal | None:
    """The value of one month: cum(m) − cum(m − 1), or as published.

    None: not determined, as January and February of a series that joins them.
    Errors: `NotAdditive` for balances and bare rates.

    >>> month_value({Period.joint(2023): Decimal(77067), Period.cumulative(2023, 3): Decimal(114922)}, Period.month(2023, 3))
    Decimal('37855')
    """
    return derived(published, month, kind)


def quarter_value(published: Published, quarter: Period, kind: ValueKind = ValueKind.FLOW) -> Decimal | None:
    """The value of a quarter alone: 1—6月 less 1—3月 for the second. None and errors as in `derived`.

    >>> quarter_value({Period.cumulative(2023, 3): Decimal(90), Period.cumulative(2023, 6): Decimal(200)}, Period.quarter(2023, 2))
    Decimal('110')
    """
    return derived(published, quarter, kind)


def cumulative_value(published: Published, period: Period, kind: ValueKind = ValueKind.FLOW) -> Decimal | None:
    """The value since January, from months where the cumulative figure was not published.

    >>> cumulative_value({Period.joint(2012): Decimal("33668.6"), Period.month(2012, 3): Decimal("15650.2")}, Period.cumulative(2012, 3))
    Decimal('49318.8')
    """
    return derived(published, period, kind)


def summed_over_parts(values: Iterable[Decimal | None], kind: ValueKind) -> Decimal | None:
    """The total over places or industries at one time. None: a part is not reported, so there is no total.

    Errors: `NotAdditive` for bare rates; use `weighted_rate_pct`, and label it as an estimate.

    >>> summed_over_parts([Decimal(30), Decimal(12)], ValueKind.COUNT), summed_over_parts([Decimal(30), None], ValueKind.FLOW)
    (Decimal('42'), None)
    """
    if not kind.adds_over_parts:
        raise NotAdditive(kind=kind.value)
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


@dataclass(frozen=True)
class Estimate:
    """A figure that nobody published: always shown with the word 测算."""

    value: Decimal
    label_zh: str = "测算"
    label_en: str = "estimate"


def weighted_rate_pct(parts: Iterable[tuple[Decimal, Decimal]]) -> Estimate | None:
    """A weighted mean of rates, each (weight, rate in percent), as an estimate. None: no positive weight.

    >>> weighted_rate_pct([(Decimal(30), Decimal(10)), (Decimal(70), Decimal(2))]).value
    Decimal('4.4')
    """
    listed = list(parts)
    weight = sum((each for each, _ in listed), Decimal(0))
    if weight <= 0:
        return None
    return Estimate(sum((each * rate for each, rate in listed), Decimal(0)) / weight)


@dataclass(frozen=True)
class StockChange:
    """A balance against last December: 比年初增加."""

    amount: Decimal
    pct: Decimal | None


def since_year_start(balances: Published, at: Period) -> StockChange | None:
    """How a balance moved since the end of last year; its yoy compares with the same month instead.

    None: either balance is not reported.

    >>> loans = {Period.month(2022, 12): Decimal("800.0"), Period.month(2023, 4): Decimal("842.4")}
    >>> since_year_start(loans, Period.month(2023, 4))
    StockChange(amount=Decimal('42.4'), pct=Decimal('5.300'))
    """
    now, opening = balances.get(at), balances.get(Period.month(at.year - 1, 12))
    if now is None or opening is None:
        return None
    return StockChange(now - opening, growth_pct(now, opening))


def year_on_year_pct(published: Published, period: Period, kind: ValueKind = ValueKind.FLOW) -> Decimal | None:
    """Growth over the same span a year earlier, derived where needed, unrounded.

    None: a span is not determined or the base gives no rate. Errors: `NotAdditive` as in `derived`; a balance must be
    given for the very months.

    >>> loans = {Period.month(2022, 4): Decimal("780.0"), Period.month(2023, 4): Decimal("842.4")}
    >>> year_on_year_pct(loans, Period.month(2023, 4), ValueKind.STOCK)
    Decimal('8.00')
    """
    return growth_pct(derived(published, period, kind), derived(published, period.year_before, kind))
