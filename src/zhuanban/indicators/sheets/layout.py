"""Where the table stands on a sheet: title rows, header rows, and what each column holds."""

import re
from dataclasses import dataclass, field, replace

from zhuanban.calc.errors import CalcError
from zhuanban.calc.measures import Measure
from zhuanban.calc.period_words import find_period, parse_period
from zhuanban.calc.periods import Period
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, ReadOptions, SheetCatalogue
from zhuanban.indicators.sheets.figures import Severity, SheetProblem
from zhuanban.indicators.sheets.headers import (
    Hint,
    Meaning,
    RowField,
    ValueField,
    combined,
    header_text,
    meaning_of,
    unit_named,
)
from zhuanban.kit.spreadsheets.cells import Cell, Sheet, address, column_letters

_HEADER_SEARCH_ROWS = 25
_UNIT_LINE = re.compile(r"(?:计量)?单位:?([^\s:()]{1,12})|unit:?([^\s:()]{1,16})")
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
    """The table found on a sheet."""

    first_data_row: int
    fields: dict[RowField, int]
    values: tuple[ValueColumn, ...]
    titles: tuple[str, ...]
    measure: Measure | None
    period: Period | None
    year: int | None
    indicator: CatalogueIndicator | None
    place_key: str | None
    title_status: str


@dataclass
class _Header:
    rows: int
    at: int
    meanings: dict[int, Meaning]
    score: int = 0
    named: int = field(default=0)


def find_layout(
    sheet: Sheet, catalogue: SheetCatalogue, options: ReadOptions
) -> tuple[Layout | None, list[SheetProblem]]:
    """The layout of a sheet, or None with the problem that says which header is missing."""
    header = _best_header(sheet, catalogue)
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
    header = _with_year(sheet, header, catalogue, year)
    layout = Layout(
        first_data_row=header.at + header.rows,
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
    )
    return _checked(layout, header, sheet)


def _checked(layout: Layout, header: _Header, sheet: Sheet) -> tuple[Layout | None, list[SheetProblem]]:
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


def _best_header(sheet: Sheet, catalogue: SheetCatalogue) -> _Header | None:
    best: _Header | None = None
    for at in range(min(_HEADER_SEARCH_ROWS, len(sheet.rows))):
        for candidate in (_single(sheet, at, catalogue), _double(sheet, at, catalogue)):
            if candidate and (best is None or candidate.score > best.score):
                best = candidate
    return best


def _single(sheet: Sheet, at: int, catalogue: SheetCatalogue) -> _Header | None:
    cells = [c for c in sheet.rows[at] if not c.is_blank]
    if any(c.kind == "number" and not _is_year(c) for c in cells):
        return None
    meanings = {c.column: meaning_of(c.text, catalogue) for c in cells}
    return _scored(_Header(1, at, _without_rank_of_place(meanings)))


def _without_rank_of_place(meanings: dict[int, Meaning]) -> dict[int, Meaning]:
    """Beside a column “value”, a column “level” tells whether the place is a city or a province, not a figure."""
    if not any(header_text(m.text) == "value" for m in meanings.values()):
        return meanings
    return {
        column: Meaning(m.text, row_field="unused") if header_text(m.text) == "level" else m
        for column, m in meanings.items()
    }


def _double(sheet: Sheet, at: int, catalogue: SheetCatalogue) -> _Header | None:
    """Two header rows over each other; a blank in the upper row carries the text to its left on (merged cells)."""
    if at + 1 >= len(sheet.rows):
        return None
    upper, lower = sheet.rows[at], sheet.rows[at + 1]
    if any(c.kind == "number" for c in (*upper, *lower)) or not any(not c.is_blank for c in lower):
        return None
    if sum(not c.is_blank for c in upper) < 2:  # a title stands alone in its row
        return None
    meanings: dict[int, Meaning] = {}
    carried: Meaning | None = None
    joined = 0
    for column in range(max(len(upper), len(lower))):
        top, below = sheet.cell(at, column), sheet.cell(at + 1, column)
        if not top.is_blank:
            carried = meaning_of(top.text, catalogue)
        if below.is_blank:
            if not top.is_blank and carried:
                meanings[column] = carried
            continue
        child = meaning_of(below.text, catalogue)
        if carried is None or (carried.row_field and top.is_blank):
            meanings[column] = child
        else:
            meanings[column] = combined(carried, child, catalogue)
            joined += int(child.known)
    # A first data row under the header is no second header row: one that names a row field of its own is none either.
    if not joined or not _looks_like_second_header(sheet, at, catalogue):
        return None
    return _scored(_Header(2, at, meanings))


def _looks_like_second_header(sheet: Sheet, at: int, catalogue: SheetCatalogue) -> bool:
    lower = [c for c in sheet.rows[at + 1] if not c.is_blank]
    upper_values = [c for c in sheet.rows[at] if meaning_of(c.text, catalogue).row_field in ("indicator", "place")]
    under_name = [sheet.cell(at + 1, c.column) for c in upper_values]
    if any(not c.is_blank and c.text != top.text for c, top in zip(under_name, upper_values, strict=True)):
        return False
    known = sum(1 for c in lower if meaning_of(c.text, catalogue).known or unit_named(c.text))
    return known * 2 >= len(lower)


def _is_year(cell: Cell) -> bool:
    return cell.number is not None and 1900 <= cell.number <= 2199


def _scored(header: _Header) -> _Header | None:
    """Two understood columns make a header, one of them naming values or indicators; more understood is better."""
    known = [m for m in header.meanings.values() if m.known]
    keys = {m.key for m in known}
    values = [m for m in known if m.value_field]
    names = [m for m in known if m.row_field in ("indicator", "code", "place", "period", "year", "month_to", "month")]
    if len(known) < 2 or not (values or names) or (not names and not any(m.indicator for m in values)):
        return None
    if not values and len(names) < 2 and not any(m.row_field == "unit" for m in known):
        return None
    header.score = 4 * len(keys) + 3 * bool(values) + 3 * bool(names) - 2 * header.rows
    return header


def _with_year(sheet: Sheet, header: _Header, catalogue: SheetCatalogue, year: int | None) -> _Header:
    """The meanings with the year of the title put into headers that name months only."""
    done: dict[int, Meaning] = {}
    for column, meaning in header.meanings.items():
        if meaning.period_text and year is not None:
            try:
                meaning = replace(meaning, period=parse_period(meaning.period_text, year))
            except CalcError:
                done[column] = meaning
                continue
        done[column] = meaning
    return _Header(header.rows, header.at, done, header.score)


def _value_columns(meanings: dict[int, Meaning]) -> tuple[ValueColumn, ...]:
    """Columns of values; one without a span or an indicator of its own takes those of the level to its left."""
    columns: list[ValueColumn] = []
    left: ValueColumn | None = None
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
        if left is not None:
            column = _inheriting(column, left)
        if column.field == "level" and not column.city:
            left = column
        columns.append(column)
    return tuple(columns)


def _inheriting(column: ValueColumn, left: ValueColumn) -> ValueColumn:
    indicator = column.indicator or left.indicator
    if column.field == "level" and not column.city:
        return column
    if column.hint or column.period:
        return replace(column, indicator=indicator)
    return replace(column, hint=left.hint, period=left.period, indicator=indicator)


def _doubled(header: _Header, sheet: Sheet) -> list[SheetProblem]:
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


def _unused(header: _Header, sheet: Sheet, layout: Layout) -> list[SheetProblem]:
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
