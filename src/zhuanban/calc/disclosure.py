"""Which cells of a published table would give a single firm away."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def suppressed(cells: Mapping[Cell, tuple[int, Decimal]], least_units: int = 3) -> frozenset[Cell]:
    """The cells to withhold from a table that also prints its total, each cell (units behind it, value).

    Meaning: cells with fewer than `least_units` units are withheld; when the withheld ones together still stand for too
    few units, or one alone could be found by subtraction from the total, the next smallest cell goes too.
    Source: 统计法 第二十八条 on identifiable material; three units is the customary least.

    >>> sorted(suppressed({"hotels": (2, Decimal(80)), "catering": (5, Decimal(120))}))
    ['catering', 'hotels']
    >>> sorted(suppressed({"hotels": (4, Decimal(80)), "catering": (5, Decimal(120))}))
    []
    """
    withheld = {cell for cell, (units, _) in cells.items() if 0 < units < least_units}
    if not withheld:
        return frozenset()
    others = sorted(
        (cell for cell in cells if cell not in withheld and cells[cell][0]), key=lambda cell: cells[cell][0]
    )
    if len(withheld) == 1 or sum(cells[cell][0] for cell in withheld) < least_units:
        withheld |= set(others[:1])
    return frozenset(withheld)
