"""Measures the tick's look at 10,000 matters: nothing overdue, all of them waiting on a level, all of them climbing."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from temporary import demo_workspace, machine, quantile, say

ROWS = 10_000
ROUNDS = 20


def fill(due_on: date) -> None:
    """Copies of one open matter of the demo, by the ordinary door, all due on a day."""
    from zhuanban.matters.models import Matter
    from zhuanban.trail.services import Actor, work

    sample = Matter.objects.filter(state="accepted").order_by("pk").first()
    assert sample is not None
    with work(Actor("command", "measurement", "measurement"), "measurement"):
        Matter.objects.filter(state__in=("submitted", "accepted", "in_progress")).update(due_on=due_on, due_is_fixed=True)
        made = []
        for number in range(ROWS):
            values = {field.attname: getattr(sample, field.attname) for field in Matter._meta.concrete_fields}
            made.append(Matter(**{**values, "id": None, "number": f"2022-{number:06d}", "due_on": due_on, "level": 1, "level_due_on": None}))
        Matter.objects.bulk_create(made, batch_size=1_000)


def look(what: str, rounds: int = ROUNDS) -> None:
    """Ask the tick's step several times and say what it costs."""
    from django.db import connection

    from zhuanban.matters.services import climb_overdue_matters

    climb_overdue_matters()
    asked: list[str] = []
    with connection.execute_wrapper(lambda go, sql, *rest: (asked.append(sql), go(sql, *rest))[1]):
        said = climb_overdue_matters()
    spent = timed(climb_overdue_matters, rounds)
    say(f"{what}: {said}, {len(asked)} queries, CPU median {quantile(spent, 0.5):.1f} ms, p95 {quantile(spent, 0.95):.1f} ms")
    with connection.cursor() as cursor:
        for sql in asked:
            if "matters_matter" in sql:
                cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "1"))
                say("   " + "; ".join(row[3] for row in cursor.fetchall()))


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """CPU milliseconds of each round."""
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return spent


def main() -> None:
    with demo_workspace():
        from zhuanban.kit import clock, events
        from zhuanban.matters.models import Matter
        from zhuanban.matters.services import climb_overdue_matters
        from zhuanban.site import housekeeping

        day = datetime(2023, 10, 9, 9, tzinfo=clock.SHANGHAI)
        fill(date(2023, 9, 28))
        housekeeping.refresh_statistics()
        say(f"machine: {machine()}; {Matter.objects.count()} matters")
        with clock.pinned(day - timedelta(days=11)):
            look("nothing overdue")
        with clock.pinned(day - timedelta(days=1)):
            look("all overdue, none of these has to climb yet")
        with clock.pinned(day):
            begun, cpu = time.perf_counter(), time.process_time()
            said = climb_overdue_matters()
            say(f"all climb: {said} in {time.perf_counter() - begun:.1f} s, CPU {time.process_time() - cpu:.1f} s")
            begun = time.perf_counter()
            events.drain()
            say(f"all told of it: {time.perf_counter() - begun:.1f} s")
            look("all wait on a level")


if __name__ == "__main__":
    main()
