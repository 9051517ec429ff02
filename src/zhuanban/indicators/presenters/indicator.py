"""One indicator's page: facts, charts with their tables, why its light, where its figures come from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.lights import LightRule
from zhuanban.calc.periods import Period
from zhuanban.calc.targets import growth_level_path
from zhuanban.indicators.presenters import why
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.consequence import follow_up_words, rest_words
from zhuanban.indicators.presenters.values import has_own_months, values
from zhuanban.indicators.presenters.wording import (
    ahead_words,
    amount,
    operator_sign,
    period_title,
    rank_words,
    target_words,
)
from zhuanban.indicators.queries import BoardRow, IndicatorPage
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
        "values": values(page, viewer),
        "has_own_months": has_own_months(page.indicator),
        "levels": _levels(page),
        "follow_up": follow_up_words(page),
        "rest": rest_words(page),
        "rank_words": rank_words(row),
        "unit_url": asked.page("unit", row.dept_code) if row.dept_code else "",
        "group_url": asked.page("group", row.group_code) if row.group_code else "",
        "also": _also(row),
        "ahead": ahead_words(row.ahead_pp(row.target)),
        "export_url": asked.page("indicator_export", row.code),
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


def _also(row: BoardRow) -> str:
    """The second target of the year with its path, as printed; empty without one."""
    target = row.also
    if target is None:
        return ""
    unit = "%" if target.kind == "growth" else f" {formats.measure_words(row.measure)}"
    figure = target_words(target) or f"{operator_sign(target.operator)}{amount(target.value, target.kind, row.decimals)}{unit}"
    ahead = ahead_words(row.ahead_pp(target))
    return _("also %(target)s") % {"target": f"{figure} ({ahead})" if ahead else figure}


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


@dataclass(frozen=True)
class LevelAt:
    """A period of the year: what was reached since January, what the path asks for, what was reached the year before."""

    period: Period
    level: Decimal | None
    path: Decimal | None
    before: Decimal | None


def _levels(page: IndicatorPage) -> dict[str, Any] | None:
    """The accumulated level through the year against the target's path and the year before."""
    known = {row.due_period for row in page.months}
    path, estimated = _level_path(page)
    rows = [
        LevelAt(
            row.due_period, row.level if row.due_period in known and row.period == row.due_period else None,
            path.get(row.due_period), page.base.get(row.due_period.last_month),
        )
        for row in page.course if row.due_period is not None
    ]  # fmt: skip
    if not any(each.level is not None for each in rows):
        return None
    lines = [(_("Actual"), Role.ACTUAL, [each.level for each in rows]), (_("Path"), Role.TARGET, [each.path for each in rows])]
    lines.append((_("Year before"), Role.PEERS, [each.before for each in rows]))
    chart = LineChart(
        title=_("Level through the year"),
        unit=formats.measure_words(page.row.measure),
        categories=tuple(formats.period_words(each.period) for each in rows),
        series=tuple(Series(name, role, tuple(found)) for name, role, found in lines if any(each is not None for each in found)),
        description=_("The level of the zone through the year beside the target's path and the year before"),
        decimals=page.row.decimals,
    )
    drawn = _drawn(chart)
    # The card's head names the measure; above the axis a long English one would be cut off.
    drawn["option"]["yAxis"] = {**drawn["option"]["yAxis"], "name": ""}
    return {**drawn, "rows": rows, "estimated": estimated}


def _level_path(page: IndicatorPage) -> tuple[dict[Period | None, Decimal | None], bool]:
    """The path by period: that of the value target, else what the growth target asks for on last year's levels, an estimate."""
    values = {row.due_period: _value_path(row) for row in page.course}
    if any(value is not None for value in values.values()):
        return values, False
    target = next((each for each in (page.row.target, page.row.also) if each and each.kind == "growth" and each.value is not None), None)
    if target is None or target.value is None or target.path != "linear":
        return {}, False
    steps = growth_level_path(page.base, target.value)
    return {row.due_period: steps[row.due_period.last_month - 1] for row in page.course if row.due_period}, True


def _value_path(row: BoardRow) -> Decimal | None:
    return next((each.to_date for each in (row.target, row.also) if each and each.kind == "value"), None)


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
