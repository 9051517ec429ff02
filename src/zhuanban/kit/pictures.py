"""Small server-drawn pictures: light shapes, icons, bars and sparklines as inline SVG.

Inline SVG needs no script, prints, and survives a strict content security policy.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

Number = Decimal | float | int

SHAPES: Final = {
    "green": '<circle cx="6" cy="6" r="5"/>',
    "yellow": '<path d="M6 1.2 11.3 10.7H.7Z"/>',
    "red": '<rect x="1.4" y="1.4" width="9.2" height="9.2" rx=".6"/>',
    "grey": '<circle cx="6" cy="6" r="4.2"/>',
}

NO_LABEL: Final = SafeString('aria-hidden="true"')


def _named(label: str) -> SafeString:
    return format_html('role="img" aria-label="{}"', label) if label else NO_LABEL


@lru_cache(maxsize=64)
def shape(value: str, label: str = "", size: int = 12) -> SafeString:
    """A light's shape; without a word beside it, ``label`` is its accessible name."""
    return format_html(
        '<svg class="zb-shape zb-shape-{}" width="{}" height="{}" viewBox="0 0 12 12" {}>{}</svg>',
        value, size, size, _named(label), SafeString(SHAPES[value]),
    )  # fmt: skip


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of a static file: every page names some thirty, and they stay while the process lives."""
    return static(path)


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """An icon of the sprite; decoration unless it is given a ``label``, in the reader's language."""
    return format_html(
        '<svg class="zb-icon" width="{}" height="{}" {}><use href="{}#{}"/></svg>',
        size, size, _named(label), asset("zb/icons.svg"), name,
    )  # fmt: skip


def gap_bar(value: Number | None, scale: Number | None, width: int = 112) -> SafeString:
    """A bar left (worse) or right (better) of a centre line; ``scale`` is the column's largest absolute gap."""
    if value is None:
        return SafeString("")
    middle = width / 2
    length = min(abs(float(value)) / (float(scale or 0) or 1.0), 1.0) * (middle - 3)
    start = middle if value >= 0 else middle - length
    return format_html(
        '<svg class="zb-gapbar" width="{}" height="14" viewBox="0 0 {} 14" aria-hidden="true">'
        '<rect class="zb-bar-{}" x="{}" y="3" width="{}" height="8"/><path d="M{} 0V14"/></svg>',
        width, width, "pos" if value >= 0 else "neg", f"{start:.1f}", f"{length:.1f}", f"{middle:.1f}",
    )  # fmt: skip


def share_bar(percent: Number | None, kind: str = "actual", width: int = 52) -> SafeString:
    """A bar of 0–100 percent; ``kind`` is actual or forecast. ``width`` 0 fills the space there is."""
    if percent is None:
        return SafeString("")
    share = max(0.0, min(float(percent), 100.0))
    return format_html(
        '<svg class="zb-share zb-share-{}" width="{}" height="6" aria-hidden="true">'
        '<rect width="100%" height="6" rx="3"/><rect width="{}%" height="6" rx="3"/></svg>',
        kind, width or "100%", f"{share:.1f}",
    )  # fmt: skip


def clock_bar(used: Number, limit: Number) -> SafeString:
    """A time limit: blue as far as used, and hatched red for what lies beyond the limit."""
    whole = max(float(used), float(limit), 1e-9)
    inside = min(float(used), float(limit)) / whole * 100
    beyond = max(float(used) - float(limit), 0.0) / whole * 100
    return format_html(
        '<svg class="zb-clockbar" width="100%" height="8" aria-hidden="true">'
        '<rect width="100%" height="8" rx="2"/><rect width="{}%" height="8" rx="2"/>'
        '<rect x="{}%" width="{}%" height="8" fill="url(#zb-hatch)"/></svg>',
        f"{inside:.1f}", f"{inside:.1f}", f"{beyond:.1f}",
    )  # fmt: skip


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points cut at each missing one: a gap is not drawn over."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def sparkline(
    values: Sequence[Number | None], pace: Number | None = None, label: str = "", width: int = 88, height: int = 22
) -> SafeString:
    """The year so far as a line whose last point has a dot; ``pace`` is dashed, zero drawn only when crossed."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return SafeString("")
    edges = [*known, *([float(pace)] if pace is not None else [])]
    low, high = min(edges), max(edges)
    spread = (high - low) or 1.0

    def across(index: int) -> float:
        return 2 + index * (width - 7) / max(len(values) - 1, 1)

    def down(value: float) -> float:
        return 3 + (high - value) / spread * (height - 6) if high > low else height / 2

    points = [None if value is None else (across(i), down(float(value))) for i, value in enumerate(values)]
    lines = [f"M{' L'.join(f'{x:.1f} {y:.1f}' for x, y in run)}" for run in _runs(points)]
    last = next(point for point in reversed(points) if point is not None)
    return format_html(
        '<svg class="zb-spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" {name}>{pace}{zero}'
        '<path class="zb-spark-line" d="{line}"/><circle cx="{x}" cy="{y}" r="2.2"/></svg>',
        w=width, h=height, name=_named(label), line=" ".join(lines), x=f"{last[0]:.1f}", y=f"{last[1]:.1f}",
        pace=_rule("pace", down(float(pace)), width) if pace is not None else "",
        zero=_rule("zero", down(0.0), width) if low < 0 < high else "",
    )  # fmt: skip


def _rule(kind: str, y: float, width: int) -> SafeString:
    return format_html('<path class="zb-spark-{}" d="M0 {}H{}"/>', kind, f"{y:.1f}", width)
