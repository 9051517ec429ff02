"""Where the table stands on a sheet: title rows, header rows, and what each column holds."""

import re
from dataclasses import dataclass, replace

from zhuanban.calc.measures import Dimension, Measure
from zhuanban.calc.period_words import find_period
from zhuanban.calc.periods import Period
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, ReadOptions, SheetCatalogue
from zhuanban.indicators.sheets.figures import Severity, SheetProblem
from zhuanban.indicators.sheets.header_rows import HeaderRows, with_year
from zhuanban.indicators.sheets.headers import (
    Hint,
    Meaning,
    RowField,
    ValueField,
    header_text,
    unit_named,
)
from zhuanban.indicators.sheets.said import header_of
from zhuanban.kit.spreadsheets.cells import Sheet, address, column_letters

_UNIT_LINE = re.compile(r"(?:计量)?单位:?([^\s:()]{1,12})|unit:?([^\s:()]{1,16})")
_SAYS_GROWTH = re.compile(r"增速|增长|增幅|同比|growth", re.IGNORECASE)
_MADE_ON = re.compile(r"填报|制表|报送|打印|编制|印发|截稿")
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?:年|(?!\d))")


@dataclass(frozen=True)
class ValueColumn:
    """One column of values: what it holds, over what span, of which indicator and place, in which unit."""

    column: int
    field: ValueField
    hint: Hint = ""
    city: bool = False
    period: Period | None = None
    indicator: CatalogueIndicator | None = None
    measure: Measure | None = None
    header: str = ""


@dataclass(frozen=True)
class Layout:
    """The table found on a sheet; ``known`` are the columns whose header was understood, those not needed included."""

    first_data_row: int
    known: frozenset[int]
    fields: dict[RowField, int]
    values: tuple[ValueColumn, ...]
    titles: tuple[str, ...]
    measure: Measure | None
    period: Period | None
    year: int | None
    indicator: CatalogueIndicator | None
    place_key: str | None
    title_status: str
    said: str = ""
    """The signature of the header line about which somebody said what its columns hold; empty where nobody had to."""

    @property
    def is_in_percent(self) -> bool:
        """Whether the line above the table gives % as the unit of columns that are not headed as growth."""
        in_percent = self.measure is not None and self.measure.dimension is Dimension.PERCENT
        return in_percent and not any(column.field == "growth" and not column.city for column in self.values)

    @property
    def is_of_growth(self) -> bool:
        """Whether the title says that a table in percent holds growth rates."""
        return any(_SAYS_GROWTH.search(title) for title in self.titles)


def find_layout(
    sheet: Sheet, catalogue: SheetCatalogue, options: ReadOptions
) -> tuple[Layout | None, list[SheetProblem]]:
    """The layout of a sheet, or None with the problem that says which header is missing."""
    header, said = header_of(sheet, catalogue, options.said)
    if header is None:
        return None, [
            SheetProblem(
                Severity.ERROR, "sheet_header_missing", "A1", 1, {"needed": "指标、本月累计、增速"}, sheet.name
            )
        ]
    titles = _titles(sheet, header.at)
    context = [*titles, sheet.name, options.file_name]
    period = options.period or _period_in(context)
    year = period.year if period else _year_in(context)
    header = with_year(sheet, header, catalogue, year)
    layout = Layout(
        first_data_row=header.at + header.rows,
        known=frozenset(c for c, m in header.meanings.items() if m.known),
        fields={
            m.row_field: c for c, m in reversed(header.meanings.items()) if m.row_field and m.row_field != "unused"
        },
        values=_value_columns(header.meanings),
        titles=tuple(titles),
        measure=_unit_line(titles),
        period=period,
        year=year,
        indicator=next((i for text in context if (i := catalogue.indicator_inside(text))), None),
        place_key=_place_in(context, catalogue, options),
        title_status=_status_in(titles),
        said=said.signature if said else "",
    )
    return _checked(layout, header, sheet)


def _checked(layout: Layout, header: HeaderRows, sheet: Sheet) -> tuple[Layout | None, list[SheetProblem]]:
    problems = _doubled(header, sheet)
    problems += _unused(header, sheet, layout)
    row = header.at + 1
    where = address(header.at, 0)
    if not any(v.field in ("level", "growth") for v in layout.values):
        seen = "、".join(m.text for m in header.meanings.values())[:80]
        problems.append(
            SheetProblem(Severity.ERROR, "sheet_value_header_missing", where, row, {"seen": seen}, sheet.name)
        )
        return None, problems
    named = "indicator" in layout.fields or "code" in layout.fields or layout.indicator is not None
    if not named and not any(v.indicator for v in layout.values):
        seen = "、".join(m.text for m in header.meanings.values())[:80]
        problems.append(
            SheetProblem(Severity.ERROR, "sheet_indicator_header_missing", where, row, {"seen": seen}, sheet.name)
        )
        return None, problems
    return layout, problems


def _value_columns(meanings: dict[int, Meaning]) -> tuple[ValueColumn, ...]:
    """Columns of values; one without a span or an indicator of its own takes those of the level to its left.

    A rank belongs to the growth directly before it, where that growth names what it is of.
    """
    columns: list[ValueColumn] = []
    left: ValueColumn | None = None
    growth: ValueColumn | None = None
    for number in sorted(meanings):
        meaning = meanings[number]
        if not meaning.value_field:
            continue
        column = ValueColumn(
            number,
            meaning.value_field,
            meaning.hint,
            meaning.city,
            meaning.period,
            meaning.indicator,
            meaning.measure,
            meaning.text,
        )
        of = growth if growth is not None and column.field in ("rank", "rank_of") else left
        if of is not None:
            column = _inheriting(column, of)
        if column.field == "level" and not column.city:
            left = column
        if column.field not in ("rank", "rank_of"):
            growth = column if column.field == "growth" and not column.city and meaning.indicator else None
        columns.append(column)
    return tuple(columns)


def _inheriting(column: ValueColumn, left: ValueColumn) -> ValueColumn:
    indicator = column.indicator or left.indicator
    if column.field == "level" and not column.city:
        return column
    if column.hint or column.period:
        return replace(column, indicator=indicator)
    return replace(column, hint=left.hint, period=left.period, indicator=indicator)


def _doubled(header: HeaderRows, sheet: Sheet) -> list[SheetProblem]:
    problems = []
    seen: dict[tuple[object, ...], int] = {}
    columns = {c.column: c for c in _value_columns(header.meanings)}
    for number in sorted(header.meanings):
        meaning = header.meanings[number]
        if not meaning.known or meaning.row_field == "unused":
            continue
        column = columns.get(number)
        key = meaning.key if column is None else _column_key(column)
        if key in seen:
            facts = {"header": meaning.text, "first": column_letters(seen[key]), "second": column_letters(number)}
            problems.append(
                SheetProblem(
                    Severity.ERROR, "sheet_header_doubled", address(header.at, number), header.at + 1, facts, sheet.name
                )
            )
        seen.setdefault(key, number)
    return problems


def _column_key(column: ValueColumn) -> tuple[object, ...]:
    indicator = column.indicator.code if column.indicator else ""
    return column.field, column.hint, column.city, column.period, indicator


def _unused(header: HeaderRows, sheet: Sheet, layout: Layout) -> list[SheetProblem]:
    """Columns that were not understood are named, so that nobody believes they were taken in."""
    return [
        SheetProblem(
            Severity.NOTICE, "sheet_column_not_read", address(header.at, column), header.at + 1, {"header": meaning.text}, sheet.name
        )
        for column, meaning in sorted(header.meanings.items())
        if not meaning.known and meaning.text.strip() and any(not row[column].is_blank for row in sheet.rows[layout.first_data_row :] if column < len(row))
    ]  # fmt: skip


def _titles(sheet: Sheet, before: int) -> list[str]:
    return [c.text for row in sheet.rows[:before] for c in row if c.kind == "text"]


def _period_in(texts: list[str]) -> Period | None:
    for text in texts:
        if text and not _MADE_ON.search(text):
            period = find_period(re.sub(r"\.(?:xlsx|xls|csv|ods)$", "", text))
            if period is not None and not _is_only_year(text, period):
                return period
    return None


def _is_only_year(text: str, period: Period) -> bool:
    """“2023年” in a title names the year, not the whole year as a period, unless it says 全年 or 年度."""
    return (period.first_month, period.last_month) == (1, 12) and not re.search(
        r"全年|年度|1.{0,2}12|full", text.lower()
    )


def _year_in(texts: list[str]) -> int | None:
    for text in texts:
        if not _MADE_ON.search(text) and (found := _YEAR.findall(header_text(text))) and len(set(found)) == 1:
            return int(found[0])
    return None


def _unit_line(titles: list[str]) -> Measure | None:
    for text in titles:
        for found in _UNIT_LINE.finditer(header_text(text)):
            measure = unit_named(found.group(1) or found.group(2))
            if measure is not None:
                return measure
    return None


def _place_in(context: list[str], catalogue: SheetCatalogue, options: ReadOptions) -> str | None:
    if options.place:
        return options.place
    for text in context:
        if place := catalogue.place_inside(text):
            return place.code
    return None


def _status_in(titles: list[str]) -> str:
    joined = "".join(titles)
    for word, status in (("快报", "flash"), ("预计", "forecast")):
        if word in joined:
            return status
    return ""
