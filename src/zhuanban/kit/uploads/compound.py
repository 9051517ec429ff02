"""Old Office files (OLE compound files): the directory and one stream, read with every step bounded."""

import struct
from dataclasses import dataclass

from zhuanban.kit.uploads.kinds import OLE_MAGIC

_END = 0xFFFFFFFE
_MAX_SECTORS = 200_000


class Damaged(Exception):
    """The container does not hold together."""


@dataclass(frozen=True)
class Entry:
    """One directory entry: its name, kind (1 storage, 2 stream, 5 root), first sector and size."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(OLE_MAGIC):
            raise Damaged
        self._data = data
        shift, self._mini_shift = struct.unpack("<HH", data[30:34])
        if shift not in (9, 12) or self._mini_shift != 6:
            raise Damaged
        self._sector = 1 << shift
        self._fat = self._read_fat()
        directory_start = struct.unpack("<I", data[48:52])[0]
        self.entries = _entries(self._chain(directory_start))

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries)

    def stream(self, *names: str) -> bytes:
        """The bytes of the first stream with one of the names; raises ``Damaged`` where none is there."""
        for entry in self.entries:
            if entry.kind == 2 and entry.name in names:
                return self._content(entry)
        raise Damaged

    def _content(self, entry: Entry) -> bytes:
        cutoff = struct.unpack("<I", self._data[56:60])[0]
        if entry.size >= cutoff:
            return self._chain(entry.start)[: entry.size]
        root = next((e for e in self.entries if e.kind == 5), None)
        if root is None:
            raise Damaged
        mini = self._chain(root.start)
        table = _words(self._chain(struct.unpack("<I", self._data[60:64])[0]))
        return b"".join(mini[s * 64 : s * 64 + 64] for s in _follow(table, entry.start))[: entry.size]

    def _read_fat(self) -> tuple[int, ...]:
        count, difat_start = struct.unpack("<I", self._data[44:48])[0], struct.unpack("<I", self._data[68:72])[0]
        sectors = list(struct.unpack("<109I", self._data[76:512]))
        seen = 0
        while difat_start < 0xFFFFFFFA:
            words = _words(self._read_sector(difat_start))
            sectors += words[:-1]
            difat_start = words[-1]
            seen += 1
            if seen > 1000:
                raise Damaged
        used = [s for s in sectors if s < 0xFFFFFFFA][:count]
        return _words(b"".join(self._read_sector(s) for s in used))

    def _read_sector(self, number: int) -> bytes:
        at = (number + 1) * self._sector
        if at >= len(self._data):
            raise Damaged
        return self._data[at : at + self._sector]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._read_sector(s) for s in _follow(self._fat, start))


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _follow(table: tuple[int, ...], start: int) -> list[int]:
    chain: list[int] = []
    seen: set[int] = set()
    while start < 0xFFFFFFFA:
        if start in seen or start >= len(table) or len(chain) > _MAX_SECTORS:
            raise Damaged
        seen.add(start)
        chain.append(start)
        start = table[start]
    if start != _END:
        raise Damaged
    return chain


def _entries(directory: bytes) -> tuple[Entry, ...]:
    found = []
    for at in range(0, len(directory) - 127, 128):
        raw = directory[at : at + 128]
        length = struct.unpack("<H", raw[64:66])[0]
        if not 2 <= length <= 64:
            continue
        name = raw[: length - 2].decode("utf-16-le", errors="replace")
        start, size = struct.unpack("<II", raw[116:124])
        found.append(Entry(name, raw[66], start, size))
    return tuple(found)
