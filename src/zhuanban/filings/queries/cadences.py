"""The drawer of cadences."""

from functools import lru_cache

from zhuanban.filings.kinds.cadence import Cadence
from zhuanban.kit.drawers import open_drawer


@lru_cache(maxsize=1)
def cadences() -> dict[str, Cadence]:
    """All kinds of filings by key."""
    return open_drawer("zhuanban.filings.kinds", "CADENCE", Cadence)


def cadence_of(*, key: str) -> Cadence:
    """The kind ``key``; KeyError for one that does not exist."""
    return cadences()[key]
