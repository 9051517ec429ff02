"""Which column of a sheet is which: the choices, and what stands in each column."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from zhuanban.indicators.models import HeaderMapping
from zhuanban.indicators.queries.headers import as_said
from zhuanban.indicators.sheets import SheetCatalogue
from zhuanban.indicators.sheets.said import KINDS, ColumnSaid, HeaderSaid, header_line, header_of, kind_of
from zhuanban.kit import formats
from zhuanban.kit.spreadsheets.cells import Sheet, column_letters

MOST_COLUMNS = 60
_EXAMPLES = 3


def kind_word(kind: str) -> str:
    """What a column holds, in the reader's language."""
    return {
        "indicator": pgettext("column", "indicator"), "unit": pgettext("column", "unit of measure"),
        "period": pgettext("column", "period"), "year": pgettext("column", "year"), "month": pgettext("column", "month"),
        "place": pgettext("column", "place"), "status": pgettext("column", "status (forecast, flash, official, revised)"),
        "source": pgettext("column", "source"), "note": pgettext("column", "note"),
        "rank_scope": pgettext("column", "scope of the rank"), "unused": pgettext("column", "nothing to take in"),
        "level": pgettext("column", "value"), "level_cumulative": pgettext("column", "value since January"),
        "level_month": pgettext("column", "value of the month"), "growth": pgettext("column", "growth, %"),
        "growth_cumulative": pgettext("column", "growth since January, %"),
        "growth_month": pgettext("column", "growth of the month, %"), "city_growth": pgettext("column", "growth of the city, %"),
        "prior": pgettext("column", "value of the year before"), "rank": pgettext("column", "rank"),
        "rank_of": pgettext("column", "number of ranked places"),
    }.get(kind, "")  # fmt: skip


@dataclass
class ShownColumn:
    """One column: its letter, header and first contents, what it reads as by itself, and what was said about it."""

    number: int
    header: str
    examples: str
    own: str
    said: ColumnSaid | None
    errors: list[str] = field(default_factory=list)

    @property
    def letters(self) -> str:
        return column_letters(self.number)

    @property
    def own_word(self) -> str:
        return kind_word(self.own) or pgettext("column", "not understood")


@dataclass
class ColumnsPage:
    """The header line of one sheet, column by column."""

    sheet: Sheet
    at: int
    rows: int
    columns: list[ShownColumn]

    @property
    def line(self) -> tuple[str, ...]:
        return header_line(self.sheet, self.at, self.rows)


def columns_page(
    sheet: Sheet, catalogue: SheetCatalogue, remembered: Iterable[HeaderSaid], *, at: int | None = None
) -> ColumnsPage:
    """A sheet's header line with what its columns hold; ``at`` is the row (from 0) that somebody chose as the header."""
    own, _none = header_of(sheet, catalogue, ())
    found, said = header_of(sheet, catalogue, remembered)
    if at is not None and (found is None or found.at != at):
        # A chosen row counts for itself, whatever row was taken for the header.
        own, _none = header_of(sheet, catalogue, [HeaderSaid(header_line(sheet, at, 1))])
        found, said = own, None
    where = found.at if found else (at if at is not None else _likely(sheet))
    rows = found.rows if found else 1
    line = header_line(sheet, where, rows)
    by_itself = own if own is not None and own.at == where else None
    shown = [
        ShownColumn(
            number, text.replace("\n", " ").strip(), _examples(sheet, where + rows, number),
            kind_of(by_itself.meanings[number]) if by_itself and number in by_itself.meanings else "",
            said.columns.get(number) if said else None,
        )
        for number, text in enumerate(line[:MOST_COLUMNS])
    ]  # fmt: skip
    return ColumnsPage(sheet, where, rows, [column for column in shown if column.header or column.examples])


def _likely(sheet: Sheet) -> int:
    """The first row with several filled cells."""
    several = (number for number, row in enumerate(sheet.rows[:25]) if sum(not cell.is_blank for cell in row) > 1)
    return next(several, 0)


def _examples(sheet: Sheet, first: int, column: int) -> str:
    texts = (sheet.cell(row, column).text.strip() for row in range(first, min(len(sheet.rows), first + 20)))
    return "，".join([text[:20] for text in texts if text][:_EXAMPLES])


def kind_choices() -> list[tuple[str, str]]:
    """What a column can be said to hold; the first leaves it to the header."""
    return [("", pgettext("column", "as the header says")), *((kind, kind_word(kind)) for kind in KINDS)]


def said_words(mapping: HeaderMapping, catalogue: SheetCatalogue) -> list[dict[str, Any]]:
    """What is remembered about a header line, column by column."""
    said = as_said(mapping)
    names = {each.code: each.name_zh if formats.in_chinese() else each.name_en for each in catalogue.indicators}
    return [
        {
            "letters": column_letters(number),
            "header": said.line[number].replace("\n", " ").strip() if number < len(said.line) else "",
            "words": " · ".join(filter(None, (kind_word(each.kind), names.get(each.indicator, each.indicator), each.measure, each.period))),
        }
        for number, each in sorted(said.columns.items())
    ]
