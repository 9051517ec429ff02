"""Tests that need a service: skipped by name where it is absent, failed in full mode where they were skipped.

``ZHUANBAN_TESTS=full`` is the mode in which nothing may be left out. The database is the one ``DATABASE_URL`` names.
"""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def absent_service(marker: str, environment: dict[str, str], *, asked_for: bool) -> str:
    """Why a test with ``marker`` cannot run here, in words that name what is missing; empty where it can."""
    full = environment.get("ZHUANBAN_TESTS") == "full"
    if marker == "needs_postgres" and not environment.get("DATABASE_URL", "").startswith("postgres"):
        return "needs_postgres: this session runs on SQLite; set DATABASE_URL to a PostgreSQL server"
    if marker == "needs_browser":
        if not (full or asked_for):
            return "needs_browser: browser journeys run with ZHUANBAN_TESTS=full or -m needs_browser"
        if not any(shutil.which(name) for name in CHROMIUM):
            return "needs_browser: Chromium is not installed; make system brings it"
    if marker == "whole_proof" and not (full or asked_for):
        return "whole_proof: the long form of a shorter test runs with ZHUANBAN_TESTS=full or -m whole_proof"
    if marker == "needs_libreoffice" and not (shutil.which("soffice") or shutil.which("libreoffice")):
        return "needs_libreoffice: LibreOffice is not installed; make system brings it"
    return ""


class Services:
    """Skips what cannot run; in full mode a test that needs a service and was skipped, however, has failed."""

    MARKERS = ("needs_postgres", "needs_browser", "needs_libreoffice")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        asked_for = str(item.config.getoption("markexpr"))
        for marker in [*self._needs(item), *(["whole_proof"] if item.get_closest_marker("whole_proof") else [])]:
            reason = absent_service(marker, dict(os.environ), asked_for=marker in asked_for)
            if reason:
                pytest.skip(reason)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        expected_to_fail = hasattr(report, "wasxfail")
        if report.skipped and not expected_to_fail and self._needs(item) and os.environ.get("ZHUANBAN_TESTS") == "full":
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, which ZHUANBAN_TESTS=full does not allow: {reason}"
        return report

    def _needs(self, item: pytest.Item) -> list[str]:
        return [marker for marker in self.MARKERS if item.get_closest_marker(marker)]


def pytest_configure(config: pytest.Config) -> None:
    # Registered, not left as hooks of this file, so that the tests inside the rooms are looked after as well.
    config.pluginmanager.register(Services(), "zhuanban-services")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent
