import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from zhuanban.site import supervisor

SOURCE = Path(supervisor.__file__).parents[2]
COMMAND = [sys.executable, "-c", "import sys; from zhuanban.site.cli import main; sys.exit(main(sys.argv[1:]))"]


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ZHUANBAN_WORKSPACE"}}
    return {**kept, "PYTHONPATH": str(SOURCE), "LANG": "en_GB.UTF-8", "LC_ALL": "", "PYTHONWARNINGS": "ignore"}


@pytest.fixture(scope="module")
def workspace(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(new_workspace, tmp_path_factory.mktemp("served") / "workspace"))
    (root / "demo-accounts.txt").write_text("clerk / a password\n", encoding="utf-8")
    return root


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(workspace: Path, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, "--workspace", str(workspace), "serve", "--port", str(port)],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(workspace: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A running server that has announced itself, and what it said until then."""
    server = start(workspace, port)
    assert server.stderr is not None
    said: list[str] = []
    try:
        while not said or "Ctrl+C" not in said[-1]:
            line = server.stderr.readline()
            assert line, "".join(said)
            said.append(line)
        yield server, said
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=20)
        finally:
            server.kill()
            server.stderr.close()


def descendants(pid: int) -> set[int]:
    """Every process below ``pid``."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: set[int] = set()
    layer = {pid}
    while layer:
        layer = {child for child, parent in parents.items() if parent in layer} - found
        found |= layer
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that run; a process that has ended and is not yet collected does not count."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            running.add(pid)
    return running


def child_running(pid: int, words: str) -> int:
    """The direct child whose command line contains ``words``; 0 where there is none."""
    for each in descendants(pid):
        try:
            parent = int(Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[1])
            command = Path(f"/proc/{each}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if parent == pid and words in command:
            return each
    return 0


def becomes_true(condition: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def test_it_announces_the_address_and_the_demo_accounts_once_pages_answer(workspace: Path, port: int) -> None:
    with served(workspace, port) as (_server, said):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == 200
        assert said[-3:] == [
            f"Zhuanban is ready: http://127.0.0.1:{port}/\n",
            "clerk / a password\n",
            "Stop with Ctrl+C.\n",
        ]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_however_it_ends_its_children_end_with_it(workspace: Path, port: int, number: int, status: int) -> None:
    with served(workspace, port) as (server, _said):
        children = descendants(server.pid)
        assert len(children) >= 4
        server.send_signal(number)
        assert server.wait(timeout=20) == status
        assert becomes_true(lambda: not alive(children)), alive(children)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_when_the_web_server_dies_everything_is_stopped_and_said(workspace: Path, port: int) -> None:
    with served(workspace, port) as (server, _said):
        children = descendants(server.pid)
        os.kill(child_running(server.pid, "granian"), signal.SIGKILL)
        assert server.wait(timeout=20) == 1
        assert server.stderr is not None
        assert "The web server ended by itself (status -9); everything is stopped." in server.stderr.read()
        assert becomes_true(lambda: not alive(children)), alive(children)


def test_a_worker_that_dies_is_started_again(workspace: Path, port: int) -> None:
    with served(workspace, port) as (server, _said):
        first = child_running(server.pid, "site.worker")
        os.kill(first, signal.SIGKILL)
        assert becomes_true(lambda: child_running(server.pid, "site.worker") not in {0, first})
        assert server.poll() is None


def test_a_taken_port_is_named_before_anything_starts(workspace: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        refused = start(workspace, taken)
        _out, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.strip().splitlines()[-1] == (
        f"Nothing was started: port {taken} is taken by another program; use PORT=… to choose another."
    )


def test_a_second_server_on_the_workspace_names_the_first(workspace: Path, port: int) -> None:
    with served(workspace, port) as (server, _said):
        second = start(workspace, port + 1)
        _out, said = second.communicate(timeout=60)
        assert second.returncode == 2
        assert re.search(rf"already being served by process {server.pid} at http://127\.0\.0\.1:{port}/", said)


@pytest.mark.parametrize(
    ("host", "port_number", "words"),
    [("192.0.2.1", 8000, "no address of this machine"), ("127.0.0.1", 99999999999, "no address of this machine")],
)
def test_an_address_that_cannot_be_listened_on_is_explained(host: str, port_number: int, words: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        assert words in supervisor.port_problem(host, port_number)


def test_the_address_shown_is_one_a_browser_can_open() -> None:
    shown = [supervisor.address(host, 8000) for host in ("127.0.0.1", "0.0.0.0", "::", "::1", "zone.example")]
    assert shown == [
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
        "http://[::1]:8000/",
        "http://zone.example:8000/",
    ]


def test_pauses_double_up_to_a_minute_and_are_short_again_after_a_good_run() -> None:
    pauses = [0.5]
    for _ in range(8):
        pauses.append(supervisor.next_pause(pauses[-1], ran_seconds=1))
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert supervisor.next_pause(60, ran_seconds=61) == 1
