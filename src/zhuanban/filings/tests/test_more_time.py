"""More time for a filing: asked with a reason before it is late, granted or declined, and how the rates count it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.filings import presenters, queries, services
from zhuanban.filings.models import Extension
from zhuanban.filings.presenters import year as years
from zhuanban.filings.tests.story import begin, compiled, filing, noon, signed
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import GroupMember, Notice
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db

WHY = "报表系统停机检修，数据25日才能取到。"


@pytest.fixture
def people() -> Cast:
    return begin()


def asked(people: Cast, until: date = date(2023, 7, 25), by: str = "commerce_clerk") -> Extension:
    return services.ask_extension(filing_id=filing().pk, by=people.viewers[by], version=filing().version, until=until, reason=WHY)


def answered(people: Cast, *, granted: bool = True, **how: Any) -> None:
    services.answer_extension(filing_id=filing().pk, by=people.office_head, version=filing().version, granted=granted, **how)


def refused(call: Any, **arguments: Any) -> list[str]:
    with pytest.raises(Refusal) as caught:
        call(**{"filing_id": filing().pk, "version": filing().version, **arguments})
    assert str(caught.value)
    return caught.value.codes


def told(people: Cast, name: str) -> list[str]:
    return list(Notice.objects.filter(user=people.users[name], kind="filing").order_by("id").values_list("text_zh", flat=True))


def punctuality(people: Cast) -> queries.UnitPunctuality:
    found = {unit.unit_zh: unit for unit in queries.punctuality(viewer=people.chief, year=2023)}
    return found["商务办"]


def test_what_is_granted_is_in_time_until_then_and_locked_as_much_later(people: Cast) -> None:
    asked(people)
    assert filing().dates.extended_to is None
    answered(people, answer="同意")
    found = filing()
    assert (found.due_on, found.extended_to, found.late_on, found.lock_on) == (
        date(2023, 7, 20), date(2023, 7, 25), date(2023, 7, 26), date(2023, 8, 2),
    )  # fmt: skip
    with clock.pinned(noon(7, 25)):
        frozen_late = signed(people).frozen.get().is_late
    assert (frozen_late, filing().first_signed_on) == (False, date(2023, 7, 25))


def test_the_rates_say_that_more_time_was_granted_and_leave_it_out_until_it_is_over(people: Cast) -> None:
    asked(people)
    answered(people)
    with clock.pinned(noon(7, 24)):
        waiting = punctuality(people)
        assert (waiting.decided, waiting.rate_pct, waiting.extended) == (0, None, 0)
        assert queries.overdue_filings(viewer=people.chief, on=date(2023, 7, 24))[0].unit_zh == "财政金融办"
    with clock.pinned(noon(7, 25)):
        signed(people)
        done = years.unit_year(punctuality(people))
    assert (done.on_time, done.extended, done.late, done.decided, done.rate_pct) == (1, 1, 0, 1, 100)
    assert "延期至2023-07-25" in done.marks[5].words
    row = next(row for row in queries.filings_of_month(viewer=people.chief, year=2023, month=6) if row.unit_zh == "商务办")
    assert presenters.standing_words(row) == "按时，延期至2023-07-25"


def test_after_the_granted_day_it_is_late_as_any_other(people: Cast) -> None:
    asked(people)
    answered(people)
    with clock.pinned(noon(7, 26)):
        assert punctuality(people).rate_pct == 0
        assert signed(people).frozen.get().is_late
    assert (punctuality(people).extended, punctuality(people).rate_pct) == (0, 0)


def test_the_office_may_give_another_day_and_a_decline_needs_a_reason_and_changes_no_date(people: Cast) -> None:
    asked(people)
    before = filing().dates
    assert refused(services.answer_extension, by=people.office_head, granted=False, answer=" ") == ["required"]
    answered(people, granted=False, answer="数据21日可先报快报")
    assert filing().dates == before
    asked(people)
    answered(people, until=date(2023, 7, 21))
    assert filing().extended_to == date(2023, 7, 21)
    assert [(each.state, each.granted_until) for each in queries.extensions_of(viewer=people.chief, filing_id=filing().pk)] == [
        ("granted", date(2023, 7, 21)), ("declined", None),
    ]  # fmt: skip


def test_asking_and_answering_tell_the_other_side_and_stand_in_the_record(people: Cast) -> None:
    entries = Entry.objects.count()
    asked(people)
    assert told(people, "office_head")[-1] == "商务办2023年6月月度报送：申请延期至7月25日，请答复"
    answered(people)
    assert told(people, "commerce_clerk")[-1] == told(people, "commerce_head")[-1] == "商务办2023年6月月度报送：同意延期至7月25日"
    assert Entry.objects.count() > entries + 3
    assert services.remind_units(on=date(2023, 7, 24)) == (1, 1)
    assert told(people, "commerce_clerk")[-1] == "商务办2023年6月月度报送将于7月25日到期，尚未签字"


def test_the_request_waits_on_the_office_s_workbench_until_it_is_answered(people: Cast) -> None:
    asked(people)
    waiting = list(presenters.todos(people.office_head))
    assert [(str(todo.verb), todo.note) for todo in waiting] == [("答复", "申请延期")]
    assert not list(presenters.todos(people.finance_clerk))[1:]
    answered(people)
    assert list(presenters.todos(people.office_head)) == []
    due = next(todo for todo in presenters.todos(people.commerce_clerk)).due_at
    assert due is not None
    assert clock.shanghai(due).date() == date(2023, 7, 25)


def test_it_is_asked_before_the_filing_is_late_once_at_a_time_and_for_a_later_day_that_is_near(people: Cast) -> None:
    ask = services.ask_extension
    clerk: dict[str, Any] = {"by": people.commerce_clerk, "reason": WHY}
    assert refused(ask, by=people.commerce_clerk, until=date(2023, 7, 20), reason=" ") == ["required", "filing_extension_not_later"]
    assert refused(ask, **clerk, until=date(2023, 8, 4)) == ["filing_extension_too_far"]
    assert refused(ask, by=people.finance_clerk, until=date(2023, 7, 25), reason=WHY) == ["filing_unknown"]
    with clock.pinned(noon(7, 21)):
        assert refused(ask, **clerk, until=date(2023, 7, 25)) == ["filing_extension_late"]
    assert refused(ask, **clerk, until=date(2023, 7, 25), version=99) == ["stale_version"]
    assert Extension.objects.count() == 0
    asked(people, date(2023, 8, 3))
    assert refused(ask, **clerk, until=date(2023, 7, 25)) == ["filing_extension_waits"]


def test_who_signs_meanwhile_needs_no_answer_any_more(people: Cast) -> None:
    asked(people)
    signed(people)
    assert Extension.objects.get().state == "lapsed"
    assert refused(services.answer_extension, by=people.office_head, granted=True) == ["filing_extension_gone"]
    assert refused(services.ask_extension, by=people.commerce_clerk, until=date(2023, 7, 25), reason=WHY) == ["filing_signed_already"]


def test_one_that_was_sent_back_or_is_optional_needs_no_more_time(people: Cast) -> None:
    found = signed(people)
    services.send_back_filing(filing_id=found.pk, by=people.office_head, version=found.version, reason="补充措施")
    ask: dict[str, Any] = {"until": date(2023, 7, 25), "reason": WHY}
    assert refused(services.ask_extension, by=people.commerce_clerk, **ask) == ["filing_extension_sent_back"]
    with work(BUILDER, "members"):
        GroupMember.objects.create(group=people.group5, unit=people.street, part="collaborating", valid_from=SINCE)
    services.owe_weekly_filings(on=date(2023, 7, 20))
    weekly = filing("street")
    assert refused(services.ask_extension, by=people.street_officer, filing_id=weekly.pk, version=1, **ask) == ["filing_extension_optional"]


def test_nobody_answers_his_own_request_and_no_unit_answers_at_all(people: Cast) -> None:
    asked(people)
    with work(BUILDER, "same person"):
        Extension.objects.update(asked_by=people.users["office_head"])
    assert refused(services.answer_extension, by=people.office_head, granted=True) == ["filing_extension_own"]
    assert refused(services.answer_extension, by=people.commerce_head, granted=True) == ["filing_not_yours"]


def test_a_calendar_announced_later_keeps_the_granted_day(people: Cast) -> None:
    asked(people)
    answered(people)
    with work(BUILDER, "provisional"):
        type(filing()).objects.filter(pk=filing().pk).update(dates_provisional=True)
    services.owe_filings(on=date(2023, 7, 21))
    found = filing()
    assert (found.dates_provisional, found.extended_to, found.late_on) == (False, date(2023, 7, 25), date(2023, 7, 26))


def as_user(people: Cast, name: str, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(people.users[name])
    client.cookies["zb_language"] = language
    return client


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["申请延期", "延期申请", "由专班办公室同意或不同意", "同意延期", "已同意", "2023-07-25及以前报送均为按时"]),
        ("en", ["Ask for more time", "More time", "granted or declined by the office", "Grant", "granted", "in time through 2023-07-25"]),
    ],
)
def test_the_page_asks_answers_and_tells_both_sides(people: Cast, language: str, words: list[str]) -> None:
    clerk, office = as_user(people, "commerce_clerk", language), as_user(people, "office_head", language)
    page = reverse("filings:filing", args=[filing().pk])
    assert [each for each in words[:3] if each not in clerk.get(page).content.decode()] == []
    ask, answer = (reverse(f"filings:{name}_extension", args=[filing().pk]) for name in ("ask", "answer"))
    bad = clerk.post(ask, {"zb_key": "form-key-ask-1", "version": filing().version, "until": "2023-07-20", "reason": WHY})
    assert bad.status_code == 422
    assert WHY in bad.content.decode()
    assert clerk.post(ask, {"zb_key": "form-key-ask-2", "version": filing().version, "until": "2023-07-25", "reason": WHY}).status_code == 302
    text = office.get(page).content.decode()
    assert [each for each in (WHY, words[3]) if each not in text] == []
    none = office.post(answer, {"zb_key": "form-key-ans-1", "version": filing().version, "verb": "decline", "answer": ""})
    assert (none.status_code, Extension.objects.get().state) == (422, "waiting")
    assert office.post(answer, {"zb_key": "form-key-ans-2", "version": filing().version, "verb": "grant", "until": "2023-07-25"}).status_code == 302
    assert [each for each in words[4:] if each not in clerk.get(page).content.decode()] == []
    assert as_user(people, "finance_clerk").post(ask, {"zb_key": "form-key-for-1", "version": 1}).status_code == 404
    assert as_user(people, "chief").post(answer, {"zb_key": "form-key-for-2", "version": 1}).status_code == 404


def test_a_double_click_asks_once(people: Cast) -> None:
    clerk = as_user(people, "commerce_clerk")
    ask = reverse("filings:ask_extension", args=[filing().pk])
    sent = {"zb_key": "form-key-double", "version": filing().version, "until": "2023-07-25", "reason": WHY}
    assert [clerk.post(ask, sent).status_code for _ in range(2)] == [302, 302]
    assert Extension.objects.count() == 1


def test_a_compiled_filing_says_that_it_has_more_time_and_the_others_say_nothing_of_it(people: Cast) -> None:
    compiled(people)
    assert "extended_to" not in (filing().compiled or {})
    asked(people)
    answered(people)
    services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=filing().version)
    assert (filing().compiled or {})["extended_to"] == "2023-07-25"
