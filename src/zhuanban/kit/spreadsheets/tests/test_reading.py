"""Tables in every accepted kind and encoding, and a child that never takes the server with it."""

import os
import time
from datetime import date
from decimal import Decimal

import pytest

from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets import Cell, Sheet, read_sheets
from zhuanban.kit.spreadsheets.reader import _run
from zhuanban.kit.uploads.tests import hostile
from zhuanban.kit.uploads.tests.hostile import sheet_xml, workbook, written, xls


def _texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


TABLE = "年,指标,增速\n2023,固定资产投资,5.2%\n2023,社零“限上”,-0.3\n"
TABLE_ROWS = [["年", "指标", "增速"], ["2023", "固定资产投资", "5.2%"], ["2023", "社零“限上”", "-0.3"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_F22_csv_of_every_usual_encoding_and_separator_reads_alike(encoding: str, separator: str, ending: str) -> None:
    data = TABLE.replace(",", separator).replace("\n", ending).encode(encoding)
    assert _texts(read_sheets(data, "csv")[0]) == TABLE_ROWS


def test_F22_four_byte_gb18030_reads() -> None:
    assert _texts(read_sheets("指标,㐀𠀀\n".encode("gb18030"), "csv")[0]) == [["指标", "㐀𠀀"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("指标名称,值\n".encode() + "固定资产投资,1\n".encode("gbk"), "sheet_encodings_mixed"),
        (b"\xff\x81\x00\xfa,1\n", "sheet_encoding_unknown"),
        ("指标,值\n\x01,2\n".encode(), "sheet_encoding_unknown"),
        ('指标,"值\n1,2\n'.encode(), "sheet_quotes_unbalanced"),
        (b"1," * 100_000 + b"\n", "sheet_too_large"),
        (b"a," + b"x" * 12_000_000 + b"\n", "sheet_line_too_long"),
        (b"1\n" * 200_001, "sheet_too_large"),
        (b" \n,,\n", "sheet_empty"),
    ],
    ids=["mixed", "unknown", "control", "quotes", "wide", "long", "tall", "empty"],
)
def test_F22_a_csv_that_would_be_garbled_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_sheets(data, "csv", name="a.csv")
    assert refused.value.codes == [code]
    assert "a.csv" in str(refused.value)


def test_cells_of_a_workbook_keep_kind_exact_value_percent_format_and_address() -> None:
    data = written([["增速", 0.052, 5.2], [None, 5.199999999999999], [True, 12345.6]], {(0, 1)})
    sheet = read_sheets(data, "xlsx")[0]
    assert (sheet.name, sheet.percent_known) == ("表", True)
    assert sheet.rows[0] == [
        Cell("text", "增速", 0, 0),
        Cell("number", "0.052", 0, 1, number=Decimal("0.052"), percent=True),
        Cell("number", "5.2", 0, 2, number=Decimal("5.2")),
    ]
    assert sheet.cell(1, 0).is_blank
    assert sheet.cell(1, 1).number == Decimal("5.2")
    assert sheet.cell(2, 0).kind == "logical"
    assert sheet.cell(2, 1).address == "B3"


def test_a_date_cell_is_a_date() -> None:
    rows = '<row r="1"><c r="A1" t="d"><v>2023-06-01</v></c></row>'
    assert read_sheets(workbook(sheet_xml(rows)), "xlsx")[0].cell(0, 0).day == date(2023, 6, 1)


def test_a_formula_without_result_and_an_error_value_are_errors_never_blanks() -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><f>2</f><v>2</v></c></row>'
    row = read_sheets(workbook(sheet_xml(rows)), "xlsx")[0].rows[0]
    assert [(c.kind, c.text[:1]) for c in row] == [("error", "="), ("error", "#"), ("number", "2")]


def test_F12_a_dimension_that_lies_small_does_not_hide_rows() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5001))
    sheet = read_sheets(workbook(sheet_xml(rows, dimension='<dimension ref="A1:A1"/>')), "xlsx")[0]
    assert len(sheet.rows) == 5000
    assert sheet.cell(4999, 0).number == 5000


def test_F12_a_dimension_that_lies_large_costs_nothing() -> None:
    data = workbook(sheet_xml(hostile.ONE_CELL, dimension='<dimension ref="A1:XFD1048576"/>'))
    assert _texts(read_sheets(data, "xlsx")[0]) == [["5"]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="200000"><c r="KN200000"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>1000000000</v></c></row>',
        "<row>" * 200_000,
    ],
    ids=["F12 far cell", "F12 farthest allowed cell", "F14 shared string out of range", "F10 nested 200,000 deep"],
)
def test_a_workbook_that_breaks_the_reader_is_a_refusal_and_nothing_else(rows: str) -> None:
    began = time.perf_counter()
    with pytest.raises(Refusal) as refused:
        read_sheets(workbook(sheet_xml(rows)), "xlsx", name="a.xlsx")
    assert refused.value.codes[0] in {"sheet_reader_stopped", "sheet_unreadable", "sheet_too_large", "sheet_empty"}
    assert time.perf_counter() - began < 10


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 50_001))
    with pytest.raises(Refusal) as refused:
        read_sheets(workbook(sheet_xml(rows)), "xlsx", wall_seconds=0.02)
    assert refused.value.codes == ["sheet_reader_stopped"]


def test_the_old_workbook_reads_with_its_percent_cells() -> None:
    data = xls([(0, 0, "增速", False), (1, 0, 0.052, True), (1, 1, 5.2, False)])
    sheet = read_sheets(data, "xls")[0]
    assert sheet.cell(0, 0).text == "增速"
    assert (sheet.cell(1, 0).number, sheet.cell(1, 0).percent) == (Decimal("0.052"), True)
    assert (sheet.cell(1, 1).number, sheet.cell(1, 1).percent) == (Decimal("5.2"), False)


def test_an_open_document_reads_with_its_percent_cells_and_repetitions() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>增速</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.052"><text:p>5.2%</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read_sheets(hostile.ods(rows), "ods")[0]
    assert sheet.cell(2, 0).text == "增速"
    assert (sheet.cell(2, 1).number, sheet.cell(2, 1).percent) == (Decimal("0.052"), True)


def _in_child(program: str) -> bytes | None:
    """What a program prints in a process limited as the reader is."""
    import subprocess
    import sys

    limited = f"from zhuanban.kit.spreadsheets import child; child.limit()\n{program}"
    code = f"import sys; sys.path.append({_SOURCE!r}); import socket\n{limited}"
    done = subprocess.run([sys.executable, "-I", "-B", "-c", code], capture_output=True, check=False)
    return done.stdout


_SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", ".."))


def test_the_child_cannot_open_a_file_or_a_connection() -> None:
    program = (
        "for act in (lambda: socket.socket(), lambda: open('/etc/passwd'), lambda: open('/tmp/zb-child', 'w')):\n"
        "    try:\n        act(); print('open')\n    except OSError:\n        print('shut')"
    )
    assert _in_child(program) == b"shut\nshut\nshut\n"


def test_the_child_knows_nothing_of_django() -> None:
    assert _in_child("print(any(name.startswith('django') for name in sys.modules))") == b"False\n"


def test_nonsense_instead_of_a_file_kind_is_no_answer() -> None:
    assert b"sheet_unreadable" in (_run(b"exe\nMZ", 10) or b"")
