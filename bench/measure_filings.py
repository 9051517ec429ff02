"""Measures compiling a month's filings of forty units that each have indicators, alerts and matters of their own: seconds and queries."""

import time
from datetime import date
from typing import TYPE_CHECKING

from temporary import demo_workspace, machine, say

if TYPE_CHECKING:
    from zhuanban.filings.models import Filing

UNITS = 40
YEAR, MONTH = 2023, 6
GOAL_SECONDS = 10.0
INDICATORS_EACH, MATTERS_EACH = 3, 8


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
    for filing in Filing.objects.filter(year=YEAR, month=MONTH, week=0).select_related("unit", "group"):
        _give_work(filing)


def _give_work(filing: "Filing") -> None:
    """Indicators below the city, an alert of each that is explained, and matters of which half moved in the month."""
    from datetime import datetime
    from decimal import Decimal

    from zhuanban.alerts.models import Alert
    from zhuanban.indicators.models import Figure, Indicator, Place
    from zhuanban.kit import clock
    from zhuanban.matters.services import register_matter
    from zhuanban.people.access import system_viewer
    from zhuanban.trail.services import work

    viewer = system_viewer("measurement")
    like = Indicator.objects.get(code="retail_rev")
    told = Alert.objects.filter(indicator=like, year=YEAR, last_month=MONTH, rule="below_city_average").first()
    with work(viewer.actor, "measurement"):
        for number in range(INDICATORS_EACH):
            like.pk, like.code = None, f"heavy_{filing.pk}_{number}"
            like.name_zh, like.name_en, like.group, like.dept = f"测量指标{filing.pk}之{number}", f"Measured {filing.pk} {number}", filing.group, filing.unit
            like.save()
            for place, growth in (("zone", "2.1"), ("city", "5.4")):
                for month in range(2, MONTH + 1):
                    Figure.objects.create(
                        indicator=like, place=Place.objects.get(kind=place), year=YEAR, first_month=1, last_month=month,
                        growth_pct=Decimal(growth), status="official", known_at=clock.now(), source="测量", recorded_by_post="测量",
                    )  # fmt: skip
            if told is not None:
                told.pk, told.indicator, told.group, told.unit, told.matter = None, like, filing.group, filing.unit, None
                told.cause, told.measure, told.state = "测量用原因。" * 10, "测量用措施。" * 10, "explained"
                told.save()
    for number in range(MATTERS_EACH):
        with clock.pinned(datetime(YEAR, MONTH if number % 2 else MONTH + 1, 5 + number, 10, tzinfo=clock.SHANGHAI)):
            register_matter(
                by=viewer, title=f"测量事项{number}", description="测量。" * 20, source="call", group_id=filing.group_id, unit_id=filing.unit_id
            )


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


def described() -> str:
    """What a filing holds, on average."""
    from zhuanban.filings.models import Filing
    from zhuanban.filings.services.snapshot import snapshot
    from zhuanban.kit import clock

    owed = list(Filing.objects.filter(year=YEAR, month=MONTH, week=0).select_related("unit", "group"))
    whole = [snapshot(filing, clock.now()) for filing in owed]
    counts = {name: sum(len(each[name]) for each in whole) for name in ("indicators", "alerts", "matters")}
    least = {name: min(len(each[name]) for each in whole) for name in counts}
    return f"{len(owed)} filings hold {counts}; each at least {least}"


def main() -> None:
    with demo_workspace():
        from sixty_indicators import bring_to_sixty

        say(f"machine: {machine()}; {bring_to_sixty()} indicators on the board")
        forty_units()
        say(described())
        for round_name in ("first", "again"):
            count, spent, queries = compile_all()
            verdict = "within" if spent <= GOAL_SECONDS else "ABOVE"
            say(f"{round_name}: {count} filings compiled in {spent:.2f} s, {queries} queries; {verdict} the goal of {GOAL_SECONDS:.0f} s")


if __name__ == "__main__":
    main()
