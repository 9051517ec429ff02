"""Pictures of every page for the readmes and the handbook: a demo workspace, the fitting persona, Chromium.

``python tools/screenshots.py [--into DIR] [--whole]``; ``--whole`` takes whole pages instead of what the screen shows.
Development only: needs Debian's Chromium and Chinese fonts (``make system``).
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
]
SCREENS = {"1366": (1366, 768), "390": (390, 844)}
PASSWORD = "demo-zhuanban-2023"  # noqa: S105  (of demo workspaces, printed by them)


@dataclass(frozen=True)
class Shot:
    """One page: the file's name, who looks, where; ``follow`` is the pattern of the link to go on to."""

    name: str
    who: str
    path: str
    follow: str = ""


SHOTS = (
    Shot("sign-in", "", "/sign-in/"),
    Shot("account", "clerk", "/account/"),
    Shot("second-factor", "statistician", "/account/second-factor/"),
    Shot("acting", "leader", "/account/acting/"),
    Shot("accounts", "sysadmin", "/accounts/"),
    Shot("account-import", "sysadmin", "/accounts/import/"),
    Shot("structure", "sysadmin", "/organisation/structure/"),
    Shot("post", "sysadmin", "/organisation/structure/", r"/organisation/structure/posts/\d+/"),
    Shot("hand-over", "sysadmin", "/organisation/structure/posts/1/hand-over/"),
    Shot("group", "sysadmin", "/organisation/structure/groups/1/"),
    Shot("industry", "sysadmin", "/organisation/structure/industries/1/"),
    Shot("security", "secadmin", "/security/"),
    Shot("rights", "secadmin", "/security/rights/"),
    Shot("record", "auditor", "/audit/"),
    Shot("record-entry", "auditor", "/audit/?table=people_unit", r"/audit/\d+/"),
    Shot("record-verify", "auditor", "/audit/verify/"),
    Shot("system", "sysadmin", "/system/"),
    Shot("search", "officehead", "/search/?q=shang"),
    Shot("first-steps", "secadmin", "/"),
    Shot("reports", "officehead", "/reports/"),
    Shot("report", "officehead", "/reports/4/"),
    Shot("inbox", "head", "/inbox/"),
    Shot("handbook", "clerk", "/help/05-import/"),
    Shot("workbench", "clerk", "/"),
    Shot("board", "statistician", "/board/"),
    Shot("overview", "chief", "/overview/"),
    Shot("targets", "officehead", "/board/targets/"),
    Shot("board-as-known", "statistician", "/board/?month=2023-04&as_known=2023-05-25"),
    Shot("indicator", "leader", "/board/retail_sales/"),
    Shot("group-board", "leader", "/board/groups/COMMERCE_CULT/"),
    Shot("imports", "statistician", "/board/import/"),
    Shot("expected", "statistician", "/board/expected/"),
    Shot("import", "statistician", "sheet"),
    Shot("alerts", "clerk", "/alerts/"),
    Shot("alert", "clerk", "/alerts/", r"/alerts/\d+/"),
    Shot("ledger", "officehead", "/matters/"),
    Shot("matter", "officehead", "/matters/?state=resolved", r"/matters/\d{4}-\d{4}/"),
    Shot("register", "clerk", "/matters/register/"),
    Shot("rates", "officehead", "/matters/rates/"),
    Shot("filings", "officehead", "/filings/"),
    Shot("changes", "officehead", "/changes/?days=7"),
    Shot("filings-calendar", "officehead", "/filings/calendar/"),
    Shot("filing", "financehead", "/filings/?month=2023-06", r"/filings/\d+/"),
    Shot("verify", "auditor", "/filings/verify/"),
    Shot("organisation", "chief", "/organisation/"),
    Shot("office", "reviewer", "/office/"),
    Shot("office-lights", "reviewer", "/office/lights/"),
    Shot("office-ladder", "reviewer", "/office/ladder-problem/"),
    Shot("office-calendar", "reviewer", "/office/calendar/"),
    Shot("office-peers", "reviewer", "/office/peers/"),
    Shot("analysis", "statistician", "/reports/monthly/"),
    Shot("components", "statistician", "/look/"),
)

SHEET = """2023年6月主要经济指标,,,,
单位：亿元,,,,
指标,本月累计,增速,位次,备注
社会消费品零售总额,32.67,7.7%,3,
固定资产投资,二十七亿多,8.0%,7,
规上工业产量,88.1,7.0%,2,
批发业营业收入,20.61,10.2%,4,更正
进出口总额,7890000,5.8%,2,
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--into", type=Path, default=ROOT / "docs" / "screenshots")
    options.add_argument("--whole", action="store_true")
    options.add_argument("--only", default="", help="names that begin with this, several parted by commas")
    chosen = options.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zhuanban-pictures-") as workspace:
        _run("demo", workspace)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "zhuanban.site.cli", "serve", "--without-worker", "--port", str(port)],
            env=_environment(workspace), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}")
            _take(f"http://127.0.0.1:{port}", [each for each in SHOTS if each.name.startswith(tuple(chosen.only.split(",")))], chosen)
        finally:
            server.terminate()
            server.wait(30)
    return 0


def _environment(workspace: str) -> dict[str, str]:
    return {**os.environ, "ZHUANBAN_WORKSPACE": workspace}


def _run(command: str, workspace: str) -> None:
    subprocess.run([sys.executable, "-m", "zhuanban.site.cli", command], env=_environment(workspace), check=True)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310  (our own server)
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not answer")


def _take(address: str, shots: list[Shot], chosen: argparse.Namespace) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        for language in ("zh-hans", "en"):
            for size, (width, height) in SCREENS.items():
                contexts: dict[str, Any] = {}
                for shot in shots:
                    if language == "en" and size != "1366":
                        continue
                    if shot.who not in contexts:
                        contexts[shot.who] = _context(browser, address, language, (width, height), shot.who)
                    _shoot(contexts[shot.who], address, shot, f"{shot.name}-{language[:2]}-{size}.png", chosen)
                for context in contexts.values():
                    context.close()
        browser.close()


def _context(browser: Any, address: str, language: str, size: tuple[int, int], who: str) -> Any:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.add_cookies([{"name": "zb_language", "value": language, "url": address}])
    if who:
        page = context.new_page()
        page.goto(f"{address}/sign-in/")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        page.close()
    return context


def _shoot(context: Any, address: str, shot: Shot, file_name: str, chosen: argparse.Namespace) -> None:
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    if shot.path == "sheet":
        page.goto(f"{address}/board/import/")
        sheet = {"name": "6月主要指标.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
        page.set_input_files("input[type=file]", sheet)
        page.locator("form:has(input[type=file]) button[type=submit]").first.click()
    else:
        answer = page.goto(f"{address}{shot.path}")
        if answer.status != 200:
            troubles.append(f"status {answer.status}")
    if shot.follow:
        pattern = re.compile(shot.follow + "$")
        found = [
            href
            for href in page.eval_on_selector_all("main a", "all => all.map(a => a.pathname)")
            if pattern.fullmatch(href)
        ]
        if found:
            page.goto(f"{address}{found[0]}")
        else:
            troubles.append(f"no link like {shot.follow}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        troubles.append(f"{wide} px wider than the screen")
    (chosen.into / file_name).write_bytes(_smaller(page.screenshot(full_page=chosen.whole)))
    sys.stdout.write(f"{file_name} {'; '.join(troubles)}\n")
    page.close()


def _smaller(png: bytes) -> bytes:
    """The picture in fewer bytes, with its colours as they are: lights must keep theirs."""
    from PIL import Image

    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
