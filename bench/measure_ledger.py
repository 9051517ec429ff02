"""Measures the ledger of 10,000 matters, 25 on a page: queries, CPU, and requests per second with eight clients."""

import time

import measure_list
from temporary import demo_workspace, machine, quantile, say
from wire import over_the_wire

ROWS = 10_000
ROUNDS = 40
PAGE = "/matters/"
READERS = ("clerk", "officehead")


def in_process(username: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhuanban.people.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    asked, spent = len(captured), []
    for _ in range(ROUNDS):
        begun = time.process_time()
        client.get(PAGE)
        spent.append((time.process_time() - begun) * 1000)
    say(f"{username}: {asked} queries, CPU median {quantile(spent, 0.5):.1f} ms, p95 {quantile(spent, 0.95):.1f} ms")


def main() -> None:
    with demo_workspace() as workspace:
        from zhuanban.site import housekeeping

        measure_list.fill(ROWS)
        housekeeping.refresh_statistics()
        say(f"machine: {machine()}; {ROWS} matters")
        for username in READERS:
            in_process(username)
            over_the_wire(str(workspace), PAGE, username)


if __name__ == "__main__":
    main()
