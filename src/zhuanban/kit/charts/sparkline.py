"""Small inline SVG of the board: a year's course and a gap to the city. Pure; colours are presentation attributes."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape

from zhuanban.kit.charts.palette import BETTER_BAR, BRAND, INK_3, LINE_2, WORSE_BAR

Number = Decimal | float | int
Place = Callable[[int, Number], tuple[float, float]]
_MARGIN = 3.0


def sparkline_svg(
    values: Sequence[Number | None],
    target_path: Sequence[Number | None] = (),
    *,
    label: str,
    width: int = 88,
    height: int = 22,
) -> str:
    """The course of ``values`` as a line, its last point as a dot, ``target_path`` dashed, zero only where crossed.

    None is a gap. ``label`` is the accessible name and says what the reader would otherwise see.
    """
    known = [float(value) for value in (*values, *target_path) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    slots = max(len(values), len(target_path))

    def place(index: int, value: Number) -> tuple[float, float]:
        across = _MARGIN + (width - 2 * _MARGIN) * (index / (slots - 1) if slots > 1 else 0.5)
        up = (float(value) - low) / (high - low) if high > low else 0.5
        return round(across, 1), round(height - _MARGIN - (height - 2 * _MARGIN) * up, 1)

    parts: list[str] = []
    if low < 0 < high:
        level = place(0, 0)[1]
        parts.append(f'<path d="M0 {level}H{width}" stroke="{LINE_2}" stroke-width="1"/>')
    if path := _course(target_path, place):
        parts.append(f'<path d="{path}" stroke="{INK_3}" stroke-width="1" stroke-dasharray="3 2"/>')
    if course := _course(values, place):
        parts.append(f'<path d="{course}" stroke="{BRAND}" stroke-width="1.5" stroke-linejoin="round"/>')
    last = max((index for index, value in enumerate(values) if value is not None), default=None)
    if last is not None:
        final = values[last]
        assert final is not None
        across, down = place(last, final)
        parts.append(f'<circle cx="{across}" cy="{down}" r="2" fill="{BRAND}"/>')
    return _svg("zb-spark", width, height, label, parts)


def gap_bar_svg(gap: Number | None, scale: Number, *, label: str, width: int = 80, height: int = 14) -> str:
    """A bar from the centre line: right and blue where ``gap`` is above, left and ochre where it is below.

    ``scale`` is the gap that fills half the width, one for the whole column; a larger gap fills it and no more.
    None draws nothing, zero the centre line alone.
    """
    if gap is None:
        return _svg("zb-gap", width, height, label, [])
    middle = width / 2
    share = min(abs(float(gap)) / float(scale), 1.0) if scale else 0.0
    long = round(share * (middle - 1), 1)
    parts = []
    if long:
        colour = BETTER_BAR if gap > 0 else WORSE_BAR
        left = middle if gap > 0 else round(middle - long, 1)
        parts.append(f'<rect x="{left:g}" y="3" width="{long:g}" height="{height - 6}" fill="{colour}"/>')
    parts.append(f'<path d="M{middle:g} 0V{height}" stroke="{INK_3}" stroke-width="1"/>')
    return _svg("zb-gap", width, height, label, parts)


def _course(values: Sequence[Number | None], place: Place) -> str:
    """An SVG path over the known values; each gap lifts the pen, and a lonely point draws nothing."""
    steps: list[str] = []
    pen_down = False
    for index, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        across, down = place(index, value)
        steps.append(f"{'L' if pen_down else 'M'}{across:g} {down:g}")
        pen_down = True
    return "".join(steps) if any(step.startswith("L") for step in steps) else ""


def _svg(name: str, width: int, height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="{name}" role="img" aria-label="{escape(label)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="none">{"".join(parts)}</svg>'
    )
