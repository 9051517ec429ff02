"""The doors through which files come in, and what each lets pass."""

from dataclasses import dataclass
from typing import ClassVar

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Door:
    """One place where files are handed in: its stable key, the accepted extensions and the size cap in bytes."""

    key: str
    extensions: tuple[str, ...]
    max_bytes: int

    FIGURES: ClassVar["Door"]
    EVIDENCE: ClassVar["Door"]

    @property
    def accept(self) -> str:
        """The ``accept`` attribute of the file field."""
        return ",".join(f".{extension}" for extension in self.extensions)

    @property
    def max_megabytes(self) -> int:
        return self.max_bytes // MEGABYTE


Door.FIGURES = Door("figures", ("xlsx", "csv", "xls", "ods"), 20 * MEGABYTE)
Door.EVIDENCE = Door("evidence", ("pdf", "jpg", "jpeg", "png", "docx", "xlsx"), 20 * MEGABYTE)

SAVE_AS_WORKBOOK = frozenset({"xlsm", "xlsb", "xltx", "xltm", "xlt", "et", "ett", "numbers", "fods", "dbf"})
SAVE_AS_DOCUMENT = frozenset({"doc", "docm", "dot", "dotx", "dotm", "wps", "wpt", "rtf", "odt", "pages"})
SAVE_AS_CSV = frozenset({"txt", "tsv", "tab", "prn"})
UNPACK_FIRST = frozenset({"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz"})
SAVE_AS_PICTURE = frozenset({"bmp", "gif", "tif", "tiff", "webp", "heic", "heif", "svg"})
