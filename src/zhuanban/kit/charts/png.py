"""The document's chart: a PNG drawn by matplotlib from the same description as the page's chart."""

from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from zhuanban.calc.rounding import MINUS, shown
from zhuanban.kit.charts import fonts
from zhuanban.kit.charts.model import BarChart, Chart, LineChart, Role, Series
from zhuanban.kit.charts.palette import INK, INK_2, INK_3, LINE, LINE_2, STROKES, Stroke

_MM = 1 / 25.4
_SIZE = 8.5
_MARKERS = {"round": "o", "square": "s", "": ""}


def render_png(chart: Chart, dpi: int = 200, width_mm: float = 156, height_mm: float | None = None) -> bytes:
    """The chart as a PNG on white; the same chart gives the same bytes.

    Without ``height_mm`` the height follows the content: 75 mm for lines, a fixed pitch per name for lying bars.
    Raises Refusal ``chart_font_missing`` where set-up has not put the font files in place.
    """
    height = height_mm or _natural_height_mm(chart)
    figure = Figure(figsize=(width_mm * _MM, height * _MM), dpi=dpi, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _frame(axes, chart)
    if isinstance(chart, LineChart):
        _lines(axes, chart)
    else:
        assert isinstance(chart, BarChart)
        _bars(axes, chart)
    _letters(axes)
    sheet = BytesIO()
    figure.savefig(sheet, format="png", dpi=dpi, metadata={"Software": None})
    return sheet.getvalue()


def _natural_height_mm(chart: Chart) -> float:
    if isinstance(chart, BarChart) and chart.lying:
        per_name = 2.0 + 3.1 * len(chart.series)
        return 16 + per_name * len(chart.categories)
    return 75


def _frame(axes: Any, chart: Chart) -> None:
    lying = isinstance(chart, BarChart) and chart.lying
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left" if lying else "bottom"].set(visible=not lying, color=LINE_2)
    axes.tick_params(length=0, colors=INK_2)
    values = axes.xaxis if lying else axes.yaxis
    values.set_major_formatter(FuncFormatter(lambda value, _at: f"{value:g}".replace("-", MINUS)))
    axes.grid(axis="x" if lying else "y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_title(f"单位：{chart.unit}", loc="right", color=INK_3, parse_math=False)


def _lines(axes: Any, chart: LineChart) -> None:
    places = range(len(chart.categories))
    ends: list[tuple[float, str, str]] = []
    for line in chart.series:
        stroke = STROKES[line.role]
        heights = [float("nan") if value is None else float(value) for value in line.values]
        style = (0, stroke.dash) if stroke.dash else "solid"
        axes.plot(
            places, heights, color=stroke.colour, linewidth=stroke.width * 0.7, linestyle=style,
            marker=_MARKERS[stroke.marker], markersize=3.5, label=line.name,
        )  # fmt: skip
        lonely = sorted(line.lonely)
        axes.plot(lonely, [heights[place] for place in lonely], "o", color=stroke.colour, markersize=3.5)
        if line.values and (last := line.values[-1]) is not None:
            ends.append((float(last), f"{line.name} {shown(last, chart.decimals, grouped=True)}", stroke.colour))
    axes.set_xticks(places, chart.categories)
    if len(ends) == len(chart.series):
        _end_labels(axes, ends, len(chart.categories) - 1)
    else:
        _legend(axes, len(chart.series))


def _end_labels(axes: Any, ends: list[tuple[float, str, str]], last_place: int) -> None:
    low, high = axes.get_ylim()
    apart = (high - low) * 0.075
    ordered = sorted(ends)
    heights = [value for value, _text, _colour in ordered]
    for index, (below, above) in enumerate(pairwise(heights)):
        heights[index + 1] = max(above, max(below, heights[index]) + apart)
    for height, (_value, text, colour) in zip(heights, ordered, strict=True):
        axes.annotate(
            text, (last_place, height), xytext=(6, 0), textcoords="offset points",
            color=colour, va="center", annotation_clip=False, parse_math=False,
        )  # fmt: skip


def _bars(axes: Any, chart: BarChart) -> None:
    thickness = 0.76 / max(1, len(chart.series))
    for order, line in enumerate(chart.series):
        offset = (order - (len(chart.series) - 1) / 2) * thickness
        _one_set(axes, chart, line, offset, thickness)
    places = range(len(chart.categories))
    if chart.lying:
        axes.set_yticks(places, chart.categories)
        axes.invert_yaxis()
        axes.axvline(0, color=LINE_2, linewidth=0.8)
        axes.margins(x=0.12, y=0.01)
    else:
        axes.set_xticks(places, chart.categories)
        axes.axhline(0, color=LINE_2, linewidth=0.8)
    if len(chart.series) > 1:
        _legend(axes, len(chart.series))


def _one_set(axes: Any, chart: BarChart, line: Series, offset: float, thickness: float) -> None:
    stroke = STROKES[line.role]
    draw = axes.barh if chart.lying else axes.bar
    places = [place + offset for place, value in enumerate(line.values) if value is not None]
    values = [value for value in line.values if value is not None]
    names = [name for name, value in zip(chart.categories, line.values, strict=True) if value is not None]
    bars = draw(places, [float(value) for value in values], thickness * 0.88, label=line.name, **_fill(stroke))
    for bar, name in zip(bars, names, strict=True):
        if name == chart.highlight and chart.highlight:
            bar.set_facecolor(STROKES[Role.ACTUAL].colour)
    for place, value in zip(places, values, strict=True):
        _value_label(axes, chart, place, value)


def _fill(stroke: Stroke) -> dict[str, Any]:
    if not stroke.hatch:
        return {"color": stroke.colour, "linewidth": 0}
    return {"facecolor": "white", "edgecolor": stroke.colour, "linewidth": 0.7, "hatch": stroke.hatch}


def _value_label(axes: Any, chart: BarChart, place: float, value: Decimal) -> None:
    beyond = 3 if value >= 0 else -3
    at, shift = ((float(value), place), (beyond, 0)) if chart.lying else ((place, float(value)), (0, beyond))
    aside = "left" if value >= 0 else "right"
    above = "bottom" if value >= 0 else "top"
    axes.annotate(
        shown(value, chart.decimals, grouped=True), at, xytext=shift, textcoords="offset points", color=INK, parse_math=False,
        ha=aside if chart.lying else "center", va="center_baseline" if chart.lying else above,
    )  # fmt: skip


def _legend(axes: Any, columns: int) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, frameon=False, borderaxespad=0.2,
        prop=fonts.regular(_SIZE), handlelength=2.2, columnspacing=1.4, labelcolor=INK_2,
    )  # fmt: skip


def _letters(axes: Any) -> None:
    """Set the one typeface everywhere: a text left on matplotlib's own face would lose its Chinese."""
    face = fonts.regular(_SIZE)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts, axes.title, axes._right_title):
        text.set_fontproperties(face)
        text.set_parse_math(False)
