import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from zhuanban.site.worker import Loop, resume_abandoned_tasks, run_waiting_tasks

ran: list[str] = []


@task()
def note(word: str) -> None:
    ran.append(word)


@task()
def break_down() -> None:
    raise ValueError("broken")


@pytest.mark.django_db(transaction=True)
def test_waiting_tasks_run_in_order_and_a_broken_one_stops_nothing() -> None:
    ran.clear()
    note.enqueue("first")
    break_down.enqueue()
    note.enqueue("last")
    assert run_waiting_tasks(lambda: False) == 3
    assert ran == ["first", "last"]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_leaves_what_waits() -> None:
    note.enqueue("later")
    assert run_waiting_tasks(lambda: True) == 0
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_that_a_killed_worker_had_taken_is_run_by_the_next() -> None:
    ran.clear()
    note.enqueue("again")
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago, worker_ids=["gone"])
    assert run_waiting_tasks(lambda: False) == 0
    assert resume_abandoned_tasks() == 1
    assert run_waiting_tasks(lambda: False) == 1
    assert ran == ["again"]


@pytest.mark.django_db
def test_the_tick_comes_at_the_start_and_then_each_minute() -> None:
    ticks: list[float] = []
    now = 0.0
    loop: Loop

    def tasks(stopping: Callable[[], bool]) -> int:
        nonlocal now
        now += 20
        if now > 200:
            loop.stop()
        return 1

    loop = Loop(run_tasks=tasks, tick=lambda: ticks.append(now), interval=0, clock=lambda: now)
    loop.run()
    assert ticks == [20, 80, 140, 200]


@pytest.mark.django_db
def test_a_failing_tick_or_task_round_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    rounds = 0
    loop: Loop

    def tasks(stopping: Callable[[], bool]) -> int:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            loop.stop()
        raise OSError("no disk")

    def tick() -> None:
        raise ValueError("broken")

    loop = Loop(run_tasks=tasks, tick=tick, interval=0)
    loop.run()
    assert rounds == 3
    assert {record.message for record in caplog.records} == {
        "tasks failed; trying again",
        "tick failed; trying again",
    }


def test_a_second_signal_ends_the_worker_at_once() -> None:
    loop = Loop(run_tasks=lambda stopping: 0, tick=lambda: None, interval=0)
    loop.on_signal(15, None)
    with pytest.raises(SystemExit) as ended:
        loop.on_signal(15, None)
    assert ended.value.code == 143
    waiting = threading.Thread(target=loop.run)
    waiting.start()
    waiting.join(5)
    assert not waiting.is_alive()
