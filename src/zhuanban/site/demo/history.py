"""The demo's published figures: whole years first, then this year's months, each known on its own day."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from zhuanban.calc.rounding import half_up
from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Indicator
from zhuanban.kit import clock, events
from zhuanban.people.access import Viewer
from zhuanban.site.demo import names
from zhuanban.site.demo.figures import FIRST_YEAR, DemoFigure, DemoIndicator, Generator

CURRENT_YEAR = 2023
LAST_MONTH = 6
_HEAD = ("地区", "年", "month_from", "month_to", "指标", "数值", "单位", "同比", "性质", "来源")


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
        DemoIndicator(
            each.code, each.measure, each.decimals, each.value_kind, each.city_published, queries.calendar_of(each)
        )
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
    catalogue = queries.sheet_catalogue(viewer=by, as_known=None)
    place_names = {place.code: place.name_zh for place in catalogue.places}
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


def _at(year: int, month: int, day: int, hour: int = 16) -> datetime:
    return datetime(year, month, day, hour, 5, tzinfo=clock.SHANGHAI)


def publish_years(statistician: Viewer, reviewer: Viewer) -> None:
    """Three whole years in one sheet each, then January to June of the current year month by month."""
    made, indicators = generator()
    for year in range(FIRST_YEAR, CURRENT_YEAR):
        publish_sheet(
            made.year(year, with_peers=year == CURRENT_YEAR - 1), indicators, file_name=f"{year}年全年月度数据.csv",
            by=statistician, confirmed_by=reviewer, at=_at(year + 1, 1, 28),
        )  # fmt: skip
    current = list(made.year(CURRENT_YEAR, with_peers=True))
    for month in range(1, LAST_MONTH + 1):
        _publish_month(month, current, indicators, statistician, reviewer)


def _publish_month(
    month: int, current: list[DemoFigure], indicators: dict[str, Indicator], statistician: Viewer, reviewer: Viewer
) -> None:
    """One month: the zone's flash figures first, its official ones later, then the city with the peers; one revision."""
    due = [figure for figure in current if _published_for(figure, indicators) == month and figure.code not in _LATE]
    if not due:
        return
    zone = [figure for figure in due if figure.place == names.ZONE]
    title = f"{CURRENT_YEAR}年{month}月"
    flash = [_flash(figure) for figure in zone if figure.code in _FLASH]
    if flash:
        publish_sheet(
            flash, indicators, file_name=f"{title}快报.csv", by=statistician, at=_at(CURRENT_YEAR, month + 1, 12),
            status="快报",
        )  # fmt: skip
    publish_sheet(
        zone, indicators, file_name=f"{title}月度数据.csv", by=statistician, confirmed_by=reviewer,
        at=_at(CURRENT_YEAR, month + 1, 19),
    )  # fmt: skip
    rest = [figure for figure in due if figure.place != names.ZONE]
    publish_sheet(
        rest, indicators, file_name=f"{title}全市及县区数据.csv", by=statistician, confirmed_by=reviewer,
        at=_at(CURRENT_YEAR, month + 1, 21),
    )  # fmt: skip
    if month == _REVISED_MONTH:
        revised = [_revised(figure) for figure in zone if figure.code in _REVISED]
        publish_sheet(
            revised, indicators, file_name=f"{title}数据修订.csv", by=statistician, confirmed_by=reviewer,
            at=_at(CURRENT_YEAR, month + 2, 16),
        )  # fmt: skip
    with clock.pinned(_at(CURRENT_YEAR, month + 1, 21, 17)):
        events.drain()


_FLASH = frozenset({"fai", "retail_sales", "ind_va_above", "budget_revenue"})
_LATE = frozenset({"park_overseas_rev"})
"""Not delivered in the current year: the board shows what a missing figure looks like."""
_REVISED = frozenset({"fai", "trade_total"})
_REVISED_MONTH = 4


def _published_for(figure: DemoFigure, indicators: dict[str, Indicator]) -> int:
    """The board month with which a figure comes out: its last month plus the lag of its series."""
    return figure.period.last_month + indicators[figure.code].lag_months


def _flash(figure: DemoFigure) -> DemoFigure:
    """The first, rougher figure: growth to half a point off."""
    growth = None if figure.growth_pct is None else figure.growth_pct + (1 if figure.period.last_month % 2 else -1)
    return replace(figure, growth_pct=growth)


def _revised(figure: DemoFigure) -> DemoFigure:
    """What the later correction says."""
    growth = None if figure.growth_pct is None else figure.growth_pct - Decimal("0.3")
    level = None if figure.level is None else half_up(figure.level * Decimal("0.997"), 2)
    return replace(figure, level=level, growth_pct=growth)
