"""Small real files for the tests of every room that takes evidence."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def png_bytes(shade: int = 128) -> bytes:
    """A grey picture of 8 × 8 points; another shade is another content."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes([shade]) * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(name: str = "现场照片.png", shade: int = 128) -> SimpleUploadedFile:
    """An upload as the browser sends it."""
    return SimpleUploadedFile(name, png_bytes(shade), content_type="image/png")


class NamedBytes(io.BytesIO):
    """Bytes with a name: what a command or the demo hands in."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name
