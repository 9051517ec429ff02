"""What a file is by its content, whatever its name says."""

import re
import struct

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
# Four letters meet by chance once in 500 MB of a picture's noise; with eight readable characters behind them they are words.
_ACTIVE_TEXT = re.compile(rb"<(?:script|html|svg|iframe|\?php)\b(?=[\t\n\r\x20-\x7e]{8})|javascript:", re.IGNORECASE)
MAX_PICTURE_PIXELS = 80_000_000


def family(data: bytes) -> str:
    """The family by the first bytes: zip, ole, pdf, jpeg, png, picture, archive, markup, text or unknown."""
    head = data[:16]
    for magic, name in _MAGICS:
        if head.startswith(magic):
            return name
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<svg", b"<meta")):
        return "markup"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" not in data[:65536]:
        return "text"
    return "unknown"


_MAGICS = (
    (ZIP_MAGIC, "zip"),
    (OLE_MAGIC, "ole"),
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x7fELF", "unknown"),
    (b"MZ", "unknown"),
)

FAMILY_OF_EXTENSION = {
    "xlsx": "zip",
    "ods": "zip",
    "docx": "zip",
    "xls": "ole",
    "csv": "text",
    "pdf": "pdf",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
}


def picture_fault(data: bytes, kind: str) -> str:
    """Why a picture is refused: a code of the catalogue, or an empty string.

    A picture that carries another file behind or inside it (archive, page, script) is refused, and so is one that
    would need more than 80 million pixels to show.
    """
    size = _png_size(data) if kind == "png" else _jpeg_size(data)
    if size is None:
        return "upload_damaged"
    if size[0] * size[1] > MAX_PICTURE_PIXELS:
        return "upload_picture_too_large"
    if _ACTIVE_TEXT.search(data) or _hides_zip(data):
        return "upload_two_files_in_one"
    if kind == "png" and not data.rstrip(b"\0\r\n").endswith(b"IEND\xaeB`\x82"):
        return "upload_damaged" if b"IEND\xaeB`\x82" not in data else "upload_two_files_in_one"
    return ""


def pdf_fault(data: bytes) -> str:
    """Why a PDF is refused: cut off, or another file hidden in it."""
    if b"%%EOF" not in data[-2048:]:
        return "upload_damaged"
    if _hides_zip(data):
        return "upload_two_files_in_one"
    return ""


def pdf_flags(data: bytes) -> tuple[str, ...]:
    """What in a PDF asks a reader to act; such files are only ever handed out as downloads."""
    marks = {
        "script": rb"/(?:JavaScript|JS)\b",
        "launch": rb"/(?:Launch|SubmitForm|ImportData)\b",
        "attachment": rb"/EmbeddedFiles?\b",
        "encrypted": rb"/Encrypt\b",
    }
    return tuple(flag for flag, pattern in marks.items() if re.search(pattern, data))


def _hides_zip(data: bytes) -> bool:
    end = data.rfind(b"PK\x05\x06")
    return end >= 0 and len(data) - end >= 22 and data.find(b"PK\x01\x02") >= 0


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header; None where no frame header is reached."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + max(2, struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
