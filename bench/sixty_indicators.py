"""Brings a demo workspace to sixty indicators on the board, through the product's own services."""

from datetime import datetime

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Indicator, PeriodLock
from zhuanban.kit import clock
from zhuanban.people.access import system_viewer
from zhuanban.site.demo import history, story
from zhuanban.trail.services import work

WANTED = 60
_COPIED = (
    "measure", "decimals", "value_kind", "basis", "price_basis", "comparable_scope", "city_published", "frequency",
    "has_january", "has_fourth_quarter", "lag_months", "polarity", "source", "clause",
)  # fmt: skip


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 16, 0, tzinfo=clock.SHANGHAI)


def bring_to_sixty() -> int:
    """Add copies of monthly indicators with figures of two years; returns how many rows the board then has."""
    by = system_viewer("measurement")
    with work(by.actor, "measurement"):
        # The demo has closed its first months; a measurement fills them anew.
        PeriodLock.objects.all().delete()
    present = len(queries.board(viewer=by, year=2023, month=6, as_known=None).rows)
    models = list(
        Indicator.objects.filter(active=True, active_until=None, dept__isnull=False, frequency="month")
        .select_related("group", "dept")
        .order_by("position", "code")
    )
    for number in range(max(0, WANTED - present)):
        like = models[number % len(models)]
        fields = {name: getattr(like, name) for name in _COPIED}
        services.define_indicator(
            code=f"measured_{number:02d}", name_zh=f"测量指标{number:02d}", name_en=f"Measured indicator {number:02d}",
            aliases=[], group=like.group.code, dept=like.dept.code, active=True, position=900 + number, by=by, **fields,
        )  # fmt: skip
    made, indicators = history.generator()
    cast = story.Cast()
    for year, at in ((2022, _at(2023, 1, 29)), (2023, _at(2023, 7, 22))):
        figures = [
            figure
            for figure in made.year(year, with_peers=True)
            if figure.code.startswith("measured_") and (year < 2023 or figure.period.last_month <= 6)
        ]
        if figures:
            history.publish_sheet(
                figures, indicators, file_name=f"measured-{year}.csv", by=cast.statistician,
                at=at,
            )  # fmt: skip
    return len(queries.board(viewer=by, year=2023, month=6, as_known=None).rows)
