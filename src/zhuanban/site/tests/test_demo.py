"""The demo: kept until it is to be rebuilt; built anew it tells the same story, and everybody finds work on the first day."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "") != "", reason="the demo's content does not depend on the database; built on SQLite"
)

ADMINISTRATORS = {"sysadmin", "secadmin", "auditor"}


def _start(workspace: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "ZHUANBAN_WORKSPACE": str(workspace), "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _facts(workspace: Path) -> dict[str, Any]:
    asked = _start(workspace, "zhuanban.site.tests.demo_facts")
    output, errors = asked.communicate()
    assert asked.returncode == 0, errors[-2000:]
    facts: dict[str, Any] = json.loads(output)
    return facts


@pytest.fixture(scope="module")
def copied(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_workspace, tmp_path_factory.mktemp("demo") / "workspace"))


@pytest.fixture(scope="module")
def told(copied: Path) -> dict[str, Any]:
    """The facts of the run's demo."""
    return _facts(copied)


def test_a_demo_that_is_there_is_kept(copied: Path) -> None:
    key = (copied / "secrets" / "trail.key").read_bytes()
    asked = _start(copied, "zhuanban.site.cli", "demo")
    said = asked.communicate()[1]
    assert (asked.returncode, (copied / "secrets" / "trail.key").read_bytes()) == (0, key)
    assert "left as it is" in said


@pytest.mark.whole_proof
def test_a_demo_built_anew_holds_the_same_figures_alerts_matters_evidence_and_filings(
    demo_workspace: Path, told: dict[str, Any], tmp_path: Path
) -> None:
    again = Path(shutil.copytree(demo_workspace, tmp_path / "workspace"))
    key = (again / "secrets" / "trail.key").read_bytes()
    built = _start(again, "zhuanban.site.cli", "demo", "--reset")
    assert (built.communicate(), built.returncode)[1] == 0
    assert (again / "secrets" / "trail.key").read_bytes() != key
    facts = _facts(again)
    assert facts["content"] == told["content"]
    assert facts["clean"]


def test_every_kind_of_thing_is_there(told: dict[str, Any]) -> None:
    assert min(told["counts"].values()) > 5


def test_every_post_but_the_administrators_finds_work_on_the_first_morning(told: dict[str, Any]) -> None:
    idle = {username for username, count in told["waiting"].items() if count == 0}
    assert idle == ADMINISTRATORS


def test_every_to_do_and_every_line_of_news_leads_where_its_reader_may_go(told: dict[str, Any]) -> None:
    work = told["work"]
    assert {name: each["dead_ends"] + each["dead_news"] for name, each in work.items() if each["dead_ends"] + each["dead_news"]} == {}
    assert {name for name, each in work.items() if each["todos"] == 0} == ADMINISTRATORS
    assert {name for name, each in work.items() if not each["news"]} == ADMINISTRATORS


def test_the_months_are_told_in_every_state(told: dict[str, Any]) -> None:
    assert told["states"] == {
        **told["everything"],
        "weekly": ["due", "received", "signed"],
        "requests": ["False", "True", "lapsed", "waiting"],
        "reminded": ["commerce_office"],
        "open_before_june": 0,
        "june": sorted(["due", "compiled", "signed", "sent_back", *["received"] * 9]),
        "late": 1,
        "due_today": 1,
    }


def test_every_page_with_data_carries_the_mark(told: dict[str, Any]) -> None:
    assert told["unmarked"] == []


def test_the_clock_starts_on_the_first_morning_runs_on_and_says_when_it_stops(told: dict[str, Any]) -> None:
    assert told["newest_month"] == [2023, 6]
    assert told["starts_at"] == "2023-07-24T09:00:00+08:00"
    assert told["runs"]
    assert told["stopped"]


def test_the_record_of_a_fresh_demo_verifies(told: dict[str, Any]) -> None:
    assert told["clean"]
