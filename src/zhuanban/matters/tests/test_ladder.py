"""The ladder by itself: when a matter climbs, what it never does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuanban.calc.working_days import after_working_days
from zhuanban.matters.drawer import ledgers
from zhuanban.matters.ledgers.ladder import (
    UNIT_ONLY,
    Addressee,
    Ladder,
    Level,
    Stand,
    climbed,
    climbs_on,
    compared,
    ladder_faults,
    reached,
    runs_out_before,
)
from zhuanban.matters.ledgers.problem import LADDER

DUE = date(2023, 9, 28)
"""A Thursday; the National Day holiday runs from the 29th to 6 October, the 7th and 8th are worked."""


def test_the_default_way_up_over_the_national_day() -> None:
    stand, days = Stand(DUE), []
    for day in (DUE + timedelta(days=at) for at in range(60)):
        after = reached(LADDER, stand, today=day, day=day)
        if after != stand:
            days.append((day.isoformat(), after.level, after.level_due_on and after.level_due_on.isoformat()))
        stand = after
    assert days == [
        ("2023-10-09", 2, "2023-10-12"),
        ("2023-10-13", 3, "2023-10-20"),
        ("2023-10-23", 4, "2023-10-30"),
    ]
    assert stand.due_on == DUE


def test_i_44_reported_up_before_it_is_due_the_first_clock_stays() -> None:
    stand = climbed(Stand(date(2023, 10, 12)), LADDER.level(2), date(2023, 10, 11))
    assert (stand.due_on, stand.level_due_on) == (date(2023, 10, 12), date(2023, 10, 16))
    assert climbs_on(LADDER, stand) == date(2023, 10, 17)


def test_a_level_whose_day_lies_before_the_units_own_does_not_pass_it_on_before_that_one() -> None:
    stand = climbed(Stand(date(2023, 12, 29)), LADDER.level(2), date(2023, 10, 11))
    assert climbs_on(LADDER, stand) == date(2024, 1, 2)


def test_looking_late_passes_no_level_over() -> None:
    stand = reached(LADDER, Stand(DUE), today=date(2023, 12, 1), day=date(2023, 12, 1))
    assert (stand.level, stand.level_due_on) == (2, date(2023, 12, 6))


def test_a_level_that_waits_to_be_asked_is_not_climbed_over() -> None:
    waits = LADDER.with_days({"l3_overdue": 0})
    stand = reached(waits, Stand(DUE), today=DUE, day=date(2023, 12, 29))
    assert stand.level == 2
    assert climbs_on(waits, stand) is None


def test_the_top_is_the_end() -> None:
    assert climbs_on(LADDER, Stand(DUE, 4, DUE)) is None
    assert climbs_on(UNIT_ONLY, Stand(DUE)) is None


def test_what_would_be_otherwise_is_said_for_the_day_of_the_change() -> None:
    quick, slow = LADDER.with_days({"l2_overdue": 1}), LADDER.with_days({"l2_overdue": 9})
    day = date(2023, 10, 8)
    assert [each.level for each in compared(LADDER, quick, Stand(DUE), today=day, since=day)] == [1, 2]
    ahead = date(2023, 10, 9)
    assert [each.level for each in compared(LADDER, slow, Stand(DUE), today=day, since=ahead)] == [2, 1]
    # What it has reached until then it keeps.
    later = date(2023, 10, 10)
    assert [each.level for each in compared(LADDER, slow, Stand(DUE), today=day, since=later)] == [2, 2]


@pytest.mark.parametrize(
    ("levels", "fault"),
    [
        ((), "without gaps"),
        ((Level(2, "", "", (Addressee.CHIEF,), answer_days=1),), "without gaps"),
        ((Level(1, "", "", ()), Level(3, "", "", (Addressee.CHIEF,), answer_days=1)), "without gaps"),
        ((Level(1, "", "", ()), Level(2, "", "", (), answer_days=1)), "addresses nobody"),
        ((Level(1, "", "", ()), Level(2, "", "", (Addressee.CHIEF,))), "no days to answer in"),
    ],
)
def test_a_ladder_that_contradicts_itself_says_so(levels: tuple[Level, ...], fault: str) -> None:
    assert any(fault in each for each in ladder_faults(Ladder(levels)))


def test_the_ladders_of_all_ledgers_are_sound() -> None:
    assert [fault for ledger in ledgers().values() for fault in ladder_faults(ledger.ladder)] == []


DAYS = st.dates(date(2023, 1, 1), date(2026, 6, 1))
TERMS = st.fixed_dictionaries({key: st.integers(1 if key.endswith("answer") else 0, 12) for key in LADDER.days})


@given(
    due=DAYS,
    start=st.integers(-10, 40),
    looks=st.lists(st.tuples(st.integers(0, 15), TERMS, st.booleans()), min_size=1, max_size=12),
)
def test_nobody_comes_down_and_the_first_day_stays_whatever_the_office_changes(
    due: date, start: int, looks: list[tuple[int, dict[str, int], bool]]
) -> None:
    stand, today = Stand(due), due + timedelta(days=start)
    for pause, terms, by_hand in looks:
        today += timedelta(days=pause)
        ladder = LADDER.with_days(terms)
        above = ladder.above(stand.level)
        after = climbed(stand, above, today) if by_hand and above else reached(ladder, stand, today=today, day=today)
        assert stand.level <= after.level <= stand.level + 1, "one level at a time, and never down"
        assert after.due_on == due
        if after.level > stand.level:
            assert after.level_due_on is not None
            assert after.level_due_on > today
            assert by_hand or today > stand.runs_out_on, "by itself only after the level's day and the unit's own"
        else:
            assert after == stand, "a day once given is not moved"
        stand = after


@given(day=DAYS, today=DAYS, days=st.integers(1, 30))
def test_the_latest_day_that_has_run_out_is_the_latest(day: date, today: date, days: int) -> None:
    last = runs_out_before(days, today)
    assert after_working_days(last, days).on <= today
    assert after_working_days(last + timedelta(days=1), days).on > today
    assert (after_working_days(day, days).on <= today) == (day <= last)
