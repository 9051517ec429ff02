"""Which of several vintages counts at an instant, and the raw rows of a year. Internal to the queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from zhuanban.calc.periods import Period
from zhuanban.indicators.models import Figure, Place

ACTUAL = (Figure.Status.OFFICIAL.value, Figure.Status.REVISED.value)


class Known(NamedTuple):
    """A figure as read for boards: one vintage."""

    id: int
    indicator_id: int
    place_id: int
    year: int
    first_month: int
    last_month: int
    level: Decimal | None
    growth_pct: Decimal | None
    rank: int | None
    rank_of: int | None
    rank_scope: str
    status: str
    known_at: datetime
    source: str

    @property
    def period(self) -> Period:
        return Period(self.year, self.first_month, self.last_month)


FIELDS = Known._fields


def newest(vintages: Iterable[Known]) -> Known | None:
    """The vintage that counts: the newest official or revised one, else the newest flash. Forecasts never count."""
    best: Known | None = None
    for vintage in vintages:
        if vintage.status == Figure.Status.FORECAST:
            continue
        if best is None or _order(vintage) > _order(best):
            best = vintage
    return best


def _order(vintage: Known) -> tuple[bool, datetime, int]:
    return (vintage.status in ACTUAL, vintage.known_at, vintage.id)


Key = tuple[int, int, int, int]
"""indicator, place, first month, last month."""


@dataclass(frozen=True)
class YearFigures:
    """The vintages that counted for one year at one instant, by indicator, place and period."""

    by_key: dict[Key, Known]
    revised: frozenset[Key]

    def at(self, indicator_id: int, place_id: int | None, period: Period | None) -> Known | None:
        if place_id is None or period is None:
            return None
        return self.by_key.get((indicator_id, place_id, period.first_month, period.last_month))

    def is_revised(self, figure: Known) -> bool:
        return (figure.indicator_id, figure.place_id, figure.first_month, figure.last_month) in self.revised


def year_figures(*, year: int, as_known: datetime, own_places: list[int]) -> YearFigures:
    """All figures of the zone and its city in a year, as known at an instant. One query."""
    rows = (
        Figure.objects.filter(place_id__in=own_places, year=year, known_at__lte=as_known)
        .exclude(status=Figure.Status.FORECAST)
        .values_list(*FIELDS)
    )
    vintages: dict[Key, list[Known]] = {}
    for row in rows:
        known = Known(*row)
        vintages.setdefault((known.indicator_id, known.place_id, known.first_month, known.last_month), []).append(known)
    counted = {key: found for key, group in vintages.items() if (found := newest(group)) is not None}
    revised = frozenset(
        key
        for key, group in vintages.items()
        if sum(1 for vintage in group if vintage.status in ACTUAL) > 1 or counted[key].status == Figure.Status.REVISED
    )
    return YearFigures(counted, revised)


PeerGrowths = dict[Key, Decimal | None]
"""The growth of other places by indicator, place and period: all that ranks need."""


def peer_growths(*, year: int, as_known: datetime, own_places: list[int]) -> PeerGrowths:
    """The peers' growth of a year as known at an instant: the newest final one, else the newest flash. One query."""
    rows = (
        Figure.objects.filter(year=year, known_at__lte=as_known)
        .exclude(place_id__in=own_places)
        .exclude(status=Figure.Status.FORECAST)
        .order_by("known_at", "id")
        .values_list("indicator_id", "place_id", "first_month", "last_month", "growth_pct", "status")
    )
    flash: PeerGrowths = {}
    final: PeerGrowths = {}
    for indicator_id, place_id, first, last, growth, status in rows:
        (final if status in ACTUAL else flash)[(indicator_id, place_id, first, last)] = growth
    return {**flash, **final}


@dataclass(frozen=True)
class Places:
    """The places of the workspace by part; ``zone`` and ``city`` are None in an empty workspace."""

    zone: Place | None
    city: Place | None
    by_id: dict[int, Place]


def places() -> Places:
    """All places. One query."""
    found = {place.pk: place for place in Place.objects.filter(active=True)}
    of_kind = {kind: next((p for p in found.values() if p.kind == kind), None) for kind in ("zone", "city")}
    return Places(of_kind["zone"], of_kind["city"], found)
