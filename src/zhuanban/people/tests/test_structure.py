"""Ties between groups, units and posts: from a day until a day, twice is once."""

from datetime import date

import pytest

from zhuanban.people import services
from zhuanban.people.access import system_viewer
from zhuanban.people.models import GroupMember, Unit
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db
BY = system_viewer()
SPRING, SUMMER = date(2023, 4, 4), date(2023, 7, 1)


@pytest.fixture
def commerce() -> None:
    names = {"name_zh": "商贸组", "name_en": "Commerce"}
    services.define_group(code="COMMERCE", by=BY, **names)
    services.define_unit(code="commerce", by=BY, kind="department", parent=None, name_zh="商务办", name_en="Commerce office")


def responsible(since: date) -> bool:
    made = services.define_member(
        group="COMMERCE", unit="commerce", part="responsible", on_call=False, since=since, by=BY
    )
    return not made.is_unchanged


def ended(on: date) -> bool:
    return services.end_member(group="COMMERCE", unit="commerce", part="responsible", on=on, by=BY)


def spans() -> list[tuple[date, date | None]]:
    return list(GroupMember.objects.order_by("valid_from").values_list("valid_from", "valid_until"))


@pytest.mark.usefixtures("commerce")
def test_a_unit_that_is_a_member_already_is_left_alone():
    assert responsible(SPRING) is True
    entries = Entry.objects.count()
    assert responsible(SUMMER) is False
    assert spans() == [(SPRING, None)]
    assert Entry.objects.count() == entries


@pytest.mark.usefixtures("commerce")
def test_a_membership_ends_once_and_a_later_one_is_a_second_span():
    responsible(SPRING)
    assert (ended(SUMMER), ended(SUMMER)) == (True, False)
    responsible(date(2023, 9, 1))
    assert spans() == [(SPRING, SUMMER), (date(2023, 9, 1), None)]


@pytest.mark.usefixtures("commerce")
def test_a_membership_ended_on_its_first_day_lasts_that_day_and_can_be_taken_up_again():
    responsible(SPRING)
    ended(SPRING)
    assert spans() == [(SPRING, date(2023, 4, 5))]
    responsible(SPRING)
    assert spans() == [(SPRING, None)]


@pytest.mark.usefixtures("commerce")
def test_only_the_named_fields_of_a_unit_change():
    defined = services.define_unit(code="commerce", by=BY, clause="四(五)")
    assert (defined.is_new, defined.changed) == (False, ("clause",))
    unit = Unit.objects.get(code="commerce")
    assert (unit.name_zh, unit.clause) == ("商务办", "四(五)")
    assert unit.version == 2
    assert services.define_unit(code="commerce", by=BY, clause="四(五)").is_unchanged
    assert Unit.objects.get(code="commerce").version == 2
