"""What one row says besides its values: indicator, place, period, status, unit."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from zhuanban.calc.errors import CalcError, PeriodWithoutYear
from zhuanban.calc.measures import Dimension, Measure
from zhuanban.calc.period_words import parse_period
from zhuanban.calc.periods import Basis, Period
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, ReadOptions, SheetCatalogue
from zhuanban.indicators.sheets.figures import Severity, SheetProblem
from zhuanban.indicators.sheets.headers import RowField, split_unit, unit_named
from zhuanban.indicators.sheets.layout import Layout, ValueColumn
from zhuanban.indicators.sheets.suggestions import Suggestions
from zhuanban.kit.spreadsheets.cells import Cell, Sheet

_STATUSES = {
    "forecast": "forecast 预计 预计数 预测 预估 估计 estimate",
    "flash": "flash 快报 快报数 初步 初步数 初步核算 初报 preliminary",
    "official": "official 正式 正式数 最终 终报 公报 定案 final",
    "revised": "revised 修订 修订数 修正 调整",
}
_STATUS_BY_WORD = {word: status for status, words in _STATUSES.items() for word in words.split()}
_SINGLE = re.compile(r"single\s*month|单月|当月", re.IGNORECASE)


@dataclass
class Problems:
    """Everything found on one sheet so far; ``suggestions`` are those of the whole file."""

    sheet: str
    suggestions: Suggestions
    found: list[SheetProblem] = field(default_factory=list)

    def add(self, severity: Severity, code: str, cell: Cell, **facts: Any) -> None:
        """Note one problem at a cell."""
        self.found.append(SheetProblem(severity, code, cell.address, cell.row + 1, facts, self.sheet))

    def error(self, code: str, cell: Cell, **facts: Any) -> None:
        self.add(Severity.ERROR, code, cell, **facts)


@dataclass
class Carried:
    """Values of merged cells, carried down to the rows under them."""

    texts: dict[RowField, Cell] = field(default_factory=dict)


class RowContext:
    """One data row, read field by field; problems go to ``problems`` once each."""

    def __init__(
        self,
        sheet: Sheet,
        row: int,
        layout: Layout,
        catalogue: SheetCatalogue,
        options: ReadOptions,
        problems: Problems,
    ) -> None:
        self.sheet, self.row, self.layout, self.catalogue = sheet, row, layout, catalogue
        self.options, self.problems = options, problems

    def cell(self, name: RowField) -> Cell:
        """The row's cell of a field; a blank one where the table has no such column."""
        column = self.layout.fields.get(name)
        return Cell("blank", "", self.row, 0) if column is None else self.sheet.cell(self.row, column)

    def text(self, name: RowField) -> str:
        return " ".join(self.cell(name).text.split())

    def indicator(self, carried: Carried) -> CatalogueIndicator | None:
        """The indicator of the row; a blank cell under a merged one carries the one above on."""
        for name in ("code", "indicator"):
            cell = self._carried(name, carried)
            if cell.is_blank:
                continue
            found = self.catalogue.indicator(cell.text) or self.catalogue.indicator(split_unit(cell.text)[0])
            if found is None:
                found = self._named_growth(cell.text)
            if found is None:
                nearest = self.problems.suggestions.indicator(cell.text)
                self.problems.error("sheet_indicator_unknown", cell, name=cell.text, nearest=nearest)
            return found
        if "indicator" in self.layout.fields or "code" in self.layout.fields:
            column = self.layout.fields.get("indicator", self.layout.fields.get("code", 0))
            self.problems.error("sheet_indicator_blank", self.sheet.cell(self.row, column))
            return None
        return self.layout.indicator

    def _named_growth(self, text: str) -> CatalogueIndicator | None:
        bare = re.sub(r"(?:同比)?(?:增长率|增长|增速|增幅)$|(?:总量|完成额|累计)$", "", split_unit(text)[0])
        return self.catalogue.indicator(bare) if bare else None

    def _carried(self, name: RowField, carried: Carried) -> Cell:
        cell = self.cell(name)
        if not cell.is_blank:
            carried.texts[name] = cell
            return cell
        multi = any(f in self.layout.fields for f in ("place", "period", "month_to", "month", "year"))
        return carried.texts.get(name, cell) if multi and name in self.layout.fields else cell

    def place(self, carried: Carried) -> str | None:
        """The place of the row, or None where it is not known."""
        if "place" not in self.layout.fields:
            return self.layout.place_key or self.catalogue.default_place
        cell = self._carried("place", carried)
        if cell.is_blank:
            return self.layout.place_key or self.catalogue.default_place
        found = self.catalogue.place(cell.text)
        if found is None:
            nearest = self.problems.suggestions.place(cell.text)
            self.problems.error("sheet_place_unknown", cell, name=cell.text, nearest=nearest)
            return None
        return found.code

    def status(self) -> str:
        """Forecast, flash, official or revised: by its own column, by a note that says 预计, by the title."""
        note = self.cell("note")
        says_forecast = "预计" in note.text or "estimate" in note.text.lower()
        cell = self.cell("status")
        if not cell.is_blank:
            status = _STATUS_BY_WORD.get("".join(cell.text.split()).lower())
            if status is None:
                self.problems.error("sheet_status_unknown", cell, name=cell.text)
                return self.options.status
            if says_forecast and status != "forecast":
                self.problems.add(
                    Severity.QUESTION, "sheet_status_contradicts_note", note, status=cell.text, note=note.text
                )
            return status
        if says_forecast:
            self.problems.add(Severity.NOTICE, "sheet_note_says_forecast", note, note=note.text)
            return "forecast"
        return self.layout.title_status or self.options.status

    def measure(self, column: ValueColumn | None, indicator: CatalogueIndicator) -> tuple[Measure, Cell | None]:
        """The unit of the row's levels and the cell that says it: cell, header, name, line above, the indicator's own."""
        cell = self.cell("unit")
        if not cell.is_blank:
            named = unit_named(cell.text)
            if named is None:
                self.problems.error("sheet_unit_unknown", cell, name=cell.text)
                return indicator.unit, None
            return named, cell
        if column is not None and column.measure is not None:
            return column.measure, None
        in_name = split_unit(self.cell("indicator").text)[1] if not self.cell("indicator").is_blank else None
        if in_name is not None:
            return in_name, self.cell("indicator")
        line = self.layout.measure
        if line is not None and (line.dimension is indicator.unit.dimension or self.layout.is_in_percent):
            return line, None
        return indicator.unit, None

    def is_doubtful(self, measure: Measure, indicator: CatalogueIndicator) -> bool:
        """Whether only the line above the table says %, of an amount, and no title says that growth is meant."""
        if indicator.unit.dimension is Dimension.PERCENT or measure != self.layout.measure:
            return False
        return self.layout.is_in_percent and not self.layout.is_of_growth

    def years(self) -> int | None:
        """The year of the row: its own column, otherwise the title's."""
        cell = self.cell("year")
        found = re.fullmatch(r"((?:19|20|21)\d\d)(?:\.0)?年?", unicodedata.normalize("NFKC", cell.text).strip())
        if not cell.is_blank and found is None:
            self.problems.error("sheet_period_unreadable", cell, text=cell.text)
            return None
        return int(found.group(1)) if found else self.layout.year

    def own_period(self) -> tuple[Period | None, bool, bool]:
        """The period the row itself names; whether it is exact (months from–to); whether it could be read."""
        year = self.years()
        for name in ("month_to", "month", "period"):
            cell = self.cell(name)
            if not cell.is_blank:
                return self._from_months(cell, year) if name == "month_to" else self._from_words(cell, year, name)
        if not self.cell("year").is_blank and not self._needs_months():
            return (Period.full_year(year), True, True) if year else (None, False, False)
        return None, False, True

    def _needs_months(self) -> bool:
        fields = self.layout.fields
        return any(f in fields for f in ("month_to", "month", "period")) or any(v.period for v in self.layout.values)

    def _from_months(self, last: Cell, year: int | None) -> tuple[Period | None, bool, bool]:
        first = self.cell("month_from")
        try:
            months = [
                int(re.sub(r"月份?$|\.0$", "", unicodedata.normalize("NFKC", c.text).strip())) for c in (first, last)
            ]
            if year is None:
                raise PeriodWithoutYear(text=last.text)
            return Period(year, *months), True, True
        except ValueError:
            where = first if first.is_blank else last
            self.problems.error("sheet_period_unreadable", where, text=f"{first.text}–{last.text}")
            return None, False, False

    def _from_words(self, cell: Cell, year: int | None, name: str) -> tuple[Period | None, bool, bool]:
        """A period in words or as a date; a bare number is a month, never 2023.1 (which may have been 2023.10)."""
        try:
            if cell.day is not None:
                return Period.of(cell.day), False, True
            text = cell.text.strip()
            if name == "month" and re.fullmatch(r"0?[1-9]|1[0-2]", unicodedata.normalize("NFKC", text)):
                text = f"{text}月"
            if cell.number is not None and "." in text:
                raise PeriodWithoutYear(text=text)
            period = parse_period(text, year)
        except CalcError:
            self.problems.error("sheet_period_unreadable", cell, text=cell.text)
            return None, False, False
        return period, bool(_SINGLE.search(text)), True

    def is_single_month(self) -> bool:
        return bool(_SINGLE.search(self.cell("note").text))


def period_of(
    own: Period | None, exact: bool, column: ValueColumn, layout: Layout, indicator: CatalogueIndicator, *, single: bool
) -> Period | None:
    """The period of one value: the column's, the row's, the title's, on the span its header or its indicator reports.

    Months written out from–to stay as they are; 1—2月 stays joint; a month named alone means the indicator's own span.
    """
    named = column.period or own or layout.period
    if named is None:
        return None
    if column.hint == "month" or (single and not exact):
        return named.closing_month
    if exact or not named.is_month:
        return _for_balance(named, indicator)
    if column.hint == "cumulative":
        return named.on_basis(Basis.CUMULATIVE)
    return named.on_basis(indicator.calendar.basis)


def _for_balance(period: Period, indicator: CatalogueIndicator) -> Period:
    """A balance stands at the end of a month, whatever span the sheet's title names."""
    return period.closing_month if indicator.calendar.basis is Basis.POINT else period
