"""The board's small pictures."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from zhuanban.kit.charts.sparkline import gap_bar_svg, sparkline_svg


def test_a_course_has_its_path_dashed_and_its_last_point_dotted() -> None:
    assert sparkline_svg([Decimal(1), Decimal(3)], [Decimal(2), Decimal(2), Decimal(2)], label="上升") == (
        '<svg class="zb-spark" role="img" aria-label="上升" width="88" height="22" viewBox="0 0 88 22" fill="none">'
        '<path d="M3 11L44 11L85 11" stroke="#5E6A7A" stroke-width="1" stroke-dasharray="3 2"/>'
        '<path d="M3 19L44 3" stroke="#1B4B87" stroke-width="1.5" stroke-linejoin="round"/>'
        '<circle cx="44.0" cy="3.0" r="2" fill="#1B4B87"/></svg>'
    )


def test_the_zero_line_is_there_only_when_it_is_crossed() -> None:
    assert 'd="M0 11.0H88"' in sparkline_svg([-1, 1], label="")
    assert "H88" not in sparkline_svg([0, 1], label="")


def test_a_gap_lifts_the_pen() -> None:
    assert 'd="M3 19L23.5 14.4M85 3"' in sparkline_svg([1, 2, None, None, Decimal("4.5")], label="")


def test_nothing_reported_draws_nothing_but_keeps_its_name() -> None:
    drawn = ElementTree.fromstring(sparkline_svg([None, None], label="未到数"))
    assert (drawn.get("aria-label"), len(drawn)) == ("未到数", 0)


def test_a_name_cannot_break_out_of_the_picture() -> None:
    drawn = ElementTree.fromstring(sparkline_svg([1, 2], label='"><script>'))
    assert drawn.get("aria-label") == '"><script>'


@pytest.mark.parametrize(
    ("gap", "bar"),
    [
        (Decimal("1.0"), ("40", "19.5", "#5F87B8")),
        (Decimal("-2.0"), ("1", "39", "#B97A3F")),
        (Decimal("-9.0"), ("1", "39", "#B97A3F")),
        (Decimal("0.0"), None),
    ],
)
def test_a_gap_goes_right_when_better_left_when_worse_and_never_over_the_edge(
    gap: Decimal, bar: tuple[str, str, str] | None
) -> None:
    drawn = ElementTree.fromstring(gap_bar_svg(gap, Decimal(2), label="差距"))
    bars = [(each.get("x"), each.get("width"), each.get("fill")) for each in drawn.iter("rect")]
    assert bars == ([bar] if bar else [])
    assert len(list(drawn.iter("path"))) == 1


def test_an_unknown_gap_has_no_bar_and_no_line() -> None:
    assert len(ElementTree.fromstring(gap_bar_svg(None, 2, label="待全市数据"))) == 0


def test_nothing_carries_an_inline_style() -> None:
    assert "style=" not in sparkline_svg([1, 2], [1, 2], label="") + gap_bar_svg(1, 2, label="")
