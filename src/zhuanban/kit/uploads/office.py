"""Office containers (xlsx, docx, ods) looked at part by part: no macros, no links out, no objects, no entities, no bombs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhuanban.kit.uploads.archive import Part, Rejected, content, inflate, read_directory

MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_TAG_BYTES = 1024 * 1024
_LONGEST_ROW = 20_000
_MAX_SMALL_PART = 4 * 1024 * 1024

_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|basic/|scripts/|macrosheets/)", re.IGNORECASE)
_LINKS = re.compile(r"(?:^|/)(?:externallinks/|connections\.xml$|querytables/)", re.IGNORECASE)
_OBJECTS = re.compile(r"(?:^|/)(?:embeddings/|activex/|oleobject)|^object ", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']{1,40})["']""")
_SAFE_ENCODINGS = frozenset(
    {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"gbk", b"gb2312", b"gb18030"}
)
_DOCTYPE = re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)
# A cell or row reference that is not within A1:KN200000 (300 columns, 200,000 rows).
_FAR_CELL = re.compile(
    rb"""<(?:[\w.-]{1,20}:)?c\s(?:[^<>]{0,300}\s)?r\s*=\s*["'](?!(?:[A-Z]|[A-J][A-Z]|K[A-N])(?:[1-9]\d{0,4}|1\d{5}|200000)["'])"""
)
_FAR_ROW = re.compile(
    rb"""<(?:[\w.-]{1,20}:)?row\s(?:[^<>]{0,300}\s)?r\s*=\s*["'](?!(?:[1-9]\d{0,4}|1\d{5}|200000)["'])"""
)
_ROW = re.compile(rb"<(?:[\w.-]{1,20}:)?row[\s>/]")
# The opening tag alone: what a formula says is taken by searching for its end, so that no text is gone through twice.
_FORMULA = re.compile(rb"<(?:[\w.-]{1,20}:)?f(?:ormula\d?)?(?:\s[^<>]*+)?>", re.IGNORECASE)
_ODS_ROW = re.compile(rb"""<table:table-row\b[^<>]{0,600}?number-rows-repeated\s*=\s*["'](\d{1,12})["'][^<>]{0,600}>""")
_ODS_CELL = re.compile(
    rb"""<table:table-cell\b(?=[^<>]{0,900}office:value)[^<>]{0,900}?number-columns-repeated\s*=\s*["'](\d{1,12})["']"""
)
_EXTERNAL = re.compile(rb"<(?:[\w.-]{1,20}:)?Relationship\b[^<>]{0,4000}>")


@dataclass
class _Seen:
    """What a walk over the parts has met so far."""

    rows: int = 0
    flags: set[str] = field(default_factory=set)


def inspect(data: bytes, kind: str) -> tuple[str, ...]:
    """Walk the whole container of the kind (``xlsx``, ``docx``, ``ods``); answers flags, raises ``Rejected``."""
    parts = read_directory(data)
    names = {part.name.lower() for part in parts}
    _check_kind(data, parts, names, kind)
    for part in parts:
        _check_name(part.name)
    seen = _Seen()
    for part in parts:
        _walk(data, part, kind, seen)
    return tuple(sorted(seen.flags))


def _check_kind(data: bytes, parts: list[Part], names: set[str], kind: str) -> None:
    by_name = {part.name.lower(): part for part in parts}
    if kind == "ods":
        if "mimetype" not in names or "content.xml" not in names:
            raise Rejected("upload_kind_mismatch", kind=_guess(names), name=kind)
        if b"opendocument.spreadsheet" not in _small(data, by_name["mimetype"]):
            raise Rejected("upload_kind_mismatch", kind=_guess(names), name=kind)
        manifest = by_name.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in _small(data, manifest):
            raise Rejected("upload_encrypted_workbook")
        return
    if "[content_types].xml" not in names:
        raise Rejected("upload_kind_mismatch", kind=_guess(names), name=kind)
    types = _small(data, by_name["[content_types].xml"]).lower()
    if b"macroenabled" in types or b"vbaproject" in types or b"ms-excel.sheet.binary" in types:
        raise Rejected("upload_macros")
    wanted = b"spreadsheetml" if kind == "xlsx" else b"wordprocessingml"
    if wanted not in types:
        raise Rejected("upload_kind_mismatch", kind=_guess(names), name=kind)


def _guess(names: set[str]) -> str:
    for start, kind in (("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx"), ("content.xml", "odf")):
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"


def _small(data: bytes, part: Part) -> bytes:
    if part.size > _MAX_SMALL_PART:
        raise Rejected("upload_archive_suspicious", reason="sizes")
    return content(data, part)


def _check_name(name: str) -> None:
    if _MACROS.search(name):
        raise Rejected("upload_macros")
    if _LINKS.search(name):
        raise Rejected("upload_links_outside")
    if _OBJECTS.search(name):
        raise Rejected("upload_objects_inside")


def _walk(data: bytes, part: Part, kind: str, seen: _Seen) -> None:
    """Inflate one part within the cap and look at it piece by piece, a tag and its text never cut in two."""
    name = part.name.lower()
    text = name.endswith((".xml", ".rels", ".vml"))
    rest = b""
    first = True
    for chunk in inflate(data, part):
        if first and chunk:
            text = text or chunk.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
            _check_start(chunk, text=text)
            first = False
        if not text:
            continue
        piece = rest + chunk
        _check_markup(piece)
        cut = max(piece.rfind(b"<"), 0)
        rest = piece[cut:]
        if len(rest) > MAX_TAG_BYTES:
            raise Rejected("upload_archive_suspicious", reason="markup")
        _check_piece(piece[:cut], name, kind, seen)
    _check_piece(rest, name, kind, seen)


def _check_start(chunk: bytes, *, text: bool) -> None:
    if chunk.startswith(b"PK\x03\x04"):
        raise Rejected("upload_objects_inside")
    if not text:
        return
    if chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:200]:
        raise Rejected("upload_archive_suspicious", reason="encoding")
    declared = _ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared.group(1).lower() not in _SAFE_ENCODINGS:
        raise Rejected("upload_archive_suspicious", reason="encoding")


def _check_markup(piece: bytes) -> None:
    if b"<!" in piece and _DOCTYPE.search(piece):
        raise Rejected("upload_entities")


def _check_piece(piece: bytes, name: str, kind: str, seen: _Seen) -> None:
    if name.endswith(".rels"):
        _check_relations(piece, kind, seen)
    elif (
        kind == "xlsx"
        and name.startswith("xl/")
        and not name.startswith(("xl/sharedstrings", "xl/theme", "xl/drawings"))
    ):
        _check_cells(piece, seen)
    elif kind == "ods" and name == "content.xml":
        _check_open_document(piece)


def _check_relations(piece: bytes, kind: str, seen: _Seen) -> None:
    """Links to web pages stay; a workbook that loads anything else from outside is refused, a document is flagged."""
    for relation in _EXTERNAL.findall(piece):
        if (
            re.search(rb"""TargetMode\s*=\s*["']External["']""", relation, re.IGNORECASE)
            and b"/hyperlink" not in relation
        ):
            if kind == "xlsx":
                raise Rejected("upload_links_outside")
            seen.flags.add("remote")


def _check_cells(piece: bytes, seen: _Seen) -> None:
    seen.rows += len(_ROW.findall(piece))
    if seen.rows > MAX_ROWS or _FAR_CELL.search(piece) or _FAR_ROW.search(piece):
        raise Rejected("upload_sheet_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)
    if any(_asks_outside(formula) for formula in formulas(piece)):
        raise Rejected("upload_links_outside")


def formulas(piece: bytes) -> Iterator[bytes]:
    """What each formula says, up to the next tag; every byte is looked at once, however many bars it holds."""
    at = 0
    while opened := _FORMULA.search(piece, at):
        closed = piece.find(b"<", opened.end())
        at = closed if closed >= 0 else len(piece)
        yield piece[opened.end() : at]


def _asks_outside(formula: bytes) -> bool:
    """A formula asks another program (DDE) as ``program|topic!item``."""
    return b"!" in formula.partition(b"|")[2]


def _check_open_document(piece: bytes) -> None:
    rows = repeated_rows(piece)
    cells = max((int(n) for n in _ODS_CELL.findall(piece)), default=0)
    if rows > MAX_ROWS or cells > MAX_COLUMNS:
        raise Rejected("upload_sheet_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)
    if b"<table:dde-link" in piece or b'xlink:href="file:' in piece:
        raise Rejected("upload_links_outside")


def repeated_rows(piece: bytes) -> int:
    """How many rows the repeated ones with values make up; no part is searched twice, however many rows begin there."""
    ends = _Next(piece, b"</table:table-row")
    values = (_Next(piece, b"office:value"), _Next(piece, b"<text:p"))
    rows = 0
    for row in _ODS_ROW.finditer(piece):
        end = min(ends.after(row.end()), row.end() + _LONGEST_ROW)
        if any(value.after(row.end()) < end for value in values):
            rows += int(row.group(1))
    return rows


class _Next:
    """Where a word stands next; asked for places in rising order, it goes through the piece once."""

    def __init__(self, piece: bytes, word: bytes) -> None:
        self._piece, self._word, self._at = piece, word, -1

    def after(self, start: int) -> int:
        """The first place from ``start`` on, the end of the piece where there is none."""
        if self._at < start:
            found = self._piece.find(self._word, start)
            self._at = found if found >= 0 else len(self._piece)
        return self._at
