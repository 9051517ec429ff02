"""One person at one browser. What the browser complains about is kept, and every kind of page is audited once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.serving import ROOT, Site

PASSWORD = "demo-zhuanban-2023"
DESK, PHONE = (1366, 768), (390, 844)
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_audited: set[tuple[str, str, int]] = set()


class Person:
    """Signs in and reads; ``faults`` gathers console errors, requests to other hosts and serious barriers."""

    def __init__(self, browser: Any, site: Site, language: str, *, size: tuple[int, int] = DESK) -> None:
        self.site, self.language, self._width = site, language, size[0]
        self.faults: list[str] = []
        self._forgiven: tuple[int, ...] = ()
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, accept_downloads=True, has_touch=size == PHONE, locale="zh-CN"
        )
        self.context.add_cookies([{"name": "zb_language", "value": language, "url": site.address}])
        self.page: Any = self.new_page()

    def new_page(self) -> Any:
        """Another tab of the same person."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self._heard(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", lambda sent: self._only_here(sent.url))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        return page

    def say(self, zh: str, en: str) -> str:
        """The text of the person's language."""
        return en if self.language == "en" else zh

    def sign_in(self, username: str) -> "Person":
        self.page.goto(f"{self.site.address}/sign-in/")
        self.arrived()
        self.page.get_by_label(self.say("用户名", "Sign-in name")).fill(username)
        self.page.get_by_label(self.say("密码", "Password")).fill(PASSWORD)
        self.press("登录", "Sign in")
        self.sees_heading_of("/")
        return self

    def open(self, path: str) -> None:
        self.page.goto(self.site.address + path)
        self.arrived()

    def follow(self, name: str, *, within: str = "main") -> None:
        """Click the first link with these words."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=name).first.click()
        self.arrived()

    def press(self, zh: str, en: str, *, confirm: bool = False) -> None:
        """Press the button with exactly these words and wait for the page that answers."""
        button = self.page.get_by_role("button", name=self.say(zh, en), exact=True).first
        if confirm:
            button.click()
            button = self.page.locator("#zb-confirm [data-zb-yes]")
        with self.page.expect_navigation():
            button.click()
        self.arrived()

    def fill(self, zh: str, en: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(self.say(zh, en)).first.fill(text)

    def reads(self, *texts: str) -> None:
        """All these texts stand on the page."""
        shown = self.page.inner_text("main")
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{self.page.url} lacks {missing}; it says:\n{shown[:3000]}"

    def reads_not(self, *texts: str) -> None:
        shown = self.page.inner_text("main")
        assert not [text for text in texts if text in shown], shown[:3000]

    def sees_heading_of(self, path: str) -> None:
        assert self.page.url == self.site.address + path, self.page.url

    @property
    def path(self) -> str:
        return str(self.page.url)[len(self.site.address) :]

    @contextmanager
    def forgiving(self, *statuses: int) -> Iterator[None]:
        """Answers with these statuses are what the journey wants."""
        self._forgiven = statuses
        try:
            yield
        finally:
            self._forgiven = ()

    def arrived(self) -> None:
        """Look at the page as it stands: one heading, no raw key, and once per kind of page the barriers."""
        self.page.wait_for_load_state()
        if self.page.locator("h1").count() != 1:
            self.faults.append(f"{self.path}: {self.page.locator('h1').count()} first headings")
        kind = re.sub(r"\?.*", "", re.sub(r"\d{4}-\d{4}|\d+", "0", self.path))
        if (kind, self.language, self._width) not in _audited:
            _audited.add((kind, self.language, self._width))
            self.faults += [f"{self.path}: {barrier}" for barrier in barriers(self.page)]

    def _heard(self, said: str) -> None:
        status = re.search(r"status of (\d{3})", said)
        if not (status and int(status.group(1)) in self._forgiven):
            self.faults.append(f"{self.page.url}: console: {said}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400 and status not in self._forgiven:
            self.faults.append(f"{url} answered {status}")

    def _only_here(self, url: str) -> None:
        if not url.startswith((self.site.address, "data:", "blob:")):
            self.faults.append(f"request to another host: {url}")


def barriers(page: Any) -> list[str]:
    """What axe finds serious or critical on the page."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", _TAGS)
    return [
        f"{violation['impact']} {violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


def save(person: Person, folder: Path, name: str) -> None:
    """Leave what the person saw last, for whoever asks why a journey failed."""
    for number, page in enumerate(person.context.pages):
        page.screenshot(path=str(folder / f"{name}-{number}.png"), full_page=True)
        (folder / f"{name}-{number}.html").write_text(page.content(), encoding="utf-8")
