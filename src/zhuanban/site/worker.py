"""The worker: runs waiting tasks, and the tick every minute."""

import logging
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

log = logging.getLogger(__name__)

TICK_SECONDS = 60.0
# So many tasks at most before the tick gets its turn again.
TASKS_PER_ROUND = 50
ABANDONED_AFTER = timedelta(minutes=15)


def run_worker(*, interval: float = 1.0) -> int:
    """Run waiting tasks, looking every ``interval`` seconds, and the tick each minute, until SIGTERM or SIGINT.

    The task or tick in hand is finished first; a second signal ends at once. Expects Django to be set up.
    """
    from zhuanban.site import tick

    resume_abandoned_tasks()
    loop = Loop(run_tasks=run_waiting_tasks, tick=tick.tick, interval=interval)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, loop.on_signal)
    loop.run()
    return 0


class Loop:
    """Tasks as they come, the tick when it is due; a failure of either is logged and does not end the loop."""

    def __init__(
        self,
        *,
        run_tasks: Callable[[Callable[[], bool]], int],
        tick: Callable[[], object],
        interval: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run_tasks, self._tick, self._interval, self._clock = run_tasks, tick, interval, clock
        self._stopping = threading.Event()
        self._next_tick = clock()

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """The first signal asks to stop, the second insists."""
        del frame
        if self._stopping.is_set():
            sys.exit(128 + number)
        self._stopping.set()

    def stop(self) -> None:
        """End after what is in hand."""
        self._stopping.set()

    def run(self) -> None:
        """Go round until stopped."""
        while not self._stopping.is_set():
            ran = self._guarded("tasks", lambda: self._run_tasks(self._stopping.is_set))
            if self._clock() >= self._next_tick and not self._stopping.is_set():
                self._next_tick = self._clock() + TICK_SECONDS
                self._guarded("tick", self._tick)
            if not ran:
                self._stopping.wait(self._interval)

    def _guarded(self, what: str, step: Callable[[], object]) -> object:
        from django.db import close_old_connections

        close_old_connections()
        try:
            return step()
        except Exception:
            log.exception("%s failed; trying again", what)
            return None
        finally:
            close_old_connections()


def resume_abandoned_tasks() -> int:
    """Let tasks wait again that a worker took and never finished, because it was killed; returns how many.

    A SQLite workspace has one worker, so what runs at its start runs nowhere. On PostgreSQL another one may be at work:
    there a task counts as abandoned a quarter of an hour after it began. Tasks may be repeated.
    """
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from zhuanban.kit import clock

    taken = DBTaskResult.objects.running()
    if connection.vendor != "sqlite":
        taken = taken.filter(started_at__lt=clock.real_now() - ABANDONED_AFTER)
    return taken.update(status="READY", started_at=None)


def run_waiting_tasks(stopping: Callable[[], bool]) -> int:
    """Run up to one round of waiting tasks; returns how many were tried. An idle look takes no write lock."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    tried = 0
    while tried < TASKS_PER_ROUND and not stopping() and DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        ).run()
        tried += 1
    return tried


if __name__ == "__main__":
    from zhuanban.site.cli import main

    sys.exit(main(["worker"]))
