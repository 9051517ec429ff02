"""The supervisor: web server and worker as children of one process, which takes them with it."""

import errno
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.db import connection
from django.utils.translation import gettext as _

from zhuanban.kit import sqlite_gate
from zhuanban.kit.refusals import Refusal
from zhuanban.site.children import Child, end_all
from zhuanban.site.worker import run_worker

__all__ = ["run_worker", "serve"]

WEB_WORKERS = 2
THREADS_PER_WORKER = 8
PATIENCE_SECONDS = 15.0
FIRST_ANSWER_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 60.0
# A worker that ran this long was well: the next pause is short again.
WELL_AFTER_SECONDS = 60.0

COULD_NOT_RUN = 2


def serve(host: str, port: int, workspace: Path, *, with_worker: bool = True) -> int:
    """Serve ``workspace`` until told to stop (SIGTERM, SIGINT); returns the exit status.

    0 after a signal, 1 when the web server ended by itself, 2 when nothing could be started; then a sentence on
    standard error says why. Expects Django to be set up and the tables to be current.
    """
    try:
        with _gate(host, port, workspace):
            return _Supervisor(host, port, workspace, with_worker=with_worker).run()
    except Refusal as refusal:
        _say(str(refusal))
        return COULD_NOT_RUN


@contextmanager
def _gate(host: str, port: int, workspace: Path) -> Iterator[None]:
    """What must be true before anything is started."""
    taken = port_problem(host, port)
    if connection.vendor != "sqlite":
        connection.close()
        if taken:
            raise Refusal("port_unusable", status=503, problem=taken)
        yield
        return
    connection.close()
    owner = {"pid": os.getpid(), "address": address(host, port)}
    with sqlite_gate.server_lock(workspace / "server.lock", owner):
        if taken:
            raise Refusal("port_unusable", status=503, problem=taken)
        sqlite_gate.ensure_journal_mode(workspace / "zhuanban.sqlite3")
        yield


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the pages."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  (compared, not bound)
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}/"


def port_problem(host: str, port: int) -> str:
    """Why ``host``:``port`` cannot be listened on, in words; empty where it can."""
    try:
        if not 0 < port < 65536:
            raise OverflowError(port)
        family, kind, protocol, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections of a server that has just ended do not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen(1)
    except (OSError, OverflowError) as failed:
        code = getattr(failed, "errno", None)
        if code == errno.EADDRINUSE:
            return _("port %(port)s is taken by another program; use PORT=… to choose another") % {"port": port}
        if code == errno.EACCES:
            return _("port %(port)s needs a right this user does not have; use PORT=… above 1023") % {"port": port}
        return _("%(host)s is no address of this machine on port %(port)s; use HOST=… and PORT=…") % {
            "host": host,
            "port": port,
        }
    return ""


def next_pause(pause: float, ran_seconds: float) -> float:
    """Seconds to wait before the worker is started again: doubled each time, short again after it ran well."""
    return 1.0 if ran_seconds >= WELL_AFTER_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


class _Supervisor:
    """One run: start, wait for the first answer, watch, end."""

    def __init__(self, host: str, port: int, workspace: Path, *, with_worker: bool) -> None:
        self.host, self.port, self.workspace, self.with_worker = host, port, workspace, with_worker
        self.environment = {
            **os.environ,
            "ZHUANBAN_WORKSPACE": str(workspace),
            "DJANGO_SETTINGS_MODULE": "zhuanban.site.settings",
        }
        self.stopping = False
        self.web: Child | None = None
        self.worker: Child | None = None
        self.worker_started = 0.0
        self.worker_due: float | None = None
        self.pause = 0.5

    def run(self) -> int:
        before = {
            number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        }
        try:
            self.web = Child("web", self._web_command(), self.environment)
            if self.with_worker:
                self._start_worker()
            if self._wait_for_first_answer():
                self._announce()
                self._watch()
            return 0 if self.stopping else 1
        finally:
            for number in before:
                signal.signal(number, signal.SIG_IGN)
            end_all([child for child in (self.web, self.worker) if child], patience=PATIENCE_SECONDS)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.stopping = True

    def _web_command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"),
            *("--host", self.host, "--port", str(self.port), "--workers", str(WEB_WORKERS)),
            *("--blocking-threads", str(THREADS_PER_WORKER), "--respawn-failed-workers"),
            *("--workers-kill-timeout", "10", "zhuanban.site.wsgi:application"),
        ]

    def _start_worker(self) -> None:
        self.worker = Child("worker", [sys.executable, "-m", "zhuanban.site.worker"], self.environment)
        self.worker_started, self.worker_due = time.monotonic(), None

    def _wait_for_first_answer(self) -> bool:
        deadline = time.monotonic() + FIRST_ANSWER_SECONDS
        while not self.stopping and time.monotonic() < deadline:
            if not self._all_well():
                return False
            if self._answers():
                return True
            time.sleep(0.1)
        if not self.stopping:
            seconds = int(FIRST_ANSWER_SECONDS)
            _say(
                _(
                    "The web server gave no healthy answer within %(seconds)s seconds and was ended. "
                    "The lines above say why; “zhuanban doctor” examines the workspace."
                )
                % {"seconds": seconds}
            )
        return False

    def _answers(self) -> bool:
        target = address(self.host, self.port).removeprefix("http://").rstrip("/")
        attempt = http.client.HTTPConnection(target, timeout=5)
        try:
            attempt.request("GET", "/healthz")
            return attempt.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            attempt.close()

    def _announce(self) -> None:
        _say(_("Zhuanban is ready: %(address)s") % {"address": address(self.host, self.port)})
        accounts = self.workspace / "demo-accounts.txt"
        if accounts.is_file():
            _say(accounts.read_text(encoding="utf-8").rstrip())
        _say(_("Stop with Ctrl+C."))

    def _watch(self) -> None:
        while not self.stopping and self._all_well():
            time.sleep(0.2)

    def _all_well(self) -> bool:
        """Look after the children once; False when the web server has ended, which ends everything."""
        assert self.web is not None
        status = self.web.status()
        if status is not None:
            if not self.stopping:
                _say(
                    _("The web server ended by itself (status %(status)s); everything is stopped.") % {"status": status}
                )
            return False
        if self.worker is not None:
            self._look_after_worker(self.worker)
        return True

    def _look_after_worker(self, worker: Child) -> None:
        now = time.monotonic()
        if self.worker_due is not None:
            if now >= self.worker_due:
                self._start_worker()
            return
        status = worker.status()
        if status is None:
            return
        worker.signal_group(signal.SIGKILL)
        self.pause = next_pause(self.pause, now - self.worker_started)
        self.worker_due = now + self.pause
        _say(
            _("The worker ended by itself (status %(status)s) and is started again in %(seconds)s s.")
            % {"status": status, "seconds": int(self.pause)}
        )
