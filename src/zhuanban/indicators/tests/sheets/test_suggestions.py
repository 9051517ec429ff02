"""Nearest names for unknown ones: how often they are searched for, and with how long a name."""

import difflib
from typing import Any

import pytest

from zhuanban.indicators.sheets import suggestions
from zhuanban.indicators.sheets.reading import MAX_PROBLEMS, filled_rows
from zhuanban.indicators.sheets.suggestions import MOST_NAMES
from zhuanban.indicators.tests.sheets.tables import read, sheet

HEAD = "示例高新区2023年1—6月\n指标|单位|累计|增速\n"


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name that a search was made for."""
    names: list[str] = []
    search = difflib.get_close_matches

    def noted(word: str, *given: Any, **more: Any) -> list[str]:
        names.append(word)
        return search(word, *given, **more)

    monkeypatch.setattr(suggestions.difflib, "get_close_matches", noted)
    return names


def test_one_name_is_searched_for_once_however_it_is_spaced(searched: list[str]) -> None:
    reading = read(HEAD + "\n".join(["固定资产投资额完成|亿元|1|2", "固定资产 投资额完成|亿元|1|2"] * 300))
    assert searched == ["固定资产投资额完成"]
    assert all("固定资产投资" in p.facts["nearest"] for p in reading.errors)


def test_after_so_many_unknown_names_none_is_searched_for_any_more(searched: list[str]) -> None:
    reading = read(HEAD + "\n".join(f"不存在的指标{n}号|亿元|1|2" for n in range(2 * MAX_PROBLEMS)))
    assert len(searched) == MOST_NAMES
    assert len(reading.errors) == MAX_PROBLEMS
    assert {p.facts["nearest"] for p in reading.errors[MOST_NAMES:]} == {"–"}


def test_places_and_indicators_share_the_searches_of_a_file(searched: list[str]) -> None:
    rows = "\n".join(f"不存在{n}号|第{n}个地方|1|2\n固投|另{n}个地方|1|2" for n in range(MOST_NAMES))
    read("2023年1—6月\n指标|地区|累计|增速\n" + rows)
    assert len(searched) == MOST_NAMES


def test_a_long_name_is_searched_for_by_its_beginning(searched: list[str]) -> None:
    read(HEAD + "固定资产投资" + "很长" * 5000 + "|亿元|1|2")
    assert [len(name) for name in searched] == [60]


def test_blank_rows_do_not_count() -> None:
    assert filled_rows([sheet([["a"], [None, ""], [], [None, 1]]), sheet([["b"]])]) == 3
