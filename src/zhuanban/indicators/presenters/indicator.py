"""One indicator's page: facts, charts with their tables, why its light, where its figures come from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.lights import LightRule
from zhuanban.calc.periods import Period
from zhuanban.indicators import queries
from zhuanban.indicators.presenters import why
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.wording import amount, operator_sign, period_title, target_words
from zhuanban.indicators.queries import BoardRow, FigureShown, IndicatorPage
from zhuanban.kit import formats
from zhuanban.kit.charts.echarts import echarts_option
from zhuanban.kit.charts.model import BarChart, Chart, LineChart, Role, Series
from zhuanban.kit.office import authority_words
from zhuanban.kit.registries import panels_for
from zhuanban.people.access import Viewer


def indicator_context(page: IndicatorPage, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Everything the template draws."""
    row = page.row
    rule = LightRule.from_parameters(page.thresholds.parameters) if page.thresholds else LightRule()
    return {
        "page": page,
        "rule_authority": authority_words(page.thresholds.authority) if page.thresholds else "",
        "row": row,
        "asked": asked,
        "measure": formats.measure_words(row.measure),
        "period": period_title(row.period),
        **_target(row),
        "course": _course(page.months),
        "course_rows": page.months,
        "peers": _peers(page),
        "ranks": _ranks(page),
        "clauses": why.clauses(row, rule),
        "nature": _nature(page),
        "month_options": [(f"{y}-{m:02d}", f"{y}-{m:02d}") for y, m in reversed(asked.months)],
        "panels": panels_for("indicator", viewer, page),
        "values": _values(page, viewer),
        "own_figure": next((figure for figure in page.figures if figure.id == row.figure_id), None),
    }


def _target(row: BoardRow) -> dict[str, str]:
    """The year's target and its path at the shown period, as printed."""
    target = row.target
    if target is None:
        return {"target": formats.MISSING, "target_unit": "", "to_date": formats.MISSING}
    if words := target_words(target):
        return {"target": words, "target_unit": "", "to_date": formats.MISSING}
    return {
        "target": f"{operator_sign(target.operator)}{amount(target.value, target.kind, row.decimals)}",
        "target_unit": "%" if target.kind == "growth" else formats.measure_words(row.measure),
        "to_date": amount(target.to_date, target.kind, row.decimals),
    }


def _nature(page: IndicatorPage) -> str:
    """How the series is counted: basis, prices, rhythm."""
    indicator = page.indicator
    words = [
        {
            "cumulative": pgettext("basis", "cumulative"),
            "month": pgettext("basis", "single months"),
            "point": pgettext("basis", "balance at a point in time"),
        }[indicator.basis],
        pgettext("prices", "real growth") if indicator.price_basis == "constant" else pgettext("prices", "nominal growth"),
        _("Quarterly") if indicator.frequency == "quarter" else _("Monthly"),
    ]
    if indicator.frequency == "month" and not indicator.has_january:
        words.append(_("no separate January"))
    if indicator.lag_months:
        words.append(_("one month later than other series"))
    return " · ".join(words)


def _course(months: tuple[BoardRow, ...]) -> dict[str, Any] | None:
    """Growth of the zone and the city with the target's path, over the year's periods."""
    known = [row for row in months if row.due_period is not None]
    if not any(row.growth_pct is not None for row in known):
        return None
    series = [
        Series(_("Zone"), Role.ACTUAL, tuple(row.growth_pct for row in known)),
        Series(_("City"), Role.CITY, tuple(row.city_growth_pct for row in known)),
    ]
    if any(row.target and row.target.kind == "growth" and row.target.to_date is not None for row in known):
        path = tuple(row.target.to_date if row.target and row.target.kind == "growth" else None for row in known)
        series.append(Series(_("Path"), Role.TARGET, path))
    chart = LineChart(
        title=_("Growth through the year"),
        unit="%",
        categories=tuple(formats.period_words(row.due_period) for row in known),
        series=tuple(series),
        description=_("Growth of the zone and the city through the year, in percent"),
    )
    return _drawn(chart)


def _ranks(page: IndicatorPage) -> dict[str, Any] | None:
    """The zone's rank through the year, first place on top."""
    known = [row for row in page.months if row.rank is not None]
    if len(known) < 2:
        return None
    chart = LineChart(
        title=_("Rank through the year"),
        unit="",
        categories=tuple(formats.period_words(row.due_period) for row in known),
        series=(Series(_("Rank"), Role.ACTUAL, tuple(Decimal(row.rank or 0) for row in known)),),
        description=_("The zone's rank among its peers through the year, 1 is best"),
        decimals=0,
    )
    option = echarts_option(chart)
    last = max(row.rank_of or row.rank or 1 for row in known)
    option["yAxis"] = {**option["yAxis"], "inverse": True, "min": 1, "max": last, "minInterval": 1}
    option["xAxis"] = {**option["xAxis"], "axisLine": {"onZero": False}}
    return {"title": chart.title, "option": option, "rows": known}


@dataclass(frozen=True)
class ValueShown:
    """One vintage in the table of values: ``counts`` where nothing newer of its period took its place."""

    figure: FigureShown
    counts: bool
    sheet_url: str


def _values(page: IndicatorPage, viewer: Viewer) -> list[ValueShown]:
    """Every vintage of the year; the sheet it came from opens for those who may see that sheet."""
    ids = {figure.batch_id for figure in page.figures if figure.batch_id is not None}
    within = queries.batches_within_reach(viewer=viewer, as_known=page.board.as_known, ids=ids)
    counting: set[tuple[str, Period]] = set()
    shown = []
    for figure in sorted(page.figures, key=lambda one: one.status == "flash"):
        key = (figure.place_kind, figure.period)
        counts = figure.status != "forecast" and key not in counting
        if counts:
            counting.add(key)
        url = reverse("indicators:import_batch", args=[figure.batch_id]) if figure.batch_id in within else ""
        shown.append(ValueShown(figure, counts, url))
    order = {figure.id: place for place, figure in enumerate(page.figures)}
    return sorted(shown, key=lambda one: order[one.figure.id])


def _peers(page: IndicatorPage) -> dict[str, Any] | None:
    shown = [peer for peer in page.peers if peer.growth_pct is not None]
    if len(shown) < 2:
        return None
    zone = next((peer.name for peer in shown if peer.is_zone), "")
    chart = BarChart(
        title=_("Zone and peers"),
        unit="%",
        categories=tuple(peer.name for peer in shown),
        series=(Series(_("Growth"), Role.PEERS, tuple(peer.growth_pct for peer in shown)),),
        description=_("Growth of the zone and its peers in this period, in percent"),
        highlight=zone,
    )
    return _drawn(chart)


def _drawn(chart: Chart) -> dict[str, Any]:
    return {"title": chart.title, "option": echarts_option(chart)}
