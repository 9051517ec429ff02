"""The rows of a staged sheet that are right and those that an error keeps back: what a partial publication would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.queries.staged import StagedRow, staged_rows
from zhuanban.kit.refusals import Problem
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class LeftRow:
    """One row of a sheet that is not published: its number, its first words, and every error that is the reason."""

    sheet: str
    row: int
    words: str
    reasons: tuple[Mapping[str, Any], ...]
    other_sheet: bool = False

    @property
    def where(self) -> str:
        """The number of the row, with its sheet where that is not the one shown."""
        return f"{self.sheet}!{self.row}" if self.other_sheet else str(self.row)

    @property
    def sentences(self) -> list[str]:
        return [Problem(each["code"], each["facts"]).sentence for each in self.reasons]

    def as_kept(self) -> dict[str, Any]:
        """The row as it is kept beside what was published."""
        return {
            "sheet": self.sheet, "row": self.row, "words": self.words, "other_sheet": self.other_sheet,
            "reasons": [dict(each) for each in self.reasons],
        }  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A sheet parted into figures that can be published and rows that cannot."""

    right: list[StagedRow]
    left: tuple[LeftRow, ...]

    @property
    def right_rows(self) -> int:
        """How many rows of the sheet the figures stand in."""
        return len({(each.row.sheet, each.row.row) for each in self.right})


def part_of(batch: ImportBatch) -> Part:
    """A staged sheet parted; nothing is left where it has no errors. Two queries."""
    return Part(staged_rows(batch, only_right=True), _left(batch))


def batch_part(*, viewer: Viewer, as_known: datetime | None, batch: ImportBatch) -> Part:
    """The same for whoever may import; of a published sheet what was left out of it."""
    del as_known
    if batch.state != ImportBatch.State.STAGED:
        return Part([], tuple(_kept(each) for each in batch.left_out))
    return part_of(batch) if viewer.can("figures.import") else Part([], ())


def open_questions(batch: ImportBatch, *, without_refused: bool) -> int:
    """How many questions the recorder has to answer; ``without_refused``: of rows that are to be published."""
    refused = {(sheet, row) for sheet, row in batch.staged.get("refused", [])} if without_refused else set()
    asked = [each for each in batch.staged["problems"] if each["severity"] == "question"]
    return sum(1 for each in asked if (each["sheet"], each["row"]) not in refused)


def _left(batch: ImportBatch) -> tuple[LeftRow, ...]:
    shown, grid = batch.staged.get("sheet", ""), batch.staged.get("grid", [])
    errors: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for each in batch.staged.get("problems", []):
        if each["severity"] == "error":
            reason = {name: each[name] for name in ("code", "address", "facts")}
            errors.setdefault((each["sheet"], each["row"]), []).append(reason)
    found = []
    for sheet, row in batch.staged.get("refused", []):
        texts = grid[row - 1] if sheet == shown and 0 < row <= len(grid) else []
        words = " ".join(text for text in texts if text)[:60]
        found.append(LeftRow(sheet, row, words, tuple(errors.get((sheet, row), ())), sheet != shown))
    return tuple(found)


def _kept(body: Mapping[str, Any]) -> LeftRow:
    return LeftRow(body["sheet"], body["row"], body["words"], tuple(body["reasons"]), body["other_sheet"])
