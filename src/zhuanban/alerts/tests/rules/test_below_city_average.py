"""The case file of the rule, and what its finding says."""

from decimal import Decimal
from pathlib import Path

import pytest

from zhuanban.alerts.rules.below_city_average import RULE
from zhuanban.alerts.rules.rule import RuleFacts
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.rounding import half_up

CASES = [
    [cell.strip() for cell in line.split("|")]
    for line in (Path(__file__).parent / "below_city_average.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def figure(text: str) -> Decimal | None:
    return None if text == "?" else Decimal(text)


@pytest.mark.parametrize(("title", "zone", "city", "better", "gap", "expected"), CASES, ids=[row[0] for row in CASES])
def test_case(title: str, zone: str, city: str, better: str, gap: str, expected: str) -> None:
    facts = RuleFacts(figure(zone), figure(city), Polarity(better))
    finding = RULE.evaluate(facts)
    outcome = "alert" if finding else "rests" if RULE.rests(facts) else "quiet"
    assert outcome == expected
    if gap != "?":
        assert half_up(Decimal(zone)) - half_up(Decimal(city)) == Decimal(gap)
    if finding:
        assert finding.facts["gap_pp"] == gap


def test_the_finding_keeps_the_figures_as_printed_and_says_them_in_both_languages() -> None:
    finding = RULE.evaluate(RuleFacts(Decimal("5.23"), Decimal("6.0")))
    assert finding is not None
    assert finding.facts == {"growth_pct": "5.2", "city_growth_pct": "6.0", "gap_pp": "-0.8", "polarity": "higher"}
    assert finding.message.zh == "增速5.2%，全市6.0%，低于全市平均水平0.8个百分点"
    assert finding.message.en == "growth 5.2%, city 6.0%: 0.8 pp below the city average"


def test_a_negative_growth_is_written_with_a_true_minus() -> None:
    finding = RULE.evaluate(RuleFacts(Decimal("-5.0"), Decimal("-3.0")))
    assert finding is not None
    assert finding.message.zh == "增速−5.0%，全市−3.0%，低于全市平均水平2.0个百分点"


def test_where_lower_is_better_the_sentence_says_so() -> None:
    finding = RULE.evaluate(RuleFacts(Decimal("3.0"), Decimal("2.0"), Polarity.LOWER))
    assert finding is not None
    assert finding.message.zh == "增速3.0%，全市2.0%，高于全市1.0个百分点（该指标以低为好）"


def test_a_tolerance_lets_a_small_gap_pass_and_a_larger_one_not() -> None:
    tolerant = {"tolerance_pp": Decimal("0.5")}
    assert RULE.evaluate(RuleFacts(Decimal("5.5"), Decimal("6.0")), tolerant) is None
    assert RULE.evaluate(RuleFacts(Decimal("5.4"), Decimal("6.0")), tolerant) is not None


def test_every_parameter_names_its_authority_and_the_plan_its_clause() -> None:
    assert [(p.key, p.authority, p.clause) for p in RULE.parameters] == [
        ("tolerance_pp", "plan", "五(三)"),
        ("growth_places", "product_default", ""),
        ("explain_within_working_days", "product_default", ""),
    ]
