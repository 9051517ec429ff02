"""Measures the list of matters, 25 rows among 100,000 under a clerk's scope: queries and CPU of a page."""

import time
from datetime import UTC, datetime, timedelta

from temporary import demo_workspace, machine, quantile, say

ROWS = 100_000
ROUNDS = 40
PAGES = ("/matters/", "/matters/?overdue=on", "/matters/?words=停电", "/matters/?order=due_on", "/matters/?order=-state")


def fill(rows: int) -> None:
    """Copies of the demo's matters, by the ordinary door, spread over all groups and units."""
    from zhuanban.matters.models import Matter
    from zhuanban.people.models import GroupMember
    from zhuanban.trail.services import Actor, work

    sample = list(Matter.objects.all())
    places = list(GroupMember.objects.filter(part="responsible").values_list("group_id", "unit_id"))
    began = datetime(2023, 1, 2, tzinfo=UTC)
    made = []
    for number in range(rows - len(sample)):
        copy = sample[number % len(sample)]
        group, unit = places[number % len(places)]
        copy.pk, copy.number = None, f"2022-{number:06d}"
        copy.group_id, copy.unit_id = group, unit
        copy.raised_at = copy.state_since = began + timedelta(minutes=number)
        copy.closed_at = None if copy.closed_at is None else copy.raised_at
        made.append(Matter(**{field.attname: getattr(copy, field.attname) for field in Matter._meta.concrete_fields}))
        if len(made) == 10_000:
            with work(Actor("command", "measurement", "measurement"), "measurement"):
                Matter.objects.bulk_create(made, batch_size=1_000)
            made = []
    with work(Actor("command", "measurement", "measurement"), "measurement"):
        Matter.objects.bulk_create(made, batch_size=1_000)


def main() -> None:
    with demo_workspace():
        from django.db import connection
        from django.test import Client

        from zhuanban.matters.models import Matter
        from zhuanban.people.models import User
        from zhuanban.site import housekeeping

        fill(ROWS)
        housekeeping.refresh_statistics()
        say(f"machine: {machine()}; {Matter.objects.count()} matters")
        for username in ("clerk", "officehead"):
            client = Client()
            client.force_login(User.objects.get(username=username))
            for page in PAGES:
                client.get(page)
                asked: list[str] = []
                with connection.execute_wrapper(lambda go, sql, *rest: (asked.append(sql), go(sql, *rest))[1]):  # noqa: B023
                    assert client.get(page).status_code == 200
                spent = []
                for _ in range(ROUNDS):
                    begun = time.process_time()
                    client.get(page)
                    spent.append((time.process_time() - begun) * 1000)
                say(
                    f"{username} {page}: {len(asked)} queries, CPU median {quantile(spent, 0.5):.1f} ms, "
                    f"p95 {quantile(spent, 0.95):.1f} ms"
                )


if __name__ == "__main__":
    main()
