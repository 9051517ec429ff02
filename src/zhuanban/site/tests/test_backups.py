"""Backups by the command line: what is in them, what comes back out of them, and what is refused."""

import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from zhuanban.kit.clock import SHANGHAI

SOURCE = Path(__file__).parents[3]
SESSION = "k7secretsessionkey0123456789abcd"


def zhuanban(workspace: Path, *arguments: str, limit: Callable[[], None] | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ZHUANBAN_URL")}
    environment = {**kept, "ZHUANBAN_WORKSPACE": str(workspace), "ZHUANBAN_LANGUAGE": "en", "PYTHONPATH": str(SOURCE), **more}
    return subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", *arguments],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=limit,
    )  # fmt: skip


def done(result: "subprocess.CompletedProcess[str]") -> str:
    """What a command that must have succeeded printed."""
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def refused(result: "subprocess.CompletedProcess[str]", word: str) -> None:
    assert (result.returncode, result.stdout) == (2, ""), result.stderr
    assert word in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture(scope="module")
def original(planned_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace with a plan, an attachment's content, anchors and somebody signed in."""
    root = Path(shutil.copytree(planned_workspace, tmp_path_factory.mktemp("original") / "workspace"))
    done(zhuanban(root, "tick"))
    shutil.rmtree(root / "backups", ignore_errors=True)  # before two o'clock the tick has made none
    content = root / "files" / "ab" / ("ab" + "0" * 62)
    content.parent.mkdir()
    content.write_bytes(b"evidence")
    (content.parent / ".0123.part").write_bytes(b"half an upload")
    with closing(sqlite3.connect(root / "zhuanban.sqlite3")) as database, database:
        database.execute("INSERT INTO django_session VALUES (?, ?, ?)", [SESSION, "signed-in-payload", "2099-01-01 00:00:00"])
    return root


@pytest.fixture
def workspace(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "workspace"))


@pytest.fixture(scope="module")
def packed(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup of it, in a place of its own; nobody changes it."""
    return Path(done(zhuanban(original, "backup", "--to", str(tmp_path_factory.mktemp("packed")))))


def altered(packed: Path, target: Path, change: Callable[[str, bytes], list[tuple[tarfile.TarInfo, bytes]]]) -> Path:
    """The backup written anew, each member put through ``change``."""
    with tarfile.open(packed) as source, tarfile.open(target, "w") as tar:
        for member in source.getmembers():
            content = source.extractfile(member)
            assert content is not None
            for entry, data in change(member.name, content.read()):
                entry.size = len(data) if entry.isreg() else 0
                tar.addfile(entry, io.BytesIO(data))
    return target


def as_it_is(name: str, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    return [(tarfile.TarInfo(name), data)]


def test_a_backup_holds_database_attachments_configuration_and_anchors_and_describes_itself(packed: Path, original: Path) -> None:
    assert packed.stat().st_mode & 0o077 == 0
    with tarfile.open(packed) as tar:
        assert set(tar.getnames()) == {
            "manifest.json", "zhuanban.sqlite3", "workspace.json", "anchors.txt", f"files/ab/ab{'0' * 62}",
        }  # fmt: skip
        content = tar.extractfile("manifest.json")
        assert content is not None
        manifest = json.load(content)
    verified = json.loads(done(zhuanban(original, "trail", "verify", "--json")))
    assert (manifest["head_seq"], manifest["head_hash"]) == (verified["head"], verified["hash"])
    assert (manifest["format"], manifest["database"]) == (1, "sqlite")
    assert manifest["rows"]["people_post"] > 20
    assert "people.0001_initial" in manifest["migrations"]
    assert manifest["files"][f"files/ab/ab{'0' * 62}"]["size"] == len(b"evidence")


def test_no_key_and_no_session_is_anywhere_in_a_backup(packed: Path, original: Path) -> None:
    content = packed.read_bytes()
    for name in ("trail", "django"):
        assert (original / "secrets" / f"{name}.key").read_bytes().strip() not in content
    assert SESSION.encode() not in content
    assert b"signed-in-payload" not in content
    with closing(sqlite3.connect(original / "zhuanban.sqlite3")) as live:
        assert live.execute("SELECT COUNT(*) FROM django_session").fetchone() == (1,)


def test_a_backup_is_made_while_somebody_is_writing(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "zhuanban.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE people_post SET name_zh = 'half done'")
        made = Path(done(zhuanban(workspace, "backup")))
        writer.execute("ROLLBACK")
    assert made.parent == workspace / "backups"
    assert done(zhuanban(workspace, "restore", str(made), "--check")) == "ok"


def test_a_restored_workspace_waits_for_its_keys_and_verifies_with_them(packed: Path, original: Path, tmp_path: Path) -> None:
    restored, exported = tmp_path / "new" / "place", tmp_path / "keys.tar"
    assert done(zhuanban(tmp_path / "none", "restore", str(packed), "--into", str(restored))) == ""
    assert (restored / "files" / "ab" / f"ab{'0' * 62}").read_bytes() == b"evidence"
    assert (restored / "workspace.json").read_bytes() == (original / "workspace.json").read_bytes()
    assert {each.name for each in (restored / "secrets").iterdir()} == {"anchors.txt"}
    refused(zhuanban(restored, "worker"), "Put its folder secrets back")
    refused(zhuanban(restored, "tick"), "trail.key")
    examined = zhuanban(restored, "doctor", "--json")
    assert examined.returncode == 1
    keys = next(each for each in json.loads(examined.stdout) if each["name"] == "keys")
    assert not keys["ok"]
    assert "cannot be continued until secrets/ is put back" in keys["detail"]

    done(zhuanban(original, "key", "export", "--to", str(exported)))
    with tarfile.open(exported) as tar:
        tar.extractall(restored, filter="data")
    assert json.loads(done(zhuanban(restored, "trail", "verify", "--deep", "--json")))["findings"] == []
    done(zhuanban(restored, "tick"))
    assert not (restored / "restored-without-key").exists()
    done(zhuanban(restored, "doctor"))
    assert done(zhuanban(restored, "trail", "verify", "--deep", "--json"))


def test_keys_are_exported_for_the_owner_only_and_over_nothing(original: Path, tmp_path: Path) -> None:
    target = tmp_path / "keys.tar"
    done(zhuanban(original, "key", "export", "--to", str(target)))
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    refused(zhuanban(original, "key", "export", "--to", str(target)), "exists already")
    assert target.read_bytes() == before


def test_a_check_says_ok_is_noted_and_leaves_nothing(packed: Path, workspace: Path) -> None:
    assert done(zhuanban(workspace, "restore", str(packed), "--check")) == "ok"
    noted = json.loads((workspace / "backups" / "last_checked.json").read_text())
    assert (noted["file"], noted["findings"]) == (packed.name, 0)
    assert {each.name for each in (workspace / "backups").iterdir()} == {".lock", "last_checked.json"}
    line = next(each for each in json.loads(done(zhuanban(workspace, "doctor", "--json"))) if each["name"] == "backups")
    assert "last checked restore 0 h ago, clean" in line["detail"]


def test_a_check_finds_what_was_changed_in_the_database_before_the_backup(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "zhuanban.sqlite3")) as database, database:
        database.execute("UPDATE people_post SET name_zh = 'changed' WHERE id = 1")
        database.execute("DELETE FROM trail_pending")
    made = done(zhuanban(workspace, "backup"))
    found = zhuanban(workspace, "restore", made, "--check")
    assert (found.returncode, found.stdout.strip()) == (1, "row_changed people_post 1")
    assert zhuanban(workspace, "doctor").returncode == 1


def test_a_check_without_a_workspace_or_with_the_keys_of_another_is_not_ok(packed: Path, workspace: Path, tmp_path: Path) -> None:
    refused(zhuanban(tmp_path / "none", "restore", str(packed), "--check"), "no workspace")
    (workspace / "secrets" / "trail.key").write_text("0" * 64)
    foreign = zhuanban(workspace, "restore", str(packed), "--check")
    assert foreign.returncode == 1
    assert "seal_forged" in foreign.stdout
    (workspace / "secrets" / "trail.key").unlink()
    refused(zhuanban(workspace, "restore", str(packed), "--check"), "lacks trail.key")


def test_a_changed_member_is_a_finding_of_the_check_and_refused_by_restore(packed: Path, workspace: Path, tmp_path: Path) -> None:
    bad = altered(packed, tmp_path / "bad.tar", lambda name, data: as_it_is(name, b"EVIDENCE" if data == b"evidence" else data))
    found = zhuanban(workspace, "restore", str(bad), "--check")
    assert (found.returncode, found.stdout.strip()) == (1, f"files/ab/ab{'0' * 62} is damaged")
    refused(zhuanban(tmp_path, "restore", str(bad), "--into", str(tmp_path / "a" / "b")), "is damaged")
    assert not (tmp_path / "a").exists()


def test_a_database_that_is_not_the_manifests_is_refused(packed: Path, tmp_path: Path) -> None:
    def another_count(name: str, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        if name != "manifest.json":
            return as_it_is(name, data)
        manifest = json.loads(data)
        manifest["rows"]["people_post"] += 1
        return as_it_is(name, json.dumps(manifest).encode())

    bad = altered(packed, tmp_path / "bad.tar", another_count)
    refused(zhuanban(tmp_path, "restore", str(bad), "--into", str(tmp_path / "new")), "people_post")
    assert not (tmp_path / "new").exists()


def _entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry


@pytest.mark.parametrize(
    "planted",
    [
        _entry("../escaped.txt"),
        _entry("files/../../escaped.txt"),
        _entry("/tmp/escaped-from-a-backup.txt"),
        _entry("secrets/trail.key"),
        _entry("files/link", tarfile.SYMTYPE, "/etc/passwd"),
        _entry(f"files/cd/cd{'0' * 62}", tarfile.LNKTYPE, "workspace.json"),
        _entry("zhuanban.sqlite3"),
    ],
    ids=["above", "above within", "absolute", "a key", "symbolic link", "hard link", "twice"],
)
@pytest.mark.parametrize("listed", [True, False], ids=["in the manifest", "not in it"])
def test_unsafe_members_are_refused_and_nothing_is_written(packed: Path, tmp_path: Path, planted: tarfile.TarInfo, listed: bool) -> None:
    def plant(name: str, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        if name != "manifest.json":
            return as_it_is(name, data)
        manifest = json.loads(data)
        if listed:
            manifest["files"].setdefault(planted.name, {"size": 1, "sha256": "0" * 64})
        return [*as_it_is(name, json.dumps(manifest).encode()), (planted, b"x" if planted.isreg() else b"")]

    bad = altered(packed, tmp_path / "bad.tar", plant)
    refused(zhuanban(tmp_path, "restore", str(bad), "--into", str(tmp_path / "in" / "new")), "could write outside")
    assert [each.name for each in tmp_path.iterdir()] == ["bad.tar"]
    assert not Path("/tmp/escaped-from-a-backup.txt").exists()


def test_files_that_are_no_backup_of_this_version_are_refused_and_leave_nothing(packed: Path, tmp_path: Path) -> None:
    cut, text, empty, other, newer = (tmp_path / f"{name}.tar" for name in ("cut", "text", "empty", "other", "newer"))
    cut.write_bytes(packed.read_bytes()[:200_000])
    text.write_text("a letter")
    empty.write_bytes(b"")
    with tarfile.open(other, "w") as tar:
        tar.addfile(tarfile.TarInfo("photo.jpg"))
    altered(packed, newer, lambda name, data: as_it_is(name, data.replace(b'"format": 1', b'"format": 9')))
    for file, word in (
        (cut, "damaged or cut off"), (text, "not a backup"), (empty, "not a backup"), (other, "not a backup"),
        (newer, "newer version"), (tmp_path / "absent.tar", "cannot be read"), (tmp_path, "cannot be read"),
    ):  # fmt: skip
        refused(zhuanban(tmp_path, "restore", str(file), "--into", str(tmp_path / "new")), word)
        assert not (tmp_path / "new").exists()


def test_a_directory_that_holds_something_is_left_alone_and_an_empty_one_is_used(packed: Path, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    (target / "letter.txt").write_text("mine")
    refused(zhuanban(tmp_path, "restore", str(packed), "--into", str(target)), "not an empty directory")
    assert [each.name for each in target.iterdir()] == ["letter.txt"]
    (target / "letter.txt").unlink()
    done(zhuanban(tmp_path, "restore", str(packed), "--into", str(target)))
    assert not (target / ".restoring").exists()


def test_the_newest_are_kept_and_nothing_else_is_touched(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "zhuanban-letter.tar").write_text("mine")
    for number in range(4):
        (folder / f"zhuanban-2020010{number + 1}-000000.tar").write_text("old")
    made = Path(done(zhuanban(workspace, "backup", "--to", str(folder), "--keep", "3")))
    names = {each.name for each in folder.glob("*.tar")}
    assert names == {"zhuanban-letter.tar", "zhuanban-20200103-000000.tar", "zhuanban-20200104-000000.tar", made.name}
    assert zhuanban(workspace, "backup", "--keep", "0").returncode == 2


def test_a_full_disk_leaves_nothing_half_written(workspace: Path, tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    refused(zhuanban(workspace, "backup", "--to", str(tmp_path / "to"), limit=small_files), "could not be written")
    assert [each.name for each in (tmp_path / "to").iterdir()] == [".lock"]


def test_a_restore_onto_a_full_disk_leaves_nothing(packed: Path, tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    result = zhuanban(tmp_path, "restore", str(packed), "--into", str(tmp_path / "new"), limit=small_files)
    refused(result, "was removed again")
    assert not (tmp_path / "new").exists()


def _with_recipients(workspace: Path, *recipients: str) -> None:
    path = workspace / "workspace.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "backup_recipients": list(recipients)}))


def test_with_recipients_the_backup_opens_with_their_keys_only(workspace: Path, tmp_path: Path) -> None:
    import pyrage

    own, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, identity in (("own", own), ("other", other)):
        (tmp_path / name).write_text(f"# created for a test\n{identity}\n")
    _with_recipients(workspace, str(own.to_public()))
    result = zhuanban(workspace, "backup")
    made = Path(done(result))
    assert made.name.endswith(".tar.age")
    assert "not encrypted" not in result.stderr
    assert b"workspace.json" not in made.read_bytes()
    assert [each.name for each in made.parent.glob("*.tar")] == []
    assert done(zhuanban(workspace, "restore", str(made), "--check", "--identity", str(tmp_path / "own"))) == "ok"
    into = ("--into", str(tmp_path / "new"))
    refused(zhuanban(tmp_path, "restore", str(made), *into), "--identity")
    refused(zhuanban(tmp_path, "restore", str(made), *into, "--identity", str(tmp_path / "other")), "cannot be opened")
    refused(zhuanban(tmp_path, "restore", str(made), *into, "--identity", str(workspace / "workspace.json")), "AGE-SECRET-KEY")
    assert not (tmp_path / "new").exists()
    done(zhuanban(tmp_path, "restore", str(made), *into, "--identity", str(tmp_path / "own")))
    assert {each.name for each in (tmp_path / "new").iterdir()} >= {"workspace.json", "zhuanban.sqlite3"}


def test_without_recipients_it_says_so_and_with_unusable_ones_there_is_no_backup(workspace: Path) -> None:
    assert "not encrypted" in zhuanban(workspace, "backup").stderr
    shutil.rmtree(workspace / "backups")
    _with_recipients(workspace, "age1nonsense")
    refused(zhuanban(workspace, "backup"), "age1nonsense")
    assert not list((workspace / "backups").glob("zhuanban-*"))


def test_refusals_are_said_in_chinese_too(packed: Path, tmp_path: Path) -> None:
    result = zhuanban(tmp_path, "restore", str(packed), "--into", str(packed.parent), ZHUANBAN_LANGUAGE="zh")
    assert "不是空目录" in result.stderr


def test_the_tick_makes_one_backup_a_night(workspace: Path) -> None:
    first, second = (zhuanban(workspace, "tick", "--json") for _ in range(2))
    step = "zhuanban.site.backups.making.nightly"
    made = [json.loads(done(each))[step] for each in (first, second)]
    is_late_enough = datetime.now(SHANGHAI).hour >= 2
    assert [bool(each) for each in made] == [is_late_enough, False]
    assert len(list((workspace / "backups").glob("zhuanban-*"))) == int(is_late_enough)


def test_a_days_backup_is_due_from_two_o_clock_in_shanghai() -> None:
    from zhuanban.site.backups.making import due_since

    two = datetime(2026, 3, 2, 2, tzinfo=SHANGHAI)
    assert due_since(two - timedelta(seconds=1)) is None
    assert due_since(two) == two
    assert due_since(two + timedelta(hours=21)) == two


@pytest.fixture
def databases() -> Iterator[list[str]]:
    """Addresses of two empty PostgreSQL databases."""
    import psycopg

    url = os.environ.get("DATABASE_URL", "")
    if not url:
        pytest.skip("needs_postgres: this session runs on SQLite; set DATABASE_URL to a PostgreSQL server")
    names = [f"zhuanban_backup_{os.getpid()}_{number}" for number in range(2)]
    with psycopg.connect(url, autocommit=True) as server:
        for name in names:
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        yield [urlunsplit((*urlsplit(url)[:2], f"/{name}", urlsplit(url).query, "")) for name in names]
        for name in names:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.mark.needs_postgres
def test_a_postgresql_workspace_is_backed_up_checked_and_restored(databases: list[str], tmp_path: Path) -> None:
    first, second = ({"DATABASE_URL": url} for url in databases)
    root, restored = tmp_path / "workspace", tmp_path / "restored"

    def run(workspace: Path, *arguments: str, **more: Any) -> "subprocess.CompletedProcess[str]":
        return zhuanban(workspace, *arguments, **more)

    done(run(root, "init", **first))
    done(run(root, "pack", "apply", "anshan-2023", **first))
    made = done(run(root, "backup", **first))
    assert done(run(root, "restore", made, "--check", **first)) == "ok"
    refused(run(tmp_path, "restore", made, "--into", str(restored)), "DATABASE_URL")
    refused(run(tmp_path, "restore", made, "--into", str(restored), **first), "holds tables already")
    refused(run(root, "backup", **first, PATH="/nowhere"), "postgresql-client")
    assert not restored.exists()
    done(run(tmp_path, "restore", made, "--into", str(restored), **second))
    for name in ("trail", "django"):
        shutil.copy(root / "secrets" / f"{name}.key", restored / "secrets" / f"{name}.key")
    assert json.loads(done(run(restored, "trail", "verify", "--deep", "--json", **second)))["findings"] == []
