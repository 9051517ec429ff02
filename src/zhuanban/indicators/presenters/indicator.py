"""One indicator's page: facts, charts with their tables, why its light, where its figures come from."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.lights import CheckState
from zhuanban.indicators.presenters import why
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.wording import amount, measure_word, operator_sign, period_title, target_words
from zhuanban.indicators.queries import BoardRow, IndicatorPage
from zhuanban.kit import formats
from zhuanban.kit.charts.echarts import echarts_option
from zhuanban.kit.charts.model import BarChart, Chart, LineChart, Role, Series
from zhuanban.kit.registries import panels_for
from zhuanban.people.access import Viewer


def indicator_context(page: IndicatorPage, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Everything the template draws."""
    row = page.row
    clauses = why.clauses(row)
    return {
        "page": page,
        "row": row,
        "asked": asked,
        "measure": measure_word(row.measure),
        "period": period_title(row.period),
        **_target(row),
        "course": _course(page.months),
        "course_rows": page.months,
        "peers": _peers(page),
        "clauses": clauses,
        "fired": sum(1 for clause in clauses if clause.hit),
        "waiting": any(check.state is CheckState.RESTING for check in row.verdict.checks),
        "nature": _nature(page),
        "month_options": [(f"{y}-{m:02d}", f"{y}-{m:02d}") for y, m in reversed(asked.months)],
        "panels": panels_for("indicator", viewer, page),
        "sees_sheets": viewer.can("figures.sheets"),
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
        "target_unit": "%" if target.kind == "growth" else measure_word(row.measure),
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
