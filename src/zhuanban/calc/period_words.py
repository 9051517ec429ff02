"""Read periods as people write them in sheets, titles and file names."""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator

from zhuanban.calc.errors import CalcError, PeriodWithoutYear, UnknownPeriodWording
from zhuanban.calc.periods import Period

_DASHES = re.compile("[‐‑‒–—―−~〜－]+|\\.\\.|(?<=[月季度\\d])[至到]|(?<=[a-z])to(?=[a-z])|…")
_CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_CHINESE_NUMBER = re.compile("[〇零一二三四五六七八九十两]+")
_EN_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_EN_NAMES |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_KEY = re.compile(r"\d{4}-\d\d\.\.\d\d")
_EN_MONTH = "(" + "|".join(sorted(_EN_NAMES, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_MONTH = r"(0?[1-9]|1[0-2])"
_NOT_INSIDE = (r"(?<![\da-z])(?<!\d[-./])(?<!\d年)", r"(?![\da-z]|[-./]\d)")


def parse_period(text: str, year: int | None = None) -> Period:
    """Read one period from its wording.

    Meaning: "1-4月", "1—4月份", "1~4月", "前4个月", "2023年4月累计" and "Jan-Apr 2023" are one period; 上半年 is 1—6月;
    "2023-04", "202304", "2023.4" and "4月" are the month alone, which `Period.on_basis` turns into the series' own span.
    A year in the text wins over `year`, which is the year known from the surroundings (None: not known).
    Full-width digits and Chinese numerals are read; nothing is guessed. A numeric cell 2023.1 may have been 2023.10:
    ask before turning a number into text for this function.
    Errors: `UnknownPeriodWording`, `PeriodWithoutYear`, `InvalidPeriod`.
    Source: names of spans as in communiqués of the National Bureau of Statistics.

    >>> parse_period("２０２３年前４个月") == parse_period("Jan-Apr 2023") == parse_period("1—4月份", year=2023)
    True
    >>> parse_period("2023年上半年").key
    '2023-01..06'
    """
    if _KEY.fullmatch(text.strip()):
        return Period.from_key(text.strip())
    wording = normalise_wording(text)
    for pattern, build in _FORMS:
        found = pattern.fullmatch(wording)
        if found is not None:
            return _built(found, build, text, year)
    raise UnknownPeriodWording(text=text)


def find_period(text: str, year: int | None = None) -> Period | None:
    """Find the first period named inside a title or a file name; None when there is none that can be read.

    Meaning: the longest wording that starts earliest; needs a year in the text or from the surroundings. A full date
    in a title is the day the sheet was made, never its period.

    >>> find_period("示例高新区2023年1—6月主要经济指标完成情况.xlsx").title_zh
    '2023年1—6月'
    >>> find_period("指标台账（终稿）") is None
    True
    """
    best: tuple[int, int, Period] | None = None
    for start, wording in _phrases(text):
        for pattern, build in _FORMS_IN_TITLES:
            for found in re.finditer(_NOT_INSIDE[0] + f"(?:{pattern.pattern})" + _NOT_INSIDE[1], wording):
                try:
                    period = _built(found, build, text, year)
                except CalcError:
                    continue
                place = (start + found.start(), -len(found.group()))
                if best is None or place < best[:2]:
                    best = (*place, period)
    return None if best is None else best[2]


def _phrases(text: str) -> Iterator[tuple[int, str]]:
    """Runs of up to five words of a text in one spelling, each with the place where it starts."""
    words = text.replace("_", " ").split()
    start = 0
    for first in range(len(words)):
        for last in range(first + 1, min(first + 5, len(words)) + 1):
            yield start, normalise_wording(" ".join(words[first:last]))
        start += len(words[first])


def normalise_wording(text: str) -> str:
    """Bring a wording to one spelling: half-width, lower case, one dash, Arabic numerals, no spaces or 份.

    >>> normalise_wording("２０２３年 一至四月份")
    '2023年1-4月'
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = re.sub(r"(\d{4}-\d{1,2}-\d{1,2})[t ]00:00(:00)?(\.0+)?", r"\1", plain)
    plain = re.sub(r"\s+", "", plain)
    plain = _CHINESE_NUMBER.sub(lambda found: _arabic(found.group()), plain)
    return _DASHES.sub("-", plain).replace("月份", "月")


def _arabic(numeral: str) -> str:
    numeral = numeral.replace("两", "二")
    if "十" not in numeral:
        return "".join(str(_CHINESE_DIGITS[digit]) for digit in numeral)
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return numeral
    return str((_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0))


def _built(found: re.Match[str], build: "_Build", text: str, year: int | None) -> Period:
    named = found.groupdict().get("year")
    if named is None and year is None:
        raise PeriodWithoutYear(text=text)
    span = build(found)
    if span is None:
        raise UnknownPeriodWording(text=text)
    return Period(int(named) if named else int(year or 0), *span)


_Build = Callable[[re.Match[str]], tuple[int, int] | None]


def _plain_groups(found: re.Match[str]) -> list[str]:
    """What was found besides the year, in order."""
    year_at = found.re.groupindex.get("year")
    return [group for at, group in enumerate(found.groups(), start=1) if at != year_at and group is not None]


def _numbers(found: re.Match[str]) -> list[int]:
    return [int(group) for group in _plain_groups(found)]


def _span(found: re.Match[str]) -> tuple[int, int]:
    first, last = _numbers(found)[:2]
    return first, last


def _month(found: re.Match[str]) -> tuple[int, int]:
    month = _numbers(found)[0]
    return month, month


def _since_january(found: re.Match[str]) -> tuple[int, int]:
    return 1, _numbers(found)[0]


def _quarter(found: re.Match[str]) -> tuple[int, int]:
    quarter = _numbers(found)[0]
    return 3 * quarter - 2, 3 * quarter


def _quarters_to(found: re.Match[str]) -> tuple[int, int]:
    return 1, 3 * _numbers(found)[0]


def _half(found: re.Match[str]) -> tuple[int, int]:
    return (1, 6) if _plain_groups(found)[0] in {"上", "1"} else (7, 12)


def _first_half(found: re.Match[str]) -> tuple[int, int]:
    return 1, 6


def _year_whole(found: re.Match[str]) -> tuple[int, int]:
    return 1, 12


def _en_span(found: re.Match[str]) -> tuple[int, int]:
    names = [_EN_NAMES[group] for group in _plain_groups(found)]
    return names[0], names[-1]


def _en_since_january(found: re.Match[str]) -> tuple[int, int]:
    return 1, _en_span(found)[1]


def _day_of_month(found: re.Match[str]) -> tuple[int, int] | None:
    month, day = _numbers(found)
    last = calendar.monthrange(int(found.group("year")), month)[1]
    return (month, month) if day in {1, last} else None


def _form(pattern: str, build: _Build) -> tuple[re.Pattern[str], _Build]:
    return re.compile(pattern), build


_Y = rf"(?:{_YEAR}年?度?[-./]?)?"
_SUM = "(?:累计|合计|累计数)"

_FORMS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    _form(rf"{_Y}{_SUM}?{_MONTH}月?-{_MONTH}月{_SUM}?", _span),
    _form(rf"{_Y}(?:截至|截止|前){_MONTH}(?:个月|月){_SUM}?", _since_january),
    _form(rf"(?:截至|截止){_Y}{_MONTH}月(?:末|底)?{_SUM}", _since_january),
    _form(rf"{_Y}(?:{_MONTH}月(?:末|底)?{_SUM}|{_SUM}至?{_MONTH}月)", _since_january),
    _form(rf"{_Y}{_MONTH}月(?:当月|单月|末|底)?", _month),
    _form(rf"{_Y}(?:第)?([1-4])季度?(?:当季|单季)?", _quarter),
    _form(rf"{_Y}(?:前([1-4])个?季度|1-([1-4])季度)(?:{_SUM})?", _quarters_to),
    _form(rf"{_Y}([上下])半年(?:{_SUM})?", _half),
    _form(rf"{_Y}(?:全年|年度)(?:{_SUM})?", _year_whole),
    _form(rf"{_YEAR}年(?:度)?", _year_whole),
    _form(rf"{_YEAR}[-./]?(0[1-9]|1[0-2])", _month),
    _form(rf"{_YEAR}[-./]([1-9])", _month),
    _form(rf"{_YEAR}-{_MONTH}-(\d{{1,2}})日?", _day_of_month),
    _form(rf"{_YEAR}/{_MONTH}/(\d{{1,2}})", _day_of_month),
    _form(rf"{_YEAR}\.{_MONTH}\.(\d{{1,2}})", _day_of_month),
    _form(rf"{_YEAR}年{_MONTH}月(\d{{1,2}})日", _day_of_month),
    _form(rf"{_YEAR}[./]{_MONTH}-{_MONTH}", _span),
    _form(rf"{_YEAR}年{_MONTH}-{_MONTH}", _span),
    _form(rf"{_YEAR}-(0[1-9])-(0[1-9]|1[0-2])月", _span),
    _form(rf"{_YEAR}[-./年]?{_MONTH}月?-(?P=year)[-./年]?{_MONTH}月?{_SUM}?", _span),
    _form(rf"{_YEAR}[-./]?m{_MONTH}", _month),
    _form(rf"{_YEAR}[-./]?q([1-4])", _quarter),
    _form(rf"q([1-4])[-./,]?{_YEAR}", _quarter),
    _form(r"q([1-4])", _quarter),
    _form(rf"{_YEAR}[-./]?h([12])", _half),
    _form(rf"h([12])[-./,]?{_YEAR}", _half),
    _form(rf"(?:fy|fullyear|year){_YEAR}", _year_whole),
    _form(r"fullyear", _year_whole),
    _form(r"firsthalf|h1", _first_half),
    _form(rf"ytd{_EN_MONTH}[,-]?(?:{_YEAR})?", _en_since_january),
    _form(rf"{_EN_MONTH}-{_EN_MONTH}[,-]?(?:{_YEAR})?", _en_span),
    _form(rf"{_EN_MONTH}[,-]?(?:{_YEAR})?", _en_span),
    _form(rf"{_YEAR}[,-]?{_EN_MONTH}(?:-{_EN_MONTH})?", _en_span),
)
_FORMS_IN_TITLES = tuple(form for form in _FORMS if form[1] is not _day_of_month)
