"""The command line's contract, by real processes: exit codes, results on standard output, messages on standard error."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.running import zhuanban
from tests.journeys.serving import ROOT, command

KEYS = {
    "code", "name", "group", "dept", "unit", "level", "growth_pct", "city_growth_pct", "gap_pp", "rank", "rank_of",
    "target", "target_to_date", "light", "provisional", "reasons",
}  # fmt: skip


def test_a_workspace_is_made_once_by_option_variable_or_default(tmp_path: Path) -> None:
    for arguments, environment, made in (
        (["init", "--workspace", "by-option"], {}, "by-option"),
        (["init"], {"ZHUANBAN_WORKSPACE": str(tmp_path / "by-variable")}, "by-variable"),
        (["--workspace", "before", "init"], {"ZHUANBAN_WORKSPACE": str(tmp_path / "not-this")}, "before"),
        (["init"], {}, "var"),
    ):
        done = zhuanban(*arguments, cwd=tmp_path, **environment)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
        assert (tmp_path / made / "zhuanban.sqlite3").is_file()
        assert (tmp_path / made / "secrets" / "trail.key").stat().st_mode & 0o077 == 0
    assert not (tmp_path / "not-this").exists()
    before = (tmp_path / "var" / "secrets" / "trail.key").read_bytes()
    again = zhuanban("init", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, b"")
    assert b"already" in again.stderr
    assert (tmp_path / "var" / "secrets" / "trail.key").read_bytes() == before


def test_a_directory_with_other_files_is_refused_for_a_demo_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    for more in ((), ("--reset",)):
        done = zhuanban("demo", *more, "--workspace", ".", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b""), more
        assert b"neither empty nor a workspace" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_real_data_is_never_reset_into_a_demo(new_workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(new_workspace, tmp_path / "var")
    before = (tmp_path / "var" / "zhuanban.sqlite3").read_bytes()
    for more in ((), ("--reset",)):
        done = zhuanban("demo", *more, cwd=tmp_path)
        assert done.returncode == 2
    assert b"not a demo" in done.stderr
    assert (tmp_path / "var" / "zhuanban.sqlite3").read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_lights_are_one_utf_8_document_in_the_shape_agreed_whatever_the_terminal_is(demo: Path, encoding: str) -> None:
    done = zhuanban("lights", "--month", "2023-06", "--json", cwd=demo, ZHUANBAN_WORKSPACE=str(demo), PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout.decode("utf-8"))
    assert len(rows) >= 40
    assert all(row.keys() >= KEYS for row in rows)
    assert {row["light"] for row in rows} == {"green", "yellow", "red", "grey"}
    assert all(isinstance(row["level"], int | float | None) and isinstance(row["reasons"], list) for row in rows)
    assert any("销售" in row["name"] or "零售" in row["name"] for row in rows)


def _of(folder: Path, *arguments: str) -> Any:
    done = command(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_as_known_gives_what_was_known_at_the_end_of_that_day(demo: Path) -> None:
    def april(*more: str) -> dict[str, Any]:
        return {row["code"]: row for row in _of(demo, "lights", "--month", "2023-04", "--json", *more)}

    now, early, never = april(), april("--as-known", "2023-05-22"), april("--as-known", "2019-01-01")
    assert now["fai"]["growth_pct"] != early["fai"]["growth_pct"]
    assert all(row["level"] is None and row["light"] == "grey" for row in never.values())


@pytest.mark.parametrize(
    "arguments",
    [
        ("lights", "--month", "2023-13"), ("lights", "--month", "June"), ("lights",), ("fly",), (),
        ("lights", "--month", "2023-06", "--as-known", "yesterday"), ("report", "monthly", "--month", "2023-06"),
        ("report", "monthly", "--month", "2023-06", "-o", "analysis.pdf"), ("import", "figures", "no-such-file.csv"),
        ("pack", "check", "no-such-pack"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_ends_with_2_and_a_message_and_no_result(demo: Path, arguments: tuple[str, ...]) -> None:
    done = command(demo, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_the_months_analysis_is_a_word_file(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "2023-06.docx"
    done = command(demo, "report", "monthly", "--month", "2023-06", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    document = Document(str(target))
    assert document.tables
    assert document.inline_shapes
    assert "演示数据" in "".join(each.text for section in document.sections for each in section.header.paragraphs) or any(
        "演示数据" in each.text for each in document.paragraphs
    )
    nowhere = command(demo, "report", "monthly", "--month", "2023-06", "-o", str(tmp_path / "no" / "x.docx"))
    assert nowhere.returncode == 2
    assert "Traceback" not in nowhere.stderr


def _broken_pack(folder: Path) -> Path:
    target = folder / "pack"
    shutil.copytree(ROOT / "src" / "zhuanban" / "packs" / "anshan-2023", target)
    groups = target / "groups.yaml"
    groups.write_text(groups.read_text(encoding="utf-8") + "\n- code: UPPER CASE\n", encoding="utf-8")
    return target


def test_pack_check_needs_no_workspace_and_names_file_and_line(tmp_path: Path) -> None:
    sound = zhuanban("pack", "check", "anshan-2023", "--json", cwd=tmp_path)
    assert (sound.returncode, json.loads(sound.stdout)) == (0, [])
    broken = zhuanban("pack", "check", str(_broken_pack(tmp_path)), cwd=tmp_path)
    assert (broken.returncode, broken.stdout) == (1, b"")
    assert b"groups.yaml:" in broken.stderr
    problems = json.loads(zhuanban("pack", "check", str(tmp_path / "pack"), "--json", cwd=tmp_path).stdout)
    assert problems
    assert all(each["line"] >= 1 and each["message_zh"] and each["message_en"] for each in problems)
    assert not (tmp_path / "var").exists()


def test_verify_ends_with_0_when_clean_1_on_findings_and_2_when_it_could_not_run(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    clean = command(folder, "trail", "verify", "--deep", "--json")
    assert (clean.returncode, json.loads(clean.stdout)["findings"]) == (0, [])
    import sqlite3

    with sqlite3.connect(folder / "zhuanban.sqlite3") as database:
        pk = database.execute("SELECT MIN(id) FROM indicators_figure").fetchone()[0]
        database.execute("UPDATE indicators_figure SET growth_pct = 99 WHERE id = ?", [pk])
        database.execute("DELETE FROM trail_pending")
    database.close()
    found = command(folder, "trail", "verify", "--deep")
    assert (found.returncode, found.stdout.strip()) == (1, f"row_changed indicators_figure {pk}")
    assert command(folder, "trail", "verify").returncode == 0
    (folder / "secrets" / "trail.key").unlink()
    without_key = command(folder, "trail", "verify")
    assert (without_key.returncode, without_key.stdout) == (2, "")
    assert "trail.key" in without_key.stderr
    nowhere = command(tmp_path / "nowhere", "trail", "verify")
    assert (nowhere.returncode, nowhere.stdout) == (2, "")


def test_two_ticks_in_a_row_change_nothing_the_second_time(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    assert "failed" not in _of(folder, "tick", "--json").values()
    first = _of(folder, "trail", "verify", "--json")
    assert "failed" not in _of(folder, "tick", "--json").values()
    second = _of(folder, "trail", "verify", "--deep", "--json")
    assert (second["entries"], second["head"]) == (first["entries"], first["head"])


def test_the_doctor_says_what_is_well_and_what_is_not(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    names = {each["name"]: each["ok"] for each in _of(folder, "doctor", "--json")}
    assert names.keys() >= {"database", "keys", "disk", "record", "checks", "documents"}
    (folder / "secrets" / "trail.key").chmod(0o644)
    done = command(folder, "doctor", "--json")
    assert done.returncode == 1
    assert {each["name"] for each in json.loads(done.stdout) if not each["ok"]} == {"keys"}


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/none", "postgresql://nobody@127.0.0.1:port/none", "mysql://a@b/c", "nonsense"]
)
def test_a_database_address_that_leads_nowhere_is_said_without_a_traceback(tmp_path: Path, url: str) -> None:
    done = zhuanban("init", cwd=tmp_path, DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"DATABASE_URL" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_password_in_the_database_address_is_never_repeated(tmp_path: Path) -> None:
    done = zhuanban("init", cwd=tmp_path, DATABASE_URL="postgresql://nobody:s3cr3t-word@127.0.0.1:1/none")
    assert done.returncode == 2
    assert b"s3cr3t-word" not in done.stderr + done.stdout


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "zone.example"])
def test_other_machines_are_not_let_in_without_encryption_unless_asked_for(
    new_workspace: Path, tmp_path: Path, host: str
) -> None:
    shutil.copytree(new_workspace, tmp_path / "var")
    done = zhuanban("serve", "--host", host, "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "--insecure-lan" in done.stderr.decode()


def test_every_page_says_that_it_is_served_without_encryption(monkeypatch: pytest.MonkeyPatch, client: Any, db: None) -> None:
    words = "未加密"
    assert words not in client.get("/sign-in/").content.decode()
    monkeypatch.setenv("ZHUANBAN_INSECURE_LAN", "1")
    assert words in client.get("/sign-in/").content.decode()
