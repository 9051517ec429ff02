"""A staged sheet as its recorder knows it: the grid with letters and row numbers, problems at their cells."""

import re
from dataclasses import dataclass, field
from typing import Any

from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.queries.imports import state_word
from zhuanban.kit.refusals import Problem
from zhuanban.kit.spreadsheets.cells import column_letters

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_ORDER = {"error": 0, "question": 1, "notice": 2}


@dataclass(frozen=True)
class ShownProblem:
    """One problem with its sentence; ``anchor`` is the cell's place on the page."""

    severity: str
    sentence: str
    address: str
    row: int

    @property
    def anchor(self) -> str:
        return f"cell-{self.address}" if self.address else f"row-{self.row}"


@dataclass
class ShownCell:
    """One cell: its text and the worst thing said about it."""

    text: str
    address: str
    severity: str = ""
    is_number: bool = False


@dataclass
class ShownLine:
    """One row of the sheet with what was found in it."""

    number: int
    cells: list[ShownCell]
    problems: list[ShownProblem] = field(default_factory=list)


def problems_of(batch: ImportBatch) -> list[ShownProblem]:
    """Everything found, errors first, in the order of the sheet."""
    found = [
        ShownProblem(
            each["severity"], Problem(each["code"], each["facts"]).sentence, each["address"], int(each["row"])
        )
        for each in batch.staged.get("problems", [])
    ]
    return sorted(found, key=lambda problem: (_ORDER[problem.severity], problem.row))


def sheet_page(batch: ImportBatch) -> dict[str, Any]:
    """The grid, its column letters and its problems. Long sheets show their rows with problems and the first ones."""
    problems = problems_of(batch)
    grid: list[list[str]] = batch.staged.get("grid", [])
    width = max((len(line) for line in grid), default=0)
    lines = [_line(number, texts, width) for number, texts in enumerate(grid, start=1)]
    for problem in problems:
        _place(problem, lines)
    return {
        "state_word": state_word(batch.state),
        "letters": [column_letters(column) for column in range(width)],
        "lines": _worth_showing(lines),
        "hidden": len(lines) - len(_worth_showing(lines)) + batch.staged.get("grid_rows", 0) - len(grid),
        "problems": problems,
        "errors": sum(1 for problem in problems if problem.severity == "error"),
        "questions": sum(1 for problem in problems if problem.severity == "question"),
        "notices": sum(1 for problem in problems if problem.severity == "notice"),
    }


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
    if not 1 <= problem.row <= len(lines):
        return
    line = lines[problem.row - 1]
    line.problems.append(problem)
    found = _ADDRESS.fullmatch(problem.address)
    for cell in line.cells:
        if found and cell.address == problem.address and not cell.severity:
            cell.severity = problem.severity


def _worth_showing(lines: list[ShownLine]) -> list[ShownLine]:
    return [line for line in lines if line.number <= 60 or line.problems]
