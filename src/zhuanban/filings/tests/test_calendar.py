"""The calendar of filings, the marks of units by month and week, the rates over a year with their denominators."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.calc.working_days import NATIONAL
from zhuanban.filings import queries, services
from zhuanban.filings.models import Filing
from zhuanban.filings.presenters import year as years
from zhuanban.filings.tests.story import begin, filing, noon, signed
from zhuanban.kit import clock
from zhuanban.people.models import GroupMember
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    people = begin()
    with work(BUILDER, "member"):
        GroupMember.objects.create(group=people.group5, unit=people.street, part="collaborating", valid_from=SINCE)
    for monday in (3, 10, 17):
        services.owe_weekly_filings(on=date(2023, 7, monday))
    return people


def client(people: Cast, name: str, language: str = "zh-hans") -> Client:
    found = Client()
    found.force_login(people.users[name])
    found.cookies["zb_language"] = language
    return found


def test_a_rate_names_its_denominator_and_leaves_out_what_is_not_due(people: Cast) -> None:
    """January on time, February late, March missed, April overdue, May on time but sent back; June not due."""
    standing = {
        1: {"first_signed_on": date(2023, 2, 20), "state": "received"},
        2: {"first_signed_on": date(2023, 3, 22), "state": "received"},
        3: {},
        4: {"lock_on": date(2023, 8, 1)},
        5: {"first_signed_on": date(2023, 6, 20), "state": "sent_back"},
    }
    for month, values in standing.items():
        services.owe_filings(on=date(2023, month + 1, 1))
        with work(BUILDER, "story"):
            Filing.objects.filter(unit=people.commerce, month=month, week=0).update(**values)
    unit = next(each for each in queries.punctuality(viewer=people.chief, year=2023) if each.unit_zh == "商务办")
    row = years.unit_year(unit)
    assert (row.decided, row.on_time, row.late, row.overdue, row.missed, row.rate_pct) == (5, 2, 1, 1, 1, 40)
    assert row.marks_words == "● ▲ ■ △ ↩ ○ · · · · · ·"
    assert row.needs_attention


@pytest.mark.parametrize(("on_time", "decided", "expected"), [(8, 9, 89), (1, 8, 13), (0, 3, 0), (0, 0, None), (3, 3, 100)])
def test_a_rate_is_rounded_half_up(people: Cast, on_time: int, decided: int, expected: int | None) -> None:
    first = queries.punctuality(viewer=people.chief, year=2023)[0].filings[0]
    rows = tuple(
        queries.FilingRow(**{**first.__dict__, "timeliness": "on_time" if place < on_time else "late"})
        for place in range(decided)
    )
    assert queries.UnitPunctuality(1, "甲", "A", rows).rate_pct == expected


def test_units_are_those_within_reach(people: Cast) -> None:
    def units(name: str) -> list[str]:
        return [each.unit_zh for each in queries.punctuality(viewer=people.viewers[name], year=2023)]

    assert units("chief") == ["商务办", "财政金融办"]
    assert units("commerce_clerk") == ["商务办"]
    assert units("auditor") == units("street_officer") == []


def test_the_month_s_page_shows_what_is_due_and_what_is_locked_and_which_days_are_off(people: Cast) -> None:
    signed(people)
    since, until = years.grid_days(2023, 7)
    rows = queries.filings_between(viewer=people.chief, since=since, until=until)
    grid = years.weeks_of_grid(2023, 7, rows, NATIONAL)
    days = {day.day: day for week in grid for day in week}
    on_due_day = days[date(2023, 7, 20)].entries
    assert [(entry.label, entry.done, entry.kind) for entry in on_due_day] == [("月度报送", "1/2", "due")]
    assert [entry.done for entry in days[date(2023, 7, 21)].entries] == ["0/1"]
    assert [(entry.kind, entry.done) for entry in days[date(2023, 7, 28)].entries] == [("lock", "1")]
    assert (days[date(2023, 7, 22)].free, days[date(2023, 7, 22)].note, days[date(2023, 7, 21)].note) == (True, "休", "")
    assert [day.day for week in grid for day in week if day.today] == [date(2023, 7, 20)]


def test_every_state_has_a_mark_of_its_own(people: Cast) -> None:
    assert len(set(years.GLYPHS.values())) == len(years.GLYPHS)
    found = signed(people)
    assert years.mark_of(queries.filing_page(viewer=people.chief, filing_id=found.pk).row) == "signed"  # type: ignore[union-attr]
    services.receive_filing(filing_id=found.pk, by=people.office_head, version=found.version)
    rows = queries.filings_of_month(viewer=people.chief, year=2023, month=6)
    assert sorted(years.mark_of(row) for row in rows) == ["open", "received"]
    with clock.pinned(noon(7, 28)):
        rows = queries.filings_of_month(viewer=people.chief, year=2023, month=6)
        weekly = queries.weekly_filings_of_month(viewer=people.chief, year=2023, month=7)
        assert sorted(years.mark_of(row) for row in rows) == ["locked", "received"]
        assert {years.mark_of(row) for row in weekly} == {"skipped"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", ["2023年7月", "月度报送", "0/2", "周报送 第29周", "示例街道", "各单位周报送", "锁定2023年6月", "商务办"]),
        ("en", ["Monthly filing", "Weekly filing W29", "Sample Street Office", "locked from this day", "Commerce Office"]),
    ],
)
def test_the_calendar_page(people: Cast, language: str, expected: list[str], django_assert_max_num_queries: Any) -> None:
    reader = client(people, "chief", language)
    with django_assert_max_num_queries(16):
        text = reader.get(reverse("filings:calendar") + "?month=2023-07").content.decode()
    assert [words for words in expected if words not in text] == []


def test_the_calendar_narrows_to_a_group_and_answers_nonsense(people: Cast) -> None:
    chief = client(people, "chief")
    address = reverse("filings:calendar")
    text = chief.get(address, {"group": people.group3.pk}).content.decode()
    assert ("财政金融办" in text, "示例街道" in text) == (True, False)
    for nonsense in ({"month": "x"}, {"month": "2023-13"}, {"group": "x"}, {"group": "999999"}, {"month": "1999-01"}):
        assert chief.get(address, nonsense).status_code == 200


def test_the_calendar_goes_out_as_a_workbook_and_the_record_says_so(people: Cast) -> None:
    answer = client(people, "chief").get(reverse("filings:calendar") + "?month=2023-07&file=xlsx")
    assert answer["Content-Type"].endswith("sheet")
    assert Entry.objects.filter(op="export", pk_text="filing_calendar").count() == 1
    units = [years.unit_year(each) for each in queries.punctuality(viewer=people.chief, year=2023)]
    weeks = years.week_rows(queries.weekly_filings_of_month(viewer=people.chief, year=2023, month=7), 2023, 7)
    first, second = years.calendar_tables(units, weeks, year=2023, month=7, unit_of_report="x")
    assert [list(row)[:1] + list(row)[6:8] + list(row)[13:] for row in first.rows] == [
        ["商务办", "○", "", "0/0", 0, None], ["财政金融办", "○", "", "0/0", 0, None],
    ]  # fmt: skip
    assert [list(row) for row in second.rows] == [["示例街道", "商贸及文教卫组", "–", "–", "○", ""]]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "报送时效"), ("en", "Timeliness of filings")])
def test_the_page_of_rates_and_its_file(people: Cast, language: str, words: str) -> None:
    signed(people)
    chief = client(people, "chief", language)
    text = chief.get(reverse("filings:timeliness")).content.decode()
    assert words in text
    assert "1/1" in text
    assert chief.get(reverse("filings:timeliness") + "?file=xlsx")["Content-Type"].endswith("sheet")
    assert chief.get(reverse("filings:timeliness") + "?year=x&group=x").status_code == 200


def test_a_unit_sees_its_own_marks_only(people: Cast) -> None:
    text = client(people, "finance_clerk").get(reverse("filings:calendar")).content.decode()
    assert ("财政金融办" in text, "商务办" in text) == (True, False)
    assert filing("commerce").pk != filing("finance").pk
