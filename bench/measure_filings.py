"""Measures compiling a month's filings of forty units on a board of sixty indicators: seconds, queries, the consolidated text."""

import time
from datetime import date

from temporary import demo_workspace, machine, say

UNITS = 40
YEAR, MONTH = 2023, 6
GOAL_SECONDS = 10.0


def forty_units() -> None:
    """As many responsible units as are missing join a group, so that forty owe the month's filing."""
    from zhuanban.filings import services
    from zhuanban.filings.models import Filing
    from zhuanban.people.access import system_viewer
    from zhuanban.people.models import GroupMember, Unit, WorkGroup
    from zhuanban.trail.services import work

    viewer = system_viewer("measurement")
    present = Filing.objects.filter(year=YEAR, month=MONTH, week=0).count()
    groups = list(WorkGroup.objects.filter(active=True))
    with work(viewer.actor, "measurement"):
        for number in range(UNITS - present):
            unit = Unit.objects.create(
                code=f"measured_{number:02d}", name_zh=f"测量单位{number:02d}", name_en=f"Measured unit {number:02d}",
                kind="department", position=900 + number,
            )  # fmt: skip
            GroupMember.objects.create(
                group=groups[number % len(groups)], unit=unit, part="responsible", valid_from=date(2023, 1, 1)
            )
    services.owe_filings(on=date(YEAR, MONTH + 1, 1))


def compile_all() -> tuple[int, float, int]:
    """Compile every filing of the month once, as units do, one after the other: how many, seconds, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zhuanban.filings import services
    from zhuanban.filings.models import Filing
    from zhuanban.people.access import system_viewer
    from zhuanban.trail.services import work

    viewer = system_viewer("measurement")
    owed = list(Filing.objects.filter(year=YEAR, month=MONTH, week=0).values_list("pk", flat=True))
    with work(viewer.actor, "measurement"):
        Filing.objects.filter(pk__in=owed).update(state=Filing.State.DUE)
    spent = 0.0
    with CaptureQueriesContext(connection) as captured:
        for pk in owed:
            version = Filing.objects.values_list("version", flat=True).get(pk=pk)
            begun = time.perf_counter()
            services.compile_filing(filing_id=pk, by=viewer, version=version)
            spent += time.perf_counter() - begun
    return len(owed), spent, len(captured)


def main() -> None:
    with demo_workspace():
        from sixty_indicators import bring_to_sixty

        say(f"machine: {machine()}; {bring_to_sixty()} indicators on the board")
        forty_units()
        for round_name in ("first", "again"):
            count, spent, queries = compile_all()
            verdict = "within" if spent <= GOAL_SECONDS else "ABOVE"
            say(f"{round_name}: {count} filings compiled in {spent:.2f} s, {queries} queries; {verdict} the goal of {GOAL_SECONDS:.0f} s")


if __name__ == "__main__":
    main()
