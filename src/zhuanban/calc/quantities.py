"""Numbers as they stand in the cells of a sheet: separators, units, signs for "not reported", slips of 10,000."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.errors import UnreadableNumber
from zhuanban.calc.measures import Measure, convert, measure_named

_NOT_REPORTED = frozenset({"", "-", "--", "---", "…", "...", "......", "/", "\\", "na", "n/a", "无", "缺", "空"})
_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(?P<measure>.*)")


@dataclass(frozen=True)
class Quantity:
    """What a cell said. `value` is in the column's measure, None for not reported.

    `converted_from` is the measure written in the cell where it differs from the column's: the recorder is asked to
    confirm such a cell.
    """

    value: Decimal | None
    converted_from: Measure | None = None


def parse_number(text: str) -> Decimal | None:
    """Read a plain number; None where the cell says that nothing was reported.

    Meaning: "12,345.6", "１２３．４", "−3.1" and "1.2E+4" are numbers; blank, "—", "-", "…" and "/" are not reported,
    which is not zero. Errors: `UnreadableNumber`.

    >>> parse_number("１２,３４５．６"), parse_number("—"), parse_number("0")
    (Decimal('12345.6'), None, Decimal('0'))
    """
    plain = _half_width(text)
    if plain.lower() in _NOT_REPORTED:
        return None
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}", plain.lower()):
        return Decimal(f"{Decimal(plain):f}")
    found = _NUMBER.fullmatch(plain)
    if found is None or found.group("measure") or not _has_digit(found.group("number")):
        raise UnreadableNumber(text=text)
    return Decimal(found.group("number").replace(",", ""))


def parse_quantity(text: str, column: Measure) -> Quantity:
    """Read a cell that may carry its own measure into the measure of its column.

    Meaning: "1.2亿" under 单位：万元 is 12000, marked as converted. A bare 万 or 亿 counts the column's own base unit.
    None: not reported. Errors: `UnreadableNumber`, `UnknownMeasure`, `NotConvertible`.

    >>> cell = parse_quantity("1.2亿", measure_named("万元"))
    >>> cell.value, cell.converted_from.zh
    (Decimal('12000'), '亿元')
    >>> parse_quantity("12,345.6", measure_named("万元")).value
    Decimal('12345.6')
    """
    plain = _half_width(text)
    found = _NUMBER.fullmatch(plain)
    if found is None or not found.group("measure") or not _has_digit(found.group("number")):
        return Quantity(parse_number(text))
    if re.fullmatch(r"e[+-]?\d+", found.group("measure").lower()):
        return Quantity(parse_number(text))
    written = _written_measure(found.group("measure"), column)
    number = Decimal(found.group("number").replace(",", ""))
    if written == column or written.base_units == column.base_units and written.dimension is column.dimension:
        return Quantity(number)
    return Quantity(convert(number, written, column), written)


def _written_measure(name: str, column: Measure) -> Measure:
    if name in {"万", "亿"}:
        base = {"usd": "美元", "area": "平方米", "persons": "人", "energy": "千瓦时", "mass": "吨"}
        return measure_named(name + base.get(column.dimension.value, "元"))
    return measure_named(name)


def _half_width(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[‐‑‒–—―−]", "-", plain).replace("，", ",")
    return "".join(plain.split())


def _has_digit(number: str) -> bool:
    return any(sign.isdigit() for sign in number)


def suspected_slip(value: Decimal | None, reference: Decimal | None, slip: Decimal = Decimal(10000)) -> Decimal | None:
    """The factor by which a figure seems to have slipped between 元, 万元 and 亿元; None when it looks right.

    Meaning: value ÷ reference lies within a factor of 5 of 10,000, 10,000² or their inverses. It is a question to the
    recorder, never a correction. None also where either figure is missing or zero.

    >>> suspected_slip(Decimal("123456700"), Decimal("12000"))
    Decimal('10000')
    >>> suspected_slip(Decimal("13000"), Decimal("12000")) is None
    True
    """
    if not value or not reference:
        return None
    ratio = abs(value / reference)
    for factor in (slip, slip**2, 1 / slip, 1 / slip**2):
        if factor / 5 <= ratio <= factor * 5:
            return factor
    return None
