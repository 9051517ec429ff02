"""One table in every accepted kind of file gives the same figures; the drawer stays pure."""

import subprocess
import sys
from pathlib import Path

import pytest

from zhuanban.indicators.tests.sheets.tables import brief, read
from zhuanban.kit.spreadsheets import read_workbook
from zhuanban.kit.uploads import Door, admit
from zhuanban.kit.uploads.tests.hostile import ods, written, xls

TABLE: list[list[str | float]] = [
    ["2023年1—6月", ""],
    ["指标", "累计（万元）"],
    ["固定资产投资", 125000.5],
    ["社零", 300000.0],
]
CSV = "2023年1—6月,\n指标,累计（万元）\n固定资产投资,125000.5\n社零,300000\n"


def _ods() -> bytes:
    def cell(value: str | float) -> str:
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    return ods("".join(f"<table:table-row>{cell(a)}{cell(b)}</table:table-row>" for a, b in TABLE))


FILES = {
    "utf-8.csv": CSV.encode(),
    "gbk.csv": CSV.encode("gbk"),
    "utf-16.csv": CSV.encode("utf-16"),
    "semicolon.csv": CSV.replace(",", ";").encode("utf-8-sig"),
    "a.xlsx": written([[value or None for value in row] for row in TABLE]),
    "a.xls": xls([(r, c, v, False) for r, row in enumerate(TABLE) for c, v in enumerate(row) if v]),
    "a.ods": _ods(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_table_gives_the_same_figures_in_every_kind_of_file(name: str) -> None:
    (sheet,) = read_workbook(admit(name, FILES[name], Door.FIGURES))
    reading = read(sheet)
    assert [brief(row) for row in reading.rows] == [
        ("fai", "demo-zone", "2023-01..06", "12.50005", None),
        ("retail_sales", "demo-zone", "2023-01..06", "30", None),
    ]
    assert reading.problems == ()
    assert reading.rows[0].cells == {"level": "B3"}


def test_reading_needs_no_django() -> None:
    source = str(Path(__file__).resolve().parents[4])
    code = (
        f"import sys; sys.path.append({source!r})\nimport zhuanban.indicators.sheets, zhuanban.kit.spreadsheets, zhuanban.kit.uploads\n"
        "print(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False\n"
