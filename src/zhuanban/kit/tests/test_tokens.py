"""Colours: the contrast of every pair of the look is computed, and the style sheets stay readable for Chromium 86."""

import re
from pathlib import Path

import pytest

from zhuanban.kit import look

STYLES = Path(look.__file__).parent.parent / "site/static/zb"
TOKENS = dict(re.findall(r"--zb-([a-z0-9-]+):\s*(#[0-9a-f]{6})", (STYLES / "tokens.css").read_text(encoding="utf-8")))

TEXT, GRAPHIC = 4.5, 3.0
WHITE = "surface"


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        ("ink", WHITE, TEXT), ("ink-2", WHITE, TEXT), ("ink-3", WHITE, TEXT),
        ("ink", "canvas", TEXT), ("ink-2", "canvas", TEXT), ("ink-3", "canvas", TEXT),
        ("ink-3", "sunk", TEXT), ("ink-2", "sunk", TEXT),
        ("brand", WHITE, TEXT), ("brand", "tint", TEXT), ("brand-dark", WHITE, TEXT),
        ("rail-text", "rail", TEXT), (WHITE, "rail-on", TEXT),
        ("ctl", WHITE, GRAPHIC), ("ctl", "canvas", GRAPHIC), ("focus", WHITE, GRAPHIC), ("focus", "canvas", GRAPHIC),
        ("pos", WHITE, TEXT), ("neg", WHITE, TEXT), ("pos-bar", WHITE, GRAPHIC), ("neg-bar", WHITE, GRAPHIC),
        ("forecast", WHITE, TEXT), ("forecast-bar", WHITE, GRAPHIC), ("demo", "demo-ground", TEXT),
        ("green", WHITE, GRAPHIC), ("green-text", WHITE, TEXT),
        ("yellow-text", "yellow-ground", TEXT), ("yellow-text", WHITE, TEXT),
        (WHITE, "red", TEXT), ("red-text", WHITE, TEXT), ("red-text", "red-ground", TEXT),
        ("grey", WHITE, GRAPHIC), ("grey-text", WHITE, TEXT),
    ],
)  # fmt: skip
def test_each_pair_of_the_look_is_legible(front: str, ground: str, least: float) -> None:
    assert contrast(front, ground) >= least


def test_the_measured_contrasts_of_the_look_hold() -> None:
    measured = {
        ("ink", WHITE): 16.2, ("ink-2", WHITE): 8.2, ("ink-3", WHITE): 5.5, ("brand", WHITE): 8.7, ("brand", "tint"): 7.7,
        ("neg", WHITE): 6.5, ("forecast", WHITE): 7.2, ("green-text", WHITE): 7.2, ("red", WHITE): 5.9, ("grey-text", WHITE): 6.2,
        ("red-text", WHITE): 7.7, ("ctl", WHITE): 3.5, ("focus", WHITE): 5.1, ("demo", "demo-ground"): 7.3,
    }  # fmt: skip
    assert {pair: round(contrast(*pair), 1) for pair in measured} == pytest.approx(measured, abs=0.15)


def test_chart_series_keep_their_order_in_greyscale() -> None:
    order = [
        luminance(TOKENS[f"series-{name}"]) for name in ("actual", "forecast", "target", "statistics", "city", "peers")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.stem)
def test_style_sheets_use_nothing_that_chromium_86_lacks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    newer = r":has\(|:is\(|:where\(|@container|@layer|color-mix|aspect-ratio|accent-color|\binset:|\ddvh|&:|margin-(?:inline|block):"
    assert re.findall(newer, text) == []


def test_no_text_is_smaller_than_twelve_pixels() -> None:
    sizes = [
        float(size)
        for path in STYLES.glob("*.css")
        for size in re.findall(r"font(?:-size)?:[^;]*?([0-9.]+)px", path.read_text(encoding="utf-8"))
    ]
    assert min(sizes) >= 12
