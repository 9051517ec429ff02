"""From an uploaded file to a staged sheet: gate, limited child, reading, and what was found in it."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhuanban.indicators import queries
from zhuanban.indicators.models import Figure, ImportBatch
from zhuanban.indicators.queries.staged import NUMBERS, TEXTS, beside_stored, kept_unsaid
from zhuanban.indicators.sheets import FigureRow, ReadOptions, SheetProblem, SheetReading, read_figures
from zhuanban.indicators.sheets.figures import Severity
from zhuanban.indicators.sheets.reading import LEFT_OUT, MAX_ROWS, filled_rows
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets import read_workbook
from zhuanban.kit.uploads import Door, admit
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work

_GRID_ROWS = 400
_GRID_COLUMNS = 40
# A sheet of figures fills a tenth of it; long words in every cell would only fill the database and its record.
_GRID_CHARACTERS = 300_000
_CELL_CHARACTERS = 200
MAX_STAGED = 10


def read_sheet(*, by: Viewer, file_name: str, content: bytes, place_code: str | None = None) -> SheetReading:
    """Everything the file says and everything wrong with it; writes nothing.

    ``place_code`` names the place of rows that name none (the zone by default).
    Raises Refusal for a file that may not come in or cannot be opened, and ``import_too_many_rows``.
    """
    admitted = admit(file_name, content, Door.FIGURES)
    sheets = read_workbook(admitted)
    rows = filled_rows(sheets)
    if rows > MAX_ROWS:
        raise Refusal("import_too_many_rows", file=file_name, rows=rows, most=MAX_ROWS)
    catalogue = queries.sheet_catalogue(viewer=by, as_known=None, place_code=place_code)
    reading = read_figures(sheets, catalogue, file_name=file_name, options=ReadOptions(place=place_code))
    own = {indicator.code for indicator in catalogue.indicators if indicator.allowed}
    return replace(reading, problems=(*reading.problems, *_half_revisions(reading, own)))


def stage_sheet(*, by: Viewer, file_name: str, content: bytes, place_code: str | None = None) -> ImportBatch:
    """Keep a sheet for its preview; nothing of it is published yet. Rows with errors are staged too, to be shown.

    Raises Refusal as ``read_sheet`` does, ``import_nothing`` where no row is a figure and nothing was found wrong, and
    ``import_too_many_staged`` before the file is read.
    """
    by.demand_any("figures.import")
    _check_few_staged(by)
    newest = Figure.objects.order_by("-id").values_list("id", flat=True).first() or 0
    reading = read_sheet(by=by, file_name=file_name, content=content, place_code=place_code)
    if not reading.rows and not reading.problems:
        raise Refusal("import_nothing")
    with work(by.actor, f"导入暂存 {file_name}"[:300]):
        return ImportBatch.objects.create(
            file_name=file_name[-200:],
            file_sha256=hashlib.sha256(content).hexdigest(),
            source=reading.source[:200],
            staged={**encode(reading), "base": newest, "place": place_code or ""},
            row_count=len(reading.rows),
            uploaded_at=clock.now(),
            uploaded_by_id=by.user_id,
            uploaded_by_post=by.signature,
        )


def _check_few_staged(by: Viewer) -> None:
    """The command line is no account and has no page on which to put a sheet away: what broke off there stops nobody."""
    if by.user_id is None:
        return
    waiting = ImportBatch.objects.filter(uploaded_by_id=by.user_id, state=ImportBatch.State.STAGED).count()
    if waiting >= MAX_STAGED:
        raise Refusal("import_too_many_staged", status=409, count=waiting, most=MAX_STAGED)


def _half_revisions(reading: SheetReading, own: set[str]) -> list[SheetProblem]:
    """A row of an own indicator that revises the level and is silent about the growth, or the reverse, is asked about."""
    found = []
    for row, stored in beside_stored(row for row in reading.rows if row.indicator_code in own):
        for name in sorted(kept_unsaid(stored, row)):
            code = "sheet_level_unsaid" if name == "level" else "sheet_growth_unsaid"
            address = row.cells.get("level") or row.cells.get("growth_pct") or ""
            facts = {"period": row.period.title_zh, "kept": f"{getattr(stored, name).normalize():f}"}
            found.append(SheetProblem(Severity.QUESTION, code, address, row.row, facts, row.sheet))
    return found


def encode(reading: SheetReading) -> dict[str, Any]:
    """A reading as JSON; of a cell with long words only their beginning is kept, with an ellipsis."""
    return {
        "rows": [_encode_row(row) for row in reading.rows],
        "problems": [
            {
                "severity": problem.severity.value,
                "code": problem.code,
                "sheet": problem.sheet,
                "address": problem.address,
                "row": problem.row,
                "facts": {name: _kept(str(value)) for name, value in problem.facts.items()},
            }
            for problem in reading.problems
        ],
        "sheet": reading.sheet_name,
        "grid": _kept_grid(reading.grid),
        "grid_rows": len(reading.grid),
    }


def _kept(text: str) -> str:
    return text if len(text) <= _CELL_CHARACTERS else f"{text[: _CELL_CHARACTERS - 1]}{LEFT_OUT}"


def _kept_grid(grid: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """The first rows and columns, as many rows as have room."""
    kept: list[list[str]] = []
    room = _GRID_CHARACTERS
    for line in grid[:_GRID_ROWS]:
        texts = [_kept(text) for text in line[:_GRID_COLUMNS]]
        room -= sum(map(len, texts))
        if room < 0:
            break
        kept.append(texts)
    return kept


def _encode_row(row: FigureRow) -> dict[str, Any]:
    body: dict[str, Any] = {name: _kept(getattr(row, name)) for name in TEXTS}
    body |= {name: getattr(row, name) for name in NUMBERS}
    for name in ("level", "growth_pct"):
        value: Decimal | None = getattr(row, name)
        body[name] = None if value is None else str(value)
    return {**body, "period": row.period.key, "cells": dict(row.cells)}
