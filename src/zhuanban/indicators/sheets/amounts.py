"""Numbers, growth rates and ranks as they stand in cells."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.errors import CalcError, NotConvertible, UnknownMeasure
from zhuanban.calc.growth_wording import parse_growth
from zhuanban.calc.measures import Measure
from zhuanban.calc.percents import percent_from_cell
from zhuanban.calc.quantities import parse_quantity
from zhuanban.kit.spreadsheets.cells import Cell

_SAYS_NOTHING = re.compile(
    r"^(?:免报|未公布|不公布|未发布|暂无|无数据|未报|待定|不单独发布|x|\*+|-+|—+|…+)$", re.IGNORECASE
)
_FORECAST = re.compile(r"^\(?(?:预计|预估)\)?:?(?=[\d+-]|增长|下降)|(?<=[\d%])\(?(?:预计|预估)\)?$")
_RANK = re.compile(r"^(?:并列)?第?(\d{1,3})(?:位|名)?(?:/(\d{1,3}))?(?:\(?(?:并列|共(\d{1,3})[个位]?)\)?)?$")
_NUMBER_AND_UNIT = re.compile(r"^\s*[+\-−]?[\d,.]+\s*[^\d.,\s][^\d]*$")
MAX_LEVEL = Decimal(10) ** 13
MAX_GROWTH = Decimal(100_000)


@dataclass(frozen=True)
class Amount:
    """What one cell said: the value, or the code of the problem with its facts; notices do not stop the value."""

    value: Decimal | None = None
    problem: str = ""
    notice: str = ""
    forecast: bool = False
    plain: Decimal | None = None
    """The bare number of a growth cell, written without a percent sign or words: its notation is judged by column."""
    percent_format: bool = False
    unit: str = ""
    of: int | None = None


def level_in(cell: Cell, measure: Measure) -> Amount:
    """The level of a cell in the measure of its column."""
    early = _early(cell)
    if early is not None:
        return early
    if cell.number is not None:
        if cell.percent:
            return Amount(problem="sheet_level_is_percent")
        return _bounded(Amount(cell.number), MAX_LEVEL)
    text, forecast = _without_forecast(cell.text)
    try:
        quantity = parse_quantity(text, measure)
    except (UnknownMeasure, NotConvertible):
        return Amount(problem="sheet_cell_unit_unusable" if _NUMBER_AND_UNIT.match(text) else "sheet_not_a_number")
    except CalcError:
        return Amount(problem="sheet_not_a_number")
    converted = quantity.converted_from
    notice = "sheet_cell_unit_converted" if converted else ""
    return _bounded(
        Amount(quantity.value, notice=notice, forecast=forecast, unit=converted.zh if converted else ""), MAX_LEVEL
    )


def growth_in(cell: Cell) -> Amount:
    """The growth of a cell in percent: a percent-formatted 0.052, “5.2%”, 5.2, “下降2.3%”."""
    early = _early(cell)
    if early is not None:
        return early
    if cell.number is not None:
        value = percent_from_cell(cell.number, has_percent_format=cell.percent)
        return _bounded(
            Amount(value, plain=None if cell.percent else cell.number, percent_format=cell.percent), MAX_GROWTH
        )
    text, forecast = _without_forecast(cell.text)
    try:
        read = parse_growth(text)
    except CalcError:
        return Amount(problem="sheet_not_a_growth")
    bare = re.fullmatch(r"[+\-−]?[\d.,]+", unicodedata.normalize("NFKC", text).strip())
    notice = "sheet_growth_bad_style" if read.is_bad_style else ""
    return _bounded(Amount(read.pct, notice=notice, forecast=forecast, plain=read.pct if bare else None), MAX_GROWTH)


def rank_in(cell: Cell) -> Amount:
    """The rank of a cell: 3, 第3位, 并列第2位, 3/10."""
    early = _early(cell)
    if early is not None:
        return early
    text = "".join(unicodedata.normalize("NFKC", cell.text).split())
    found = _RANK.fullmatch(text)
    if not found or not 1 <= int(found.group(1)) <= 500:
        return Amount(problem="sheet_not_a_rank")
    of = found.group(2) or found.group(3)
    if of and int(of) < int(found.group(1)):
        return Amount(problem="sheet_not_a_rank")
    return Amount(Decimal(found.group(1)), of=int(of) if of else None)


def _early(cell: Cell) -> Amount | None:
    """The answer for cells that hold no number to read: nothing, an error, a date."""
    if cell.is_blank:
        return Amount()
    if cell.kind == "error":
        return Amount(problem="sheet_formula_without_result" if cell.text == "=" else "sheet_cell_error")
    if cell.kind in ("date", "logical"):
        return Amount(problem="sheet_not_a_number")
    if cell.kind == "text" and _SAYS_NOTHING.match("".join(cell.text.split())):
        return Amount()
    return None


def _without_forecast(text: str) -> tuple[str, bool]:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    bare = _FORECAST.sub("", plain)
    return (bare, True) if bare != plain else (text, False)


def _bounded(amount: Amount, most: Decimal) -> Amount:
    if amount.value is not None and (not amount.value.is_finite() or abs(amount.value) >= most):
        return Amount(problem="sheet_number_too_large")
    return amount
