"""What comes out of reading a sheet: typed figure rows and every problem found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhuanban.calc.periods import Basis, Period


class Severity(StrEnum):
    """What a problem asks: to be corrected, to be answered, or to be known."""

    ERROR = "error"
    QUESTION = "question"
    NOTICE = "notice"


@dataclass(frozen=True)
class FigureRow:
    """One figure as the sheet reports it: indicator, place, period, level in the indicator's measure, official growth.

    None is not reported, 0 a reported zero. ``cells`` names the A1 address of each field, ``row`` the sheet row
    counted from 1.
    """

    indicator_code: str
    place_key: str
    period: Period
    level: Decimal | None
    growth_pct: Decimal | None
    rank: int | None = None
    rank_of: int | None = None
    rank_scope: str = ""
    status: str = "official"
    source: str = ""
    note: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0

    @property
    def basis(self) -> Basis:
        """Since January, one quarter, or one month alone (also the month at whose end a balance stood)."""
        if self.period.is_month:
            return Basis.MONTH
        return Basis.CUMULATIVE if self.period.is_cumulative else Basis.QUARTER

    @property
    def identity(self) -> tuple[str, str, Period, str]:
        """What may stand once in a file."""
        return self.indicator_code, self.place_key, self.period, self.status


@dataclass(frozen=True)
class SheetProblem:
    """One thing found in a sheet, at its cell and row (counted from 1, 0 for the whole sheet).

    ``error``: the batch cannot be published. ``question``: the recorder has to say that it is right as it stands.
    ``notice``: read in a way worth knowing.
    """

    severity: Severity
    code: str
    address: str = ""
    row: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""

    @property
    def where(self) -> str:
        """Sheet and address as shown."""
        return f"{self.sheet}!{self.address}" if self.sheet and self.address else self.address or self.sheet


@dataclass(frozen=True)
class SheetReading:
    """The outcome for a whole file.

    Rows with an error are in ``rows`` where the rest of the row could be read. ``grid`` is the first sheet read, as
    text, for the preview, with … for what stands in columns that are not read; ``source`` a line of the title that names where the figures come from.
    """

    rows: tuple[FigureRow, ...]
    problems: tuple[SheetProblem, ...]
    grid: tuple[tuple[str, ...], ...] = ()
    sheet_name: str = ""
    source: str = ""
    said: tuple[str, ...] = ()
    """The signatures of the header lines that were read as somebody had said."""
    refused: frozenset[tuple[str, int]] = frozenset()
    """Sheet and number of every row that cannot be published as it stands, those of a sheet's head included."""

    @property
    def errors(self) -> tuple[SheetProblem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[SheetProblem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.QUESTION)

    @property
    def notices(self) -> tuple[SheetProblem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.NOTICE)
