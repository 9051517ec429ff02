"""Template filters and tags of every page: how figures, dates, lights, icons and forms are written."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from zhuanban.kit import formats, idempotency, pictures

register = template.Library()

_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def _places(argument: Any, otherwise: int) -> int:
    return otherwise if argument in (None, "") else int(argument)


@register.filter
def growth(value: formats.Figure, places: Any = "") -> str:
    """``{{ row.growth|growth }}``: one decimal, half-up; ``growth:2`` for another number of decimals."""
    return formats.growth(value, _places(places, 1))


@register.filter
def level(value: formats.Figure, places: Any = "") -> str:
    """``{{ row.level|level:2 }}``: thousands commas with that many decimals."""
    return formats.level(value, None if places in (None, "") else int(places))


@register.filter
def signed(value: formats.Figure, places: Any = "") -> str:
    """``{{ row.gap|signed }}``: always with its sign."""
    return formats.signed(value, _places(places, 1))


@register.filter
def pct(value: formats.Figure, places: Any = "") -> str:
    """``{{ 46.2|pct }}``: a figure that is already in percent."""
    return formats.percent(value, _places(places, 0))


@register.filter
def cn_date(value: date | datetime | None, style: str = "long") -> str:
    """``{{ day|cn_date }}``; styles long, week, iso, short."""
    return formats.date_words(value, style)


@register.filter
def cn_datetime(value: datetime | None, style: str = "long") -> str:
    """``{{ instant|cn_datetime }}`` in Shanghai time; styles long, short, time."""
    return formats.instant_words(value, style)


@register.filter
def days(count: int) -> str:
    """``{{ row.days_over|days }}``: 3天, 3 days."""
    return formats.days_words(count)


@register.filter
def period_label(period: Any) -> str:
    """``{{ period|period_label }}``: 1—6月 or Jan–Jun."""
    return formats.period_words(period)


@register.filter
def post_sign(label: str) -> str:
    """The character that stands for a post in the top bar: the first of its last part (统 for 专班办公室·统计员)."""
    return str(label).replace("・", "·").rsplit("·", 1)[-1].strip()[:1]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file."""
    return pictures.asset(path)


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key that lets a form act once; stands inside every POST form."""
    return format_html('<input type="hidden" name="{}" value="{}">', idempotency.FIELD, idempotency.new_key())


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    return pictures.icon(name, int(size), str(label))


def light_word(value: str) -> str:
    """The word of a light in the reader's language."""
    return {
        "green": pgettext("light", "Normal"),
        "yellow": pgettext("light", "Warning"),
        "red": pgettext("light", "Alarm"),
        "grey": pgettext("light", "No data"),
    }[value]


@register.filter(name="light_word")
def light_word_filter(value: str) -> str:
    return light_word(value)


@register.simple_tag
def shape(value: str, label: str = "", size: int = 12) -> SafeString:
    """A light's shape alone; ``label="auto"`` names it by its word."""
    return pictures.shape(value, light_word(value) if label == "auto" else label, int(size))


@register.simple_tag
def light(value: str | None, provisional: bool = False, size: str = "", href: str = "") -> SafeString:
    """The chip of a light: shape, colour and word; opens ``href`` where one is given."""
    value = value or "grey"
    extra = format_html(' <i class="zb-light-extra">{}</i>', pgettext("light", "provisional")) if provisional else ""
    body = format_html("{}{}{}", pictures.shape(value), light_word(value), extra)
    look = f"zb-light zb-light-{value}{' zb-light-large' if size == 'large' else ''}"
    look += " zb-light-provisional" if provisional else ""
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', look, href, body)
    return format_html('<span class="{}">{}</span>', look, body)


@register.simple_tag
def delta(change: formats.Figure, places: int = 0) -> SafeString:
    """A change, up is better: ↑2 blue, ↓2 ochre, ``–`` unchanged or unknown."""
    exact = formats.rounded(change, int(places))
    if exact is None or exact == 0:
        word = pgettext("change", "unchanged") if exact is not None else pgettext("change", "unknown")
        return format_html('<span class="zb-delta zb-none" title="{}">–</span>', word)
    kind, arrow, word = (
        ("pos", "↑", pgettext("change", "up")) if exact > 0 else ("neg", "↓", pgettext("change", "down"))
    )
    return format_html(
        '<span class="zb-delta zb-{}"><span aria-hidden="true">{}</span><span class="zb-sr">{} </span>{}</span>',
        kind, arrow, word, formats.level(abs(exact), int(places)),
    )  # fmt: skip


@register.simple_tag
def rank(place: Any, of: int | None = None, change: int | None = None) -> SafeString:
    """Rank in three slots: place, of how many, positions gained."""
    if place in (None, ""):
        return SafeString('<span class="zb-rank"><span class="zb-none">–</span><span></span><span></span></span>')
    total = format_html('<span class="zb-rank-of">/{}</span>', of) if of else SafeString("<span></span>")
    return format_html('<span class="zb-rank"><b>{}</b>{}{}</span>', place, total, delta(change))


@register.simple_tag
def gap(value: formats.Figure, scale: Any = None) -> SafeString:
    """A gap as a diverging bar and a signed figure; ``scale`` is the column's largest absolute gap."""
    exact = formats.rounded(value, 1)
    kind = "none" if exact is None else "neg" if exact < 0 else "even"
    span = formats.rounded(scale, 4)
    return format_html(
        '<span class="zb-gap">{}<span class="zb-gap-figure zb-{}">{}</span></span>',
        pictures.gap_bar(exact, span if span else exact), kind, formats.signed(value),
    )  # fmt: skip


@register.simple_tag
def chance(percent: formats.Figure) -> SafeString:
    """A forecast chance as a violet bar and an italic percent."""
    return format_html(
        '<span class="zb-chance">{}<em class="zb-forecast">{}</em></span>',
        pictures.share_bar(formats.rounded(percent, 1), "forecast"), formats.percent(percent),
    )  # fmt: skip


@register.simple_tag
def sparkline(values: Sequence[Any], pace: Any = None, label: str = "") -> SafeString:
    return pictures.sparkline(values, pace, label)


@register.simple_tag
def share_bar(percent: Any, kind: str = "actual", width: int = 0) -> SafeString:
    return pictures.share_bar(formats.rounded(percent, 1), kind, int(width))


@register.simple_tag
def clock_bar(used: Any, limit: Any) -> SafeString:
    return pictures.clock_bar(float(used), float(limit))


def status_word(status: str) -> str:
    """The word of a figure's status in the reader's language."""
    return {
        "forecast": pgettext("figure status", "Forecast"),
        "flash": pgettext("figure status", "Flash"),
        "official": pgettext("figure status", "Official"),
        "revised": pgettext("figure status", "Revised"),
        "none": pgettext("figure status", "No figure"),
    }[status]


@register.simple_tag
def status(value: str | None) -> SafeString:
    """The tag of a figure's status: forecast, flash, official, revised."""
    value = value or "none"
    return format_html('<span class="zb-tag zb-status-{}">{}</span>', value, status_word(value))


@register.simple_tag
def chart_data(option: Any) -> SafeString:
    """A chart's option as JSON that ``charts.js`` reads; safe inside a script element."""
    text = json.dumps(option, ensure_ascii=False, default=float).translate(_JSON_ESCAPES)
    return format_html('<script type="application/json" data-zb-chart>{}</script>', SafeString(text))
