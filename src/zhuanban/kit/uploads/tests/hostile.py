"""Builders of good and hostile files for the tests of uploads and spreadsheets."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

WORKBOOK_XML = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def sheet_xml(rows: str, *, before: str = "", dimension: str = "") -> str:
    return (
        f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{dimension}'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


ONE_CELL = '<row r="1"><c r="A1"><v>5</v></c></row>'


def parts(sheet: str | None = None, **more: str | bytes) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK_XML,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(ONE_CELL),
        **more,
    }


def zipped(content: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return held.getvalue()


def workbook(sheet: str | None = None, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    return zipped({**parts(sheet), **(extra or {})})


def written(rows: list[list[object]], percent: set[tuple[int, int]] = frozenset()) -> bytes:  # type: ignore[assignment]
    """A workbook as a spreadsheet program writes it; places in ``percent`` carry a percent format."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("表")
    form = book.add_format({"num_format": "0.0%"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, form if (r, c) in percent else None)
    book.close()
    return held.getvalue()


def ods(rows: str, *, kind: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = "") -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest or "<manifest/>", "content.xml": content})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An old-style (OLE) container; streams are padded so that none is small enough for the mini stream."""
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, tuple[int, int]] = {}
    for name, data in streams.items():
        body = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        starts[name] = (len(sectors), len(body))
        count = len(body) // 512
        fat += [len(sectors) + i + 1 for i in range(count - 1)] + [0xFFFFFFFE]
        sectors += [body[i * 512 : i * 512 + 512] for i in range(count)]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)] + [_entry(n, 2, s, size) for n, (s, size) in starts.items()]
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    directory_at = len(sectors)
    count = len(directory) // 512
    fat += [directory_at + i + 1 for i in range(count - 1)] + [0xFFFFFFFE]
    sectors += [directory[i * 512 : i * 512 + 512] for i in range(count)]
    fat_at = len(sectors)
    assert len(fat) < 127
    fat.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_at, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    entry += b"\0" * 36 + struct.pack("<II", start, size) + b"\0" * 4
    return entry


def xls(cells: list[tuple[int, int, float | str, bool]]) -> bytes:
    """A smallest BIFF8 workbook: numbers and short texts; the flag gives a cell the percent format."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    bof = struct.pack("<HHHHII", 0x600, 0x5, 0xDBB, 0x7CC, 0, 6)
    style = b"\0\0" + b"%s" + b"\0" * 16
    globals_ = record(0x809, bof) + record(0x42, struct.pack("<H", 1200))
    globals_ += b"".join(record(0xE0, style % struct.pack("<H", key)) for key in (0, 10))
    name = "表".encode("utf-16-le")
    sheet_name = struct.pack("<BB", 1, 1) + name
    at = len(globals_) + 4 + 6 + len(sheet_name) + 4
    globals_ += record(0x85, struct.pack("<IBB", at, 0, 0) + sheet_name) + record(0x0A, b"")
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0xDBB, 0x7CC, 0, 6))
    rows, columns = max(c[0] for c in cells) + 1, max(c[1] for c in cells) + 1
    body += record(0x200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))
    for row, column, value, percent in cells:
        place = struct.pack("<HHH", row, column, int(percent))
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            body += record(0x204, place + struct.pack("<HB", len(value), 1) + text)
        else:
            body += record(0x203, place + struct.pack("<d", value))
    return compound({"Workbook": globals_ + body + record(0x0A, b"")})


def png(width: int, height: int, tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 4))
        + chunk(b"IEND", b"")
        + tail
    )


def jpeg(comment: bytes = b"") -> bytes:
    note = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return b"\xff\xd8" + note + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 10, 10, 1) + b"\x01\x11\0" + b"\xff\xd9"


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
