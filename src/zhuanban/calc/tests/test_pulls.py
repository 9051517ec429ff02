"""Worked example I-12 on pulls and contribution rates."""

from decimal import Decimal

from zhuanban.calc.pulls import contribution_pct, increment, pulls_from_levels, pulls_from_shares
from zhuanban.calc.rounding import half_up

D = Decimal
GUANGDONG_2009 = {
    "primary": (D("2006.02"), D("4.9")),
    "secondary": (D("19270.48"), D("8.7")),
    "tertiary": (D("17805.09"), D("11.0")),
}
WHOLE = (D("39081.59"), D("9.5"))


def test_I_12_contributions_of_published_figures_are_not_forced_to_one_hundred() -> None:
    pulls = pulls_from_levels(WHOLE, GUANGDONG_2009)
    assert half_up(increment(*WHOLE), 2) == D("3390.64")
    assert [half_up(pull.increment or D(0), 2) for pull in pulls.values()] == [D("93.70"), D("1542.35"), D("1764.47")]
    rates = [pull.contribution_pct or D(0) for pull in pulls.values()]
    assert [half_up(rate, 2) for rate in rates] == [D("2.76"), D("45.49"), D("52.04")]
    assert half_up(sum(rates, D(0)), 2) == D("100.29")


def test_I_12_pulls_from_base_shares_add_up_to_the_growth_of_the_whole() -> None:
    shares = {"a": (D(60), D(5)), "b": (D(10), D(-10)), "c": (D(30), D(6))}
    pulls = pulls_from_shares(shares)
    assert [pull.pull_pp for pull in pulls.values()] == [D(3), D(-1), D("1.8")]
    assert sum((pull.pull_pp for pull in pulls.values()), D(0)) == D("3.8")
    assert [half_up(pull.contribution_pct or D(0)) for pull in pulls.values()] == [D("78.9"), D("-26.3"), D("47.4")]


def test_contribution_rates_rest_when_the_whole_hardly_grows_or_falls() -> None:
    assert contribution_pct(D(3), D("0.4")) is None
    assert contribution_pct(D(3), D("-2.0")) is None
    assert pulls_from_shares({"a": (D(50), D(4)), "b": (D(50), D(-5))})["a"].contribution_pct is None
    assert pulls_from_levels((D(95), D(-5)), {"a": (D(50), D(4))})["a"].contribution_pct is None
