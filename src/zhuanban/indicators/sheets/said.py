"""What somebody said about the columns of a header line that the reader does not understand by itself.

It counts for that very line: a line with another word, or with one column more, is another one and is asked about again.
Only the months in headers that nobody had to explain may change, since a monthly sheet names its month there.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhuanban.calc.errors import CalcError
from zhuanban.calc.measures import Measure
from zhuanban.calc.period_words import parse_period
from zhuanban.calc.periods import Period
from zhuanban.indicators.sheets.catalogue import SheetCatalogue
from zhuanban.indicators.sheets.header_rows import SEARCHED_ROWS, HeaderRows, best_header
from zhuanban.indicators.sheets.headers import Hint, Meaning, RowField, ValueField, header_text, meaning_of, unit_named
from zhuanban.kit.spreadsheets.cells import Sheet

ROW_KINDS: dict[str, RowField] = {
    "indicator": "indicator", "unit": "unit", "period": "period", "year": "year", "month": "month", "place": "place",
    "status": "status", "source": "source", "note": "note", "rank_scope": "rank_scope", "unused": "unused",
}  # fmt: skip
VALUE_KINDS: dict[str, tuple[ValueField, Hint, bool]] = {
    "level": ("level", "", False), "level_cumulative": ("level", "cumulative", False), "level_month": ("level", "month", False),
    "growth": ("growth", "", False), "growth_cumulative": ("growth", "cumulative", False),
    "growth_month": ("growth", "month", False), "city_growth": ("growth", "", True), "prior": ("prior", "", False),
    "rank": ("rank", "", False), "rank_of": ("rank_of", "", False),
}  # fmt: skip
KINDS = (*ROW_KINDS, *VALUE_KINDS)
"""Everything a column can be said to hold; ``unused``: it holds nothing to be taken in."""

_MONTHS = re.compile(r"(?:(?:19|20)\d\d年?[-.]?)?\d{1,2}(?:-\d{1,2})?月份?|(?:19|20)\d\d年?")


@dataclass(frozen=True)
class ColumnSaid:
    """What one column holds: a key of ``KINDS``, and of a column of values the indicator (code), unit and period where said."""

    kind: str
    indicator: str = ""
    measure: str = ""
    period: str = ""

    @property
    def is_of_values(self) -> bool:
        return self.kind in VALUE_KINDS


@dataclass(frozen=True)
class HeaderSaid:
    """A header line, column by column, and what was said about some of its columns (counted from 0)."""

    line: tuple[str, ...]
    rows: int = 1
    columns: Mapping[int, ColumnSaid] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        return signature_of(self.line)

    def is_of(self, line: tuple[str, ...]) -> bool:
        """Whether this was said about that line: the same words, months aside where nothing had to be said."""
        return len(line) == len(self.line) and all(
            text == other or (column not in self.columns and _shape(text) == _shape(other))
            for column, (text, other) in enumerate(zip(line, self.line, strict=True))
        )


def signature_of(line: Iterable[str]) -> str:
    """A header line as 64 signs, months left out.

    >>> signature_of(["指标", "1-6月累计"]) == signature_of(["指标", "1-7月累计"])
    True
    >>> signature_of(["指标", "线上"]) == signature_of(["指标", "线下"])
    False
    """
    return hashlib.sha256("\x1f".join(_shape(text) for text in line).encode()).hexdigest()


def _shape(text: str) -> str:
    return _MONTHS.sub("#", text)


def header_line(sheet: Sheet, at: int, rows: int) -> tuple[str, ...]:
    """The words of one header line, or of two over each other, normalised, up to the last filled column."""
    width = max((len(row) for row in sheet.rows[at : at + rows]), default=0)
    texts = ["\n".join(header_text(sheet.cell(at + step, column).text) for step in range(rows)) for column in range(width)]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def header_of(
    sheet: Sheet, catalogue: SheetCatalogue, said: Iterable[HeaderSaid]
) -> tuple[HeaderRows | None, HeaderSaid | None]:
    """The header of a sheet: where somebody said what the columns of its line hold, by that; else as it reads by itself."""
    own = best_header(sheet, catalogue)
    for each in said:
        for at in range(min(SEARCHED_ROWS, len(sheet.rows))):
            if each.line and each.is_of(header_line(sheet, at, each.rows)):
                return _with_said(sheet, at, each, catalogue, own), each
    return own, None


def _with_said(
    sheet: Sheet, at: int, said: HeaderSaid, catalogue: SheetCatalogue, own: HeaderRows | None
) -> HeaderRows:
    if own is not None and (own.at, own.rows) == (at, said.rows):
        meanings = dict(own.meanings)
    else:
        texts = {column: _shown(sheet, at, said.rows, column) for column in range(len(said.line))}
        meanings = {column: meaning_of(text, catalogue) for column, text in texts.items() if text}
    for column, each in said.columns.items():
        meanings[column] = _meaning(each, _shown(sheet, at, said.rows, column), catalogue)
    return HeaderRows(said.rows, at, meanings)


def _shown(sheet: Sheet, at: int, rows: int, column: int) -> str:
    return " ".join(text for step in range(rows) if (text := sheet.cell(at + step, column).text.strip()))


def _meaning(said: ColumnSaid, text: str, catalogue: SheetCatalogue) -> Meaning:
    if said.kind in ROW_KINDS:
        return Meaning(text, row_field=ROW_KINDS[said.kind])
    value, hint, city = VALUE_KINDS[said.kind]
    indicator = next((each for each in catalogue.indicators if each.code == said.indicator), None)
    return Meaning(
        text, value_field=value, hint=hint, city=city, measure=said_measure(said.measure), period=said_period(said.period),
        indicator=indicator,
    )  # fmt: skip


def said_measure(text: str) -> Measure | None:
    """The unit of measure that was said; None for no or an unknown one."""
    return unit_named(text) if text else None


def said_period(text: str) -> Period | None:
    """The period that was said, with its year; None for none or an unreadable one."""
    try:
        return parse_period(text) if text else None
    except CalcError:
        return None


def kind_of(meaning: Meaning) -> str:
    """The key of ``KINDS`` that a header reads as by itself; empty where it was not understood.

    >>> kind_of(Meaning("指标", row_field="indicator")), kind_of(Meaning("增速", value_field="growth"))
    ('indicator', 'growth')
    """
    if meaning.row_field:
        return next((key for key, name in ROW_KINDS.items() if name == meaning.row_field), meaning.row_field)
    found = (meaning.value_field, meaning.hint, meaning.city)
    exact = next((key for key, each in VALUE_KINDS.items() if each == found), "")
    return exact or ("city_growth" if meaning.city else str(meaning.value_field or ""))
