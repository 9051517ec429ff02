"""The office reminds the units it picks: once a day each, told once however many filings, with a trace."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.filings import queries, services
from zhuanban.filings.models import Filing, UnitReminder
from zhuanban.filings.tests.story import begin, filing, noon, signed
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import GroupMember, Notice
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return begin()


def all_filings() -> list[int]:
    return list(Filing.objects.values_list("pk", flat=True))


def remind(people: Cast, *ids: int) -> services.Reminded:
    return services.remind_by_hand(filing_ids=ids or all_filings(), by=people.office_head)


def told(people: Cast, name: str) -> list[str]:
    return list(Notice.objects.filter(user=people.users[name], kind="filing").order_by("id").values_list("text_zh", flat=True))


def test_the_posts_of_the_picked_units_are_told_and_the_trace_says_who_reminded_when(people: Cast) -> None:
    done = remind(people, filing().pk)
    assert [unit.name for unit in done.units] == ["商务办"]
    words = "专班办公室催报：商务办2023年6月月度报送尚未签字，应于7月20日前报送"
    assert told(people, "commerce_clerk") == told(people, "commerce_head") == [words]
    assert told(people, "finance_clerk") == []
    found = queries.reminders_of(viewer=people.commerce_clerk, filing_id=filing().pk)
    assert [(each.at, each.by_post) for each in found] == [(noon(7, 20), people.office_head.signature)]
    assert queries.reminders_of(viewer=people.finance_clerk, filing_id=filing().pk) == ()


def test_not_more_than_once_a_day_whoever_reminds_and_again_the_next_day(people: Cast) -> None:
    remind(people, filing().pk)
    before = Entry.objects.count()
    again = remind(people)
    assert ([unit.name for unit in again.units], [unit.name for unit in again.told_today]) == (["财政金融办"], ["商务办"])
    assert (len(told(people, "commerce_clerk")), Entry.objects.count() > before) == (1, True)
    count = Entry.objects.count()
    assert remind(people).units == ()
    assert Entry.objects.count() == count
    with clock.pinned(noon(7, 21)):
        assert len(remind(people).units) == 2
    assert len(told(people, "commerce_clerk")) == 2


def test_a_unit_with_several_filings_is_told_in_one_notice(people: Cast) -> None:
    with work(BUILDER, "members"):
        GroupMember.objects.create(group=people.group3, unit=people.commerce, part="responsible", valid_from=SINCE)
    services.owe_filings(on=date(2023, 7, 2))
    done = remind(people)
    assert len(done.units) == 2
    assert UnitReminder.objects.filter(unit=people.commerce).count() == 2
    (words,) = told(people, "commerce_head")
    assert people.group3.name_zh in words
    assert people.group5.name_zh in words


def test_what_is_signed_or_locked_needs_no_reminder(people: Cast) -> None:
    signed(people)
    done = remind(people)
    assert ([unit.name for unit in done.units], done.needless) == (["财政金融办"], 1)
    with clock.pinned(noon(7, 28)):
        late = remind(people)
    assert (late.units, late.needless) == ((), 2)


def test_only_the_office_reminds(people: Cast) -> None:
    for name in ("commerce_head", "chief", "auditor"):
        with pytest.raises(Refusal) as caught:
            services.remind_by_hand(filing_ids=[filing().pk], by=people.viewers[name])
        assert caught.value.codes == ["filing_unknown"]
    assert UnitReminder.objects.count() == 0


def as_user(people: Cast, name: str, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(people.users[name])
    client.cookies["zb_language"] = language
    return client


def _post(client: Client, key: str, *ids: int) -> Any:
    return client.post(reverse("filings:remind"), {"zb_key": f"form-key-{key}", "verb": "remind", "marked": [f"{pk}.1" for pk in ids]}, follow=True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["每个单位每天最多催报一次", "已催报1个单位", "今天已催报过，不再重复发送：商务办", "今日已催"]),
        ("en", ["Each unit is told once a day at most.", "1 unit is reminded.", "Reminded today already, so not told again", "reminded today"]),
    ],
)
def test_the_list_reminds_marked_units_after_one_confirmation(people: Cast, language: str, words: list[str]) -> None:
    office = as_user(people, "office_head", language)
    address = reverse("filings:list") + "?month=2023-06"
    assert words[0] in office.get(address).content.decode()
    assert words[1] in _post(office, "one", filing().pk).content.decode()
    assert words[2] in _post(office, "two", filing().pk, filing("finance").pk).content.decode()
    text = office.get(address).content.decode()
    assert words[3] in text
    assert 'name="marked"' not in text
    assert _post(as_user(people, "commerce_head"), "three", filing().pk).status_code == 404
    assert 'name="marked"' not in as_user(people, "chief").get(address).content.decode()


@pytest.mark.parametrize(("name", "way"), [("commerce_clerk", "/filings/calendar/"), ("commerce_head", "/filings/calendar/"), ("street_officer", "/filings/calendar/")])
def test_the_bare_address_opens_the_calendar_for_those_who_hold_filings(people: Cast, name: str, way: str) -> None:
    client = as_user(people, name)
    opened = client.get("/filings/")
    assert (opened.status_code, opened["Location"]) == (302, way)
    page = client.get(way)
    assert page.context["month_value"] == "2023-07"
    tabs = {tab["url"] for tab in page.context["tabs"]}
    assert "/filings/?month=2023-06" in tabs
    assert client.get("/filings/?month=2023-06").status_code == 200


def test_what_is_chosen_goes_along_from_page_to_page(people: Cast) -> None:
    office = as_user(people, "office_head")
    assert office.get("/filings/").status_code == 200
    group = people.group5.pk
    tabs = {tab["url"] for tab in office.get(f"/filings/calendar/?month=2023-05&group={group}").context["tabs"]}
    assert {"/filings/?month=2023-04", f"/filings/calendar/?month=2023-05&group={group}", f"/filings/timeliness/?group={group}"} <= tabs
