"""Invented figures of the demo: a seeded generator, pure. Levels, growth and seasons agree with each other.

The zone's growth moves around the city's; each indicator has a mood for the current year, so that the board shows
every light. Nothing here resembles a real place.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.periods import Period
from zhuanban.calc.reporting import ReportingCalendar, expected_periods
from zhuanban.calc.rounding import half_up

SEED = 20230404
FIRST_YEAR = 2020
YEAR_GROWTH = {2020: -3.0, 2021: 9.5, 2022: 1.8, 2023: 6.4}
_SEASON = (0.071, 0.064, 0.083, 0.080, 0.083, 0.092, 0.082, 0.083, 0.089, 0.088, 0.087, 0.098)
_WINTER = (0.018, 0.022, 0.065, 0.090, 0.110, 0.125, 0.110, 0.105, 0.115, 0.105, 0.085, 0.050)
_MAGNITUDE = {"亿元": 46.0, "万元": 21000.0, "万美元": 1850.0, "万平方米": 17.0, "户": 190.0, "个": 30.0, "%": 0.0}
_MOODS = ("good", "good", "fair", "good", "poor", "good", "fair", "good", "good", "fair", "good", "bad")
_MOOD_LEAD = {"good": (2.2, 1.1), "fair": (-0.5, 0.6), "poor": (-2.9, 0.9), "bad": (-8.2, 1.4)}


@dataclass(frozen=True)
class DemoIndicator:
    """What the generator must know of an indicator."""

    code: str
    measure: str
    decimals: int
    value_kind: str
    city_published: bool
    calendar: ReportingCalendar


@dataclass(frozen=True)
class DemoFigure:
    """One invented figure; ``place`` is a code of the demo's places."""

    code: str
    place: str
    period: Period
    level: Decimal | None
    growth_pct: Decimal | None


class Generator:
    """All figures of the demo, the same for the same seed."""

    def __init__(self, indicators: list[DemoIndicator], zone: str, city: str, peers: list[str]) -> None:
        self.indicators = indicators
        self.zone, self.city, self.peers = zone, city, peers
        self._moods = {each.code: _MOODS[index % len(_MOODS)] for index, each in enumerate(indicators)}
        self._growths: dict[tuple[str, str, int, int], float] = {}
        self._wholes: dict[tuple[str, str], float] = {}

    def mood(self, code: str) -> str:
        """How the zone does with this indicator in the demo's current year."""
        return self._moods[code]

    def city_growth(self, indicator: DemoIndicator, year: int) -> float:
        """The city's growth of the whole year in percent."""
        noise = random.Random(f"{SEED}{indicator.code}{year}").gauss(0, 2.2)
        return YEAR_GROWTH[year] + noise

    def year(self, year: int, *, with_peers: bool) -> Iterator[DemoFigure]:
        """Every figure that the indicators owe for a year."""
        for indicator in self.indicators:
            others = [self.city, *(self.peers if with_peers else [])]
            places = [self.zone, *(others if indicator.city_published else [])]
            for place in places:
                yield from self._of_place(indicator, place, year)

    def _lead(self, indicator: DemoIndicator, place: str, year: int) -> float:
        """Percentage points by which a place grows faster than the city."""
        if place == self.city:
            return 0.0
        draw = random.Random(f"{SEED}lead{indicator.code}{place}{year}")
        if place == self.zone and year == max(YEAR_GROWTH):
            mean, spread = _MOOD_LEAD[self._moods[indicator.code]]
            return draw.gauss(mean, spread / 2)
        return draw.gauss(0.0, 3.4)

    def _growth(self, indicator: DemoIndicator, place: str, year: int, month: int) -> float:
        """Cumulative growth to the end of a month: the year's growth, approached from a start of its own."""
        key = (indicator.code, place, year, month)
        if key not in self._growths:
            self._growths[key] = self._drawn_growth(indicator, place, year, month)
        return self._growths[key]

    def _drawn_growth(self, indicator: DemoIndicator, place: str, year: int, month: int) -> float:
        draw = random.Random(f"{SEED}walk{indicator.code}{place}{year}")
        start, wobble = draw.gauss(0, 1.5), [draw.gauss(0, 0.45) for _ in range(12)]
        path = start * (12 - month) / 11 + sum(wobble[:month]) / math.sqrt(month)
        return self.city_growth(indicator, year) + self._lead(indicator, place, year) + path

    def _base(self, indicator: DemoIndicator, place: str, month: int) -> float:
        """The cumulative level to a month (the balance, for stocks) in the year before the first one."""
        whole = self._whole(indicator, place)
        if indicator.value_kind == "stock":
            return whole * (1 + 0.004 * month)
        season = _WINTER if "fai" in indicator.code or "housing" in indicator.code else _SEASON
        return whole * sum(season[:month])

    def _whole(self, indicator: DemoIndicator, place: str) -> float:
        key = (indicator.code, place)
        if key not in self._wholes:
            draw = random.Random(f"{SEED}base{indicator.code}")
            whole = _MAGNITUDE.get(indicator.measure, 500.0) * math.exp(draw.gauss(0, 0.55))
            if place != self.zone:
                share = random.Random(f"{SEED}share{indicator.code}{place}").uniform(0.6, 1.6)
                whole *= 11.0 if place == self.city else share
            self._wholes[key] = whole
        return self._wholes[key]

    def _level(self, indicator: DemoIndicator, place: str, year: int, month: int) -> float:
        level = self._base(indicator, place, month)
        for each in range(FIRST_YEAR, year + 1):
            level *= 1 + self._growth(indicator, place, each, month) / 100
        return level

    def _of_place(self, indicator: DemoIndicator, place: str, year: int) -> Iterator[DemoFigure]:
        for period in expected_periods(indicator.calendar, year):
            month = period.last_month
            rate_only = indicator.value_kind == "rate_only"
            places = 0 if indicator.value_kind == "count" else indicator.decimals
            level = None if rate_only else self._published(indicator, place, year, month, places)
            growth = self._published_growth(indicator, place, year, month, places)
            yield DemoFigure(indicator.code, place, period, level, growth)

    def _published(self, indicator: DemoIndicator, place: str, year: int, month: int, places: int) -> Decimal:
        return half_up(Decimal(repr(self._level(indicator, place, year, month))), places)

    def _published_growth(
        self, indicator: DemoIndicator, place: str, year: int, month: int, places: int
    ) -> Decimal | None:
        """The growth as published: of the published levels where there are levels, so that readers can check it."""
        if indicator.value_kind == "rate_only":
            return half_up(Decimal(repr(self._growth(indicator, place, year, month))))
        level = self._published(indicator, place, year, month, places)
        if year == FIRST_YEAR:
            base = half_up(Decimal(repr(self._base(indicator, place, month))), places)
        else:
            base = self._published(indicator, place, year - 1, month, places)
        return half_up((level / base - 1) * 100) if base else None
