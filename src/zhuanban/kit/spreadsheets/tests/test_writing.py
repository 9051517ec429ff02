"""What goes out runs nothing, loses nothing and comes back equal."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuanban.kit.spreadsheets import read_sheets
from zhuanban.kit.spreadsheets.csv_writer import csv_bytes
from zhuanban.kit.spreadsheets.guards import guarded, is_formula_like, unguarded
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.kit.spreadsheets.writer import workbook_bytes

MADE_AT = datetime(2023, 7, 24, 1, 0, tzinfo=UTC)
HEADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", " =1+1", "  +1", "\ufeff=1+1", "\u200b=1+1", "\u200d@x", "\u00a0=1", "\u3000=1", "\u2060-1",
    ";=1+1", '",=1+1', "',=1+1", ";@x", ',+1', '"=1+1', "'=1+1", "=HYPERLINK(\"http://h\",\"x\")", "=IMPORTXML(1)", "=DDE(1)",
    "@x", "=", "+", "-", "@", "\t", " \t=1", "=\"a\"&A1",
]  # fmt: skip


def _table(texts: list[str]) -> OutTable:
    return OutTable(
        "=title", [Column("=名称"), Column("值", "level")], [[t, Decimal("1.5")] for t in texts], ["+单位：万元"]
    )


@pytest.mark.parametrize("text", HEADS)
def test_X01_every_formula_head_is_guarded_and_the_guard_comes_off(text: str) -> None:
    assert is_formula_like(text)
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=30))
def test_guarding_any_text_and_taking_the_guard_off_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula_like(guarded(text)[:1] + "x")


def test_X01_a_workbook_holds_strings_and_no_formula() -> None:
    data = workbook_bytes([_table(HEADS)], made_at=MADE_AT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in b"".join(archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {sheet.cell(r, 1).data_type for r in range(1, len(HEADS) + 4)} == {"s"}
    assert sheet.cell(4, 2).value == 1.5


def test_X01_a_csv_comes_back_equal() -> None:
    heads = [h for h in HEADS if not set(h) & set("\r\n\t\0")]
    sheet = read_sheets(csv_bytes(_table(heads), bare=True), "csv")[0]
    assert [row[0].text for row in sheet.rows[1:]] == heads
    assert {row[1].text for row in sheet.rows[1:]} == {"1.5"}


def test_a_workbook_comes_back_with_title_unit_date_lines_and_every_value() -> None:
    columns = [
        Column("指标"),
        Column("本月累计（万元）", "level", 2),
        Column("增速（%）", "growth"),
        Column("日期", "date"),
    ]
    rows: list[list[Value]] = [
        ["固定资产投资", Decimal("12345.67"), Decimal("-5.2"), date(2023, 6, 30)],
        ["社零", None, Decimal(0), None],
    ]
    table = OutTable("示例高新区主要指标", columns, rows, ["单位：万元", "2023年1—6月", "填报单位：示例"])
    read = read_sheets(workbook_bytes([table], made_at=MADE_AT), "xlsx")[0].rows
    assert [[c.text for c in row] for row in read[:4]] == [
        ["示例高新区主要指标"], ["单位：万元"], ["2023年1—6月"], ["填报单位：示例"],
    ]  # fmt: skip
    assert [c.text for c in read[5]] == ["固定资产投资", "12345.67", "-5.2", "2023-06-30"]
    assert [c.text for c in read[6]] == ["社零", "", "0"]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert workbook_bytes([_table(["甲"])], made_at=MADE_AT) == workbook_bytes([_table(["甲"])], made_at=MADE_AT)


def test_sheets_of_one_title_get_names_of_their_own() -> None:
    data = workbook_bytes([OutTable("甲/乙", [Column("a")], [["1"]])] * 3, made_at=MADE_AT)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["甲 乙", "甲 乙 2", "甲 乙 3"]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=20),
        min_size=1,
        max_size=20,
    )
)
def test_any_texts_survive_export_and_import(texts: list[str]) -> None:
    kept = [t for t in texts if t.strip() == t and t]
    table = OutTable("t", [Column("名称"), Column("值", "count")], [[t, 1] for t in kept])
    for data, kind, skip in ((csv_bytes(table), "csv", 2), (workbook_bytes([table], made_at=MADE_AT), "xlsx", 2)):
        assert [row[0].text for row in read_sheets(data, kind)[0].rows[skip:]] == kept
