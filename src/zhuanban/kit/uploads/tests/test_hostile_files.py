"""Hostile files at the doors: refused with a stable code, in time, with nothing left behind. Numbers F.. name the family."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets import read_workbook
from zhuanban.kit.uploads import Door, admit
from zhuanban.kit.uploads.archive import CHUNK
from zhuanban.kit.uploads.office import formulas, repeated_rows
from zhuanban.kit.uploads.tests import hostile
from zhuanban.kit.uploads.tests.hostile import ONE_CELL, png, sheet_xml, workbook, xls, zipped


def _code(name: str, data: bytes, door: Door = Door.FIGURES) -> str:
    began = time.perf_counter()
    with pytest.raises(Refusal) as refused:
        admit(name, data, door)
    assert time.perf_counter() - began < 5
    assert refused.value.problems[0].sentence
    return refused.value.codes[0]


def _stored_with_flags(bits: int) -> bytes:
    data = bytearray(workbook())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        data[at + offset] |= bits
    return bytes(data)


def _lying_sizes() -> bytes:
    """Both headers say 1,000 bytes, the stream inflates to 50 MB."""
    data = bytearray(zipped({**hostile.parts(), "xl/big.xml": b"<a>" + b" " * 50_000_000 + b"</a>"}))
    for magic, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = data.find(magic)
        while at >= 0:
            if data[at + name_at :].startswith(b"xl/big.xml"):
                data[at + size_at : at + size_at + 4] = struct.pack("<I", 1000)
            at = data.find(magic, at + 4)
    return bytes(data)


def _symlink() -> bytes:
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return held.getvalue()


def _overlapping() -> bytes:
    """Two directory entries that point at the same bytes."""
    data = bytearray(workbook(extra={"xl/aaaa.xml": "<a>1</a>", "xl/bbbb.xml": "<a>1</a>"}))
    first = data.find(b"PK\x03\x04", data.find(b"xl/aaaa.xml") - 40)
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/bbbb.xml"))
    data[at + 42 : at + 46] = struct.pack("<I", first)
    return bytes(data)


def _twice() -> bytes:
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("XL/Worksheets/SHEET1.xml", sheet_xml(ONE_CELL))
    return held.getvalue()


def _many_parts() -> bytes:
    return workbook(extra={f"xl/empty{n}.xml": b"" for n in range(10_000)})


def _zip64() -> bytes:
    data = workbook()
    end = data.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 5, 5, 100, 0)
    return data[:end] + record + locator + data[end:]


def _nested() -> bytes:
    data = workbook()
    for _ in range(5):
        data = zipped({"inner.zip": data})
    return data


def _macro_types() -> bytes:
    types = hostile.TYPES.replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    )
    return workbook(extra={"[Content_Types].xml": types})


def _external_relation() -> bytes:
    rels = hostile.BOOK_RELS.replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject" '
        r'Target="\\host\share\a.xls" TargetMode="External"/></Relationships>',
    )
    return workbook(extra={"xl/_rels/workbook.xml.rels": rels})


def _dde_across_pieces() -> str:
    """A formula of which the first piece that is looked at ends amid the words."""
    formula = '<row r="90000"><c r="A90000"><f>cmd|'
    rows = "".join(f'<row r="{n}"/>' for n in range(1, 60_001))
    head = sheet_xml(rows).removesuffix("</sheetData></worksheet>")
    before = (head + " " * (CHUNK - len(head) - len(formula))) + formula
    assert len(before) == CHUNK
    return before + "'/c calc'!A0</f></c></row></sheetData></worksheet>"


_ENTITIES = '<!DOCTYPE a [<!ENTITY b "' + "x" * 100 + '"><!ENTITY c "&b;&b;&b;&b;">]>'
_XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_UTF16 = ('<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(ONE_CELL, before=_XXE)).encode("utf-16")
_UTF7 = '<?xml version="1.0" encoding="UTF-7"?><a/>'

CASES: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("F01 spaces that unpack to 600 MB", "a.xlsx", lambda: workbook(sheet_xml(" " * 300_000_000 + ONE_CELL)), "upload_unpacks_too_large"),
    ("F01 spaces below the total, ratio 1,000", "a.xlsx", lambda: workbook(sheet_xml(" " * 20_000_000 + ONE_CELL)), "upload_unpacks_too_large"),
    ("F03 10,000 empty entries", "a.xlsx", _many_parts, "upload_too_many_parts"),
    ("F03 zip64 records", "a.xlsx", _zip64, "upload_archive_suspicious"),
    ("F03 five-fold nested zip", "a.xlsx", _nested, "upload_kind_mismatch"),
    ("F03 zip inside a workbook", "a.xlsx", lambda: workbook(extra={"xl/media/a.bin": workbook()}), "upload_objects_inside"),
    ("F04 sizes that lie", "a.xlsx", _lying_sizes, "upload_archive_suspicious"),
    ("F06 path upwards", "a.xlsx", lambda: workbook(extra={"../../evil": "x"}), "upload_archive_suspicious"),
    ("F06 path upwards inside", "a.xlsx", lambda: workbook(extra={"xl/../../x.xml": "x"}), "upload_archive_suspicious"),
    ("F06 absolute path", "a.xlsx", lambda: workbook(extra={"/abs.xml": "x"}), "upload_archive_suspicious"),
    ("F06 drive letter", "a.xlsx", lambda: workbook(extra={"C:\\x.xml": "x"}), "upload_archive_suspicious"),
    ("F06 symbolic link", "a.xlsx", _symlink, "upload_archive_suspicious"),
    ("F06 encrypted flag", "a.xlsx", lambda: _stored_with_flags(1), "upload_encrypted_workbook"),
    ("F06 one name twice", "a.xlsx", _twice, "upload_archive_suspicious"),
    ("F06 overlapping entries", "a.xlsx", _overlapping, "upload_archive_suspicious"),
    ("F07 entity expansion", "a.xlsx", lambda: workbook(sheet_xml(ONE_CELL, before=_ENTITIES)), "upload_entities"),
    ("F08 external entity in the sheet", "a.xlsx", lambda: workbook(sheet_xml(ONE_CELL, before=_XXE)), "upload_entities"),
    ("F08 external entity in shared strings", "a.xlsx", lambda: workbook(extra={"xl/sharedStrings.xml": _XXE + "<sst/>"}), "upload_entities"),
    ("F08 external entity in properties", "a.xlsx", lambda: workbook(extra={"docProps/core.xml": _XXE + "<a/>"}), "upload_entities"),
    ("F08 external entity in content types", "a.xlsx", lambda: workbook(extra={"[Content_Types].xml": _XXE + hostile.TYPES}), "upload_entities"),
    ("F08 external entity hidden in UTF-16", "a.xlsx", lambda: workbook(extra={"xl/worksheets/sheet1.xml": _UTF16}), "upload_archive_suspicious"),
    ("F08 markup in UTF-7", "a.xlsx", lambda: workbook(extra={"xl/a.xml": _UTF7}), "upload_archive_suspicious"),
    ("F10 a 20 MB attribute", "a.xlsx", lambda: workbook(sheet_xml(f'<row r="1" x="{random.Random(1).randbytes(10_000_000).hex()}"/>')), "upload_archive_suspicious"),
    ("F12 one cell at XFD1048576", "a.xlsx", lambda: workbook(sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "upload_sheet_too_large"),
    ("F12 one cell beyond the columns", "a.xlsx", lambda: workbook(sheet_xml('<row r="1"><c s="1" r="KO1"><v>1</v></c></row>')), "upload_sheet_too_large"),
    ("F12 more rows than allowed, without references", "a.xlsx", lambda: workbook(sheet_xml("<row/>" * 150_000 + f"<!--{random.Random(2).randbytes(100_000).hex()}-->" + "<row/>" * 60_000)), "upload_sheet_too_large"),
    ("F17 macros in an .xlsx", "a.xlsx", lambda: workbook(extra={"xl/vbaProject.bin": b"\0"}), "upload_macros"),
    ("F17 macro content type", "a.xlsx", _macro_types, "upload_macros"),
    ("F17 .xlsm", "a.xlsm", workbook, "upload_save_as_workbook"),
    ("F17 .xlsb", "a.xlsb", workbook, "upload_save_as_workbook"),
    ("F17 Excel 4 macro sheet", "a.xlsx", lambda: workbook(extra={"xl/macrosheets/sheet1.xml": "<a/>"}), "upload_macros"),
    ("F18 external link part", "a.xlsx", lambda: workbook(extra={"xl/externalLinks/externalLink1.xml": "<a/>"}), "upload_links_outside"),
    ("F18 external relation", "a.xlsx", _external_relation, "upload_links_outside"),
    ("F18 query connection", "a.xlsx", lambda: workbook(extra={"xl/connections.xml": "<a/>"}), "upload_links_outside"),
    ("F18 embedded object", "a.xlsx", lambda: workbook(extra={"xl/embeddings/oleObject1.bin": b"x"}), "upload_objects_inside"),
    ("F18 ActiveX", "a.xlsx", lambda: workbook(extra={"xl/activeX/activeX1.bin": b"x"}), "upload_objects_inside"),
    ("F18 DDE in a formula", "a.xlsx", lambda: workbook(sheet_xml('<row r="1"><c r="A1"><f>cmd|\'/c calc\'!A0</f><v>1</v></c></row>')), "upload_links_outside"),
    ("F18 DDE behind long words", "a.xlsx", lambda: workbook(sheet_xml('<row r="1"><c r="A1"><f>' + "x" * 700 + "cmd|" + "x" * 700 + '!A0</f><v>1</v></c></row>')), "upload_links_outside"),
    ("F18 DDE in a rule", "a.xlsx", lambda: workbook(sheet_xml('<row r="1"><c r="A1"><x14:formula1>cmd|\'/c calc\'!A0</x14:formula1><v>1</v></c></row>')), "upload_links_outside"),
    ("F18 DDE where two pieces meet", "a.xlsx", lambda: workbook(_dde_across_pieces()), "upload_links_outside"),
    ("password-protected workbook", "a.xlsx", lambda: hostile.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "upload_encrypted_workbook"),
    ("old workbook renamed", "a.xlsx", lambda: xls([(0, 0, 1.0, False)]), "upload_kind_mismatch"),
    ("old workbook with macros", "a.xls", lambda: hostile.compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"y"}), "upload_macros"),
    ("old Word document renamed", "a.xls", lambda: hostile.compound({"WordDocument": b"x"}), "upload_kind_mismatch"),
    ("web page named .xls", "a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "upload_kind_mismatch"),
    ("PDF renamed", "a.xlsx", lambda: hostile.PDF, "upload_kind_mismatch"),
    ("Word document renamed", "a.xlsx", lambda: zipped({"[Content_Types].xml": "<Types>wordprocessingml</Types>", "word/document.xml": "<a/>"}), "upload_kind_mismatch"),
    ("zip file", "a.zip", workbook, "upload_unpack_first"),
    ("Word file at the figures' door", "a.docx", workbook, "upload_figures_in_document"),
    ("text file", "a.txt", lambda: b"1", "upload_save_as_csv"),
    ("no extension", "figures", lambda: b"1", "upload_kind_not_accepted"),
    ("empty file", "a.xlsx", lambda: b"", "upload_empty"),
    ("too large", "a.csv", lambda: b"1" * (Door.FIGURES.max_bytes + 1), "upload_too_large"),
    ("F22 zero bytes in text", "a.csv", lambda: b"a,b\0,c\n", "upload_text_has_zero_bytes"),
    ("encrypted OpenDocument", "a.ods", lambda: hostile.ods("", manifest="<manifest:encryption-data/>"), "upload_encrypted_workbook"),
    ("OpenDocument with a million filled rows", "a.ods", lambda: hostile.ods('<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'), "upload_sheet_too_large"),
    ("OpenDocument text renamed", "a.ods", lambda: hostile.ods("", kind="application/vnd.oasis.opendocument.text"), "upload_kind_mismatch"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "build", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_file_is_refused_with_its_reason(name: str, build: Callable[[], bytes], code: str) -> None:
    assert _code(name, build()) == code


def test_F18_every_byte_of_a_formula_is_looked_at_once() -> None:
    """Many openings with many bars: what is taken out is never more than what is there, and nothing twice."""
    piece = (b"<f>" + b"|" * 600) * 1000
    taken = list(formulas(piece))
    assert taken == [b"|" * 600] * 1000
    assert sum(map(len, taken)) < len(piece)


def test_F18_a_formula_with_a_bar_in_its_words_comes_in() -> None:
    said = '<row r="1"><c r="A1"><f t="shared" si="0"/><v>5</v></c><c r="B1"><f>Sheet2!A1&amp;"|"</f><v>a|b!</v></c></row>'
    assert admit("a.xlsx", workbook(sheet_xml(said)), Door.FIGURES).kind == "xlsx"


class _Counted(bytes):
    """Bytes that know how far they were searched through."""

    gone = 0

    def find(self, word: Any, start: Any = 0, end: Any = None) -> int:
        found = super().find(word, start)
        self.gone += (found if found >= 0 else len(self)) - start
        return found


def test_F18_every_byte_is_searched_once_however_many_rows_begin() -> None:
    """Rows without an end and without values: three words are searched for, each once through the piece."""
    piece = _Counted(b'<table:table-row table:number-rows-repeated="9">' * 5000)
    assert repeated_rows(piece) == 0
    assert piece.gone <= 3 * len(piece)


def test_F18_repeated_rows_count_where_they_hold_values() -> None:
    row = b'<table:table-row table:number-rows-repeated="%d"><table:table-cell%s/></table:table-row>'
    piece = row % (7, b' office:value="1"') + row % (1000, b"") + row % (5, b"><text:p>x</text:p><a") + row % (900, b"")
    assert repeated_rows(piece) == 12


EVIDENCE = [
    ("F20 page behind a picture", "a.png", png(3, 3, b"<html><script>1</script>"), "upload_two_files_in_one"),
    ("F20 archive behind a PDF", "a.pdf", hostile.PDF + workbook() + b"%%EOF", "upload_two_files_in_one"),
    ("F20 GIF with script named .png", "a.png", b"GIF89a/*<script>*/", "upload_kind_mismatch"),
    ("F20 SVG named .png", "a.png", b"<svg onload='x'/>", "upload_kind_mismatch"),
    ("F20 picture of 30,000 × 30,000", "a.png", png(30_000, 30_000), "upload_picture_too_large"),
    ("F20 page in a photograph's comment", "a.jpg", hostile.jpeg(b"<html><script>x</script>"), "upload_two_files_in_one"),
    ("F20 drawing that acts in a photograph", "a.jpg", hostile.jpeg(b"<SVG/onload=alert(1)>"), "upload_two_files_in_one"),
    ("F21 picture cut off", "a.png", png(3, 3)[:-12], "upload_damaged"),
    ("F21 PDF cut off", "a.pdf", hostile.PDF[:40], "upload_damaged"),
    ("old Word document", "a.doc", hostile.compound({"WordDocument": b"x"}), "upload_save_as_document"),
    ("telephone picture", "a.heic", b"x", "upload_save_as_picture"),
    ("figures as CSV at the evidence door", "a.csv", b"1", "upload_save_as_workbook"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), [case[1:] for case in EVIDENCE], ids=[case[0] for case in EVIDENCE])
def test_hostile_evidence_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    assert _code(name, data, Door.EVIDENCE) == code


def test_F20_letters_that_meet_by_chance_in_a_photograph_are_no_page() -> None:
    """About one photograph of 4 MB in 130 holds the bytes `<svg`, of letters of either case, without meaning anything."""
    for noise in (b"<svg\x00\x9c\xf1", b"\x81<sVg:\xfe\x02<HTML\x07\x7f", b"<svg>\xe4\x00\x10\x91\xb2"):
        assert admit("a.jpg", hostile.jpeg(noise), Door.EVIDENCE).kind == "jpg"


def test_F24_a_pdf_that_acts_is_kept_and_flagged() -> None:
    acting = hostile.PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(1)>>/A<</S/Launch>>")
    assert admit("a.pdf", acting, Door.EVIDENCE).flags == ("script", "launch")


def test_F24_a_document_with_a_remote_template_is_kept_and_flagged() -> None:
    rels = '<Relationships><Relationship Type="x/attachedTemplate" Target="http://h/t.dotm" TargetMode="External"/></Relationships>'
    types = "<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"
    data = zipped({"[Content_Types].xml": types, "word/document.xml": "<a/>", "word/_rels/settings.xml.rels": rels})
    assert admit("a.docx", data, Door.EVIDENCE).flags == ("remote",)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("月" * 300 + ".csv", "月" * 58 + ".csv"),
        ("..%2f..%2fetc.csv", "etc.csv"),
        ("报表\u202evsc.csv", "报表vsc.csv"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie_ x.csv"),
        ("CON.csv", "_CON.csv"),
        ("报表.csv.", "报表.csv"),
        ('a";filename="b.csv', "a__filename=_b.csv"),
        ("C:\\Users\\x\\6月.csv", "6月.csv"),
    ],
)  # fmt: skip
def test_F23_a_name_is_made_fit_to_show(sent: str, shown: str) -> None:
    assert admit(sent, "年\n1".encode(), Door.FIGURES).name == shown


def test_F21_a_cut_or_flipped_workbook_is_refused_or_reads_as_the_original() -> None:
    good = hostile.written([["指标", "累计", "增速"], *[[f"甲{n}", n * 1.5, 5.2] for n in range(40)]])
    original = read_workbook(admit("a.xlsx", good, Door.FIGURES))
    variants = [good[: len(good) * tenth // 10] for tenth in range(1, 10)]
    chance = random.Random(20)
    for _ in range(150):
        flipped = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            flipped[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        variants.append(bytes(flipped))
    refused = 0
    for variant in variants:
        try:
            admitted = admit("a.xlsx", variant, Door.FIGURES)
        except Refusal:
            refused += 1
            continue
        try:
            assert read_workbook(admitted) == original
        except Refusal:
            refused += 1
    assert refused >= 100
