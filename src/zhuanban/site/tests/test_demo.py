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


@pytest.fixture(scope="module")
def told(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The facts of two demos built independently: the run's own, and a copy of it that was asked for anew."""
    folder = tmp_path_factory.mktemp("demo")
    workspaces = [folder / name for name in ("one", "two")]
    for workspace in workspaces:
        shutil.copytree(demo_workspace, workspace)
    key = workspaces[1] / "secrets" / "trail.key"
    before = key.read_bytes()
    kept = _start(workspaces[1], "zhuanban.site.cli", "demo")
    said = kept.communicate()[1]
    assert (kept.returncode, key.read_bytes() == before) == (0, True)
    assert "left as it is" in said
    built = _start(workspaces[1], "zhuanban.site.cli", "demo", "--reset")
    assert (built.communicate(), built.returncode)[1] == 0
    assert key.read_bytes() != before
    running = [_start(workspace, "zhuanban.site.tests.demo_facts") for workspace in workspaces]
    outputs = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs[0][1][-2000:]
    return [json.loads(output) for output, _ in outputs]


def test_two_builds_hold_the_same_figures_alerts_matters_evidence_and_filings(told: list[dict[str, Any]]) -> None:
    assert told[0]["content"] == told[1]["content"]
    assert min(told[0]["counts"].values()) > 5


def test_every_post_but_the_administrators_finds_work_on_the_first_morning(told: list[dict[str, Any]]) -> None:
    idle = {username for username, count in told[0]["waiting"].items() if count == 0}
    assert idle == ADMINISTRATORS


def test_the_months_are_told_in_every_state(told: list[dict[str, Any]]) -> None:
    assert told[0]["states"] == {
        "alerts": ["acknowledged", "closed", "explained", "open"],
        "matters": ["accepted", "in_progress", "resolved", "reviewed", "struck_off", "submitted"],
        "open_before_june": 0,
        "june": sorted(["due", "compiled", "signed", "sent_back", *["received"] * 9]),
        "late": 1,
        "due_today": 1,
    }


def test_every_page_with_data_carries_the_mark(told: list[dict[str, Any]]) -> None:
    assert told[0]["unmarked"] == []


def test_the_clock_starts_on_the_first_morning_runs_on_and_says_when_it_stops(told: list[dict[str, Any]]) -> None:
    demo = told[0]
    assert demo["newest_month"] == [2023, 6]
    assert demo["starts_at"] == "2023-07-24T09:00:00+08:00"
    assert demo["runs"]
    assert demo["stopped"]


def test_the_record_of_a_fresh_demo_verifies(told: list[dict[str, Any]]) -> None:
    assert [demo["clean"] for demo in told] == [True, True]
