"""Percent cells of an old Excel workbook (.xls, BIFF8), read from its records; runs in the child process only."""

import struct
from collections.abc import Iterator

from zhuanban.kit.spreadsheets.number_formats import Marks, Place, is_percent_format
from zhuanban.kit.uploads.compound import CompoundFile

_BOUNDSHEET, _FORMAT, _XF, _EOF = 0x85, 0x41E, 0xE0, 0x0A
_NUMBER, _RK, _MULRK, _FORMULA = 0x203, 0x27E, 0xBD, 0x06


def old_workbook_marks(data: bytes) -> dict[str, Marks]:
    """Marks of every sheet of an .xls workbook by sheet name."""
    stream = CompoundFile(data).stream("Workbook", "Book")
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _FORMAT and len(body) >= 5:
            formats[struct.unpack("<H", body[:2])[0]] = _text(body[2:], wide_count=True)
        elif kind == _XF and len(body) >= 4:
            styles.append(struct.unpack("<H", body[2:4])[0])
        elif kind == _BOUNDSHEET and len(body) >= 8:
            sheets.append((_text(body[6:], wide_count=False), struct.unpack("<I", body[:4])[0]))
        elif kind == _EOF:
            break
    percent = {i for i, key in enumerate(styles) if is_percent_format(formats.get(key, "%" if key in (9, 10) else ""))}
    return {name: Marks(percent=_percent_places(stream, at, percent)) for name, at in sheets}


def _percent_places(stream: bytes, at: int, percent: set[int]) -> set[Place]:
    places: set[Place] = set()
    for kind, body in _records(stream, at):
        if kind == _EOF:
            break
        if kind in (_NUMBER, _RK, _FORMULA) and len(body) >= 6:
            row, column, style = struct.unpack("<HHH", body[:6])
            if style in percent:
                places.add((row, column))
        elif kind == _MULRK and len(body) >= 12:
            row, first = struct.unpack("<HH", body[:4])
            for offset, start in enumerate(range(4, len(body) - 2, 6)):
                if struct.unpack("<H", body[start : start + 2])[0] in percent:
                    places.add((row, first + offset))
    return places


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack("<HH", stream[at : at + 4])
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(body: bytes, *, wide_count: bool) -> str:
    """A BIFF8 string: its count of characters, a flag for the width of one, the characters."""
    size = 2 if wide_count else 1
    count = int.from_bytes(body[:size], "little")
    if body[size] & 1:
        return body[size + 1 : size + 1 + 2 * count].decode("utf-16-le", errors="replace")
    return body[size + 1 : size + 1 + count].decode("latin-1")
