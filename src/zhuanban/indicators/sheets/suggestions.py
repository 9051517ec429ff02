"""Which known names look most like one that nobody knows: searched once for each name, and not without end."""

import difflib
from collections.abc import Iterable

from zhuanban.indicators.sheets.catalogue import SheetCatalogue, plain_name

MOST_NAMES = 50
"""A file with more unknown names than these is the wrong file; each further search would only cost time."""
_SEARCHED_CHARACTERS = 60


class Suggestions:
    """The nearest names for the unknown ones of one file."""

    def __init__(self, catalogue: SheetCatalogue) -> None:
        self._catalogue = catalogue
        self._found: dict[tuple[str, str], str] = {}

    def indicator(self, name: str) -> str:
        """Up to three indicator names that look most like this one, – where there are none."""
        return self._nearest("indicator", name, self._catalogue.indicator_names, 0.45)

    def place(self, name: str) -> str:
        """Up to three place names that look most like this one, – where there are none."""
        return self._nearest("place", name, self._catalogue.place_names, 0.34)

    def _nearest(self, kind: str, name: str, known: dict[str, str], cutoff: float) -> str:
        wanted = plain_name(name[:_SEARCHED_CHARACTERS])
        if (kind, wanted) not in self._found:
            if len(self._found) >= MOST_NAMES:
                return "–"
            self._found[kind, wanted] = _closest(wanted, known, cutoff)
        return self._found[kind, wanted]


def _closest(wanted: str, known: dict[str, str], cutoff: float) -> str:
    close: Iterable[str] = difflib.get_close_matches(wanted, known, n=6, cutoff=cutoff)
    shown = dict.fromkeys(known[key] for key in close)
    return "、".join(list(shown)[:3]) or "–"
