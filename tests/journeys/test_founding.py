"""An empty workspace comes to its first figures: three administrators, each with a link, by the handbook alone."""

import base64
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_otp.oath import totp

from tests.journeys import serving
from tests.journeys.person import Person
from tests.journeys.serving import Site
from tests.journeys.sheets import row, sheet

ANSWERS = """name_zh: 示例新区专班
name_en: Example task force
plan: anshan-2023
system: xt01
security: aq01
audit: sj01
"""
SECRET = "Nine-bridges-over-7-rivers"
LINK = re.compile(r"/account/link/[^/\s]+/[^/\s]+/")


@pytest.fixture
def founded(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """An empty workspace as ``zhuanban init --answers`` leaves it, and the link of each administrator."""
    folder, answers = tmp_path / "founded", tmp_path / "answers.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    made = serving.command(folder, "init", "--answers", str(answers))
    assert made.returncode == 0, made.stderr
    return folder, dict(re.findall(r"“(\w+)”: \S*?(/account/link/[^/\s]+/[^/\s]+/)", made.stderr))


@pytest.fixture
def site(founded: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Site]:
    with serving.served(founded[0], tmp_path) as running:
        yield running


def test_three_administrators_bring_an_empty_workspace_to_its_first_figures(
    people: Any, founded: tuple[Path, dict[str, str]], site: Site, tmp_path: Path
) -> None:
    links = founded[1]
    assert sorted(links) == ["aq01", "sj01", "xt01"]
    system, security, audit = (_first_entry(people(), links[name], name) for name in ("xt01", "aq01", "sj01"))
    _is_told_what_comes_first(system)
    statistician = _makes_an_account(system)
    _chooses_the_rules(security)
    _brings_figures(_enters(people(), statistician, "tj01"), tmp_path)
    _verifies(audit)
    checked = site.command("trail", "verify", "--deep")
    assert checked.returncode == 0, checked.stdout


def _enters(person: Person, link: str, username: str) -> Person:
    """Sets a password by the link and signs in with it."""
    person.open(link)
    person.page.locator("[name=new]").fill(SECRET)
    person.page.locator("[name=again]").fill(SECRET)
    person.press("设定密码", "Set a password")
    person.open("/sign-in/")
    person.page.locator("[name=username]").fill(username)
    person.page.locator("[name=password]").fill(SECRET)
    person.press("登录", "Sign in")
    return person


def _first_entry(person: Person, link: str, username: str) -> Person:
    """An administrator owes a second factor before any other page opens."""
    _enters(person, link, username)
    assert person.path == "/account/second-factor/"
    secret = person.page.locator("code.zb-code").first.inner_text().replace(" ", "")
    code = totp(base64.b32decode(secret + "=" * (-len(secret) % 8)))
    person.page.locator("[name=code]").fill(f"{code:06d}")
    person.page.locator("[name=current]").fill(SECRET)
    person.press("启用", "Put it in force")
    assert person.page.locator(".zb-codes li").count() == 10
    person.open("/")
    return person


def _is_told_what_comes_first(system: Person) -> None:
    system.reads(system.say("首先完成", "First of all"))


def _makes_an_account(system: Person) -> str:
    """For the post of the plan; the link is shown once."""
    system.open("/accounts/")
    system.page.locator("[name=username]").fill("tj01")
    post = system.page.locator("[name=post] option", has_text=system.say("统计", "tatistic")).first.get_attribute("value")
    system.page.locator("[name=post]").select_option(post)
    system.press("创建账号", "Make the account")
    found = LINK.search(system.page.inner_text("main"))
    assert found, system.page.inner_text("main")
    return found.group()


def _chooses_the_rules(security: Person) -> None:
    security.open("/security/")
    security.press("生效", "Put in force")
    security.open("/")


def _brings_figures(statistician: Person, folder: Path) -> None:
    say = statistician.say
    statistician.open("/board/import/")
    file = sheet(folder, "首月.xlsx", [row("社会消费品零售总额", "亿元", "32.67", "7.7")])
    statistician.page.set_input_files("#id_file", str(file))
    statistician.press("读表核对", "Read the sheet")
    if statistician.page.locator("textarea[name=answer]").count():
        statistician.fill("对疑问的说明", "Your word on the questions", "首次导入，已核对")
    statistician.press("发布", "Publish")
    statistician.open("/board/retail_sales/?month=2023-06")
    statistician.reads("32.67", "7.7", say("为什么是这个灯", "Why this light"))


def _verifies(audit: Person) -> None:
    """The record of all this holds; the worker says so in a moment."""
    audit.open("/audit/verify/")
    audit.press("深度核验", "Verify in depth")
    for _ in range(60):
        audit.open("/audit/verify/")
        if audit.say("未发现问题", "clean") in audit.page.inner_text("main"):
            return
        time.sleep(0.5)
    raise AssertionError(audit.page.inner_text("main"))
