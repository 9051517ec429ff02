"""The demo's published figures: whole years first, then this year's months, each known on its own day."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Indicator
from zhuanban.kit import clock, events
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.site.demo import names
from zhuanban.site.demo.figures import FIRST_YEAR, DemoFigure, DemoIndicator, Generator

CURRENT_YEAR = 2023
LAST_MONTH = 6
_HEAD = ("地区", "年", "month_from", "month_to", "指标", "数值", "单位", "同比", "性质", "来源")
_NAMES = {names.ZONE: names.ZONE_ZH, names.CITY: "示例市", "office": "专班办公室"}


def add_tenth_peer(by: Viewer) -> None:
    """The tenth peer and its place in the ranking; figures of earlier years are ranked too."""
    extra = names.EXTRA_PEER
    services.define_place(
        code=extra.code, name_zh=extra.name_zh, name_en=extra.name_en, kind="peer", aliases=[], position=99, by=by
    )
    for code in (names.ZONE, *names.PEERS):
        services.define_peer(
            place=code, indicator=None, from_year=FIRST_YEAR, until_year=None, authority="演示数据", by=by
        )


def generator() -> tuple[Generator, dict[str, Indicator]]:
    """The generator over the workspace's owned, active indicators."""
    found = {
        indicator.code: indicator
        for indicator in Indicator.objects.filter(active=True, active_until=None, dept__isnull=False)
    }
    described = [
        DemoIndicator(each.code, each.measure, each.decimals, each.value_kind, queries.calendar_of(each))
        for each in found.values()
    ]
    return Generator(described, names.ZONE, names.CITY, names.PEERS), found


def publish_sheet(
    figures: Iterable[DemoFigure], indicators: dict[str, Indicator], *, file_name: str, by: Viewer, at: datetime,
    confirmed_by: Viewer | None = None, status: str = "正式", source: str = "演示数据",
) -> None:  # fmt: skip
    """Hand a sheet in through the ordinary door and publish it, as its recorder would on that day."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEAD)
    place_names = {place.key: place.names[0] for place in _places()}
    for figure in figures:
        indicator, period = indicators[figure.code], figure.period
        writer.writerow(
            (
                place_names[figure.place], period.year, period.first_month, period.last_month, indicator.name_zh,
                "" if figure.level is None else figure.level, "" if figure.level is None else indicator.measure,
                "" if figure.growth_pct is None else f"{figure.growth_pct}%", status, source,
            )
        )  # fmt: skip
    with clock.pinned(at):
        batch = services.stage_sheet(by=by, file_name=file_name, content=text.getvalue().encode("utf-8"))
        services.publish_batch(batch_id=batch.pk, by=by, version=batch.version, answer="演示数据，按原表")
        if confirmed_by is not None:
            batch.refresh_from_db()
            services.confirm_batch(batch_id=batch.pk, by=confirmed_by, version=batch.version)


def _places() -> Iterable[object]:
    return queries.sheet_catalogue(viewer=system_viewer("demo"), as_known=None).places


def _at(year: int, month: int, day: int, hour: int = 16) -> datetime:
    return datetime(year, month, day, hour, 5, tzinfo=clock.SHANGHAI)
