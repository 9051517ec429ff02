"""The newest months alone behind a cumulative figure, and when they cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.periods import Period
from zhuanban.calc.vintages import Vintage, as_known

Versions = Sequence[Vintage[Decimal | None]]
"""The versions of one cumulative figure that counted, oldest first."""


@dataclass(frozen=True)
class OwnSpan:
    """The months that a cumulative figure has beyond the one before, and their value.

    ``is_mixed``: the figure before was changed after this one was published, so that the difference would carry the
    correction of earlier months and is not told.
    """

    span: Period
    value: Decimal | None
    is_mixed: bool = False


def own_span(period: Period, versions: Versions, before: Period | None, versions_before: Versions) -> OwnSpan | None:
    """The value of a cumulative period's last months: cum(m) − cum(m − 1); a joint January–February stays one slot.

    ``before`` is the cumulative period published before in the year, None for the first, which is its own span. Only for
    series that add up over time. None: one of the two is not reported.

    >>> from datetime import UTC, datetime
    >>> def published(day: int, value: int) -> list[Vintage[Decimal | None]]:
    ...     return [Vintage(Decimal(value), datetime(2022, 4, day, tzinfo=UTC))]
    >>> march, joint = Period.cumulative(2022, 3), Period.joint(2022)
    >>> own_span(march, published(18, 108659), joint, published(1, 74426)).value
    Decimal('34233')
    >>> corrected = [*published(1, 74426), *published(30, 74000)]
    >>> own_span(march, published(18, 108659), joint, corrected)
    OwnSpan(span=Period(year=2022, first_month=3, last_month=3), value=None, is_mixed=True)
    """
    newest = as_known(versions, None)
    if newest is None:
        return None
    if before is None:
        return OwnSpan(period, newest)
    span = Period(period.year, before.last_month + 1, period.last_month)
    earlier = as_known(versions_before, None)
    if earlier is None:
        return None
    published_at = max(version.known_at for version in versions)
    stood_then = as_known(versions_before, published_at)
    if stood_then is not None and stood_then != earlier:
        return OwnSpan(span, None, is_mixed=True)
    return OwnSpan(span, newest - earlier)
