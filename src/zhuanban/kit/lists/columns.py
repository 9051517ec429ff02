"""What a list has: its columns, the order it begins with, the filters of its address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhuanban.kit import formats
from zhuanban.kit.registries import Registry
from zhuanban.kit.spreadsheets.tables import ColumnKind, Value

_NUMBERS = ("level", "growth", "count")

Held = Value | datetime
"""What a cell holds: as a file's cell, or an instant."""


@dataclass(frozen=True)
class ListColumn:
    """One column. ``value(row)`` is what it holds, for sorting, sums and files; without it there is only a picture of it.

    ``fixed`` columns are always there, ``hidden`` ones only where the reader chose them. ``descends`` says that the
    first click puts the largest first; ``total`` that a sum of the whole list makes sense.
    """

    key: str
    name: Any
    value: Callable[[Any], Held] | None = None
    kind: ColumnKind = "text"
    unit: Any = ""
    decimals: int = 1
    width: int = 14
    fixed: bool = False
    hidden: bool = False
    sortable: bool = True
    descends: bool = False
    total: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in _NUMBERS

    @property
    def may_order(self) -> bool:
        return self.sortable and self.value is not None

    def held(self, row: Any) -> Held:
        """What the column holds in a row; None without a value."""
        return self.value(row) if self.value else None

    def in_file(self, row: Any) -> Value:
        """The same as a file carries it: an instant becomes text in Shanghai time."""
        found = self.held(row)
        return formats.instant_words(found) if isinstance(found, datetime) else found

    def words(self, held: Held) -> str:
        """A value as the page writes it."""
        if held is None or held == "":
            return formats.MISSING
        if isinstance(held, datetime):
            return formats.instant_words(held)
        if isinstance(held, date):
            return formats.date_words(held, "iso")
        if isinstance(held, str):
            return held
        return formats.level(held, 0 if self.kind == "count" else self.decimals)


@dataclass(frozen=True)
class Listing:
    """One list of the product. ``key`` names it in saved views, ``address`` is the name of its url.

    ``order`` is the column it begins with, with a minus where the largest is first; empty where rows stay as their query
    brings them. ``filters`` are the parameters of the address that narrow it, besides ``words``; of those in ``blank`` the
    empty value says something too. ``size`` rows stand on a page.
    """

    key: str
    title: Any
    address: str
    columns: tuple[ListColumn, ...]
    order: str = ""
    filters: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    size: int = 50

    def column(self, key: str) -> ListColumn | None:
        """The column with a key; None for a key it lacks."""
        return next((each for each in self.columns if each.key == key), None)


listings: Registry[Listing] = Registry()
"""Every list whose views can be kept, by its key; filled in each room's ``apps.py``."""
