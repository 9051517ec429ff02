"""The same document gives the same file: entries in order of their names, with one date."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(archive: bytes) -> bytes:
    """The archive with the same contents, free of the moment at which it was made."""
    sheet = BytesIO()
    with ZipFile(BytesIO(archive)) as made, ZipFile(sheet, "w") as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            kept.writestr(entry, made.read(name))
    return sheet.getvalue()
