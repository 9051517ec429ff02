"""A list as its page draws it: heads, rows, sums, ways to other readings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from zhuanban.kit.lists.asked import AFTER, COLUMNS, FILE, FILES, ORDER, Asked
from zhuanban.kit.lists.columns import Held, ListColumn
from zhuanban.kit.searching import Query, folded, spelled


@dataclass(frozen=True)
class Bulk:
    """Something that can be done with every marked row: what the form sends, the button's word, what is asked first."""

    verb: str
    name: Any
    confirm: Any
    icon: str = "check"


@dataclass(frozen=True)
class Head:
    """A column's head: ``way`` orders by it, ``sorted`` is "ascending", "descending" or empty."""

    column: ListColumn
    way: str
    sorted: str


@dataclass(frozen=True)
class Choice:
    """A column that the reader may show or hide."""

    column: ListColumn
    shown: bool


@dataclass
class ShownList:
    """One page of a list. ``count`` is how many rows the whole reading has, None where nobody counted.

    ``sums`` has the sum of each column that has one, over the whole reading.
    """

    asked: Asked
    rows: Sequence[Any]
    after: str = ""
    count: int | None = None
    sums: dict[str, Decimal | int] = field(default_factory=dict)
    bulk: Sequence[Bulk] = ()
    bulk_address: str = ""
    markup: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What stands around the cells of a column, as the page's template tags make it."""

    @property
    def key(self) -> str:
        return self.asked.listing.key

    @property
    def title(self) -> str:
        return str(self.asked.listing.title)

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        return self.asked.columns

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: ListColumn) -> Head:
        if not column.may_order:
            return Head(column, "", "")
        key, descends = self.asked.order
        if key != column.key:
            return Head(column, self._ordered(column.key, column.descends), "")
        return Head(column, self._ordered(key, not descends), "descending" if descends else "ascending")

    def _ordered(self, key: str, descends: bool) -> str:
        return self.asked.address({ORDER: f"-{key}" if descends else key})

    @cached_property
    def shown_columns(self) -> dict[str, ListColumn]:
        """The columns to show, by their keys."""
        return {each.key: each for each in self.columns}

    def column(self, key: str) -> ListColumn:
        """The column with a key. AssertionError for a key the list lacks: a template named it."""
        found = self.asked.listing.column(key)
        assert found is not None, f"{self.key} has no column {key}"
        return found

    @property
    def next_url(self) -> str:
        return self.asked.address({AFTER: self.after}) if self.after else ""

    @property
    def first_url(self) -> str:
        return self.asked.address() if self.asked.after else ""

    @property
    def choices(self) -> list[Choice]:
        """The columns that can be shown or hidden; empty where all are fixed."""
        return [Choice(each, each.key in self.shown_columns) for each in self.asked.listing.columns if not each.fixed]

    @property
    def hidden_of_columns(self) -> list[tuple[str, str]]:
        """What the form of the columns carries beside them."""
        return [(name, value) for name, value in self.asked.kept if name != COLUMNS]

    @property
    def fixed_keys(self) -> list[str]:
        return [each.key for each in self.asked.listing.columns if each.fixed]

    @property
    def usual_columns_url(self) -> str:
        return self.asked.address(without=(COLUMNS,)) if self.asked.has_own_columns else ""

    @property
    def file_urls(self) -> list[tuple[str, str]]:
        """Each kind of file with the address that gives this reading as one."""
        return [(kind, self.asked.address({FILE: kind})) for kind in FILES]

    @property
    def query(self) -> str:
        """The reading as it is kept under a name."""
        return self.asked.address().removeprefix("?")

    @property
    def bulk_way(self) -> str:
        """Where the form of the marked rows goes, the reading with it, so that the reader comes back to it."""
        return self.bulk_address + self.asked.address()

    @property
    def foot(self) -> list[str]:
        """The sums under their columns, in words; empty without any."""
        if not any(each.total for each in self.columns) or not self.sums:
            return []
        return [each.words(self.sums.get(each.key)) if each.total else "" for each in self.columns]


def shown_rows(
    asked: Asked, rows: Iterable[Any], *, name: Callable[[Any], Any], bulk: Sequence[Bulk] = (), bulk_address: str = ""
) -> ShownList:
    """A list whose rows are all at hand: found by words, ordered, counted, summed, cut into pages.

    ``name(row)`` tells a row from the others in the address of the next page. A list asked for as a file has one page.
    """
    found = in_order(asked, fitting_rows(asked, rows))
    begin = _begin(found, asked.after, name) if not asked.file else 0
    end = begin + asked.listing.size if not asked.file else len(found)
    return ShownList(
        asked, found[begin:end], str(name(found[end - 1])) if end < len(found) else "", len(found), _sums(asked, found),
        bulk, bulk_address,
    )  # fmt: skip


def fitting_rows(asked: Asked, rows: Iterable[Any]) -> list[Any]:
    """The rows that have every word of the address in a text of theirs: Chinese, pinyin or initials."""
    if not asked.words:
        return list(rows)
    columns = [each for each in asked.listing.columns if each.kind == "text" and each.value]
    queries = [Query(word) for word in asked.words.split()]
    return [
        row for row in rows if all(query.fit(*(str(column.held(row) or "") for column in columns)) is not None for query in queries)
    ]


def in_order(asked: Asked, rows: list[Any]) -> list[Any]:
    """The rows in the order of the address; what is missing comes last either way."""
    key, descends = asked.order
    column = asked.listing.column(key)
    if column is None:
        return rows
    held = [(column.held(row), row) for row in rows]
    known = [pair for pair in held if pair[0] not in (None, "")]
    known.sort(key=lambda pair: _rank(pair[0]), reverse=descends)
    return [row for _value, row in known] + [row for value, row in held if value in (None, "")]


def _rank(value: Held) -> Any:
    """What puts Chinese names in the order of their pinyin, as every list of names in the country has them."""
    if isinstance(value, str):
        plain = folded(value)
        return (plain if plain.isascii() else spelled(plain)[1], plain)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _begin(rows: Sequence[Any], after: str, name: Callable[[Any], Any]) -> int:
    return next((at for at, row in enumerate(rows, 1) if str(name(row)) == after), 0) if after else 0


def _sums(asked: Asked, rows: Sequence[Any]) -> dict[str, Decimal | int]:
    return {
        column.key: sum(value for row in rows if isinstance(value := column.held(row), (int, Decimal)))
        for column in asked.listing.columns
        if column.total
    }
