"""Published figures of a real city and of the nation go through the ordinary door of a workspace without demo data."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.serving import command as zhuanban

SHARED = Path(os.environ.get("ZHUANBAN_SHARED") or Path(__file__).resolve().parents[3] / "shared")
STATS = SHARED / "data" / "stats"

pytestmark = pytest.mark.skipif(not STATS.is_dir(), reason="needs ../shared: the published figures are not in this checkout")


@pytest.fixture(scope="module")
def workspace(planned_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(planned_workspace, tmp_path_factory.mktemp("real") / "workspace"))


@pytest.fixture(scope="module")
def imported(workspace: Path) -> dict[str, dict[str, Any]]:
    """The answers of both imports. The national series names no place and stands in for the zone's own."""
    answers = {}
    for name in ("anshan_bulletin_facts.csv", "national_retail_2012_2018.csv"):
        done = zhuanban(workspace, "import", "figures", str(STATS / name), "--json")
        assert done.returncode == 0, done.stderr
        answers[name] = json.loads(done.stdout)
    return answers


def lights(workspace: Path, month: str, *more: str) -> dict[str, dict[str, Any]]:
    done = zhuanban(workspace, "lights", "--month", month, "--json", *more)
    assert done.returncode == 0, done.stderr
    return {row["code"]: row for row in json.loads(done.stdout)}


def test_every_row_of_both_files_is_published_without_an_error(imported: dict[str, dict[str, Any]]) -> None:
    anshan, retail = imported["anshan_bulletin_facts.csv"], imported["national_retail_2012_2018.csv"]
    assert (anshan["rows"], anshan["errors"], anshan["published"]) == (22, 0, 22)
    assert (retail["rows"], retail["errors"], retail["published"]) == (140, 0, 140)


def test_the_light_of_may_2018_keeps_the_published_growth(workspace: Path, imported: dict[str, Any]) -> None:
    """30359.1 against 29459.2 a year before would be 3.1 %; published were 8.5 %."""
    row = lights(workspace, "2018-05")["retail_sales"]
    assert (row["period"], row["level"], row["growth_pct"], row["unit"]) == ("2018-05", 30359.1, 8.5, "亿元")
    assert (row["light"], row["provisional"], row["city_growth_pct"], row["target"]) == ("green", True, None, None)


def test_january_and_february_stay_joint(workspace: Path, imported: dict[str, Any]) -> None:
    assert lights(workspace, "2018-01")["retail_sales"]["level"] is None
    row = lights(workspace, "2018-02")["retail_sales"]
    assert (row["period"], row["level"], row["growth_pct"]) == ("2018-01..02", 61081.8, 9.7)


def test_the_citys_figures_stand_beside_no_invented_ones(workspace: Path, imported: dict[str, Any]) -> None:
    rows = lights(workspace, "2021-09")
    assert rows["gdp"]["city_growth_pct"] is None or rows["gdp"]["growth_pct"] is None
    assert {row["light"] for code, row in rows.items() if code != "retail_sales"} == {"grey"}


def test_the_months_analysis_comes_out_and_the_record_is_clean(
    workspace: Path, imported: dict[str, Any], tmp_path: Path
) -> None:
    from docx import Document

    target = tmp_path / "2018-05.docx"
    done = zhuanban(workspace, "report", "monthly", "--month", "2018-05", "-o", str(target))
    assert done.returncode == 0, done.stderr
    cells = [cell.text for table in Document(str(target)).tables for row in table.rows for cell in row.cells]
    assert any("社会消费品零售总额" in text for text in cells)
    assert zhuanban(workspace, "trail", "verify", "--deep").returncode == 0


def test_importing_the_same_sheet_again_changes_nothing(workspace: Path, imported: dict[str, Any]) -> None:
    sheet = str(STATS / "national_retail_2012_2018.csv")
    for options, code in (([], "import_same_file"), (["--again"], "batch_already_stored")):
        done = zhuanban(workspace, "import", "figures", sheet, "--json", *options)
        assert done.returncode == 1
        assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == [code]


def test_a_dry_run_stores_nothing(workspace: Path) -> None:
    before = zhuanban(workspace, "trail", "verify").stderr
    assert zhuanban(workspace, "import", "figures", str(STATS / "anshan_bulletin_facts.csv"), "--dry-run").returncode == 0
    assert zhuanban(workspace, "trail", "verify").stderr == before


def test_commands_without_a_workspace_say_what_to_do(tmp_path: Path) -> None:
    done = zhuanban(tmp_path / "none", "lights", "--month", "2023-06", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "zhuanban init" in done.stderr


def test_an_unreachable_database_is_said_in_words(tmp_path: Path) -> None:
    import subprocess
    import sys

    unreachable = {
        **os.environ, "ZHUANBAN_WORKSPACE": str(tmp_path / "w"), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", "init"], env=unreachable, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "DATABASE_URL cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
