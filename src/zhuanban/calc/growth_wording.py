"""Read growth rates as people write them: 下降2.3%, 增长-2.3%, 持平, 增长1.05倍."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.errors import UnreadableGrowth, UnreadableNumber
from zhuanban.calc.quantities import parse_number

_LEAD = re.compile(
    "^(?:同比|同口径|可比口径|名义|实际|比上年同期|比去年同期|较上年同期|与去年同期|与上年同期|比上年|累计|预计)+"
)
_UP = ("增长", "上升", "提高", "增加", "增幅", "↑", "up")
_DOWN = ("下降", "降低", "减少", "降幅", "回落", "负增长", "↓", "down")
_LEVEL = frozenset({"持平", "基本持平", "零增长"})
_RISE_TO = re.compile("^(?:增长到|是上年同期的|是上年的|为上年同期的|为上年的)(?P<times>[\\d.]+)倍$")
_TIMES = re.compile("^(?:增长)(?P<times>[\\d.]+)倍$")


@dataclass(frozen=True)
class GrowthRead:
    """A growth rate read from words. `is_bad_style` marks wording that means the right thing in the wrong words."""

    pct: Decimal | None
    is_bad_style: bool = False


def parse_growth(text: str) -> GrowthRead:
    """Read one growth rate in percent.

    Meaning: "下降2.3%" and "−2.3" are −2.3; "增长-2.3%" is −2.3 with a style warning; "持平" is 0; "增长1.05倍" is 105 and
    "增长到2.05倍" is 105 as well. `pct` None: the cell says that nothing was reported.
    Errors: `UnreadableGrowth`, also for the contradiction "下降-2.3%" and for percentage points.

    >>> parse_growth("同比下降2.3%"), parse_growth("增长-2.3%")
    (GrowthRead(pct=Decimal('-2.3'), is_bad_style=False), GrowthRead(pct=Decimal('-2.3'), is_bad_style=True))
    >>> parse_growth("增长1.05倍").pct
    Decimal('105.00')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    plain = _LEAD.sub("", re.sub("[‐‑‒–—―−]", "-", plain))
    if plain in _LEVEL:
        return GrowthRead(Decimal(0))
    if times := _RISE_TO.fullmatch(plain):
        return GrowthRead((_number(times["times"], text) - 1) * 100)
    if times := _TIMES.fullmatch(plain):
        return GrowthRead(_number(times["times"], text) * 100)
    return _worded(plain, text)


def _worded(plain: str, text: str) -> GrowthRead:
    for word in _DOWN:
        if plain.startswith(word):
            size = _number(plain.removeprefix(word), text)
            if size < 0:
                raise UnreadableGrowth(text=text)
            return GrowthRead(-size, is_bad_style=word == "负增长")
    for word in _UP:
        if plain.startswith(word):
            size = _number(plain.removeprefix(word), text)
            return GrowthRead(size, is_bad_style=size < 0)
    try:
        return GrowthRead(parse_number(plain.removesuffix("%")))
    except UnreadableNumber as unreadable:
        raise UnreadableGrowth(text=text) from unreadable


def _number(part: str, text: str) -> Decimal:
    try:
        number = parse_number(part.removesuffix("%"))
    except UnreadableNumber as unreadable:
        raise UnreadableGrowth(text=text) from unreadable
    if number is None:
        raise UnreadableGrowth(text=text)
    return number
