"""The published figures that lie beside the repository go through gate, child and reading without an error."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhuanban.indicators.sheets import CataloguePlace, SheetCatalogue, SheetReading, read_figures
from zhuanban.indicators.tests.sheets.tables import CATALOGUE
from zhuanban.kit.spreadsheets import read_workbook
from zhuanban.kit.uploads import Door, admit

ROOT = Path(__file__).resolve().parents[5]
SHARED = Path(os.environ.get("ZHUANBAN_SHARED", ROOT.parent / "shared"))
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of published figures (ZHUANBAN_SHARED) is absent"
)


def _read(name: str, catalogue: SheetCatalogue) -> SheetReading:
    file = SHARED / "data" / "stats" / name
    return read_figures(read_workbook(admit(name, file.read_bytes(), Door.FIGURES)), catalogue, file_name=name)


def test_the_national_retail_series_gives_140_figures_with_joint_january_and_february() -> None:
    reading = _read("national_retail_2012_2018.csv", replace(CATALOGUE, default_place="nation"))
    assert reading.problems == ()
    assert len(reading.rows) == 140
    assert {row.place_key for row in reading.rows} == {"nation"}
    joint = [row for row in reading.rows if row.period.is_joint]
    assert len(joint) == 14
    assert not [row for row in reading.rows if row.period.is_month and row.period.last_month <= 2]
    may = [row for row in reading.rows if row.period.key == "2018-05"]
    assert [(r.indicator_code, r.level, r.growth_pct) for r in may] == [
        ("retail_sales", Decimal("30359.1"), Decimal("8.5")),
        ("above_quota_retail", Decimal("11476.7"), Decimal("5.5")),
    ]


def test_the_city_bulletin_facts_give_22_figures_and_no_error() -> None:
    city = CataloguePlace("anshan", "city", "鞍山市", "Anshan")
    catalogue = replace(CATALOGUE, places=(*CATALOGUE.places, city), today=date(2025, 1, 1))
    reading = _read("anshan_bulletin_facts.csv", catalogue)
    assert (reading.errors, reading.questions) == ((), ())
    assert len(reading.rows) == 22
    assert {row.place_key for row in reading.rows} == {"anshan"}
    assert [row.period.key for row in reading.rows if row.basis.value == "month"] == ["2020-06"]
    assert sum(row.status == "forecast" for row in reading.rows) == 8
    assert [p.code for p in reading.notices] == ["sheet_note_says_forecast"] * 8
    ranked = [(r.indicator_code, r.growth_pct, r.rank, r.rank_scope) for r in reading.rows if r.rank]
    assert ranked == [
        ("above_scale_industry_revenue", Decimal("41.5"), 2, "全省"),
        ("above_scale_service_revenue", Decimal("35.4"), 1, "全省"),
    ]
