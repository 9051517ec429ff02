"""What the address of a list asks for: order, columns, page, filters. Whatever it cannot mean is passed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from django.http import QueryDict

from zhuanban.kit.lists.columns import ListColumn, Listing

ORDER, COLUMNS, AFTER, WORDS, FILE = "order", "columns", "after", "words", "file"
FILES = ("xlsx", "csv")
LONGEST_WORDS = 80
LONGEST_AFTER = 200


@dataclass(frozen=True)
class Asked:
    """One reading of a list, as its address says it.

    >>> from zhuanban.kit.lists import ListColumn, Listing
    >>> posts = Listing("posts", "Posts", "posts", (ListColumn("name", "Name", str), ListColumn("unit", "Unit", str)), "name")
    >>> asked = Asked(posts, QueryDict("order=-unit&columns=unit&words=x&junk=1"))
    >>> asked.order, asked.words, [each.key for each in asked.columns], asked.address({"after": "9"})
    (('unit', True), 'x', ['unit'], '?words=x&order=-unit&columns=unit&after=9')
    """

    listing: Listing
    data: QueryDict

    @cached_property
    def order(self) -> tuple[str, bool]:
        """The column that orders the list, and whether the largest comes first; an empty key where rows stay as they come."""
        for text in (self.data.get(ORDER, ""), self.listing.order):
            column = self.listing.column(text.removeprefix("-"))
            if column and column.may_order:
                return column.key, text.startswith("-")
        return "", False

    @property
    def after(self) -> str:
        """Where the page before ended; empty on the first."""
        return self.data.get(AFTER, "")[:LONGEST_AFTER]

    @property
    def words(self) -> str:
        return self.data.get(WORDS, "").strip()[:LONGEST_WORDS]

    @property
    def file(self) -> str:
        """``xlsx`` or ``csv`` where the list is asked for as a file, else empty."""
        wanted = self.data.get(FILE, "")
        return wanted if wanted in FILES else ""

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns to show, in the list's order."""
        chosen = set(self.data.getlist(COLUMNS))
        known = {each.key for each in self.listing.columns}
        if not chosen & known:
            return tuple(each for each in self.listing.columns if not each.hidden)
        return tuple(each for each in self.listing.columns if each.fixed or each.key in chosen)

    @property
    def has_own_columns(self) -> bool:
        return any(self.listing.column(key) for key in self.data.getlist(COLUMNS))

    @property
    def is_filtered(self) -> bool:
        """Whether the address narrows the list."""
        return any(value for name, value in self.kept if name in (*self.listing.filters, WORDS)) or any(
            name in self.data and not self.data[name] for name in self.listing.blank
        )

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What an address of this reading carries, but for the page and the file."""
        names = (*self.listing.filters, WORDS)
        found = [
            (name, self.data.get(name, "")[:LONGEST_WORDS])
            for name in names
            if self.data.get(name) or (name in self.listing.blank and name in self.data)
        ]
        if self.data.get(ORDER) and self.order != Asked(self.listing, QueryDict()).order:
            found.append((ORDER, _order_text(*self.order)))
        if self.has_own_columns:
            found += [(COLUMNS, each.key) for each in self.columns]
        return found

    def address(self, changes: Mapping[str, str] = MappingProxyType({}), *, without: tuple[str, ...] = ()) -> str:
        """The query of the same reading with something else in it, ``?`` included."""
        query = QueryDict(mutable=True)
        for name, value in self.kept:
            if name not in without and name not in changes:
                query.appendlist(name, value)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def carried(self) -> list[tuple[str, str]]:
        """What the form of the filters carries: order and columns, not the filters themselves."""
        return [(name, value) for name, value in self.kept if name in (ORDER, COLUMNS)]


def _order_text(key: str, descends: bool) -> str:
    return f"-{key}" if descends else key
