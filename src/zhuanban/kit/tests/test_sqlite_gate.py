import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from zhuanban.kit import sqlite_gate
from zhuanban.kit.refusals import Refusal

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
//server/share /mnt/the\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 46, 1), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
    ],
)
def test_k08_the_journal_follows_the_linked_version(version: sqlite_gate.Version, journal: str) -> None:
    assert sqlite_gate.journal_mode_for(version) == journal


@pytest.mark.parametrize("before", ["WAL", "DELETE"])
def test_the_safe_journal_is_set_in_the_file(tmp_path: Path, before: str) -> None:
    path = tmp_path / "zhuanban.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={before}")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    wanted = sqlite_gate.journal_mode_for(sqlite_gate.linked_version())
    assert sqlite_gate.ensure_journal_mode(path) == wanted
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0].upper() == wanted
    connection.close()


def test_a_file_held_by_another_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_gate, "linked_version", lambda: (3, 40, 1))
    path = tmp_path / "zhuanban.sqlite3"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE a (b)")
    try:
        with pytest.raises(Refusal) as refused:
            sqlite_gate.ensure_journal_mode(path)
    finally:
        other.close()
    assert refused.value.codes == ["sqlite_in_use"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/zhuanban", "ext4"),
        ("/srv/zone/zhuanban.sqlite3", "nfs4"),
        ("/srv/local/zhuanban.sqlite3", "ext4"),
        ("/srvx/zhuanban.sqlite3", "ext4"),
        ("/mnt/the share/zone", "cifs"),
    ],
)
def test_the_nearest_mount_decides_the_file_system(path: str, kind: str) -> None:
    assert sqlite_gate.file_system(Path(path), MOUNTS) == kind


def test_k09_a_network_file_system_is_refused_by_name() -> None:
    sqlite_gate.refuse_network(Path("/var/zhuanban.sqlite3"), MOUNTS)
    with pytest.raises(Refusal) as refused:
        sqlite_gate.refuse_network(Path("/srv/zhuanban.sqlite3"), MOUNTS)
    assert refused.value.codes == ["sqlite_on_network"]
    assert refused.value.problems[0].facts == {"file": "/srv/zhuanban.sqlite3", "kind": "nfs4"}


def test_k09_a_second_server_on_the_file_is_refused_with_the_owner(tmp_path: Path) -> None:
    lock = tmp_path / "server.lock"
    with sqlite_gate.server_lock(lock, {"pid": 71, "address": "http://127.0.0.1:8000/"}):
        with pytest.raises(Refusal) as refused, sqlite_gate.server_lock(lock, {"pid": 72, "address": "other"}):
            pass
        assert refused.value.problems[0].facts == {"pid": 71, "address": "http://127.0.0.1:8000/"}
    with sqlite_gate.server_lock(lock, {"pid": 73, "address": "next"}):
        assert '"pid": 73' in lock.read_text()


def test_the_lock_goes_with_a_killed_server(tmp_path: Path) -> None:
    lock = tmp_path / "server.lock"
    program = (
        "import sys, time, pathlib\nfrom zhuanban.kit import sqlite_gate\n"
        "with sqlite_gate.server_lock(pathlib.Path(sys.argv[1]), {'pid': 1, 'address': 'a'}):\n"
        "    print('held', flush=True)\n    time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sqlite_gate.__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(lock)], stdout=subprocess.PIPE, text=True, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refusal), sqlite_gate.server_lock(lock, {"pid": 2, "address": "b"}):
            pass
        other.kill()
        other.wait()
        with sqlite_gate.server_lock(lock, {"pid": 3, "address": "c"}):
            assert '"pid": 3' in lock.read_text()
