"""Measures the monthly board of sixty indicators: queries, CPU warm and cold, requests per second with eight clients.

In process: Django's test client, CPU of this process, one request at a time. Over the wire: the real server (two granian
workers with eight threads) on the same workspace, eight threads with session cookies; clients and server share the cores.
"""

import time

from temporary import demo_workspace, machine, quantile, say
from wire import over_the_wire

PAGE = "/board/?month=2023-06"
ROUNDS = 40


def in_process() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhuanban.indicators.queries import year
    from zhuanban.people.models import User

    client = Client()
    client.force_login(User.objects.get(username="statistician"))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PAGE)
    assert answer.status_code == 200, answer.status_code
    say(f"queries warm: {len(captured)}; page {len(answer.content) / 1024:.0f} KB")
    warm = [_cpu_ms(client) for _ in range(ROUNDS)]
    say(f"CPU warm: median {quantile(warm, 0.5):.1f} ms, p95 {quantile(warm, 0.95):.1f} ms")
    cold = []
    for _ in range(8):
        year._facts.cache_clear()
        cold.append(_cpu_ms(client))
    with CaptureQueriesContext(connection) as captured:
        year._facts.cache_clear()
        client.get(PAGE)
    say(f"CPU cold (facts of the year made anew): median {quantile(cold, 0.5):.1f} ms, {len(captured)} queries")


def _cpu_ms(client: object) -> float:
    begun = time.process_time()
    client.get(PAGE)  # type: ignore[attr-defined]
    return (time.process_time() - begun) * 1000


def main() -> None:
    with demo_workspace() as workspace:
        from sixty_indicators import bring_to_sixty

        say(f"machine: {machine()}")
        say(f"rows on the board: {bring_to_sixty()}")
        in_process()
        over_the_wire(str(workspace), PAGE)


if __name__ == "__main__":
    main()
