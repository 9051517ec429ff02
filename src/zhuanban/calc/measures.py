"""Units of measurement and exact conversion between them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from unicodedata import normalize

from zhuanban.calc.errors import NotConvertible, UnknownMeasure
from zhuanban.calc.rounding import shown


class Dimension(StrEnum):
    """What is measured; figures convert inside one dimension only."""

    RMB = "rmb"
    USD = "usd"
    AREA = "area"
    LAND = "land"
    COUNT = "count"
    PERSONS = "persons"
    PERCENT = "percent"
    POINTS = "points"
    ENERGY = "energy"
    MASS = "mass"
    FREIGHT = "freight"
    PASSENGERS = "passengers"
    SCORE = "score"


@dataclass(frozen=True)
class Measure:
    """One unit of measurement: its code, its printed name, and how many base units of its dimension it holds."""

    code: str
    zh: str
    en: str
    dimension: Dimension
    base_units: Decimal
    synonyms: tuple[str, ...] = ()

    @property
    def is_money(self) -> bool:
        """RMB or US dollars.

        >>> measure_named("亿元").is_money, measure_named("户").is_money
        (True, False)
        """
        return self.dimension in {Dimension.RMB, Dimension.USD}


def _measure(code: str, zh: str, en: str, dimension: Dimension, base_units: str, *synonyms: str) -> Measure:
    return Measure(code, zh, en, dimension, Decimal(base_units), synonyms)


MEASURES: tuple[Measure, ...] = (
    _measure("yuan", "元", "yuan", Dimension.RMB, "1", "人民币元", "rmb", "cny"),
    _measure("qian_yuan", "千元", "thousand yuan", Dimension.RMB, "1E3"),
    _measure("wan_yuan", "万元", "10,000 yuan", Dimension.RMB, "1E4", "万", "万元人民币", "人民币万元"),
    _measure("bai_wan_yuan", "百万元", "million yuan", Dimension.RMB, "1E6"),
    _measure("qian_wan_yuan", "千万元", "10 million yuan", Dimension.RMB, "1E7"),
    _measure("yi_yuan", "亿元", "100 million yuan", Dimension.RMB, "1E8", "亿", "亿元人民币", "人民币亿元", "億元"),
    _measure("usd", "美元", "US dollars", Dimension.USD, "1"),
    _measure("wan_usd", "万美元", "10,000 US dollars", Dimension.USD, "1E4"),
    _measure("yi_usd", "亿美元", "100 million US dollars", Dimension.USD, "1E8"),
    _measure("sqm", "平方米", "m²", Dimension.AREA, "1", "㎡", "m2", "平米"),
    _measure("wan_sqm", "万平方米", "10,000 m²", Dimension.AREA, "1E4", "万㎡", "万m2", "万平米"),
    _measure("mu", "亩", "mu", Dimension.LAND, "1"),
    _measure("hu", "户", "firms", Dimension.COUNT, "1"),
    _measure("jia", "家", "enterprises", Dimension.COUNT, "1"),
    _measure("ge", "个", "items", Dimension.COUNT, "1", "项", "件", "宗"),
    _measure("ren", "人", "persons", Dimension.PERSONS, "1"),
    _measure("wan_ren", "万人", "10,000 persons", Dimension.PERSONS, "1E4"),
    _measure("percent", "%", "%", Dimension.PERCENT, "1", "百分比", "pct", "增速%"),
    _measure("pp", "个百分点", "percentage points", Dimension.POINTS, "1", "百分点"),
    _measure("kwh", "千瓦时", "kWh", Dimension.ENERGY, "1", "度"),
    _measure("wan_kwh", "万千瓦时", "10,000 kWh", Dimension.ENERGY, "1E4", "万度"),
    _measure("yi_kwh", "亿千瓦时", "100 million kWh", Dimension.ENERGY, "1E8", "亿度"),
    _measure("ton", "吨", "tonnes", Dimension.MASS, "1", "t"),
    _measure("wan_ton", "万吨", "10,000 tonnes", Dimension.MASS, "1E4"),
    _measure("ton_km", "吨公里", "tonne-km", Dimension.FREIGHT, "1"),
    _measure("wan_ton_km", "万吨公里", "10,000 tonne-km", Dimension.FREIGHT, "1E4"),
    _measure("person_km", "人公里", "passenger-km", Dimension.PASSENGERS, "1"),
    _measure("wan_person_km", "万人公里", "10,000 passenger-km", Dimension.PASSENGERS, "1E4"),
    _measure("fen", "分", "points", Dimension.SCORE, "1"),
)


def _spelling(name: str) -> str:
    return "".join(normalize("NFKC", name).split()).lower()


_BY_NAME = {
    _spelling(name): measure
    for measure in MEASURES
    for name in (measure.code, measure.zh, measure.en, *measure.synonyms)
}


def measure_named(name: str) -> Measure:
    """Find a measure by code, printed name or common synonym.

    Errors: `UnknownMeasure`. Full-width signs are read.

    >>> measure_named("亿元").code, measure_named("wan_yuan").zh, measure_named("％").code
    ('yi_yuan', '万元', 'percent')
    """
    found = _BY_NAME.get(_spelling(name))
    if found is None:
        raise UnknownMeasure(name=name)
    return found


def convert(value: Decimal, source: Measure, target: Measure) -> Decimal:
    """Convert a figure exactly.

    Meaning: value × base units of `source` ÷ base units of `target`; no rounding. Dollars never become RMB (a rate is
    not a unit). Errors: `NotConvertible`.

    >>> convert(Decimal("0.5"), measure_named("亿元"), measure_named("万元"))
    Decimal('5000')
    >>> convert(Decimal("12345.67"), measure_named("万元"), measure_named("亿元"))
    Decimal('1.234567')
    """
    if source.dimension is not target.dimension:
        raise NotConvertible(source=source.zh, target=target.zh)
    shift = (source.base_units / target.base_units).adjusted()
    return _plain(value.scaleb(shift))


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent in its notation."""
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def to_base(value: Decimal, measure: Measure) -> Decimal:
    """The figure in the base unit of its dimension: yuan, dollar, m², piece.

    >>> to_base(Decimal("1"), measure_named("万平方米"))
    Decimal('10000')
    """
    return _plain(value.scaleb(measure.base_units.adjusted()))


def from_base(value: Decimal, measure: Measure) -> Decimal:
    """A figure in base units written in a measure.

    >>> from_base(Decimal("123456789"), measure_named("亿元"))
    Decimal('1.23456789')
    """
    return _plain(value.scaleb(-measure.base_units.adjusted()))


def quantity_shown(value: Decimal | None, measure: Measure, places: int = 2) -> str:
    """A figure with its measure as printed; None is not reported.

    Meaning: the total is rounded here, never its parts.

    >>> quantity_shown(Decimal("1.234567"), measure_named("亿元")), quantity_shown(None, measure_named("万元"))
    ('1.23亿元', '—')
    """
    return "—" if value is None else shown(value, places, grouped=True) + measure.zh


def readable(value: Decimal, measure: Measure, places: int = 2) -> str:
    """Print money in 亿元 from one hundred million on, everything else in its own measure.

    >>> readable(Decimal("12345.67"), measure_named("万元")), readable(Decimal("980"), measure_named("万元"), 0)
    ('1.23亿元', '980万元')
    """
    hundred_million = {Dimension.RMB: "yi_yuan", Dimension.USD: "yi_usd"}.get(measure.dimension)
    if hundred_million is None or abs(to_base(value, measure)) < Decimal("1E8"):
        return quantity_shown(value, measure, places)
    larger = measure_named(hundred_million)
    return quantity_shown(convert(value, measure, larger), larger, places)
