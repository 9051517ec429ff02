"""What a chart says, without how it is drawn. Pure: the page and the document make the same chart from it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """What a series is, which decides its colour, dash and marker on the page and on paper."""

    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"
    STATISTICS = "statistics"
    CITY = "city"
    PEERS = "peers"


@dataclass(frozen=True)
class Series:
    """One line or one set of bars: a value for each category; None is a gap, never zero."""

    name: str
    role: Role
    values: tuple[Decimal | None, ...]

    @property
    def lonely(self) -> frozenset[int]:
        """Positions whose neighbours are both gaps: no line reaches them, so they need a point of their own."""
        known = [value is not None for value in self.values]
        beside = [False, *known, False]
        return frozenset(i for i, here in enumerate(known) if here and not beside[i] and not beside[i + 2])


@dataclass(frozen=True)
class Chart:
    """What both kinds of chart carry.

    ``unit`` stands for all values (a chart has one axis of values). ``description`` is the sentence read out instead
    of the picture. Raises ValueError for a series whose length differs from the categories.
    """

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str
    decimals: int = 1

    def __post_init__(self) -> None:
        for line in self.series:
            if len(line.values) != len(self.categories):
                raise ValueError(f"{line.name}: {len(line.values)} values for {len(self.categories)} categories")


@dataclass(frozen=True)
class LineChart(Chart):
    """Values over periods. Official monthly data are never smoothed."""


@dataclass(frozen=True)
class BarChart(Chart):
    """Values of several things in one period; lying bars (the default) leave room for Chinese names."""

    lying: bool = True
    highlight: str = ""
