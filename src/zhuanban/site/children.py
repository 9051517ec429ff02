"""Child processes that end with their parent, each in a process group of its own."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with(parent: int) -> None:
    """Ask the kernel to send SIGTERM to this process when its parent ends; end at once where that has happened."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


class Child:
    """One supervised program: started in its own group, ended with its whole group."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        parent = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603  (our own programs, no shell)
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=lambda: end_with(parent),  # noqa: PLW1509  (this process starts no threads)
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def status(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._process.poll()

    def signal_group(self, number: int) -> None:
        """Send ``number`` to the program and everything it started; nothing happens where all have ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def group_lives(self) -> bool:
        """Whether the program or anything it started still runs."""
        self._process.poll()
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def end_all(children: list[Child], *, patience: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Ask every group to end, wait up to ``patience`` seconds, then end by force what is left."""
    for child in children:
        child.signal_group(signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(child.group_lives() for child in children) and time.monotonic() < deadline:
        sleep(0.05)
    for child in children:
        if child.group_lives():
            child.signal_group(signal.SIGKILL)
        child.status()
