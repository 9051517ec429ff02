"""Takes the pictures of every page for the documentation: ``python tools/screenshots.py ADDRESS [FOLDER]``.

ADDRESS is a running demo workspace (``make run``). Each page is taken at 1366×768 and at 390 px in Chinese, and at
1366 px in English. Needs Debian's Chromium.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

PASSWORD = "demo-zhuanban-2023"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=zh-CN"
).split()
WIDTHS = {1366: 768, 390: 844}

PAGES = (
    ("sign-in", "", "/sign-in/"),
    ("workbench", "clerk", "/"),
    ("board", "statistician", "/board/"),
    ("indicator", "statistician", "/board/fai/"),
    ("imports", "statistician", "/board/import/"),
    ("import", "statistician", "first:/board/import/:main table a"),
    ("alerts", "clerk", "/alerts/"),
    ("alert", "clerk", "first:/alerts/:main table a"),
    ("ledger", "reviewer", "/matters/"),
    ("matter", "reviewer", "first:/matters/:main table a"),
    ("register", "clerk", "/matters/register/"),
    ("filings", "reviewer", "/filings/"),
    ("filing", "reviewer", "first:/filings/:main table a"),
    ("verify", "auditor", "/filings/verify/"),
    ("analysis", "chief", "/reports/monthly/"),
    ("components", "reviewer", "/look/"),
)
"""Name of the picture, who looks, and the address (or ``first:list:selector`` for what a list opens first)."""


def main() -> None:
    address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for language, short in (("zh-hans", "zh"), ("en", "en")):
            for width in WIDTHS if short == "zh" else (1366,):
                _take_all(browser, address, folder, language, short, width)
        browser.close()


def _take_all(browser: Any, address: str, folder: Path, language: str, short: str, width: int) -> None:
    signed_in: dict[str, Any] = {}
    for name, username, path in PAGES:
        if username not in signed_in:
            signed_in[username] = _page(browser, address, language, width, username)
        page = signed_in[username]
        _open(page, address, path)
        page.wait_for_timeout(400)
        page.screenshot(path=str(folder / f"{name}-{short}-{width}.png"))
    for page in signed_in.values():
        page.context.close()


def _page(browser: Any, address: str, language: str, width: int, username: str) -> Any:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN")
    context.add_cookies([{"name": "zb_language", "value": language, "url": address}])
    page = context.new_page()
    if username:
        page.goto(f"{address}/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
    return page


def _open(page: Any, address: str, path: str) -> None:
    listed = re.fullmatch(r"first:([^:]+):(.+)", path)
    page.goto(address + (listed.group(1) if listed else path))
    if listed:
        page.goto(address + str(page.locator(listed.group(2)).first.get_attribute("href")))


if __name__ == "__main__":
    main()
