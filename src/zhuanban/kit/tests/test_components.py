"""The parts of a page: what they draw, and what they must never leave out."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils import translation

from zhuanban.kit import look, pictures

TEMPLATES = Path(look.__file__).parent / "templates"
COMPONENTS = sorted((TEMPLATES / "cotton").glob("*.html"))


def drawn(source: str, language: str = "zh-hans", **context: object) -> str:
    """``source`` as drawn in ``language``, without white space between elements."""
    from django_cotton.compiler_regex import CottonCompiler

    compiled = CottonCompiler().process(source)
    with translation.override(language):
        return re.sub(r"\s+", " ", engines["django"].from_string(compiled).render(context)).strip()


SQUARE = '<svg class="zb-shape zb-shape-red" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">'


def test_a_light_is_shape_colour_and_word() -> None:
    assert drawn('<c-light value="red" />') == (
        f'<span class="zb-light zb-light-red">{SQUARE}<rect x="1.4" y="1.4" width="9.2" height="9.2" rx=".6"/></svg>报警</span>'
    )


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("green", "正常", "Normal"),
        ("yellow", "预警", "Warning"),
        ("red", "报警", "Alarm"),
        ("grey", "无数据", "No data"),
    ],
)
def test_each_light_has_its_own_shape_and_a_word_in_both_languages(value: str, chinese: str, english: str) -> None:
    source = f'<c-light value="{value}" />'
    assert pictures.SHAPES[value] in drawn(source)
    assert drawn(source).endswith(f"</svg>{chinese}</span>")
    assert drawn(source, "en").endswith(f"</svg>{english}</span>")
    assert len(set(pictures.SHAPES.values())) == 4


def test_a_provisional_light_says_so_in_words() -> None:
    assert "暂定" in drawn('<c-light value="yellow" provisional />')
    assert "暂定" not in drawn('<c-light value="yellow" />', provisional=True)


def test_a_light_that_was_never_judged_is_no_data() -> None:
    assert "无数据" in drawn('<c-light :value="nothing" />', nothing=None)


def test_a_shape_without_a_word_beside_it_has_an_accessible_name() -> None:
    assert 'role="img" aria-label="预警"' in drawn('<c-shape value="yellow" label="auto" />')


@pytest.mark.parametrize(
    ("change", "kind", "text"),
    [(2, "zb-pos", "↑"), (-3, "zb-neg", "↓"), (0, "zb-none", "–"), (None, "zb-none", "–")],
)
def test_a_change_is_an_arrow_and_a_figure_and_never_a_light_colour(change: int | None, kind: str, text: str) -> None:
    html = drawn('<c-delta :value="change" />', change=change)
    assert kind in html
    assert text in html
    assert not re.search(r"green|red|yellow", html)


def test_a_gap_is_drawn_from_the_centre_on_the_columns_scale() -> None:
    worse = drawn('<c-gap value="-2.7" scale="5.4" />')
    assert '<rect class="zb-bar-neg" x="29.5" y="3" width="26.5" height="8"/>' in worse
    assert "−2.7" in worse
    assert '<rect class="zb-bar-pos" x="56.0" y="3" width="53.0" height="8"/>' in drawn(
        '<c-gap value="9" scale="5.4" />'
    )
    assert "<svg" not in drawn('<c-gap :value="nothing" />', nothing=None)


def test_a_sparkline_leaves_a_hole_where_a_month_is_missing() -> None:
    picture = pictures.sparkline([1, None, 3, 4])
    line = re.search(r'zb-spark-line" d="([^"]+)"', picture)
    assert line is not None
    assert line[1].count("M") == 2
    assert pictures.sparkline([None, None]) == ""


def test_a_time_limit_that_is_over_is_hatched_beyond_the_limit() -> None:
    assert 'x="70.0%" width="30.0%" height="8" fill="url(#zb-hatch)"' in pictures.clock_bar(10, 7)
    assert 'x="50.0%" width="0.0%"' in pictures.clock_bar(2, 4)


def test_chart_data_cannot_close_its_script_element() -> None:
    html = drawn("{% chart_data option %}", option={"title": "</script><b>"})
    assert (
        html
        == '<script type="application/json" data-zb-chart>{"title": "\\u003C/script\\u003E\\u003Cb\\u003E"}</script>'
    )


def test_text_from_users_is_escaped_in_every_slot_and_attribute() -> None:
    html = drawn('<c-card title="{{ text }}"><c-tag>{{ text }}</c-tag></c-card>', text="<b>&")
    assert html.count("&lt;b&gt;&amp;") == 2
    assert "<b>" not in html


def test_every_post_form_carries_its_key_and_a_fresh_one_each_time() -> None:
    keys = {re.search(r'name="zb_key" value="([^"]{20,64})"', drawn("<c-form></c-form>"))[1] for _ in range(3)}  # type: ignore[index]
    assert len(keys) == 3


def test_the_upload_box_shows_limits_and_the_secrecy_notice_before_anything_is_chosen() -> None:
    html = drawn('<c-upload limits="不超过20 MB" />')
    assert "不超过20 MB" in html
    assert "不得上传涉密信息。" in html


def test_a_field_shows_its_error_beside_it_and_ties_it_to_the_control() -> None:
    html = drawn('<c-field :field="form.due" />', form=look.SampleForm({"due": "2023-07-22"}))
    assert 'id="id_due_error"' in html
    assert "最近的工作日是7月24日（周一）。" in html
    assert re.search(r'<input[^>]*aria-invalid="true"', html)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_carries_inline_script_handlers_or_styles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', text)
    assert all("src=" in tag or "json" in tag for tag in re.findall(r"<script[^>]*>", text))
    get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_is_described_for_page_builders(path: Path) -> None:
    assert f"c-{path.stem.replace('_', '-')}" in (TEMPLATES / "README.md").read_text(encoding="utf-8")


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (TEMPLATES.parent.parent / "site/static/zb/icons.svg").read_text(encoding="utf-8")
    named = {
        name
        for path in TEMPLATES.parent.parent.rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
        for name in name
        if name
    }
    assert named
    assert {name for name in named if f'id="{name}"' not in sprite} == set()
