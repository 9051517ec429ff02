"""init with answers: three administrators without a default account or password, and every wrong answer at once."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import zhuanban

GOOD = """name_zh: 示例新区专班
name_en: Example task force
address: https://zb.example
plan: anshan-2023
system: xt01
security: aq01
audit: sj01
"""


def found(folder: Path, answers: str, *more: str):
    (folder / "answers.yaml").write_text(answers, encoding="utf-8")
    return zhuanban("init", "--answers", "answers.yaml", *more, cwd=folder)


def _shut(folder: Path, links: list[str]) -> list[str]:
    """The links behind which the site of the workspace, in a process of its own, does not ask for a new password."""
    script = (
        "import sys, django; django.setup()\n"
        "from django.test import Client\n"
        "for link in sys.argv[1:]:\n"
        "    page = Client().get(link, HTTP_HOST='127.0.0.1').content.decode()\n"
        "    print(link if 'name=\"again\"' not in page else '')"
    )
    environment = {**os.environ, "ZHUANBAN_WORKSPACE": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "zhuanban.site.settings"}
    environment.pop("DATABASE_URL", None)
    asked = subprocess.run([sys.executable, "-c", script, *links], env=environment, check=True, capture_output=True, text=True)
    return [line for line in asked.stdout.splitlines() if line]


@pytest.mark.parametrize("plan", ["anshan-2023", ""])
def test_each_administrator_gets_a_link_and_nobody_a_password(tmp_path: Path, plan: str) -> None:
    done = found(tmp_path, GOOD.replace("anshan-2023", plan))
    assert done.returncode == 0, done.stderr
    links = re.findall(r"“(\w+)”: https://zb\.example/account/link/([^/]+)/([^/\s]+)/", done.stderr.decode())
    assert [name for name, _uid, _token in links] == ["xt01", "aq01", "sj01"]
    assert len({token for _name, _uid, token in links}) == 3
    with sqlite3.connect(tmp_path / "var" / "zhuanban.sqlite3") as stored:
        rows = stored.execute(
            "SELECT u.username, u.password, p.code, g.role FROM people_user u JOIN people_postholder h ON h.user_id = u.id"
            " JOIN people_post p ON p.id = h.post_id JOIN people_grant g ON g.post_id = p.id ORDER BY u.id"
        ).fetchall()
    assert [(name, post, role) for name, _password, post, role in rows] == [
        ("xt01", "system_administrator", "sysadmin"),
        ("aq01", "security_administrator", "secadmin"),
        ("sj01", "audit_administrator", "auditor"),
    ]
    assert all(password.startswith("!") for _name, password, _post, _role in rows)
    assert zhuanban("trail", "verify", "--deep", cwd=tmp_path).returncode == 0
    assert _shut(tmp_path, [f"/account/link/{uid}/{token}/" for _name, uid, token in links]) == []
    if not plan:
        later = zhuanban("pack", "apply", "anshan-2023", cwd=tmp_path)
        assert later.returncode == 0, later.stderr
        assert zhuanban("trail", "verify", "--deep", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (GOOD.replace("sj01", "XT01") + "password: x\n", ["answers.yaml:8: “password” is not asked for", "answers.yaml:7: “XT01” stands for two"]),
        ("name_zh: 区\n", ["“name_en” is missing", "“system” is missing", "“security” is missing", "“audit” is missing"]),
        (GOOD.replace("anshan-2023", "nowhere-1999"), ["There is no pack “nowhere-1999”"]),
        (GOOD.replace("https://zb.example", "zb.example"), ["“zb.example” is no address"]),
        (GOOD.replace("xt01", "x" * 61), ["“system” is longer than 60"]),
        ("- a\n- b\n", ["there are no answers"]),
        ("name_zh: [\n", ["this is no YAML"]),
    ],
)
def test_every_wrong_answer_is_said_and_nothing_is_made(tmp_path: Path, answers: str, said: list[str]) -> None:
    done = found(tmp_path, answers)
    assert done.returncode == 2
    for words in said:
        assert words in done.stderr.decode()
    assert not (tmp_path / "var" / "workspace.json").exists()


def test_an_existing_workspace_is_left_as_it_is(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD).returncode == 0
    before = (tmp_path / "var" / "zhuanban.sqlite3").read_bytes()
    again = found(tmp_path, GOOD.replace("xt01", "xt02"))
    assert again.returncode == 2
    assert (tmp_path / "var" / "zhuanban.sqlite3").read_bytes() == before


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = zhuanban("init", "--answers", "none.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "none.yaml cannot be read" in done.stderr.decode()
