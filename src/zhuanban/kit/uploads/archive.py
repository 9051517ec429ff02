"""The directory of a zip container, judged before anything is inflated.

Reads the central directory and the local headers by hand-checked offsets; nothing is written, nothing is trusted that
the two disagree about.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MAX_PARTS = 2_000
MAX_TOTAL_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 1024 * 1024
CHUNK = 1024 * 1024


class Rejected(Exception):
    """The container is refused: a code of the catalogue and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True)
class Part:
    """One part of the container: its name, where its bytes stand, and the sizes both headers state."""

    name: str
    start: int
    packed: int
    size: int
    method: int
    crc: int


def _ends_with_its_directory(data: bytes) -> bool:
    """Whether nothing stands behind the end record: a second file could."""
    return data.rfind(b"PK\x05\x06") == len(data) - 22


def read_directory(data: bytes) -> list[Part]:
    """All parts of the container, after every check the directory allows; raises ``Rejected``."""
    if b"PK\x06\x06" in data[-4096:]:
        raise Rejected("upload_archive_suspicious", reason="zip64")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            gap = archive.start_dir
    # What the library raises over a broken container differs by version and by what is broken: one answer for all of it.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, EOFError) as error:
        raise Rejected("upload_damaged") from error
    if not _ends_with_its_directory(data):
        raise Rejected("upload_archive_suspicious", reason="trailing")
    if len(infos) > MAX_PARTS:
        raise Rejected("upload_too_many_parts", parts=len(infos), most=MAX_PARTS)
    _check_sizes(infos)
    _check_names(infos)
    parts = [_located(data, info) for info in infos]
    _check_overlap(parts, infos, gap)
    return parts


def inflate(data: bytes, part: Part) -> Iterator[bytes]:
    """The content of one part in chunks; stops with ``Rejected`` where it outgrows what the headers state."""
    packed = data[part.start : part.start + part.packed]
    if part.method == zipfile.ZIP_STORED:
        if part.packed != part.size or zlib.crc32(packed) != part.crc:
            raise Rejected("upload_damaged")
        yield packed
        return
    engine = zlib.decompressobj(-15)
    written, crc = 0, 0
    while True:
        try:
            chunk = engine.decompress(packed, CHUNK)
        except zlib.error as error:
            raise Rejected("upload_damaged") from error
        written += len(chunk)
        if written > part.size:
            raise Rejected("upload_archive_suspicious", reason="sizes")
        crc = zlib.crc32(chunk, crc)
        yield chunk
        packed = engine.unconsumed_tail
        if engine.eof or (not chunk and not packed):
            break
    if written != part.size or crc != part.crc:
        raise Rejected("upload_damaged")


def content(data: bytes, part: Part) -> bytes:
    """The whole content of one part, within the same limits."""
    return b"".join(inflate(data, part))


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL_BYTES:
        raise Rejected(
            "upload_unpacks_too_large", megabytes=total // 1024 // 1024, most=MAX_TOTAL_BYTES // 1024 // 1024
        )
    for info in infos:
        if info.file_size > RATIO_FLOOR_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise Rejected(
                "upload_unpacks_too_large", megabytes=total // 1024 // 1024, most=MAX_TOTAL_BYTES // 1024 // 1024
            )


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        pieces = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ":" in name or ".." in pieces or "\0" in name or not name:
            raise Rejected("upload_archive_suspicious", reason="names")
        if stat.S_IFMT(info.external_attr >> 16) == stat.S_IFLNK:
            raise Rejected("upload_archive_suspicious", reason="links")
        if info.flag_bits & 0x41:
            raise Rejected("upload_encrypted_workbook")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Rejected("upload_archive_suspicious", reason="method")
        key = name.replace("\\", "/").lower()
        if key in seen:
            raise Rejected("upload_archive_suspicious", reason="twice")
        seen.add(key)


def _located(data: bytes, info: zipfile.ZipInfo) -> Part:
    """Where the part's bytes begin, by its local header; the two headers must name the same part."""
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise Rejected("upload_damaged")
    flags, method = struct.unpack("<HH", header[6:10])
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    name_at = info.header_offset + 30
    raw_name = data[name_at : name_at + name_length]
    named = raw_name.decode("utf-8" if flags & 0x800 else "cp437", errors="replace")
    if named != info.orig_filename:
        raise Rejected("upload_archive_suspicious", reason="headers")
    if flags & 0x1:
        raise Rejected("upload_encrypted_workbook")
    if method != info.compress_type:
        raise Rejected("upload_archive_suspicious", reason="headers")
    start = name_at + name_length + extra_length
    if start + info.compress_size > len(data):
        raise Rejected("upload_damaged")
    return Part(
        info.filename.replace("\\", "/"), start, info.compress_size, info.file_size, info.compress_type, info.CRC
    )


def _check_overlap(parts: list[Part], infos: list[zipfile.ZipInfo], directory_at: int) -> None:
    spans = sorted((info.header_offset, part.start + part.packed) for info, part in zip(infos, parts, strict=True))
    if not spans or spans[0][0] != 0:
        raise Rejected("upload_archive_suspicious", reason="overlap")
    for (_, end), (begin, _) in zip(spans, [*spans[1:], (directory_at, 0)], strict=True):
        if begin < end:
            raise Rejected("upload_archive_suspicious", reason="overlap")
