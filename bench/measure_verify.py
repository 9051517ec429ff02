"""Measures verifying the record: entries per second of the chain, rows per second of the deep comparison."""

import time

from temporary import demo_workspace, machine, say

ENTRIES = 200_000
PER_WORK = 5_000


def lengthen() -> int:
    """Change rows of one audited table, by the ordinary door, until the record has ENTRIES entries."""
    from django.db.models import F

    from zhuanban.indicators.models import Figure
    from zhuanban.trail import queries
    from zhuanban.trail.services import Actor, work

    keys = list(Figure.objects.order_by("pk").values_list("pk", flat=True)[:PER_WORK])
    actor = Actor("command", "measurement", "measurement")
    while queries.head_certificate().seq < ENTRIES:
        with work(actor, "measurement"):
            Figure.objects.filter(pk__in=keys).update(rank_of=F("rank_of"), batch_cell="A1")
    return queries.head_certificate().seq


def main() -> None:
    with demo_workspace():
        from zhuanban.trail import queries

        say(f"machine: {machine()}")
        begun = time.monotonic()
        entries = lengthen()
        say(f"record of {entries} entries made in {time.monotonic() - begun:.0f} s")
        for deep in (False, False, True):
            begun, cpu = time.monotonic(), time.process_time()
            result = queries.verify(deep=deep)
            seconds, spent = time.monotonic() - begun, time.process_time() - cpu
            name = "deep" if deep else "chain"
            say(
                f"{name}: {result.entries} entries, {result.rows} rows, {len(result.findings)} findings in {seconds:.2f} s "
                f"(CPU {spent:.2f} s) = {result.entries / seconds:,.0f} entries/s"
            )
            if not deep:
                chain_seconds = seconds
        rest = max(seconds - chain_seconds, 0.001)
        say(f"deep comparison alone: {result.rows / rest:,.0f} rows/s")


if __name__ == "__main__":
    main()
