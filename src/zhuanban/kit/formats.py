"""How figures and dates are written on a page, in the reader's language.

Rounding is half-up and happens here only; missing is an en dash, minus is U+2212, and nothing rounds to minus zero.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import get_language

from zhuanban.calc.errors import CalcError
from zhuanban.calc.measures import measure_named
from zhuanban.calc.words import Words
from zhuanban.kit import clock

MISSING = "–"
MINUS = "\u2212"

Figure = Decimal | int | float | str | None

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July") + (
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Labelled(Protocol):
    """A period as ``calc`` writes it."""

    @property
    def label_zh(self) -> str: ...

    @property
    def label_en(self) -> str: ...


def say(phrase: Words) -> str:
    """A phrase in the reader's language."""
    return phrase.zh if in_chinese() else phrase.en


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that no document can carry; each becomes a visible mark."""
    return _UNPRINTABLE.sub("\ufffd", text)


def in_chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def rounded(value: Figure, places: int) -> Decimal | None:
    """``value`` with ``places`` decimals, half-up, never minus zero; None for a missing figure."""
    if value is None or value == "":
        return None
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(exact) if exact == 0 else exact


def _written(exact: Decimal) -> str:
    return f"{exact:,}".replace("-", MINUS)


def growth(value: Figure, places: int = 1) -> str:
    """A rate: ``7.4``, ``−3.8``, ``–`` where missing."""
    exact = rounded(value, places)
    return MISSING if exact is None else _written(exact)


def level(value: Figure, places: int | None = None) -> str:
    """An amount with thousands commas; without ``places`` whole numbers stay whole and others get two decimals."""
    if value is None or value == "":
        return MISSING
    if places is None:
        number = Decimal(str(value))
        places = 0 if number == number.to_integral_value() else 2
    return growth(value, places)


def signed(value: Figure, places: int = 1) -> str:
    """A difference with its sign: ``+1.6``, ``−5.4``, ``0.0``, ``–`` where missing."""
    exact = rounded(value, places)
    if exact is None:
        return MISSING
    return f"+{_written(exact)}" if exact > 0 else _written(exact)


def percent(value: Figure, places: int = 0) -> str:
    """A figure that is already in percent, with its sign: ``46%``."""
    exact = rounded(value, places)
    return MISSING if exact is None else f"{_written(exact)}%"


def date_words(value: date | datetime | None, style: str = "long") -> str:
    """A day: ``long`` 2023年7月24日, ``week`` 7月24日，星期一, ``iso`` 2023-07-24, ``short`` 07-24."""
    if value is None:
        return MISSING
    day = clock.shanghai(value).date() if isinstance(value, datetime) else value
    if style == "iso":
        return day.isoformat()
    if style == "short":
        return f"{day:%m-%d}"
    if in_chinese():
        month_day = f"{day.month}月{day.day}日"
        return f"{month_day}，星期{_WEEKDAYS_ZH[day.weekday()]}" if style == "week" else f"{day.year}年{month_day}"
    month_day = f"{day.day} {_MONTHS_EN[day.month - 1]}"
    return f"{_WEEKDAYS_EN[day.weekday()]}, {month_day}" if style == "week" else f"{month_day} {day.year}"


def instant_words(value: datetime | None, style: str = "long") -> str:
    """An instant on the office's clock: ``long`` 2023-07-24 09:00, ``short`` 07-24 09:00, ``time`` 09:00."""
    if value is None:
        return MISSING
    pattern = {"long": "%Y-%m-%d %H:%M", "short": "%m-%d %H:%M", "time": "%H:%M"}[style]
    return clock.shanghai(value).strftime(pattern)


def days_words(days: int) -> str:
    """A number of days in the reader's language: 3天, 1 day, 3 days."""
    return f"{days}天" if in_chinese() else f"{days} day{'' if days == 1 else 's'}"


def period_words(period: Labelled | None) -> str:
    """A period's label in the reader's language: 1—6月, Jan–Jun."""
    if period is None:
        return MISSING
    return period.label_zh if in_chinese() else period.label_en


def measure_words(measure: str) -> str:
    """The printed name of a measure (亿元) in the reader's language; as stored where it is none that is known."""
    try:
        found = measure_named(measure)
    except CalcError:
        return measure
    return found.zh if in_chinese() else found.en
