"""Which one or two rows of a sheet are its header."""

from dataclasses import dataclass, field, replace

from zhuanban.calc.errors import CalcError
from zhuanban.calc.period_words import parse_period
from zhuanban.indicators.sheets.catalogue import SheetCatalogue
from zhuanban.indicators.sheets.headers import Meaning, combined, header_text, meaning_of, unit_named
from zhuanban.kit.spreadsheets.cells import Cell, Sheet

SEARCHED_ROWS = 25


@dataclass
class HeaderRows:
    """The header rows found: how many, from which row on, what each column means, how much was understood."""

    rows: int
    at: int
    meanings: dict[int, Meaning]
    score: int = 0
    named: int = field(default=0)


def best_header(sheet: Sheet, catalogue: SheetCatalogue) -> HeaderRows | None:
    best: HeaderRows | None = None
    for at in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for candidate in (_single(sheet, at, catalogue), _double(sheet, at, catalogue)):
            if candidate and (best is None or candidate.score > best.score):
                best = candidate
    return best


def _single(sheet: Sheet, at: int, catalogue: SheetCatalogue) -> HeaderRows | None:
    cells = [c for c in sheet.rows[at] if not c.is_blank]
    if any(c.kind == "number" and not _is_year(c) for c in cells):
        return None
    meanings = {c.column: meaning_of(c.text, catalogue) for c in cells}
    return _scored(HeaderRows(1, at, _without_rank_of_place(meanings)))


def _without_rank_of_place(meanings: dict[int, Meaning]) -> dict[int, Meaning]:
    """Beside a column “value”, a column “level” tells whether the place is a city or a province, not a figure."""
    if not any(header_text(m.text) == "value" for m in meanings.values()):
        return meanings
    return {
        column: Meaning(m.text, row_field="unused") if header_text(m.text) == "level" else m
        for column, m in meanings.items()
    }


def _double(sheet: Sheet, at: int, catalogue: SheetCatalogue) -> HeaderRows | None:
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
    return _scored(HeaderRows(2, at, meanings))


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


def _scored(header: HeaderRows) -> HeaderRows | None:
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


def with_year(sheet: Sheet, header: HeaderRows, catalogue: SheetCatalogue, year: int | None) -> HeaderRows:
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
    return HeaderRows(header.rows, header.at, done, header.score)
