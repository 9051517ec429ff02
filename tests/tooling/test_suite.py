from pathlib import Path

import pytest
from tools import suite

from tests.conftest import absent_service

pytest_plugins = ["pytester"]


def test_the_quick_mode_is_one_session_on_one_database() -> None:
    assert [(each.options, each.environment) for each in suite.sessions({})] == [((), {})]


def test_the_full_mode_runs_both_databases_and_leaves_only_the_other_ones_out() -> None:
    postgres, sqlite = suite.sessions({"ZHUANBAN_TESTS": "full", "TEST_POSTGRES_URL": "postgresql://u@h/d"})
    assert postgres.environment == {"DATABASE_URL": "postgresql://u@h/d"}
    assert sqlite.options == ("-m", "not needs_postgres")
    default = suite.sessions({"ZHUANBAN_TESTS": "full"})[0]
    assert default.environment == {"DATABASE_URL": "postgresql://postgres@127.0.0.1:5432/postgres"}


@pytest.mark.parametrize(
    "line",
    [
        "12 passed in 3.21s",
        "1 failed, 11 passed, 2 skipped in 65.02s (0:01:05)",
        "===== 3 passed, 1 warning in 0.12s =====",
        "no tests ran in 0.01s",
    ],
)
def test_the_closing_line_is_the_last_count_of_pytest(line: str) -> None:
    assert suite.closing_line(f"3 passed in 1.00s\nnoise\n{line}\nmake: *** [test] Error 1\n") == line


def test_output_without_a_count_has_no_closing_line() -> None:
    assert suite.closing_line("ERROR: usage\n") == ""


def test_the_reason_names_the_service_that_is_absent() -> None:
    assert "runs on SQLite" in absent_service("needs_postgres", {}, asked_for=False)
    assert absent_service("needs_postgres", {"DATABASE_URL": "postgresql://x/y"}, asked_for=False) == ""
    assert "ZHUANBAN_TESTS=full" in absent_service("needs_browser", {}, asked_for=False)


def test_the_long_form_of_a_test_runs_in_the_whole_proof_or_when_asked_for() -> None:
    assert "ZHUANBAN_TESTS=full" in absent_service("whole_proof", {}, asked_for=False)
    assert absent_service("whole_proof", {"ZHUANBAN_TESTS": "full"}, asked_for=False) == ""
    assert absent_service("whole_proof", {}, asked_for=True) == ""


@pytest.mark.parametrize(("mode", "passed", "failed", "skipped"), [("full", 1, 1, 1), ("", 1, 0, 2)])
def test_a_skip_for_want_of_a_service_fails_in_full_mode_only(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    repository: Path,
    mode: str,
    passed: int,
    failed: int,
    skipped: int,
) -> None:
    monkeypatch.setenv("ZHUANBAN_TESTS", mode)
    pytester.makeconftest((repository / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    needs_postgres\n    needs_browser\n    needs_libreoffice\n")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.needs_libreoffice
        def test_documents():
            pytest.skip("no fonts")

        def test_plain():
            pass

        def test_real_data_is_elsewhere():
            pytest.skip("no shared data")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:django", "-p", "no:xdist")
    result.assert_outcomes(passed=passed, failed=failed, skipped=skipped)
