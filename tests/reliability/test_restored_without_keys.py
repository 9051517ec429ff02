"""A restored workspace without its keys is served to be read, says so on every page, and takes no change."""

import http.cookiejar
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.serving import Site, command, served

PASSWORD = "demo-zhuanban-2023"


class Browser:
    """A browser without a screen: cookies, forms with their hidden fields."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path: str, given: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(given).encode() if given is not None else None
        asked = urllib.request.Request(f"{self.address}{path}", data=body, headers={"Referer": f"{self.address}/"})
        try:
            with self.opener.open(asked, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def send(self, page: str, action: str, given: dict[str, str]) -> tuple[int, str]:
        """Fill the form of ``page`` that is posted to ``action``."""
        _, html = self.open(page)
        form = next(each for each in re.findall(r"<form.*?</form>", html, re.S) if f'action="{action}"' in each or not action)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return self.open(action or page, {**hidden, **given})


@pytest.fixture(scope="module")
def restored(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("restored")
    original, copy = folder / "original", folder / "copy"
    shutil.copytree(demo_workspace, original)
    made = command(original, "backup")
    assert made.returncode == 0, made.stderr
    [backup] = (original / "backups").glob("*.tar*")
    back = command(original, "restore", str(backup), "--into", str(copy))
    assert back.returncode == 0, back.stderr
    assert not (copy / "secrets" / "trail.key").exists()
    with served(copy, folder / "serving") as site:
        yield site


def test_it_opens_says_so_on_every_page_and_signs_people_in(restored: Site) -> None:
    browser = Browser(restored.address)
    status, page = browser.send("/sign-in/", "", {"username": "head", "password": PASSWORD})
    assert status == 200
    for path in ("/", "/board/", "/board/retail_sales/", "/alerts/", "/matters/", "/filings/"):
        status, page = browser.open(path)
        assert status == 200, path
        assert "尚无密钥" in page, path


def test_a_change_is_refused_in_words_and_leaves_nothing(restored: Site) -> None:
    browser = Browser(restored.address)
    browser.send("/sign-in/", "", {"username": "head", "password": PASSWORD})
    _, alerts = browser.open("/alerts/")
    path = next(iter(re.findall(r'href="(/alerts/\d+/)"', alerts)))
    given = {"cause": "商场停业", "measure": "协调复业"}
    status, page = browser.send(path, f"{path}explain/", given)
    assert status == 503
    assert "密钥" in page
    assert "商场停业" not in browser.open(path)[1]


def test_nothing_runs_beside_it_and_the_keys_bring_it_back(restored: Site, demo_workspace: Path) -> None:
    log = (restored.workspace.parent / "serve.log").read_text()
    assert "opened for reading only" in log
    ticked = command(restored.workspace, "tick")
    assert (ticked.returncode, "trail.key" in ticked.stderr) == (2, True)
    for name in ("trail", "django"):
        shutil.copy(demo_workspace / "secrets" / f"{name}.key", restored.workspace / "secrets" / f"{name}.key")
    verified = command(restored.workspace, "trail", "verify", "--deep")
    assert verified.returncode == 0, verified.stdout
