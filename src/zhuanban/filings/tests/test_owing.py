"""Who owes what by when; sweeping again writes nothing."""

from datetime import date

import pytest
from django.db import connection

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.filings import queries, services
from zhuanban.filings.models import Filing
from zhuanban.filings.tests.story import noon
from zhuanban.kit import clock
from zhuanban.people.models import GroupMember, WorkGroup
from zhuanban.people.tests.cast import BUILDER, Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_every_responsible_unit_owes_last_months_filing_with_its_dates(people: Cast) -> None:
    assert services.owe_filings(on=date(2023, 5, 1)) == 2
    found = Filing.objects.get(unit=people.commerce)
    assert (found.group, found.cadence, found.covered.key, found.state) == (
        people.group5, "monthly_filing", "2023-04", "due",
    )  # fmt: skip
    dates = (found.due_nominal_on, found.due_on, found.late_on, found.lock_on)
    assert dates == (date(2023, 5, 20), date(2023, 5, 22), date(2023, 5, 23), date(2023, 5, 30))
    assert found.dates_provisional is False


def test_sweeping_again_writes_nothing(people: Cast) -> None:
    services.owe_filings(on=date(2023, 7, 1))
    before = Entry.objects.count()
    assert services.owe_filings(on=date(2023, 7, 31)) == 0
    assert services.owe_filings_now() == "created 0"
    assert Entry.objects.count() == before


def test_december_is_owed_in_january_and_belongs_to_the_old_plan_year(people: Cast) -> None:
    services.owe_filings(on=date(2024, 1, 2))
    found = Filing.objects.get(unit=people.commerce)
    assert (found.year, found.month, found.due_on) == (2023, 12, date(2024, 1, 22))


def test_a_unit_that_joined_a_group_owes_from_then_on_and_an_inactive_group_owes_nothing(people: Cast) -> None:
    with work(BUILDER, "members"):
        WorkGroup.objects.filter(pk=people.group3.pk).update(active=False)
        GroupMember.objects.create(
            group=people.group5, unit=people.finance, part="responsible", valid_from=date(2023, 7, 1)
        )
        GroupMember.objects.create(
            group=people.group5, unit=people.street, part="collaborating", valid_from=date(2023, 1, 1)
        )
    assert services.owe_filings(on=date(2023, 6, 30)) == 1
    assert services.owe_filings(on=date(2023, 7, 1)) == 2
    assert sorted(Filing.objects.filter(month=6).values_list("unit__code", flat=True)) == ["commerce", "finance"]


def test_provisional_dates_become_final_when_the_calendar_is_announced_and_only_for_open_filings(people: Cast) -> None:
    unknown = WorkingCalendar(known_until=2022)
    services.owe_filings(on=date(2023, 10, 1), calendar=unknown)
    assert set(Filing.objects.values_list("due_on", "dates_provisional")) == {(date(2023, 10, 20), True)}
    with work(BUILDER, "one is signed"):
        Filing.objects.filter(unit=people.finance).update(state="signed")
    services.owe_filings(on=date(2023, 10, 2))
    assert Filing.objects.get(unit=people.commerce).dates_provisional is False
    assert Filing.objects.get(unit=people.finance).dates_provisional is True


def test_a_list_says_not_due_overdue_and_missed_by_the_morning(people: Cast) -> None:
    services.owe_filings(on=date(2023, 7, 1))

    def standing(month: int, day: int) -> str:
        with clock.pinned(noon(month, day)):
            rows = queries.filings_of_month(viewer=people.commerce_clerk, year=2023, month=6)
        return rows[0].timeliness

    assert [standing(7, 20), standing(7, 21), standing(7, 27), standing(7, 28)] == [
        "not_due", "overdue", "overdue", "missed",
    ]  # fmt: skip


def test_a_viewer_sees_the_filings_within_reach(people: Cast) -> None:
    services.owe_filings(on=date(2023, 7, 1))

    def units(name: str) -> list[str]:
        rows = queries.filings_of_month(viewer=people.viewers[name], year=2023, month=6)
        return [row.unit_zh for row in rows]

    assert units("chief") == units("office_head") == ["财政金融办", "商务办"]
    assert units("commerce_clerk") == units("leader5") == ["商务办"]
    assert units("auditor") == []


def test_the_database_itself_refuses_a_second_filing_for_the_same_month(people: Cast) -> None:
    constraints = connection.introspection.get_constraints(connection.cursor(), "filings_filing")
    assert constraints["filings_filing_once"]["unique"] is True
