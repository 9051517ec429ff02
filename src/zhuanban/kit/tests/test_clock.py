"""The clock: business time stands, runs and stops; the office's day begins at midnight in Shanghai."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from zhuanban.kit import clock, workspace
from zhuanban.kit.workspace import BusinessClock, WorkspaceConfig

BUILT = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
STARTS = datetime(2023, 7, 24, 9, 0, tzinfo=clock.SHANGHAI)
STOPS = datetime(2023, 8, 31, 0, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZHUANBAN_WORKSPACE", str(tmp_path))
    workspace.write_config(WorkspaceConfig(is_demo=True, clock=BusinessClock(STARTS, BUILT, STOPS)))
    yield
    assert os.environ["ZHUANBAN_WORKSPACE"] == str(tmp_path)


def test_without_a_demo_business_time_is_real_time() -> None:
    with time_machine.travel(BUILT, tick=False):
        assert clock.now() == clock.real_now() == BUILT
        assert not clock.is_stopped()


def test_a_demos_clock_stands_at_its_start_when_built_and_runs_on(demo: None) -> None:
    with time_machine.travel(BUILT, tick=False):
        assert clock.now() == STARTS
    with time_machine.travel(BUILT + timedelta(days=3, hours=2), tick=False):
        assert clock.now() == STARTS + timedelta(days=3, hours=2)
        assert clock.today() == date(2023, 7, 27)
        assert not clock.is_stopped()


def test_a_demos_clock_stops_at_its_end_while_real_time_goes_on(demo: None) -> None:
    later = BUILT + timedelta(days=400)
    with time_machine.travel(later, tick=False):
        assert clock.now() == STOPS
        assert clock.is_stopped()
        assert clock.real_now() == later


def test_the_day_changes_at_midnight_in_shanghai() -> None:
    last_second = datetime(2023, 6, 30, 15, 59, 59, tzinfo=UTC)
    with clock.pinned(last_second):
        assert clock.today() == date(2023, 6, 30)
    with clock.pinned(last_second + timedelta(seconds=1)):
        assert clock.today() == date(2023, 7, 1)


def test_a_pin_is_nested_and_taken_away_even_after_an_error() -> None:
    with pytest.raises(RuntimeError), clock.pinned(STARTS):
        with clock.pinned(STOPS):
            assert clock.now() == STOPS
        assert clock.now() == STARTS
        raise RuntimeError
    with time_machine.travel(BUILT, tick=False):
        assert clock.now() == BUILT


def test_a_damaged_or_absent_configuration_is_not_taken_for_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUANBAN_WORKSPACE", str(tmp_path / "absent"))
    assert workspace.config() == WorkspaceConfig()
    assert not workspace.exists()
