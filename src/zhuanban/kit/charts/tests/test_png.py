"""The document's chart as a picture."""

import warnings
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.image import imread
from ruamel.yaml import YAML

from zhuanban.kit.charts import fonts
from zhuanban.kit.charts.png import render_png
from zhuanban.kit.charts.tests.charts import BARS, LINES
from zhuanban.kit.refusals import Refusal

PACK = Path(__file__).parents[3] / "packs" / "anshan-2023"


@pytest.mark.parametrize("chart", [BARS, LINES])
def test_the_same_chart_gives_the_same_bytes_without_a_warning(chart: object) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = render_png(chart), render_png(chart)  # type: ignore[arg-type]
    assert first == second


def test_the_picture_is_as_wide_as_the_type_area_at_200_dots_per_inch() -> None:
    picture = imread(BytesIO(render_png(LINES)))
    assert picture.shape[:2] == (590, 1228)


def test_a_target_line_and_the_actual_line_are_both_on_the_picture() -> None:
    picture = imread(BytesIO(render_png(LINES)))[..., :3]
    pixels = {tuple(int(round(float(part) * 255)) for part in dot) for row in picture for dot in row}
    assert {(0x1B, 0x4B, 0x87), (0x5E, 0x6A, 0x7A), (0xC0, 0x7A, 0x2C)} <= pixels


def test_every_name_of_the_pack_can_be_drawn() -> None:
    texts = [text for path in sorted(PACK.glob("*.yaml")) for text in _texts(YAML(typ="safe").load(path))]
    assert len(texts) > 300
    assert fonts.missing_glyphs(texts) == set()


def test_every_sign_that_charts_use_beside_names_can_be_drawn() -> None:
    assert (
        fonts.missing_glyphs(
            ["—–−%、（）：，。“”·≥≤±↑↓●▲■○〔〕0123456789.+万亿元户个百分点单位全市示例高新区甲乙丙丁戊己庚辛壬癸"]
        )
        == set()
    )


def test_a_sign_that_the_typeface_lacks_is_found() -> None:
    assert fonts.missing_glyphs(["固定资产", "\U00010330"]) == {"\U00010330"}


def test_without_the_font_file_the_chart_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refusal) as refused:
        fonts.present(Path("nowhere/NotoSansSC_400Regular.ttf"))
    assert (refused.value.codes, refused.value.status) == (["chart_font_missing"], 503)


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []
