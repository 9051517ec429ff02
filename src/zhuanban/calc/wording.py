"""Official phrases for growth and its change, as written in Chinese communiqués, with their English."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.growth import Growth, GrowthCase
from zhuanban.calc.periods import Period
from zhuanban.calc.ranks import Standing, standing
from zhuanban.calc.rounding import half_up, printed_gap, shown
from zhuanban.calc.words import Words

HUNDRED = Decimal(100)


def growth_words(pct: Decimal | None, places: int = 1) -> Words:
    """Say a growth rate.

    Meaning: at published precision; a rate that prints 0.0 is level with last year, never "增长0.0%" or "增长−2.3%";
    from 100 % on it is said in multiples of the base (增长1.05倍 = +105 %). None: the rate was not published.
    Source: retail, investment and real-estate releases of the National Bureau of Statistics.

    >>> growth_words(Decimal("5.2")).zh, growth_words(Decimal("-2.3")).zh, growth_words(Decimal("0.04")).zh
    ('增长5.2%', '下降2.3%', '与去年同期持平')
    >>> growth_words(Decimal("105.0"))
    Words(zh='增长1.05倍', en='up 105.0%')
    """
    if pct is None:
        return Words("未公布增速", "growth not published")
    rate = half_up(pct, places)
    size = shown(abs(rate), places)
    if rate == 0:
        return Words("与去年同期持平", "level with a year earlier")
    if rate < 0:
        return Words(f"下降{size}%", f"down {size}%")
    if rate >= HUNDRED:
        return Words(f"增长{_multiple(rate)}倍", f"up {size}%")
    return Words(f"增长{size}%", f"up {size}%")


def _multiple(rate: Decimal) -> str:
    text = f"{half_up(rate / HUNDRED, 2):f}"
    return text.rstrip("0").rstrip(".")


def comparison_words(growth: Growth, places: int = 1) -> Words:
    """Say a comparison with the base, including the cases that have no rate.

    >>> comparison_words(Growth(GrowthCase.LOSS_REDUCED, Decimal(50))).zh, comparison_words(Growth(GrowthCase.BASE_ZERO)).zh
    ('减亏50.0%', '上年同期为零')
    """
    size = shown(growth.pct, places)
    match growth.case:
        case GrowthCase.RATE:
            return growth_words(growth.pct, places)
        case GrowthCase.NOT_REPORTED:
            return Words("未报", "not reported")
        case GrowthCase.BASE_ZERO:
            return Words("上年同期为零", "zero a year earlier")
        case GrowthCase.LOSS_TO_PROFIT:
            return Words("扭亏为盈", "from loss to profit")
        case GrowthCase.PROFIT_TO_LOSS:
            return Words("由盈转亏", "from profit to loss")
        case GrowthCase.LOSS_REDUCED:
            return Words(f"减亏{size}%", f"loss reduced by {size}%")
        case GrowthCase.LOSS_WIDENED:
            return Words(f"增亏{size}%", f"loss widened by {size}%")
        case GrowthCase.LOSS_UNCHANGED:
            return Words("亏损持平", "loss unchanged")


class Direction(StrEnum):
    """How a growth rate moved against an earlier one, seen at published precision."""

    FASTER = "faster"
    SLOWER = "slower"
    FALL_WIDENED = "fall_widened"
    FALL_NARROWED = "fall_narrowed"
    TURNED_UP = "turned_up"
    TURNED_DOWN = "turned_down"
    FALL_ENDED = "fall_ended"
    FALL_BEGAN = "fall_began"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """A change between two growth rates: its direction and its size in percentage points, at published precision."""

    direction: Direction
    pp: Decimal


def change(earlier_pct: Decimal, later_pct: Decimal, places: int = 1) -> Change:
    """Compare two growth rates of one series.

    Meaning: both are rounded first, since readers see only the published figures; the difference is in percentage
    points, never percent.

    >>> change(Decimal("-5.7"), Decimal("-2.8"))
    Change(direction=<Direction.FALL_NARROWED: 'fall_narrowed'>, pp=Decimal('2.9'))
    """
    earlier, later = half_up(earlier_pct, places), half_up(later_pct, places)
    return Change(_direction(earlier, later), abs(later - earlier))


def _direction(earlier: Decimal, later: Decimal) -> Direction:
    if earlier == later:
        return Direction.UNCHANGED
    if later < 0:
        if earlier >= 0:
            return Direction.TURNED_DOWN if earlier > 0 else Direction.FALL_BEGAN
        return Direction.FALL_WIDENED if later < earlier else Direction.FALL_NARROWED
    if earlier < 0:
        return Direction.TURNED_UP if later > 0 else Direction.FALL_ENDED
    return Direction.FASTER if later > earlier else Direction.SLOWER


def change_words(earlier_pct: Decimal, later_pct: Decimal, places: int = 1) -> Words:
    """Say in few words how a growth rate moved.

    Source: phrases of National Bureau of Statistics releases (回落, 降幅扩大, 降幅收窄, 由负转正).

    >>> change_words(Decimal("5.8"), Decimal("5.7")).zh, change_words(Decimal("-0.3"), Decimal("0.2")).zh
    ('回落0.1个百分点', '由负转正')
    >>> change_words(Decimal("5.2"), Decimal("6.2"))
    Words(zh='提高1.0个百分点', en='1.0 pp faster')
    """
    moved = change(earlier_pct, later_pct, places)
    size = shown(moved.pp, places)
    match moved.direction:
        case Direction.FASTER:
            return Words(f"提高{size}个百分点", f"{size} pp faster")
        case Direction.SLOWER:
            return Words(f"回落{size}个百分点", f"{size} pp slower")
        case Direction.FALL_WIDENED:
            return Words(f"降幅扩大{size}个百分点", f"the fall widened by {size} pp")
        case Direction.FALL_NARROWED:
            return Words(f"降幅收窄{size}个百分点", f"the fall narrowed by {size} pp")
        case Direction.TURNED_UP:
            return Words("由负转正", "turned from fall to growth")
        case Direction.TURNED_DOWN:
            return Words("由正转负", "turned from growth to fall")
        case Direction.FALL_ENDED:
            return Words("由降转平", "the fall ended")
        case Direction.FALL_BEGAN:
            return Words("由平转降", "turned from level to fall")
        case Direction.UNCHANGED:
            return Words("持平", "unchanged")


def change_sentence(earlier_pct: Decimal, later_pct: Decimal, earlier: Period, places: int = 1) -> Words:
    """Say a growth rate and how it moved since an earlier period.

    >>> june = Period.cumulative(2023, 6)
    >>> change_sentence(Decimal("5.8"), Decimal("5.7"), june).zh
    '增长5.7%，增速比1—6月份回落0.1个百分点'
    >>> change_sentence(Decimal("-3.6"), Decimal("-3.7"), june).zh
    '下降3.7%，降幅比1—6月份扩大0.1个百分点'
    """
    now, moved = growth_words(later_pct, places), change(earlier_pct, later_pct, places)
    size, span = shown(moved.pp, places), f"{earlier.label_zh}份"
    short = change_words(earlier_pct, later_pct, places)
    before = growth_words(earlier_pct, places)
    english = f"{now.en}, {short.en} than in {earlier.label_en}"
    match moved.direction:
        case Direction.FASTER | Direction.SLOWER:
            verb = "提高" if moved.direction is Direction.FASTER else "回落"
            return Words(f"{now.zh}，增速比{span}{verb}{size}个百分点", english)
        case Direction.FALL_WIDENED | Direction.FALL_NARROWED:
            verb = "扩大" if moved.direction is Direction.FALL_WIDENED else "收窄"
            return Words(
                f"{now.zh}，降幅比{span}{verb}{size}个百分点", f"{now.en}; {short.en} since {earlier.label_en}"
            )
        case Direction.UNCHANGED:
            return Words(f"{now.zh}，与{span}持平", f"{now.en}, unchanged since {earlier.label_en}")
        case _:
            was = before.zh if half_up(earlier_pct, places) == 0 else f"为{before.zh}"
            return Words(
                f"{now.zh}，{span}{was}（{short.zh}）",
                f"{now.en}, after {before.en} in {earlier.label_en} ({short.en})",
            )


def city_gap_words(zone_pct: Decimal, city_pct: Decimal, places: int = 1) -> Words:
    """Say where the zone stands against the official growth of the city.

    Meaning: at published precision; equal is 与全市持平, never below.

    >>> city_gap_words(Decimal("5.2"), Decimal("6.0")).zh, city_gap_words(Decimal("5.96"), Decimal("6.04")).zh
    ('低于全市平均水平0.8个百分点', '与全市持平')
    """
    distance = printed_gap(zone_pct, city_pct, places)
    assert distance is not None
    gap = shown(abs(distance), places)
    match standing(zone_pct, city_pct, places):
        case Standing.ABOVE:
            return Words(f"高于全市平均水平{gap}个百分点", f"{gap} pp above the city")
        case Standing.BELOW:
            return Words(f"低于全市平均水平{gap}个百分点", f"{gap} pp below the city")
        case Standing.EQUAL:
            return Words("与全市持平", "level with the city")


def two_year_words(average_pct: Decimal, places: int = 1) -> Words:
    """Say a two-year average.

    >>> two_year_words(Decimal("7.563")).zh
    '两年平均增长7.6%'
    """
    said = growth_words(average_pct, places)
    if half_up(average_pct, places) == 0:
        return Words("两年平均持平", "level on a two-year average")
    return Words(f"两年平均{said.zh}", f"{said.en} on a two-year average")
