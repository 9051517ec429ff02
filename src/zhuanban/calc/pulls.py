"""What each part adds to the growth of the whole: pulls and contribution rates."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from zhuanban.calc.growth import HUNDRED, base_from_growth

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Pull:
    """One part's share in growth. `contribution_pct` None: growth of the whole is too small or negative for a rate.

    Figures from rounded rates and current-price levels are estimates (测算) and need not add up; they are not forced to.
    """

    pull_pp: Decimal
    contribution_pct: Decimal | None
    increment: Decimal | None = None


def pull_pp(part_growth_pct: Decimal, base_share_pct: Decimal) -> Decimal:
    """Percentage points a part adds: its growth × its share in the base period at constant prices (拉动点).

    >>> pull_pp(Decimal(5), Decimal(60))
    Decimal('3')
    """
    return part_growth_pct * base_share_pct / HUNDRED


def contribution_pct(
    pull: Decimal, total_growth_pct: Decimal, least_total_pp: Decimal = Decimal("0.5")
) -> Decimal | None:
    """Contribution rate: pull ÷ growth of the whole in percent.

    None: the whole grows by less than `least_total_pp` points or falls; the rate would explode or flip its sign.
    Source: 统计工作实务, definition of 贡献率.

    >>> f"{contribution_pct(Decimal(3), Decimal('3.8')):.1f}", contribution_pct(Decimal(3), Decimal("-0.2")) is None
    ('78.9', True)
    """
    return pull / total_growth_pct * HUNDRED if total_growth_pct >= least_total_pp else None


def pulls_from_shares(parts: Mapping[Key, tuple[Decimal, Decimal]]) -> dict[Key, Pull]:
    """Pulls from base shares and growth, each part (share of the base in percent, growth in percent).

    Meaning: pulls add up exactly to the growth of the whole.

    >>> pulls = pulls_from_shares({"a": (Decimal(60), Decimal(5)), "b": (Decimal(10), Decimal(-10)), "c": (Decimal(30), Decimal(6))})
    >>> [pull.pull_pp for pull in pulls.values()]
    [Decimal('3'), Decimal('-1'), Decimal('1.8')]
    """
    points = {key: pull_pp(growth, share) for key, (share, growth) in parts.items()}
    total = sum(points.values(), Decimal(0))
    return {key: Pull(point, contribution_pct(point, total)) for key, point in points.items()}


def pulls_from_levels(whole: tuple[Decimal, Decimal], parts: Mapping[Key, tuple[Decimal, Decimal]]) -> dict[Key, Pull]:
    """Pulls from current levels and published growth, each (level, growth in percent).

    Meaning: increment = level − level ÷ (1 + g); pull = increment ÷ base of the whole; contribution = increment ÷ increment
    of the whole. Rounded rates make the contributions add up to about 100, and that is left as it is.

    >>> whole = (Decimal("39081.59"), Decimal("9.5"))
    >>> pull = pulls_from_levels(whole, {"primary": (Decimal("2006.02"), Decimal("4.9"))})["primary"]
    >>> f"{pull.increment:.2f}", f"{pull.contribution_pct:.2f}"
    ('93.70', '2.76')
    """
    whole_increment = increment(*whole)
    whole_base = whole[0] - whole_increment
    pulls = {}
    for key, (level, growth) in parts.items():
        added = increment(level, growth)
        rate = contribution_pct(added / whole_increment * whole[1], whole[1]) if whole_increment > 0 else None
        pulls[key] = Pull(added / whole_base * HUNDRED, rate, added)
    return pulls


def increment(level: Decimal, growth_pct: Decimal) -> Decimal:
    """What a level gained over its implied base: level − level ÷ (1 + g). A fall of 100 % or more gained the level.

    >>> f"{increment(Decimal('39081.59'), Decimal('9.5')):.2f}"
    '3390.64'
    """
    base = base_from_growth(level, growth_pct)
    return level if base is None else level - base
