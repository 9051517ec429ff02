"""Ranks among peers at published precision, and the words for them."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up
from zhuanban.calc.words import Words

Key = TypeVar("Key", bound=Hashable)


class RankKind(StrEnum):
    """What is ranked; a rank is never shown without saying which."""

    GROWTH = "growth"
    LEVEL = "level"
    COMPLETION = "completion"

    @property
    def words(self) -> Words:
        """The name of the kind.

        >>> RankKind.GROWTH.words.zh
        '增速位次'
        """
        names = {
            "growth": ("增速位次", "growth"),
            "level": ("总量位次", "level"),
            "completion": ("完成率位次", "completion"),
        }
        zh, en = names[self.value]
        return Words(zh, f"rank by {en}")


@dataclass(frozen=True)
class Rank:
    """A place among the peers that have data: `place` of `of`, shared with others when `is_tied`."""

    place: int
    of: int
    is_tied: bool = False


def competition_ranks(
    values: Mapping[Key, Decimal | None], *, places: int = 1, polarity: Polarity = Polarity.HIGHER
) -> dict[Key, Rank]:
    """Rank peers the way circulars do: 1, 2, 2, 4.

    Meaning: values are rounded to published precision first, so what prints alike ties; ties share the better place
    and the next place is skipped; `of` counts peers with data. A peer whose value is None has no rank.

    >>> ranks = competition_ranks({"a": Decimal("6.2"), "b": Decimal("5.84"), "c": Decimal("5.76"), "d": Decimal("5.1"), "e": None})
    >>> [(key, rank.place, rank.is_tied) for key, rank in ranks.items()], ranks["a"].of
    ([('a', 1, False), ('b', 2, True), ('c', 2, True), ('d', 4, False)], 4)
    """
    printed = {key: half_up(value, places) * polarity.sign for key, value in values.items() if value is not None}
    sharing = Counter(printed.values())
    places_by_value: dict[Decimal, int] = {}
    place = 1
    for value in sorted(sharing, reverse=True):
        places_by_value[value] = place
        place += sharing[value]
    return {key: Rank(places_by_value[value], len(printed), sharing[value] > 1) for key, value in printed.items()}


class Standing(StrEnum):
    """Where one published figure stands against another."""

    ABOVE = "above"
    EQUAL = "equal"
    BELOW = "below"


def standing(value: Decimal, reference: Decimal, places: int = 1) -> Standing:
    """Compare two figures as readers see them: what prints alike is equal, and equal is not below.

    >>> standing(Decimal("5.96"), Decimal("6.04")).value, standing(Decimal("5.9"), Decimal("6.0")).value
    ('equal', 'below')
    """
    mine, other = half_up(value, places), half_up(reference, places)
    if mine == other:
        return Standing.EQUAL
    return Standing.ABOVE if mine > other else Standing.BELOW


def rank_words(rank: Rank, scope_zh: str = "全市", scope_en: str = "the city") -> Words:
    """Say a rank.

    >>> rank_words(Rank(3, 10)).zh, rank_words(Rank(2, 10, is_tied=True)).zh
    ('位列全市第3位', '并列全市第2位')
    >>> rank_words(Rank(2, 10, is_tied=True), scope_zh="").zh
    '并列第2位'
    """
    verb = "并列" if rank.is_tied else "位列"
    tied = "tied " if rank.is_tied else ""
    return Words(f"{verb}{scope_zh}第{rank.place}位", f"{tied}{_ordinal(rank.place)} of {rank.of} in {scope_en}")


def rank_move(earlier: Rank, later: Rank) -> int:
    """How many places the rank moved: positive forward (better), negative back.

    >>> rank_move(Rank(5, 10), Rank(3, 10))
    2
    """
    return earlier.place - later.place


def rank_move_words(earlier: Rank, later: Rank, since_zh: str = "上月", since_en: str = "last month") -> Words:
    """Say how the rank moved.

    >>> rank_move_words(Rank(5, 10), Rank(3, 10)).zh, rank_move_words(Rank(3, 10), Rank(4, 10)).en
    ('较上月前移2位', '1 place back since last month')
    """
    moved = rank_move(earlier, later)
    if moved == 0:
        return Words(f"与{since_zh}持平", f"as {since_en}")
    way_zh, way_en = ("前移", "forward") if moved > 0 else ("后移", "back")
    plural = "" if abs(moved) == 1 else "s"
    return Words(f"较{since_zh}{way_zh}{abs(moved)}位", f"{abs(moved)} place{plural} {way_en} since {since_en}")


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
