"""The thread: a figure comes in, a light turns, the alert is explained, a problem is opened and struck off by others,
a filing is frozen, the month's analysis comes out. The real server, worker and browser; in Chinese and in English."""

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_browser, pytest.mark.journey]

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-zhuanban-2023"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=zh-CN"]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0f01f0005000"
    "1ffa9d2b2b50000000049454e44ae426082"
)


def zhuanban(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", *arguments], env=environment(workspace), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def environment(workspace: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "ZHUANBAN_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("demo") / "workspace"
    built = zhuanban(workspace, "demo")
    assert built.returncode == 0, built.stderr
    return workspace


@pytest.fixture
def site(demo: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The demo on a free port, with its worker, in a copy of its own."""
    workspace = tmp_path / "workspace"
    shutil.copytree(demo, workspace)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "zhuanban.site.cli", "serve", "--port", str(port)],
        env=environment(workspace), stdout=log, stderr=log,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address, workspace
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer within 30 seconds")


class Browser:
    """One person after another at one browser; every complaint of the browser is kept."""

    def __init__(self, playwright: Any, address: str, language: str) -> None:
        self.browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        self.address, self.language = address, language
        self.complaints: list[str] = []
        self.page: Any = None

    def sign_in(self, username: str) -> Any:
        context = self.browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
        context.add_cookies([{"name": "zb_language", "value": self.language, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda sent: self._only_here(sent.url))
        page.goto(f"{self.address}/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{self.address}/")
        self.page = page
        return page

    def _only_here(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"request to another host: {url}")

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page


def _chromium() -> str:
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    assert found
    return found


def corrected_sheet() -> bytes:
    """The zone's June figure of budget revenue, corrected to below the city's 9.2 %."""
    from datetime import UTC, datetime
    from decimal import Decimal

    from zhuanban.kit.spreadsheets.tables import Column, OutTable
    from zhuanban.kit.spreadsheets.writer import workbook_bytes

    table = OutTable(
        title="2023年1—6月主要指标更正",
        columns=(Column("指标"), Column("单位"), Column("本月累计", "level", 2), Column("增速%", "growth")),
        rows=[("一般公共预算收入", "万元", Decimal("11200.00"), Decimal("6.6"))],
        sheet_name="更正",
    )
    return workbook_bytes([table], made_at=datetime(2023, 7, 24, tzinfo=UTC))


WORDS = {
    "zh-hans": {"yellow": "预警", "green": "正常", "own": "本人", "seal": "凭证"},
    "en": {"yellow": "Warning", "green": "Normal", "own": "yourself", "seal": "Certificate"},
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_figure_becomes_a_light_a_problem_a_frozen_filing_and_a_report(
    site: tuple[str, Path], tmp_path: Path, language: str
) -> None:
    from playwright.sync_api import sync_playwright

    address, workspace = site
    sheet = tmp_path / "更正.xlsx"
    sheet.write_bytes(corrected_sheet())
    picture = tmp_path / "回复.png"
    picture.write_bytes(PICTURE)
    words = WORDS[language]
    with sync_playwright() as playwright:
        browser = Browser(playwright, address, language)

        page = browser.sign_in("statistician")
        browser.open("/board/budget_revenue/?month=2023-06")
        assert words["green"] in page.inner_text(".zb-title")
        browser.open("/board/import/")
        page.set_input_files("#id_file", str(sheet))
        page.locator("main form[enctype] button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/board/import/\d+/$"))
        if page.locator("textarea[name=answer]").count():
            page.fill("textarea[name=answer]", "已与财政部门核对，按更正数发布")
        page.locator('form[action$="/publish/"] button').click()
        page.wait_for_load_state()
        browser.open("/board/budget_revenue/?month=2023-06")
        assert words["yellow"] in page.inner_text(".zb-title")
        assert "6.6" in page.inner_text(".zb-facts")
        assert page.locator(".zb-reasons .zb-hit").count() >= 1

        page = browser.sign_in("finance")
        alert = _alert_of(browser, "一般公共预算收入", "General public budget revenue")
        page.fill("[name=cause]", "更正后留抵退税列支增加，当期收入减少。")
        page.fill("[name=measure]", "逐户核对退税进度，月底前完成。")
        page.locator(f'form[action="{alert}explain/"] button[type=submit]').click()
        page.wait_for_load_state()
        assert "留抵退税" in page.inner_text("main")
        page.locator(f'form[action="{alert}matter/"] button').click()
        page.wait_for_load_state()
        browser.open(alert)
        number = page.locator('main a[href^="/matters/"]').first.inner_text().strip()
        assert re.fullmatch(r"2023-\d{4}", number)

        page = browser.sign_in("reviewer")
        _move(browser, number, "accept")
        page = browser.sign_in("finance")
        browser.open(f"/matters/{number}/")
        page.fill("[name=text]", "已与税务局核对完毕，附回复。")
        page.set_input_files("#id_files", str(picture))
        page.locator('button[name=verb][value="resolve"]').click()
        page.wait_for_load_state()
        browser.open(f"/matters/{number}/")
        assert page.locator('button[name=verb][value="review"]').count() == 0
        page = browser.sign_in("reviewer")
        _move(browser, number, "review")
        _move(browser, number, "strike_off")
        browser.open(f"/matters/{number}/")
        assert page.locator("button[name=verb]").count() == 0

        page = browser.sign_in("finance")
        filing = _filing_of(browser)
        if page.locator('form[action$="/compile/"]').count():
            page.locator('form[action$="/compile/"] button[type=submit]').first.click()
            page.wait_for_load_state()
        page = browser.sign_in("financehead")
        browser.open(filing)
        signed = bool(page.locator('form[action$="/sign/"]').count())
        if signed:
            page.locator('form[action$="/sign/"] button[type=submit]').first.click()
            page.wait_for_load_state()
            if page.locator("dialog[open] button").count():
                page.locator("dialog[open] button").last.click()
                page.wait_for_load_state()
            browser.open(filing)
        certificate = re.search(r"ZB-\d{8}-[0-9A-F]{12}", page.inner_text("main"))
        assert certificate, page.inner_text("main")[:600]
        browser.open(f"/filings/verify/?number={certificate.group()}")
        assert certificate.group() in page.inner_text("main")

        page = browser.sign_in("reviewer")
        browser.open("/reports/monthly/?month=2023-06")
        with page.expect_download() as download:
            page.locator('form[action$="/download/"] button').click()
        _check_document(Path(download.value.path()).read_bytes())
        assert browser.complaints == []
        browser.browser.close()
    verified = zhuanban(workspace, "trail", "verify", "--deep")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _alert_of(browser: Browser, *names: str) -> str:
    """The address of June's alert of an indicator; the worker raises it within seconds."""
    for _ in range(60):
        page = browser.open("/alerts/?month=2023-06")
        for name in names:
            link = page.locator("main table a", has_text=name)
            if link.count():
                found = str(link.first.get_attribute("href"))
                browser.open(found)
                return re.sub(r"\?.*", "", found)
        time.sleep(0.5)
    pytest.fail("no alert was raised within 30 seconds")


def _move(browser: Browser, number: str, verb: str) -> None:
    page = browser.open(f"/matters/{number}/")
    page.fill("[name=text]", "核对无误。")
    page.locator(f'button[name=verb][value="{verb}"]').click()
    page.wait_for_load_state()


def _filing_of(browser: Browser) -> str:
    page = browser.open("/filings/")
    link = page.locator("main table tbody a").first
    found = str(link.get_attribute("href"))
    browser.open(found)
    return found


def _check_document(content: bytes) -> None:
    from docx import Document

    document = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "经济运行分析报告" in text
    assert "一般公共预算收入" in cells
    assert re.search(r"ZB-\d{8}-[0-9A-F]{12}", text)
    assert "演示数据" in "".join(p.text for s in document.sections for p in s.header.paragraphs)
