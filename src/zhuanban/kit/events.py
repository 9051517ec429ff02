"""Events that flow upwards: a lower room publishes in its own transaction, upper rooms subscribe by name.

An event is a task in the database; it disappears with a rollback and is delivered at least once by the worker, so
every handler is idempotent by a natural key.
"""

from collections.abc import Callable
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

Handler = Callable[[dict[str, Any]], None]

_handlers: dict[str, list[Handler]] = {}


def subscribe(name: str, handler: Handler) -> None:
    """Call ``handler(payload)`` for every published event ``name``; done once, in ``apps.py``."""
    handlers = _handlers.setdefault(name, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(name: str, payload: dict[str, Any]) -> None:
    """Enqueue the event inside the running transaction. ``payload`` is plain JSON."""
    deliver.enqueue(name, payload)


@task()
def deliver(name: str, payload: dict[str, Any]) -> None:
    """Hand one event to its subscribers."""
    for handler in _handlers.get(name, []):
        handler(payload)


def drain() -> int:
    """Run every waiting task in this process, in order, until none waits; returns how many ran.

    The demo builder and the tests use it in place of the worker. A failing task raises here.
    """
    done = 0
    while (waiting := DBTaskResult.objects.ready().order_by("enqueued_at", "id").first()) is not None:
        result = waiting.task_result
        result.task.call(*result.args, **result.kwargs)
        waiting.delete()
        done += 1
    return done
