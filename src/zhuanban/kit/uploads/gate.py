"""The upload gate: what a file must be before anything else in the product touches it.

Order: size, extension by door, content, container directory, every part. Nothing is parsed here and nothing written; a
workbook that passes is read only in a limited child process (``kit.spreadsheets``).
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.uploads import doors, kinds, office
from zhuanban.kit.uploads.archive import Rejected
from zhuanban.kit.uploads.compound import CompoundFile, Damaged
from zhuanban.kit.uploads.doors import Door
from zhuanban.kit.uploads.names import extension_of, shown_name


class Readable(Protocol):
    """Anything uploaded that can be read in bytes."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Admitted:
    """A file that passed: its fit name, its kind (the extension), its bytes, their SHA-256 and what a reader must know.

    ``flags``: ``script``, ``launch``, ``attachment``, ``encrypted`` (PDF) and ``remote`` (a document that loads
    something from outside). A flagged file is only ever handed out as a download.
    """

    name: str
    kind: str
    data: bytes
    sha256: str
    flags: tuple[str, ...] = ()


def admit(name: str, data: bytes, door: Door) -> Admitted:
    """Let a file through the door, or raise a ``Refusal`` that says why and what to do.

    Writes nothing. The one problem found first is the one told: the checks build on each other.
    """
    shown = shown_name(name)
    try:
        kind = _kind_at_door(shown, data, door)
        flags = _inspect(kind, data)
    except Rejected as rejected:
        facts = {"file": shown, **rejected.facts}
        if rejected.code == "upload_archive_suspicious":
            facts["reason"] = facts.get("reason", "")
        raise Refusal.of([Problem(rejected.code, facts, shown)]) from rejected
    return Admitted(shown, kind, data, hashlib.sha256(data).hexdigest(), flags)


def admit_stream(name: str, stream: Readable, door: Door) -> Admitted:
    """As ``admit``, reading no more than one byte beyond the door's cap."""
    return admit(name, stream.read(door.max_bytes + 1), door)


def _kind_at_door(name: str, data: bytes, door: Door) -> str:
    if not data:
        raise Rejected("upload_empty")
    if len(data) > door.max_bytes:
        raise Rejected("upload_too_large", most=door.max_megabytes)
    extension = extension_of(name)
    if extension not in door.extensions:
        raise Rejected(_advice(extension, door), extension=extension or "–", accepted=_listed(door))
    return extension


def _advice(extension: str, door: Door) -> str:
    """The refusal that tells how to make an accepted file of this one."""
    if extension in doors.UNPACK_FIRST:
        return "upload_unpack_first"
    if "docx" in door.extensions and extension in doors.SAVE_AS_DOCUMENT:
        return "upload_save_as_document"
    if extension in doors.SAVE_AS_WORKBOOK or (extension in ("xls", "ods", "csv") and "xlsx" in door.extensions):
        return "upload_save_as_workbook"
    if "csv" in door.extensions and extension in doors.SAVE_AS_CSV:
        return "upload_save_as_csv"
    if "csv" in door.extensions and extension in (doors.SAVE_AS_DOCUMENT | {"docx", "pdf"}):
        return "upload_figures_in_document"
    if "png" in door.extensions and extension in doors.SAVE_AS_PICTURE:
        return "upload_save_as_picture"
    return "upload_kind_not_accepted"


def _listed(door: Door) -> str:
    return " ".join(f".{extension}" for extension in door.extensions)


def _inspect(kind: str, data: bytes) -> tuple[str, ...]:
    found = kinds.family(data)
    expected = kinds.FAMILY_OF_EXTENSION[kind]
    if found == "ole" and expected != "ole":
        raise Rejected(_ole_code(data), kind="ole", name=kind)
    if expected == "text" and found == "unknown":
        raise Rejected("upload_text_has_zero_bytes")
    if found != expected:
        raise Rejected("upload_kind_mismatch", kind=found, name=kind)
    if expected == "zip":
        return office.inspect(data, kind)
    if expected == "ole":
        _check_old_workbook(data)
    elif expected == "text":
        _check_text(data)
    elif kind == "pdf":
        if fault := kinds.pdf_fault(data):
            raise Rejected(fault)
        return kinds.pdf_flags(data)
    elif fault := kinds.picture_fault(data, expected):
        raise Rejected(fault)
    return ()


def _ole_code(data: bytes) -> str:
    """A password-protected workbook of today is an old-style container; an old workbook renamed is one too."""
    try:
        names = CompoundFile(data).names
    except Damaged:
        return "upload_damaged"
    return "upload_encrypted_workbook" if "EncryptedPackage" in names else "upload_kind_mismatch"


def _check_old_workbook(data: bytes) -> None:
    try:
        names = {name.lower() for name in CompoundFile(data).names}
    except Damaged as error:
        raise Rejected("upload_damaged") from error
    if "encryptedpackage" in names:
        raise Rejected("upload_encrypted_workbook")
    if not names & {"workbook", "book"}:
        raise Rejected("upload_kind_mismatch", kind="ole", name="xls")
    if names & {"_vba_project_cur", "vba", "macros"}:
        raise Rejected("upload_macros")
    if any(name.startswith(("mbd", "\x01ole")) for name in names):
        raise Rejected("upload_objects_inside")


def _check_text(data: bytes) -> None:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\0" in data:
        raise Rejected("upload_text_has_zero_bytes")
