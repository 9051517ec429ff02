"""The page's chart: an ECharts option as plain data, without functions, so that it travels as JSON."""

from decimal import Decimal
from typing import Any

from zhuanban.calc.rounding import shown
from zhuanban.kit.charts.model import BarChart, Chart, LineChart, Role, Series
from zhuanban.kit.charts.palette import INK, INK_2, INK_3, LINE, LINE_2, STROKES

_SYMBOLS = {"round": "circle", "square": "rect", "": "none"}


def echarts_option(chart: Chart) -> dict[str, Any]:
    """The option for ``chart``: still, readable without colour, and with a sentence for those who cannot see it.

    ``zb`` (unit and decimals) is passed over by ECharts; the page's script reads it to print figures in tooltips.
    """
    lines = isinstance(chart, LineChart)
    ends_labelled = lines and all(line.values and line.values[-1] is not None for line in chart.series)
    draw = _line if lines else _bars
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"enabled": True, "description": chart.description}},
        "textStyle": {"fontSize": 12, "color": INK_2},
        "grid": {"left": 8, "right": 96 if ends_labelled else 24, "top": _top(chart, ends_labelled), "bottom": 8, "containLabel": True},
        "legend": {"show": not ends_labelled and len(chart.series) > 1, "top": 0, "right": 0, "icon": "rect"},
        "tooltip": {"trigger": "axis", "confine": True},
        **_axes(chart),
        "series": [draw(chart, line, ends_labelled) for line in chart.series],
        "zb": {"unit": chart.unit, "decimals": chart.decimals},
    }


def _top(chart: Chart, ends_labelled: bool) -> int:
    """Room above the plot for the legend or the unit of an upright axis; lying bars carry it at the right."""
    if not ends_labelled and len(chart.series) > 1:
        return 36
    return 8 if isinstance(chart, BarChart) and chart.lying else 28


def _axes(chart: Chart) -> dict[str, Any]:
    lying = isinstance(chart, BarChart) and chart.lying
    names = {
        "type": "category",
        "data": list(chart.categories),
        "boundaryGap": isinstance(chart, BarChart),
        "inverse": lying,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": LINE_2}, "onZero": lying},
        "axisLabel": {"color": INK_2, "fontSize": 12, **({"interval": 0} if lying else {})},
    }
    values = {
        "type": "value",
        "name": chart.unit,
        "scale": isinstance(chart, LineChart),
        "nameTextStyle": {"color": INK_3},
        "splitLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {"color": INK_3, "fontSize": 12},
    }
    return {"xAxis": values, "yAxis": names} if lying else {"xAxis": names, "yAxis": values}


def _line(chart: Chart, line: Series, ends_labelled: bool) -> dict[str, Any]:
    stroke = STROKES[line.role]
    drawn: dict[str, Any] = {
        "name": line.name,
        "type": "line",
        "data": [_point(line, place) for place in range(len(line.values))],
        "connectNulls": False,
        "smooth": False,
        "showSymbol": bool(stroke.marker or line.lonely),
        "symbol": _SYMBOLS[stroke.marker],
        "symbolSize": 6,
        "lineStyle": {"color": stroke.colour, "width": stroke.width, "type": list(stroke.dash) or "solid"},
        "itemStyle": {"color": stroke.colour},
        "z": 3 if line.role is Role.ACTUAL else 2,
    }
    if ends_labelled:
        last = line.values[-1]
        assert last is not None
        label = f"{line.name} {shown(last, chart.decimals, grouped=True)}"
        drawn["endLabel"] = {"show": True, "formatter": label, "color": stroke.colour}
        drawn["labelLayout"] = {"moveOverlap": "shiftY"}
    return drawn


def _bars(chart: Chart, line: Series, _ends_labelled: bool) -> dict[str, Any]:
    stroke = STROKES[line.role]
    lying = isinstance(chart, BarChart) and chart.lying
    highlight = chart.highlight if isinstance(chart, BarChart) else ""
    bars: list[dict[str, Any] | None] = []
    for name, value in zip(chart.categories, line.values, strict=True):
        if value is None:
            bars.append(None)
            continue
        outside = "right" if lying else "top"
        inwards = "left" if lying else "bottom"
        label = {
            "formatter": shown(value, chart.decimals, grouped=True),
            "position": outside if value >= 0 else inwards,
        }
        bar: dict[str, Any] = {"value": _number(value), "label": label}
        if name and name == highlight:
            bar["itemStyle"] = {"color": STROKES[Role.ACTUAL].colour}
        bars.append(bar)
    return {
        "name": line.name,
        "type": "bar",
        "data": bars,
        "barMaxWidth": 14,
        "itemStyle": {"color": stroke.colour},
        "label": {"show": True, "color": INK, "fontSize": 12},
    }


def _point(line: Series, place: int) -> float | dict[str, Any] | None:
    value = _number(line.values[place])
    return {"value": value, "symbol": "circle"} if place in line.lonely else value


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
