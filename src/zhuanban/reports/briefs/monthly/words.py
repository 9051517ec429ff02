"""Small words shared by the sections: lists, numerals, signed figures, lights."""

from collections.abc import Iterable
from decimal import Decimal

from zhuanban.calc.lights import Light
from zhuanban.calc.periods import Period
from zhuanban.calc.rounding import shown
from zhuanban.reports.briefs.facts import IndicatorFacts

MISSING = "–"
LIGHT_NAMES = {Light.GREEN: "正常", Light.YELLOW: "预警", Light.RED: "报警", Light.GREY: "无数据"}
LIGHT_SHAPES = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.GREY: "○"}
_DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """A number from 1 to 99 as a heading counts.

    >>> [numeral(number) for number in (3, 10, 12, 20, 31)]
    ['三', '十', '十二', '二十', '三十一']
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def signed(value: Decimal | None, places: int = 1) -> str:
    """A difference with its sign; zero has none, None is the mark of a missing figure.

    >>> signed(Decimal("0.2")), signed(Decimal("-1.7")), signed(Decimal(0)), signed(None)
    ('+0.2', '−1.7', '0.0', '–')
    """
    if value is None:
        return MISSING
    text = shown(value, places, grouped=True)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def listed(names: Iterable[str]) -> str:
    """Names in a row, parted as Chinese lists are."""
    return "、".join(names)


def sentence(clauses: Iterable[str]) -> str:
    """Clauses joined into one sentence, each without its own full stop."""
    return "；".join(clause.rstrip("。；") for clause in clauses) + "。"


def name_with_period(each: IndicatorFacts, report_period: Period, *, apart: str = "") -> str:
    """The indicator's name, with its own period where that differs from the report's and its status where not final.

    ``apart`` stands between the name and these marks: a line end in a table.
    """
    marks = [each.period.name_zh] if each.period != report_period else []
    marks += [each.status] if each.status else []
    return f"{each.name}{apart}（{'，'.join(marks)}）" if marks else each.name


def level_words(each: IndicatorFacts) -> str:
    """The level with its measure, empty where there is none."""
    if each.level is None:
        return ""
    return shown(each.level, each.level_places, grouped=True) + each.measure
