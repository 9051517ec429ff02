"""Colours, dashes and markers by role: hue never carries a series alone, and their order holds in greyscale."""

from dataclasses import dataclass

from zhuanban.kit.charts.model import Role

INK = "#17212E"
INK_2 = "#435063"
INK_3 = "#5E6A7A"
LINE = "#E2E7ED"
LINE_2 = "#C8D1DB"
BRAND = "#1B4B87"
BETTER_BAR = "#5F87B8"
WORSE_BAR = "#B97A3F"


@dataclass(frozen=True)
class Stroke:
    """How one role is drawn. ``dash`` in points, empty for a solid line; ``marker`` is round, square or empty."""

    colour: str
    width: float
    dash: tuple[int, ...] = ()
    marker: str = ""
    hatch: str = ""


STROKES = {
    Role.ACTUAL: Stroke(BRAND, 2.5, marker="round"),
    Role.FORECAST: Stroke("#5B4B9A", 2.0, dash=(2, 3)),
    Role.TARGET: Stroke(INK_3, 1.5, dash=(6, 4)),
    Role.STATISTICS: Stroke("#12918A", 1.5, marker="square"),
    Role.CITY: Stroke("#C07A2C", 1.75, hatch="////"),
    Role.PEERS: Stroke("#A3B1C2", 1.25),
}
