"""From an uploaded file to a staged sheet: gate, limited child, reading, and what was found in it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhuanban.files import queries as files
from zhuanban.files.models import Attachment
from zhuanban.files.services import keep_admitted, record_file
from zhuanban.indicators import queries
from zhuanban.indicators.models import Figure, ImportBatch
from zhuanban.indicators.queries.staged import NUMBERS, TEXTS, beside_stored, kept_unsaid
from zhuanban.indicators.sheets import FigureRow, ReadOptions, SheetProblem, SheetReading, read_figures
from zhuanban.indicators.sheets.figures import Severity
from zhuanban.indicators.sheets.findings import rows_of
from zhuanban.indicators.sheets.reading import LEFT_OUT, MAX_ROWS, filled_rows
from zhuanban.indicators.sheets.said import HeaderSaid
from zhuanban.kit import clock, formats
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets import Sheet, read_workbook
from zhuanban.kit.uploads import Admitted, Door, admit
from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work

_GRID_ROWS = 400
_GRID_COLUMNS = 40
# A sheet of figures fills a tenth of it; long words in every cell would only fill the database and its record.
_GRID_CHARACTERS = 300_000
_CELL_CHARACTERS = 200
MAX_STAGED = 10


def read_sheet(
    *, by: Viewer, file_name: str, content: bytes, place_code: str | None = None, sender_id: int | None = None
) -> SheetReading:
    """Everything the file says and everything wrong with it; writes nothing.

    ``place_code`` names the place of rows that name none (the zone by default), ``sender_id`` the unit whose remembered
    columns count. Raises Refusal for a file that may not come in or cannot be opened, and ``import_too_many_rows``.
    """
    said = queries.said_of_sender(viewer=by, as_known=None, unit_id=sender_id)
    return read_admitted(admit(file_name, content, Door.FIGURES), file_name=file_name, by=by, place_code=place_code, said=said)


def read_admitted(
    admitted: Admitted, *, file_name: str, by: Viewer, place_code: str | None, said: tuple[HeaderSaid, ...]
) -> SheetReading:
    """The same for a file that passed the gate, with what was said about its columns."""
    sheets = read_workbook(admitted)
    rows = filled_rows(sheets)
    if rows > MAX_ROWS:
        raise Refusal("import_too_many_rows", file=file_name, rows=rows, most=MAX_ROWS)
    catalogue = queries.sheet_catalogue(viewer=by, as_known=None, place_code=place_code)
    options = ReadOptions(place=place_code, said=said)
    reading = read_figures(sheets, catalogue, file_name=file_name, options=options)
    own = {indicator.code for indicator in catalogue.indicators if indicator.allowed}
    return replace(reading, problems=(*reading.problems, *_half_revisions(reading, own)))


def stage_sheet(
    *, by: Viewer, file_name: str, content: bytes, place_code: str | None = None, sender_id: int | None = None,
    again: bool = False,
) -> ImportBatch:
    """Keep a sheet for its preview; nothing of it is published yet. Rows with errors are staged too, to be shown.

    The file itself is kept beside it, so that it can go back with what was found in it. ``sender_id`` is the unit it
    comes from, by default the recorder's own; ``again`` says that the very same file is meant to come in once more.
    Raises Refusal as ``read_sheet`` does, ``import_nothing`` where no row is a figure and nothing was found wrong, and
    ``import_too_many_staged`` and ``import_same_file`` before the file is read.
    """
    by.demand_any("figures.import")
    _check_few_staged(by)
    admitted = admit(file_name, content, Door.FIGURES)
    if not again:
        _check_new(by, admitted.sha256)
    sender = _sender(by, sender_id)
    newest = newest_figure_id()
    said = queries.said_of_sender(viewer=by, as_known=None, unit_id=sender)
    reading = read_admitted(admitted, file_name=file_name, by=by, place_code=place_code, said=said)
    if not reading.rows and not reading.problems:
        raise Refusal("import_nothing")
    stored = keep_admitted(admitted, by_key=by.actor.key)
    with work(by.actor, f"导入暂存 {file_name}"[:300]):
        return ImportBatch.objects.create(
            file_name=file_name[-200:],
            file_sha256=admitted.sha256,
            source=reading.source[:200],
            staged={**encode(reading), "base": newest, "place": place_code or ""},
            row_count=len(reading.rows),
            upload=record_file(stored, by_label=by.signature, by_key=by.actor.key),
            sender_id=sender,
            uploaded_at=clock.now(),
            uploaded_by_id=by.user_id,
            uploaded_by_post=by.signature,
        )


def sheets_of(upload: Attachment) -> list[Sheet]:
    """The sheets of a kept file, read anew. Refusals: file_missing, file_changed; those of the reader."""
    return read_workbook(kept_file(upload))


def kept_file(upload: Attachment) -> Admitted:
    """A kept file as the reader takes it; it passed the gate when it came in. Refusals: file_missing, file_changed."""
    return Admitted(upload.original_name, upload.kind, files.content(upload), upload.sha256)


def note_returned(*, by: Viewer, batch: ImportBatch) -> None:
    """Say in the record that a sheet was taken out with its findings."""
    by.demand_any("figures.sheets")
    with work(by.actor, f"导出核对结果 {batch.file_name}"[:300]):
        record_event("export", "sheet", f"导出核对结果 {batch.file_name}"[:300])


def newest_figure_id() -> int:
    """The number of the newest figure: whatever is newer was published after a sheet was read."""
    return Figure.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _check_new(by: Viewer, sha256: str) -> None:
    """Whoever hands in a file that came in before is told so first, as far as he may know of it."""
    earlier = queries.earlier_upload(viewer=by, as_known=None, sha256=sha256)
    if earlier is not None:
        raise Refusal(
            "import_same_file", status=409, on=formats.instant_words(earlier.uploaded_at), by=earlier.uploaded_by_post,
            file=earlier.file_name, became=earlier.state_word,
        )  # fmt: skip


def _sender(by: Viewer, sender_id: int | None) -> int | None:
    """The unit a sheet comes from: another one than the own only for whoever records for all. Refusals: import_sender_unknown."""
    if sender_id is None or sender_id == by.unit_id:
        return by.unit_id
    if sender_id not in {unit.pk for unit in queries.senders(viewer=by, as_known=None)}:
        raise Refusal("import_sender_unknown", where="sender")
    return sender_id


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
        "rows": [_encode_row(row, is_right=not (rows_of(row) & reading.refused)) for row in reading.rows],
        "refused": sorted(map(list, reading.refused)),
        "said": list(reading.said),
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


def _encode_row(row: FigureRow, *, is_right: bool) -> dict[str, Any]:
    body: dict[str, Any] = {name: _kept(getattr(row, name)) for name in TEXTS}
    body |= {name: getattr(row, name) for name in NUMBERS}
    for name in ("level", "growth_pct"):
        value: Decimal | None = getattr(row, name)
        body[name] = None if value is None else str(value)
    return {**body, "period": row.period.key, "cells": dict(row.cells), "right": is_right}
