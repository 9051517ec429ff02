"""The demo's published figures: whole years first, then this year's months, each known on its own day."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from zhuanban.calc.rounding import half_up
from zhuanban.calc.working_days import rolled
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
        # The plan ranks its own places from its year on.
        until = None if code == extra.code else CURRENT_YEAR - 1
        services.define_peer(
            place=code, indicator=None, from_year=FIRST_YEAR, until_year=until, authority="演示数据", by=by
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
    """Five past the hour of a day, or of the next working day."""
    opens = rolled(date(year, month, day)).on
    return datetime(opens.year, opens.month, opens.day, hour, 5, tzinfo=clock.SHANGHAI)


class Neighbours(Protocol):
    """The people who work while figures come out."""

    def live_until(self, when: datetime) -> None: ...

    def month_published(self, month: int) -> None: ...


def publish_years(statistician: Viewer, reviewer: Viewer, people: Neighbours) -> None:
    """Three whole years in one sheet each, then January to June of the current year month by month, while the
    people go on with their work."""
    made, indicators = generator()
    for year in range(FIRST_YEAR, CURRENT_YEAR):
        publish_sheet(
            made.year(year, with_peers=year == CURRENT_YEAR - 1), indicators, file_name=f"{year}年全年月度数据.csv",
            by=statistician, confirmed_by=reviewer, at=_at(year + 1, 1, 28),
        )  # fmt: skip
    current = list(made.year(CURRENT_YEAR, with_peers=True))
    for month in range(1, LAST_MONTH + 1):
        _publish_month(month, current, indicators, statistician, reviewer, people)


def _publish_month(
    month: int, current: list[DemoFigure], indicators: dict[str, Indicator], statistician: Viewer, reviewer: Viewer,
    people: Neighbours,
) -> None:  # fmt: skip
    """One month: the zone's flash figures first, its official ones later, then the city with the peers; one revision."""
    due = [figure for figure in current if _published_for(figure, indicators) == month and figure.code not in _LATE]
    if not due:
        return
    zone = [figure for figure in due if figure.place == names.ZONE]
    title = f"{CURRENT_YEAR}年{month}月"
    official_day, city_day = _DAYS_OF_NEWEST if month == LAST_MONTH else _DAYS

    def publish(rows: list[DemoFigure], name: str, at: datetime, **how: Any) -> None:
        people.live_until(at)
        publish_sheet(rows, indicators, file_name=f"{title}{name}.csv", by=statistician, at=at, **how)

    flash = [_flash(figure) for figure in zone if figure.code in _FLASH]
    if flash:
        publish(flash, "快报", _at(CURRENT_YEAR, month + 1, 12), status="快报")
    publish(zone, "月度数据", _at(CURRENT_YEAR, month + 1, official_day), confirmed_by=reviewer)
    if month == _REVISED_MONTH + 1:
        publish(
            [_revised(figure) for figure in _corrected(current)], "修订上月数据",
            _at(CURRENT_YEAR, month + 1, official_day + 1), confirmed_by=reviewer,
        )  # fmt: skip
    rest = [figure for figure in due if figure.place != names.ZONE and not _is_awaited(figure)]
    city_at = _at(CURRENT_YEAR, month + 1, city_day)
    publish(rest, "全市及县区数据", city_at, confirmed_by=reviewer)
    with clock.pinned(city_at.replace(hour=17)):
        events.drain()
        people.month_published(month)


_DAYS, _DAYS_OF_NEWEST = (14, 16), (19, 21)
"""Days of the following month on which the zone's figures and then the city's come out; the newest month is later, so
that its alerts are fresh on the demo's first morning."""
_FLASH = frozenset({"fai", "retail_sales", "ind_va_above", "budget_revenue"})
_LATE = frozenset({"park_overseas_rev"})
"""Not delivered in the current year: the board shows what a missing figure looks like."""
_AWAITED = frozenset({"education_wages"})
"""The city's circular of the newest month has not come: the board shows what a provisional light looks like."""
_REVISED = frozenset({"fai", "trade_total"})
_REVISED_MONTH = 4


def _is_awaited(figure: DemoFigure) -> bool:
    return figure.code in _AWAITED and figure.period.last_month == LAST_MONTH


def _corrected(current: list[DemoFigure]) -> list[DemoFigure]:
    """The zone's figures that a later sheet corrects."""
    return [
        figure
        for figure in current
        if figure.code in _REVISED and figure.place == names.ZONE and figure.period.last_month == _REVISED_MONTH
    ]


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
