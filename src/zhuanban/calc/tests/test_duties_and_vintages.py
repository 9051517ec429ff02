"""Worked examples on who answered then, and what was known then."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhuanban.calc.duties import Held, Holding, below_minimum, credited, holder_on
from zhuanban.calc.errors import OverlappingHolders
from zhuanban.calc.growth import growth_pct
from zhuanban.calc.periods import Period
from zhuanban.calc.vintages import Vintage, as_known

D = Decimal
AUGUST, SEPTEMBER = Period.month(2023, 8), Period.month(2023, 9)
HOLDINGS = [
    Holding("group-5", "X", date(2023, 1, 1), date(2023, 8, 31)),
    Holding("group-6", "X", date(2023, 1, 1), date(2023, 8, 31)),
    Holding("group-5", "Y", date(2023, 9, 1)),
    Holding("group-6", "Y", date(2023, 9, 1)),
]


def test_I_06_a_report_of_april_still_shows_what_was_known_in_april() -> None:
    base = [
        Vintage(D("100.0"), datetime(2023, 1, 20, tzinfo=UTC)),
        Vintage(D("95.0"), datetime(2023, 5, 20, tzinfo=UTC)),
    ]
    value = D("104.5")
    april, june = datetime(2023, 4, 28, tzinfo=UTC), datetime(2023, 6, 28, tzinfo=UTC)
    assert growth_pct(value, as_known(base, april)) == D("4.5")
    assert growth_pct(value, as_known(base, june)) == growth_pct(value, as_known(base, None)) == D("10.0")
    assert as_known(base, datetime(2023, 1, 1, tzinfo=UTC)) is None


def test_of_two_versions_known_at_once_the_later_given_counts() -> None:
    at = datetime(2023, 5, 20, tzinfo=UTC)
    assert as_known([Vintage("first", at), Vintage("second", at)], at) == "second"
    older_given_last = [Vintage("new", at), Vintage("old", datetime(2023, 4, 20, tzinfo=UTC))]
    assert as_known(older_given_last, None) == "new"


def test_I_42_a_paper_keeps_the_holder_of_its_day() -> None:
    assert holder_on(HOLDINGS, "group-5", date(2023, 8, 30)) == "X"
    assert holder_on(HOLDINGS, "group-5", date(2023, 9, 1)) == "Y"
    assert holder_on(HOLDINGS, "group-8", date(2023, 9, 1)) is None


def test_I_42_a_meeting_credits_the_leader_of_its_day_for_each_recorded_group() -> None:
    events = [
        Held(date(2023, 8, 10), frozenset({"group-5", "group-6"})),
        Held(date(2023, 9, 5), frozenset({"group-5"})),
    ]
    assert credited(events, HOLDINGS, AUGUST) == {("group-5", "X"): 1, ("group-6", "X"): 1}
    assert credited(events, HOLDINGS, SEPTEMBER) == {("group-5", "Y"): 1}
    assert below_minimum(events, ["group-5", "group-6"], AUGUST) == ()
    assert below_minimum(events, ["group-5", "group-6"], SEPTEMBER) == ("group-6",)


def test_two_holders_of_one_duty_on_one_day_are_refused() -> None:
    twice = [*HOLDINGS, Holding("group-5", "Z", date(2023, 8, 31))]
    with pytest.raises(OverlappingHolders) as refused:
        holder_on(twice, "group-5", date(2023, 8, 31))
    assert refused.value.facts["holders"] == ("X", "Z")
