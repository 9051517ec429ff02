"""A staged sheet as its recorder knows it: the grid with letters and row numbers, problems at their cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.queries import BatchEffect, LeftRow
from zhuanban.indicators.queries.imports import state_word
from zhuanban.indicators.sheets.reading import LEFT_OUT
from zhuanban.kit.refusals import Problem
from zhuanban.kit.spreadsheets.cells import column_letters

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
ORDER = {"error": 0, "question": 1, "notice": 2}
HEADER_DOUBTS = frozenset(
    {
        "sheet_column_not_read", "sheet_header_doubled", "sheet_header_missing", "sheet_indicator_header_missing",
        "sheet_value_header_missing",
    }
)  # fmt: skip
"""Findings that go away where somebody says which column is which."""
_NUMBERS_SHOWN = 30


@dataclass(frozen=True)
class ShownProblem:
    """One problem with its sentence; ``anchor`` is the cell's place on the page."""

    severity: str
    sentence: str
    address: str
    row: int
    sheet: str
    shown: bool

    @property
    def anchor(self) -> str:
        """The row's place on the page; empty for what stands on another sheet or concerns the whole file."""
        return f"row-{self.row}" if self.shown and self.row else ""

    @property
    def where(self) -> str:
        return self.address if self.shown else f"{self.sheet} {self.address}".strip()


@dataclass
class ShownCell:
    """One cell: its text and the worst thing said about it."""

    text: str
    address: str
    mark: str = ""
    is_number: bool = False


@dataclass
class ShownLine:
    """One row of the sheet with what was found in it."""

    number: int
    cells: list[ShownCell]
    problems: list[ShownProblem] = field(default_factory=list)


def problems_of(batch: ImportBatch) -> list[ShownProblem]:
    """Everything found, errors first, in the order of the sheet."""
    grid_of = batch.staged.get("sheet", "")
    found = [
        ShownProblem(
            each["severity"], Problem(each["code"], each["facts"]).sentence, each["address"], int(each["row"]),
            each.get("sheet", ""), each.get("sheet", "") in ("", grid_of),
        )  # fmt: skip
        for each in batch.staged.get("problems", [])
    ]
    return sorted(found, key=lambda problem: (ORDER[problem.severity], problem.row))


def row_numbers(left: Sequence[LeftRow]) -> str:
    """The numbers of rows that are left out, cut where there are very many."""
    numbers = "、".join(each.where for each in left[:_NUMBERS_SHOWN])
    return f"{numbers} …" if len(left) > _NUMBERS_SHOWN else numbers


def sheet_page(batch: ImportBatch, effect: BatchEffect) -> dict[str, Any]:
    """The grid, its column letters and its problems. Long sheets show their first rows and those with problems."""
    problems = problems_of(batch)
    grid: list[list[str]] = batch.staged.get("grid", [])
    width = max((len(line) for line in grid), default=0)
    lines = [_line(number, texts, width) for number, texts in enumerate(grid, start=1)]
    _mark_differences(effect, batch.staged.get("sheet", ""), lines)
    for problem in problems:
        _place(problem, lines)
    shown = _worth_showing(lines)
    count = {kind: sum(1 for problem in problems if problem.severity == kind) for kind in ORDER}
    return {
        "state_word": state_word(batch.state),
        "letters": [column_letters(column) for column in range(width)],
        "lines": shown,
        "hidden": max(batch.staged.get("grid_rows", len(grid)), len(grid)) - len(shown),
        "shortened": any(cell.text.endswith(LEFT_OUT) for line in shown for cell in line.cells),
        "problems": problems,
        "errors": count["error"],
        "questions": count["question"],
        "notices": count["notice"],
        "effect": effect,
        "changes": effect.changes[:40],
        "stages": _stages(batch, has_errors=count["error"] > 0),
    }


def _stages(batch: ImportBatch, *, has_errors: bool) -> list[dict[str, Any]]:
    """Upload, check, publish, confirm: where the sheet stands."""
    published = batch.state == ImportBatch.State.PUBLISHED
    staged = batch.state == ImportBatch.State.STAGED
    return [
        {"label": pgettext("sheet", "Upload"), "done": True, "current": False},
        {"label": pgettext("sheet", "Check"), "done": published or (staged and not has_errors),
         "current": staged and has_errors},
        {"label": pgettext("sheet", "Publish"), "done": published, "current": staged and not has_errors},
        {"label": pgettext("sheet", "Confirm"), "done": batch.confirmed_at is not None,
         "current": published and batch.confirmed_at is None},
    ]  # fmt: skip


def _mark_differences(effect: BatchEffect, sheet: str, lines: list[ShownLine]) -> None:
    """Cells whose figure is new or differs from what is stored carry it; a problem at the cell covers it later."""
    by_address: dict[str, str] = {}
    for row in effect.rows:
        if row.row.sheet not in ("", sheet):
            continue
        for name, address in row.row.cells.items():
            if row.state == "new":
                by_address[address] = "new"
            elif name in row.differing:
                by_address[address] = "differs"
    for line in lines:
        for cell in line.cells:
            cell.mark = by_address.get(cell.address, "")


def _line(number: int, texts: list[str], width: int) -> ShownLine:
    filled = [*texts, *[""] * (width - len(texts))]
    return ShownLine(
        number,
        [
            ShownCell(text, f"{column_letters(column)}{number}", is_number=bool(re.fullmatch(r"[-−+]?[\d.,]+%?", text)))
            for column, text in enumerate(filled)
        ],
    )


def _place(problem: ShownProblem, lines: list[ShownLine]) -> None:
    if not problem.shown or not 1 <= problem.row <= len(lines):
        return
    line = lines[problem.row - 1]
    line.problems.append(problem)
    found = _ADDRESS.fullmatch(problem.address)
    for cell in line.cells:
        if found and cell.address == problem.address and cell.mark not in ORDER:
            cell.mark = problem.severity


def _worth_showing(lines: list[ShownLine]) -> list[ShownLine]:
    return [line for line in lines if line.number <= 60 or line.problems]
