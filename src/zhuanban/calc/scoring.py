"""Points for ranks: 争先进位计分法."""

from decimal import Decimal

from zhuanban.calc.growth import HUNDRED
from zhuanban.calc.ranks import Rank


def rank_score(rank: Rank, full_points: Decimal, step_pct: Decimal = Decimal(5)) -> Decimal:
    """Points for a rank: full for the first, `step_pct` percent of full less for each further place; never negative.

    Meaning: ties share the points of the better place, and the place after them is skipped.
    Source: a county-level city's monthly assessment of development indicators (2020).

    >>> rank_score(Rank(1, 5), Decimal(10)), rank_score(Rank(4, 5), Decimal(10))
    (Decimal('10'), Decimal('8.5'))
    """
    return max(Decimal(0), full_points - full_points * step_pct * (rank.place - 1) / HUNDRED)
