"""Sheets and files that people of the journeys hand in, made by the product's own writer."""

import struct
import zlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.kit.spreadsheets.writer import workbook_bytes


def sheet(folder: Path, name: str, rows: list[tuple[Any, ...]], *, growth: str = "增速%", kind: str = "growth") -> Path:
    """A sheet of the months January to June 2023 in the form in which departments send them."""
    table = OutTable(
        title="2023年1—6月主要指标",
        columns=(Column("指标"), Column("单位"), Column("本月累计", "level", 2), Column(growth, kind)),
        rows=rows,
        sheet_name="指标",
    )
    path = folder / name
    path.write_bytes(workbook_bytes([table], made_at=datetime(2023, 7, 24, tzinfo=UTC)))
    return path


def row(indicator: str, measure: str, level: str, growth: str | None) -> tuple[Any, ...]:
    return indicator, measure, Decimal(level), None if growth is None else Decimal(growth)


def picture(folder: Path, name: str) -> Path:
    """A small grey PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(b"\0" + b"\x90" * 16 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    path = folder / name
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path
