"""What each rule fires at, where it is silent, and what it says."""

from datetime import date
from decimal import Decimal

import pytest

from zhuanban.alerts.queries import rules
from zhuanban.alerts.rules.rule import Deadline, OnPath, RuleFacts
from zhuanban.calc.polarity import Polarity


def said(key: str, facts: RuleFacts, **parameters: str) -> str | None:
    """The Chinese sentence of a rule's finding; None where it is silent."""
    finding = rules()[key].evaluate(facts, {name: Decimal(value) for name, value in parameters.items()})
    return finding.message.zh if finding else None


def growth(value: str, city: str | None = None, polarity: Polarity = Polarity.HIGHER, *before: tuple[str, str]) -> RuleFacts:
    return RuleFacts(
        Decimal(value), None if city is None else Decimal(city), polarity,
        before=tuple((Decimal(mine), Decimal(whole)) for mine, whole in before),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "polarity", "expected"),
    [
        ("-0.1", Polarity.HIGHER, "同比下降0.1%"),
        ("-12.34", Polarity.HIGHER, "同比下降12.3%"),
        ("-0.04", Polarity.HIGHER, None),
        ("0", Polarity.HIGHER, None),
        ("3", Polarity.HIGHER, None),
        ("-3", Polarity.LOWER, None),
    ],
)
def test_negative_growth_at_published_precision(value: str, polarity: Polarity, expected: str | None) -> None:
    assert said("negative_growth", growth(value, None, polarity)) == expected


@pytest.mark.parametrize(
    ("rank", "of", "expected"),
    [
        (9, 10, "位列全市10个地区第9位"),
        (10, 10, "位列全市10个地区第10位"),
        (8, 10, None),
        (4, 5, "位列全市5个地区第4位"),
        (4, 4, None),
    ],
)
def test_the_last_two_of_at_least_five_are_a_poor_rank(rank: int, of: int, expected: str | None) -> None:
    """Domain 4.4: last two only when at least five are ranked."""
    assert said("poor_rank", RuleFacts(rank=rank, rank_of=of)) == expected


def test_the_office_sets_how_many_last_places_count() -> None:
    facts = RuleFacts(rank=8, rank_of=10)
    assert said("poor_rank", facts, last_places="3") == "位列全市10个地区第8位"
    assert said("poor_rank", RuleFacts(rank=None, rank_of=10)) is None


@pytest.mark.parametrize(
    ("kind", "actual", "path", "target", "polarity", "expected"),
    [
        ("growth", "7.9", "8.0", "8.0", Polarity.HIGHER, "增速7.9%，目标8.0%，低于目标0.1个百分点"),
        ("growth", "8.0", "8.0", "8.0", Polarity.HIGHER, None),
        ("value", "12", "15", "40", Polarity.HIGHER, "完成12，序时应完成15，欠序时进度7.5个百分点"),
        ("value", "13", "15", "40", Polarity.HIGHER, None),
        ("value", "3", "2", "10", Polarity.LOWER, "完成3，序时应完成2，欠序时进度10.0个百分点"),
    ],
)
def test_behind_the_path_in_points_of_growth_or_in_share_of_the_years_target(
    kind: str, actual: str, path: str, target: str, polarity: Polarity, expected: str | None
) -> None:
    """Domain 4.3 and 4.4: 12 of path 15, year 40 is 7.5 % of the year behind; 13 is within the tolerated 5 %."""
    facts = RuleFacts(polarity=polarity, on_path=OnPath(kind, Decimal(actual), Decimal(path), Decimal(target)))
    assert said("behind_path", facts) == expected


def test_below_the_city_several_times_in_a_row() -> None:
    row = growth("5.0", "6.0", Polarity.HIGHER, ("4.0", "6.1"), ("5.5", "5.6"), ("9.0", "1.0"))
    assert said("consecutive_periods", row) == "连续3期低于全市平均水平（差距-0.1、-2.1、-1.0个百分点）"
    assert said("consecutive_periods", row, periods="4") is None
    assert said("consecutive_periods", growth("5.0", "6.0", Polarity.HIGHER, ("4.0", "6.1"))) is None
    assert said("consecutive_periods", growth("5.0", "6.0", Polarity.HIGHER, ("4.0", "6.1"), ("6.0", "6.0"))) is None
    assert said("consecutive_periods", growth("7.0", "6.0", Polarity.LOWER, ("7.0", "6.1"), ("6.5", "6.0"))) is not None


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("data_overdue", "数据应于2023-07-20前报送，尚未收到"),
        ("matter_overdue", "事项应于2023-07-20前办结，尚未办结"),
        ("filing_overdue", "报送应于2023-07-20前签发，尚未签发"),
    ],
)
def test_what_is_due_fires_on_the_day_after_and_after_its_grace(key: str, sentence: str) -> None:
    due = date(2023, 7, 20)
    assert said(key, RuleFacts(deadline=Deadline(due, due))) is None
    late = RuleFacts(deadline=Deadline(due, date(2023, 7, 21)))
    assert said(key, late) == sentence
    assert said(key, late, grace_days="1") is None
    assert said(key, RuleFacts()) is None


def test_every_rule_says_in_both_languages_what_it_is_who_acts_and_what_it_misses() -> None:
    for rule in rules().values():
        for words in (rule.name, rule.acts, rule.misses, *(name for _key, name in rule.reads), *(each.name for each in rule.shows)):
            assert words.zh
            assert words.en
        assert rule.clause
