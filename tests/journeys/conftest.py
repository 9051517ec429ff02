"""The demo is built once per session; every journey gets a copy of its own, its server, and people in one language."""

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import person, serving
from tests.journeys.person import Person
from tests.journeys.serving import Site

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=zh-CN"]

People = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.needs_browser)
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[_FAILED] = report.failed
    return report


_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser of a module's journeys. No longer than that: its event loop runs in this thread, where Django then
    refuses the database to the tests of the other rooms."""
    from playwright.sync_api import sync_playwright

    path = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(demo_workspace: Path, tmp_path: Path) -> Iterator[Site]:
    """The demo, served for one journey."""
    with serving.served(demo_workspace, tmp_path) as running:
        yield running


@pytest.fixture(params=["zh-hans", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def people(request: pytest.FixtureRequest, chromium: Any, site: Site, language: str) -> Iterator[People]:
    """``people("clerk")``: somebody signed in. A journey ends well only when no browser complained."""
    present: list[Person] = []

    def come(username: str = "", size: tuple[int, int] = person.DESK) -> Person:
        someone = Person(chromium, site, language, size=size)
        present.append(someone)
        return someone.sign_in(username) if username else someone

    yield come
    faults = sorted({fault for someone in present for fault in someone.faults})
    if request.node.stash.get(_FAILED, True) or faults:
        folder = Path(tempfile.mkdtemp(prefix="zhuanban-journey-"))
        for number, someone in enumerate(present):
            person.save(someone, folder, f"person-{number}")
    for someone in present:
        someone.context.close()
    assert not faults, "\n".join(faults)
