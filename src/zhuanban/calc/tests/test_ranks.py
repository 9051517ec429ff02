"""Worked examples on ranks and standing."""

from decimal import Decimal

import pytest

from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import (
    Rank,
    RankKind,
    Standing,
    competition_ranks,
    rank_move_words,
    rank_words,
    standing,
)
from zhuanban.calc.scoring import rank_score
from zhuanban.calc.wording import city_gap_words

D = Decimal


def test_I_09_ties_share_the_better_rank_at_published_precision() -> None:
    ranks = competition_ranks({"甲": D("6.2"), "乙": D("5.84"), "丙": D("5.76"), "丁": D("5.1")})
    assert ranks == {"甲": Rank(1, 4), "乙": Rank(2, 4, True), "丙": Rank(2, 4, True), "丁": Rank(4, 4)}
    assert rank_words(ranks["乙"], scope_zh="").zh == "并列第2位"
    assert rank_words(ranks["丁"]).zh == "位列全市第4位"


def test_I_11_equal_is_not_below() -> None:
    assert standing(D("6.0"), D("6.0")) is Standing.EQUAL
    assert standing(D("5.96"), D("6.04")) is Standing.EQUAL
    assert city_gap_words(D("5.96"), D("6.04")).zh == "与全市持平"
    assert standing(D("5.96"), D("6.04"), places=2) is Standing.BELOW


def test_I_45_points_fall_by_five_percent_a_place_and_ties_share() -> None:
    assert [rank_score(Rank(place, 5), D(10)) for place in range(1, 6)] == [D(10), D("9.5"), D(9), D("8.5"), D(8)]
    tied = competition_ranks({"a": D(9), "b": D(7), "c": D(7), "d": D(5)})
    assert [rank_score(rank, D(10)) for rank in tied.values()] == [D(10), D("9.5"), D("9.5"), D("8.5")]


def test_a_peer_without_data_has_no_rank_and_is_not_counted() -> None:
    assert competition_ranks({"a": D(1), "b": None, "c": D(2)}) == {"a": Rank(2, 2), "c": Rank(1, 2)}


def test_where_lower_is_better_the_lowest_is_first() -> None:
    ranks = competition_ranks({"a": D(3), "b": D(1)}, polarity=Polarity.LOWER)
    assert (ranks["b"].place, ranks["a"].place) == (1, 2)


@pytest.mark.parametrize(
    ("earlier", "later", "zh"),
    [(5, 3, "较上月前移2位"), (3, 4, "较上月后移1位"), (3, 3, "与上月持平")],
)
def test_moves_of_a_rank_are_said_in_places(earlier: int, later: int, zh: str) -> None:
    assert rank_move_words(Rank(earlier, 10), Rank(later, 10)).zh == zh


@pytest.mark.parametrize(("place", "en"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st")])
def test_english_ranks_carry_their_ordinal(place: int, en: str) -> None:
    assert rank_words(Rank(place, 30)).en == f"{en} of 30 in the city"


def test_each_kind_of_rank_says_what_it_ranks() -> None:
    assert [kind.words.zh for kind in RankKind] == ["增速位次", "总量位次", "完成率位次"]
