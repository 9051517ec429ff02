"""Finding things by their names: Chinese words, pinyin, initials. Rooms offer what they have through ``registries.searchables``."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from zhuanban.kit.registries import searchables

LONGEST = 60
"""A query is cut to so many characters: nobody's name is longer."""


@dataclass(frozen=True)
class Hit:
    """Something found: its name, address, a line that tells it from its twins, and how well it fits (0 is best)."""

    title: str
    url: str
    note: str = ""
    fit: int = 0


@dataclass(frozen=True)
class Found:
    """The best hits of one kind; ``more`` says that there are others."""

    kind: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    >>> Query("零售").fit("社会消费品零售总额"), Query("shxf").fit("社会消费品零售总额"), Query("xiaofei").fit("社会消费品零售总额")
    (3, 4, 6)
    >>> Query("零售").fit("固定资产投资") is None
    True
    """

    text: str

    @property
    def words(self) -> list[str]:
        """The words of the query, folded; all of them have to be found."""
        return folded(self.text[:LONGEST]).split()

    def fit(self, *names: str) -> int | None:
        """How well the best of the names fits: 0 the same, 1 begins so, 3 has it,
        4 begins with these initials, 5 has them, 6 has a syllable that begins so; None not at all."""
        words = self.words
        if not words:
            return None
        found = [self._fit_of(words, name) for name in names if name]
        return min((fit for fit in found if fit is not None), default=None)

    @staticmethod
    def _fit_of(words: list[str], name: str) -> int | None:
        fits = [_word_fit(word, name) for word in words]
        return None if None in fits else max(fit for fit in fits if fit is not None)


def folded(text: str) -> str:
    """Text without differences of width and capitals.

    >>> folded("ＧＤＰ 增速")
    'gdp 增速'
    """
    return normalize("NFKC", text).casefold().strip()


def _word_fit(word: str, name: str) -> int | None:
    plain = folded(name)
    if word == plain:
        return 0
    if plain.startswith(word):
        return 1
    if word in plain:
        return 3
    if not (word.isascii() and word.isalnum()):
        return None
    initials, full, starts = spelled(plain)
    if initials.startswith(word):
        return 4
    if word in initials:
        return 5
    return 6 if any(full.startswith(word, at) for at in starts) else None


@lru_cache(maxsize=50_000)
def spelled(name: str) -> tuple[str, str, tuple[int, ...]]:
    """Initials and full pinyin of a folded name, and where its syllables begin; other characters stay as they are.

    >>> spelled("重庆银行")[:2]
    ('cqyh', 'chongqingyinhang')
    """
    from pypinyin import lazy_pinyin

    syllables = [syllable for syllable in lazy_pinyin(name) if syllable.strip()]
    starts, at = [], 0
    for syllable in syllables:
        starts.append(at)
        at += len(syllable)
    return "".join(syllable[0] for syllable in syllables), "".join(syllables), tuple(starts)


@dataclass(frozen=True)
class Searchable:
    """One kind of thing: its name, and ``find(viewer, query)`` giving what fits within the viewer's reach."""

    kind: Any
    find: Callable[[Any, Query], Iterable[Hit]]


def search(viewer: Any, text: str, *, most: int = 8) -> list[Found]:
    """The best ``most`` hits of every kind, the best first; kinds without a hit are left out."""
    query = Query(text)
    return [found for each in searchables if (found := _best(each, viewer, query, most)).hits]


def _best(searchable: Searchable, viewer: Any, query: Query, most: int) -> Found:
    hits = sorted(searchable.find(viewer, query), key=lambda hit: (hit.fit, len(hit.title)))
    return Found(str(searchable.kind), tuple(hits[:most]), len(hits) > most)


def fitting(query: Query, things: Iterable[tuple[tuple[str, ...], Hit]]) -> Iterator[Hit]:
    """Of pairs of names and hit those that fit, each with how well."""
    for names, hit in things:
        fit = query.fit(*names)
        if fit is not None:
            yield Hit(hit.title, hit.url, hit.note, fit)
