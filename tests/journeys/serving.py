"""A demo workspace built by the command line, and the real server over a copy of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A running site: its address and the workspace behind it."""

    address: str
    workspace: Path

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return command(self.workspace, *arguments)


def command(workspace: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run ``zhuanban`` on a workspace."""
    return subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", *arguments],
        env=_environment(workspace),
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(workspace: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ZHUANBAN_URL")}
    return {**kept, "ZHUANBAN_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def served(demo: Path, folder: Path) -> Iterator[Site]:
    """The demo in a copy of its own on a free port, with its worker, until the block ends."""
    workspace = folder / "workspace"
    shutil.copytree(demo, workspace)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "zhuanban.site.cli", "serve", "--port", str(port)],
            env=_environment(workspace), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            site = Site(f"http://127.0.0.1:{port}", workspace)
            _wait_for(site.address, server)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before its first answer"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 30 seconds")
