"""What the reading of a sheet needs to know about the workspace: indicators, places, today, closed months."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from zhuanban.calc.measures import Measure, measure_named
from zhuanban.calc.periods import Period
from zhuanban.calc.reporting import ReportingCalendar

if TYPE_CHECKING:
    from zhuanban.indicators.sheets.said import HeaderSaid

Item = TypeVar("Item")

_ORDERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.)]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]|[#*·○●△▲>-]+)+"
)
_SPACES_AND_MARKS = re.compile(r"[\s_:·“”\"'’‘《》<>]+")


@dataclass(frozen=True)
class CatalogueIndicator:
    """One indicator as sheets may name it.

    ``measure`` is the code or name of the unit its levels are stored in. ``allowed`` says whether whoever hands the
    sheet in may record it; if not, ``owner`` is the unit that may.
    """

    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    measure: str
    value_kind: str = "flow"
    calendar: ReportingCalendar = field(default_factory=ReportingCalendar)
    allowed: bool = True
    owner: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name_zh, self.code, self.name_en, *self.aliases)

    @property
    def unit(self) -> Measure:
        """The unit of its stored levels; percent for an indicator published as a rate only."""
        return measure_named(self.measure)

    @property
    def rate_only(self) -> bool:
        return self.value_kind == "rate_only"


@dataclass(frozen=True)
class CataloguePlace:
    """One place as sheets may name it: its code is what rows carry; kinds are zone, city, peer, province, nation.

    ``allowed`` says whether whoever hands the sheet in may record figures of it.
    """

    code: str
    kind: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()
    allowed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name_zh, self.code, self.name_en, *self.aliases)


@dataclass(frozen=True)
class SheetCatalogue:
    """Everything known before a sheet is read; pure data.

    ``default_place`` is the code of the place that rows without one speak of. ``locked_through`` is the last closed
    month. ``previous_levels`` holds the newest stored level by indicator and place code.
    """

    indicators: tuple[CatalogueIndicator, ...]
    places: tuple[CataloguePlace, ...]
    default_place: str
    today: date
    locked_through: Period | None = None
    previous_levels: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, CatalogueIndicator]:
        return _index((i, i.names) for i in self.indicators)

    @cached_property
    def _places_by_name(self) -> dict[str, CataloguePlace]:
        found = _index((p, p.names) for p in self.places)
        for place in self.places:
            for name in _GENERAL_PLACES.get(place.kind, ()):
                found.setdefault(name, place)
        return found

    @property
    def city(self) -> str | None:
        """The code of the city, None where the workspace has none."""
        return next((place.code for place in self.places if place.kind == "city"), None)

    def indicator(self, name: str) -> CatalogueIndicator | None:
        """The indicator of a name, an alias or a code, whatever its spacing, brackets or number in front."""
        for form in _forms(name):
            if form in self._by_name:
                return self._by_name[form]
        return None

    def place(self, name: str) -> CataloguePlace | None:
        """The place of a name or an alias."""
        return self._places_by_name.get(plain_name(name))

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """The shown name of an indicator by every plain spelling of it."""
        return {plain: indicator.name_zh for plain, indicator in self._by_name.items()}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The shown name of a place by every plain spelling of it."""
        return {plain: place.name_zh for plain, place in self._places_by_name.items()}

    def indicator_inside(self, text: str) -> CatalogueIndicator | None:
        """The indicator with the longest name that stands in a title."""
        return _longest_inside(self._by_name, text)

    def place_inside(self, text: str) -> CataloguePlace | None:
        """The zone where a title names it, otherwise the place with the longest name that stands in it."""
        plain = plain_name(text)
        zone = [name for name, place in self._places_by_name.items() if place.kind == "zone"]
        if any(len(name) > 2 and name in plain for name in zone):
            return next(place for place in self.places if place.kind == "zone")
        return _longest_inside(self._places_by_name, text)


_GENERAL_PLACES = {
    "city": ("全市", "全市平均", "全市平均水平", "全市合计"),
    "zone": ("全区", "本区", "区本级"),
    "province": ("全省",),
    "nation": ("全国",),
}


@dataclass(frozen=True)
class ReadOptions:
    """What the person who hands the sheet in has said; empty where nothing. ``said`` is about columns of header lines."""

    file_name: str = ""
    place: str | None = None
    period: Period | None = None
    status: str = "official"
    source: str = ""
    said: tuple["HeaderSaid", ...] = ()


def plain_name(name: str) -> str:
    """A name without spaces, case, ordering numbers and width of signs.

    >>> plain_name(" 1.ＧＤＰ（亿元） "), plain_name("（一）固定资产投资")
    ('gdp(亿元)', '固定资产投资')
    """
    text = _SPACES_AND_MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()
    stripped = _ORDERING.sub("", text)
    return stripped or text


def _forms(name: str) -> Iterable[str]:
    """Spellings to try: as it is, without a trailing bracket, without 其中, abbreviations written out."""
    plain = plain_name(name)
    bare = re.sub(r"\([^()]*\)$", "", plain)
    for form in (plain, bare):
        yield form
        yield form.removeprefix("其中").lstrip(":、")
        for short, long in _ABBREVIATIONS:
            if form.startswith(short):
                yield long + form.removeprefix(short)


_ABBREVIATIONS = (
    ("规上", "规模以上"),
    ("规模以上", "规上"),
    ("限上", "限额以上"),
    ("限额以上", "限上"),
    ("规下", "规模以下"),
    ("规模以下", "规下"),
)


def _index(items: Iterable[tuple[Item, tuple[str, ...]]]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for item, names in items:
        for name in names:
            found.setdefault(plain_name(name), item)
    return found


def _longest_inside(names: dict[str, Item], text: str) -> Item | None:
    plain = plain_name(text)
    inside = [name for name in names if len(name) > 1 and name in plain]
    return names[max(inside, key=len)] if inside else None
