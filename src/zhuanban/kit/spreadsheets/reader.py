"""Reading a table that somebody uploaded: in a limited child process, into plain typed cells."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.cells import Cell, CellKind, Sheet
from zhuanban.kit.uploads.gate import Admitted

WALL_SECONDS = 30.0
MAX_ANSWER_BYTES = 200 * 1024 * 1024
_SOURCE = str(Path(__file__).resolve().parents[3])
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from zhuanban.kit.spreadsheets.child import main; main()"
_KINDS: dict[str, CellKind] = {"n": "number", "p": "number", "d": "date", "l": "logical", "e": "error", "s": "text"}


def read_sheets(data: bytes, kind: str, *, name: str = "", wall_seconds: float = WALL_SECONDS) -> list[Sheet]:
    """The visible sheets of an admitted file (``xlsx``, ``xls``, ``ods``, ``csv``), empty ones left out.

    Raises ``Refusal`` where the file cannot be read, holds nothing, or where the reader ran into its limits or died.
    """
    answer = _answer(_run(f"{kind}\n".encode() + data, wall_seconds), name)
    if "problem" in answer:
        facts = {str(key): value for key, value in answer.get("facts", {}).items()}
        raise Refusal(str(answer["problem"]), where=name, **{"file": name, **facts})
    sheets = [_sheet(item) for item in answer["sheets"]]
    filled = [sheet for sheet in sheets if any(not c.is_blank for row in sheet.rows for c in row)]
    if not filled:
        raise Refusal("sheet_empty", where=name, file=name)
    return filled


def read_workbook(admitted: Admitted) -> list[Sheet]:
    """The visible sheets of a file that passed the upload gate; refusals as ``read_sheets``."""
    return read_sheets(admitted.data, admitted.kind, name=admitted.name)


def _answer(output: bytes | None, name: str) -> dict[str, Any]:
    if output is None:
        raise Refusal("sheet_reader_stopped", where=name, file=name)
    try:
        answer = json.loads(output)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not ("sheets" in answer or "problem" in answer):
        raise Refusal("sheet_reader_stopped", where=name, file=name)
    return answer


def _run(message: bytes, wall_seconds: float) -> bytes | None:
    """The child's whole answer; None where it died, was too slow or said too much."""
    with _in_memory() as given:
        given.write(message)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-B", "-c", _PROGRAM, _SOURCE],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        try:
            output = _collected(child, time.monotonic() + wall_seconds)
            if output is not None:
                child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            output = None
        finally:
            _end(child)
    return output if child.returncode == 0 else None


def _in_memory() -> IO[bytes]:
    """A file that never touches the disk where the system has such files."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("table"), "w+b")
    return tempfile.TemporaryFile()


def _collected(child: "subprocess.Popen[bytes]", until: float) -> bytes | None:
    assert child.stdout is not None
    pieces: list[bytes] = []
    size = 0
    handle = child.stdout.fileno()
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([handle], [], [], left)
        if not ready:
            break
        piece = os.read(handle, 1024 * 1024)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER_BYTES:
            break
    return None


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _sheet(item: dict[str, Any]) -> Sheet:
    rows = [[_cell(value, r, c) for c, value in enumerate(row)] for r, row in enumerate(item["rows"])]
    return Sheet(str(item["name"]), rows, bool(item["percent"]))


def _cell(value: str | None, row: int, column: int) -> Cell:
    if value is None:
        return Cell("blank", "", row, column)
    kind, text = _KINDS[value[0]], value[1:]
    if kind == "number":
        return _number(text, row, column, percent=value[0] == "p")
    if kind == "date":
        return Cell("date", text, row, column, day=date.fromisoformat(text))
    return Cell(kind, text, row, column)


def _number(text: str, row: int, column: int, *, percent: bool) -> Cell:
    """A number cell with its exact decimal value; a value that is no finite number stays an error."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Cell("error", text, row, column)
    if not number.is_finite():
        return Cell("error", text, row, column)
    number = _without_noise(number)
    return Cell("number", format(number, "f"), row, column, number=number, percent=percent)


_FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


def _without_noise(number: Decimal) -> Decimal:
    """The number to 15 significant digits, all that a workbook shows: 5.199999999999999 is 5.2."""
    if number != number.to_integral_value() and len(number.as_tuple().digits) > 15:
        number = _FIFTEEN_DIGITS.plus(number)
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 24:
        return number.quantize(Decimal(1))
    return number.normalize()
