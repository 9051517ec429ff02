"""Reminders before the due day and when overdue, once each; what other rooms learn of overdue filings."""

from datetime import date
from typing import Any

import pytest

from zhuanban.filings import queries, services
from zhuanban.filings.tests.story import begin, filing, noon, signed
from zhuanban.kit import clock, events
from zhuanban.people.models import GroupMember, Notice
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return begin()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    monkeypatch.setitem(events._handlers, "filings.overdue", [found.append])
    return found


def told(people: Cast, name: str) -> list[str]:
    return list(Notice.objects.filter(user=people.users[name], kind="filing").order_by("id").values_list("text_zh", flat=True))


def test_a_unit_is_reminded_two_working_days_before_and_once_only(people: Cast) -> None:
    assert services.remind_units(on=date(2023, 7, 17)) == (0, 0)
    assert services.remind_units(on=date(2023, 7, 18)) == (2, 0)
    assert told(people, "commerce_clerk") == ["商务办2023年6月月度报送将于7月20日到期，尚未签字"]
    assert (len(told(people, "commerce_head")), told(people, "office_head")) == (1, [])
    before = Entry.objects.count()
    assert services.remind_units(on=date(2023, 7, 18)) == (0, 0)
    assert Entry.objects.count() == before


def test_an_overdue_filing_is_said_once_to_the_unit_and_to_other_rooms(people: Cast, heard: list[dict[str, Any]]) -> None:
    signed(people)
    assert services.remind_units(on=date(2023, 7, 21)) == (0, 1)
    assert services.remind_units(on=date(2023, 7, 22)) == (0, 0)
    events.drain()
    owed = filing("finance")
    assert heard == [
        {"filing": owed.pk, "cadence": "monthly_filing", "group": owed.group_id, "unit": owed.unit_id,
         "year": 2023, "month": 6, "week": 0, "late_on": "2023-07-21"}
    ]  # fmt: skip
    assert "已逾期未报，7月28日起锁定" in told(people, "finance_head")[-1]
    assert not [text for text in told(people, "commerce_head") if "逾期" in text]


def test_what_is_locked_already_is_said_to_other_rooms_and_reminds_nobody(people: Cast, heard: list[dict[str, Any]]) -> None:
    assert services.remind_units(on=date(2023, 7, 28)) == (0, 2)
    events.drain()
    assert len(heard) == 2
    assert told(people, "commerce_head") == []


def test_overdue_filings_by_day_and_reach(people: Cast) -> None:
    def units(name: str, day: int) -> list[str]:
        rows = queries.overdue_filings(viewer=people.viewers[name], on=date(2023, 7, day))
        return [row.unit_zh for row in rows]

    assert units("chief", 20) == []
    assert units("chief", 21) == ["财政金融办", "商务办"]
    assert units("commerce_clerk", 31) == ["商务办"]
    assert units("auditor", 31) == []
    signed(people)
    assert units("chief", 31) == ["财政金融办"]


def test_a_filing_sent_back_is_not_overdue_and_weekly_ones_never_are(people: Cast, heard: list[dict[str, Any]]) -> None:
    with work(BUILDER, "members"):
        GroupMember.objects.create(group=people.group5, unit=people.street, part="collaborating", valid_from=SINCE)
    services.owe_weekly_filings(on=date(2023, 7, 10))
    found = signed(people)
    services.send_back_filing(filing_id=found.pk, by=people.office_head, version=found.version, reason="补充措施")
    with clock.pinned(noon(7, 26)):
        assert services.remind_units_now() == "reminded 0, overdue 1"
    events.drain()
    assert [each["unit"] for each in heard] == [people.finance.pk]
    assert told(people, "street_officer") == []
