"""Weekly filings: who may file with whom by which Friday, in one step or in four, and what they are not counted as."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.calc.due_days import Week
from zhuanban.filings import presenters, queries, services
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.tests.story import begin, noon
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import GroupMember
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
WEEK = Week(2023, 29)


@pytest.fixture
def people() -> Cast:
    """The street collaborates in the commerce group, the finance office on call only."""
    people = begin()
    with work(BUILDER, "members"):
        for unit, on_call in ((people.street, False), (people.finance, True)):
            GroupMember.objects.create(
                group=people.group5, unit=unit, part="collaborating", on_call=on_call, valid_from=SINCE
            )
    services.owe_weekly_filings(on=date(2023, 7, 17))
    return people


def weekly() -> Filing:
    return Filing.objects.get(cadence="weekly_ledger")


def given(by: Any) -> dict[str, Any]:
    return {"filing_id": weekly().pk, "by": by, "version": weekly().version}


def test_a_collaborating_unit_may_file_with_the_responsible_department_and_one_on_call_does_not(people: Cast) -> None:
    found = weekly()
    assert (found.unit, found.group, found.owed_to, found.covered) == (people.street, people.group5, people.commerce, WEEK)
    assert (found.year, found.month, found.week, found.due_on) == (2023, 7, 29, date(2023, 7, 21))
    assert services.owe_weekly_filings(on=date(2023, 7, 21)) == 0
    assert services.owe_weekly_filings(on=date(2023, 7, 24)) == 1


def test_two_weeks_due_on_one_day_are_two_filings(people: Cast) -> None:
    services.owe_weekly_filings(on=date(2023, 9, 25))
    services.owe_weekly_filings(on=date(2023, 10, 2))
    due = Filing.objects.filter(due_on=date(2023, 10, 7)).order_by("week").values_list("week", "month")
    assert list(due) == [(39, 9), (40, 10)]


def test_the_week_that_belongs_to_another_year_is_found_again_by_its_key(people: Cast) -> None:
    services.owe_weekly_filings(on=date(2024, 12, 31))
    found = Filing.objects.get(cadence="weekly_ledger", week=1)
    assert (found.covered, found.month) == (Week(2025, 1), 1)


def test_no_change_by_the_officer_compiles_states_and_signs_in_one_step(people: Cast) -> None:
    services.file_no_change(**given(people.street_officer))
    found, frozen = weekly(), FrozenFiling.objects.get()
    assert (found.state, found.no_change, found.first_signed_on) == ("signed", True, date(2023, 7, 20))
    assert queries.verify_certificate(viewer=people.auditor, text=frozen.certificate).outcome == "intact"
    services.receive_filing(**given(people.commerce_clerk), remark="收悉，请继续关注。")
    page = queries.filing_page(viewer=people.street_officer, filing_id=found.pk)
    assert page is not None
    assert (page.row.state, page.frozen[0].receive_remark) == ("received", "收悉，请继续关注。")


def test_no_change_by_a_clerk_leaves_the_signature_to_the_head(people: Cast) -> None:
    monthly = Filing.objects.get(unit=people.commerce, week=0)
    services.file_no_change(filing_id=monthly.pk, by=people.commerce_clerk, version=1)
    monthly.refresh_from_db()
    assert (monthly.state, monthly.no_change) == ("compiled", True)
    services.sign_filing(filing_id=monthly.pk, by=people.commerce_head, version=monthly.version)


def test_no_change_after_the_lock_day_changes_nothing(people: Cast) -> None:
    with clock.pinned(noon(7, 29)), pytest.raises(Refusal) as caught:
        services.file_no_change(**given(people.street_officer))
    assert caught.value.codes == ["filing_locked"]
    assert (weekly().state, weekly().version) == ("due", 1)


def test_who_sees_and_who_answers_a_weekly_filing(people: Cast) -> None:
    seen = {
        name
        for name in people.viewers
        if [row.id for row in queries.weekly_filings_of_month(viewer=people.viewers[name], year=2023, month=7)]
    }
    assert seen == {
        "chief", "deputy_director", "leader5", "office_head", "statistician",
        "commerce_head", "commerce_clerk", "commerce_colleague", "street_officer",
    }  # fmt: skip
    services.file_no_change(**given(people.street_officer))
    for other in (people.office_head, people.street_officer):
        with pytest.raises(Refusal) as caught:
            services.receive_filing(**given(other))
        assert caught.value.codes == ["filing_not_yours"]
    with pytest.raises(Refusal) as caught:
        services.receive_filing(**given(people.finance_head))
    assert caught.value.codes == ["filing_unknown"]


def test_todos_go_to_the_officer_and_then_to_the_department(people: Cast) -> None:
    def weekly_todos(name: str) -> list[str]:
        return [str(todo.verb) for todo in presenters.todos(people.viewers[name]) if "周" in todo.title]

    assert (weekly_todos("street_officer"), weekly_todos("commerce_clerk")) == (["汇成"], [])
    services.file_no_change(**given(people.street_officer))
    assert [weekly_todos(name) for name in ("street_officer", "commerce_clerk", "office_head")] == [[], ["接收"], []]


def client(people: Cast, name: str, language: str = "zh-hans") -> Client:
    found = Client()
    found.force_login(people.users[name])
    found.cookies["zb_language"] = language
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", ["我的周报送", "2023年第29周（7月17日—7月23日）", "商务办", "无变化", "每周五"]),
        ("en", ["My week", "week 29 of 2023 (17 Jul to 23 Jul)", "Commerce Office", "No change", "every Friday"]),
    ],
)
def test_the_own_weekly_page_and_its_one_click(people: Cast, language: str, expected: list[str]) -> None:
    officer = client(people, "street_officer", language)
    text = officer.get(reverse("filings:week")).content.decode()
    assert [words for words in expected if words not in text] == []
    sent = {"zb_key": "form-key-1", "version": 1, "from": "week"}
    answers = [officer.post(reverse("filings:no_change", args=[weekly().pk]), sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("filings:week")] * 2
    assert FrozenFiling.objects.count() == 1


def test_a_week_not_filed_is_no_lateness_and_nonsense_in_the_address_is_this_week(people: Cast) -> None:
    with clock.pinned(noon(7, 29)):
        officer = client(people, "street_officer")
        text = officer.get(reverse("filings:week") + "?week=2023-W29").content.decode()
    assert "未报（可选）" in text
    for nonsense in ("x", "2023-W60", "2023-W00", "2023-W54"):
        answer = officer.get(reverse("filings:week"), {"week": nonsense})
        assert "2023年第29周" in answer.content.decode()


def test_doors_of_weekly_filings_are_closed_to_others(people: Cast) -> None:
    address = reverse("filings:no_change", args=[weekly().pk])
    for name in ("commerce_head", "finance_head", "chief", "auditor"):
        assert client(people, name).post(address, {"zb_key": "form-key-1", "version": 1}).status_code == 404
    assert client(people, "chief").get(reverse("filings:week")).status_code == 404
    assert client(people, "finance_head").get(reverse("filings:filing", args=[weekly().pk])).status_code == 404
