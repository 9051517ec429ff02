"""The pages of filings: who sees what, what a submission does, how many queries it takes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.filings import presenters, services
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.tests.story import begin, compiled, filing, noon, signed
from zhuanban.kit import clock
from zhuanban.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return begin()


def as_user(people: Cast, name: str, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(people.users[name])
    client.cookies["zb_language"] = language
    return client


def address(name: str = "filing") -> str:
    return reverse(f"filings:{name}", args=[filing().pk])


def post(client: Client, action: str, key: str, **data: Any) -> Any:
    return client.post(address(action), {"zb_key": f"form-key-{key}", "version": filing().version, **data})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_months_list_shows_units_states_timeliness_and_where_the_dates_come_from(people: Cast, language: str) -> None:
    signed(people)
    page = as_user(people, "chief", language).get(reverse("filings:list"))
    text = page.content.decode()
    expected = {
        "zh-hans": ["2023-07-20到期，2023-07-21起迟报，2023-07-28起锁定", "已签字，待接收", "按时", "待汇成", "方案条款五(二)"],
        "en": ["due 2023-07-20, late from 2023-07-21, locked from 2023-07-28", "signed, to be received", "on time"],
    }[language]
    assert [words for words in expected if words not in text] == []
    progress = page.context["progress"]
    assert (progress.total, progress.compiled, progress.signed, progress.received, progress.waiting) == (2, 1, 1, 0, 1)


def test_a_month_without_filings_and_nonsense_in_the_address_are_answered(people: Cast) -> None:
    chief = as_user(people, "chief")
    assert "没有应报的报送" in chief.get(reverse("filings:list") + "?month=2022-01").content.decode()
    for nonsense in ("x", "2023-13", "9999-01", "2023-6"):
        assert chief.get(reverse("filings:list"), {"month": nonsense}).context["month_value"] == "2023-06"


def test_out_of_reach_and_absent_look_the_same(people: Cast) -> None:
    assert as_user(people, "finance_clerk").get(address()).status_code == 404
    assert as_user(people, "auditor").get(address()).status_code == 404
    assert as_user(people, "chief").get(reverse("filings:filing", args=[10**8])).status_code == 404
    assert Client().get(address()).status_code == 302


def test_the_thread_by_forms_compile_comment_sign_receive(people: Cast) -> None:
    clerk, head, office = (as_user(people, name) for name in ("commerce_clerk", "commerce_head", "office_head"))
    assert "下一步：用现有数据汇成" in clerk.get(address()).content.decode()
    assert post(clerk, "compile", "1").status_code == 302
    assert "还不能签字" in head.get(address()).content.decode()
    assert post(clerk, "comment", "2", comment="商场停业改造").status_code == 302
    assert "下一步：签字" in head.get(address()).content.decode()
    assert post(head, "sign", "3").status_code == 302
    text = office.get(address()).content.decode()
    assert FrozenFiling.objects.get().certificate in text
    assert "下一步：接收或退回" in text
    assert post(office, "receive", "4").status_code == 302
    assert filing().state == Filing.State.RECEIVED


def test_before_the_signature_everybody_reads_the_draft_with_its_analysis(people: Cast) -> None:
    compiled(people)
    text = as_user(people, "leader5").get(address()).content.decode()
    assert "商场停业改造，8月复业。" in text
    assert "未签字，草稿" in text


def test_sending_back_by_form_needs_a_reason_and_the_unit_reads_it(people: Cast) -> None:
    signed(people)
    office = as_user(people, "office_head")
    answer = post(office, "send_back", "1", reason="")
    assert (answer.status_code, list(answer.context["back"].errors)) == (422, ["reason"])
    assert post(office, "send_back", "2", reason="缺少措施").status_code == 302
    assert "缺少措施" in as_user(people, "commerce_clerk").get(address()).content.decode()


def test_signing_by_a_double_submit_signs_once(people: Cast) -> None:
    compiled(people)
    head, version = as_user(people, "commerce_head"), filing().version
    answers = [post(head, "sign", "1", version=version) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert FrozenFiling.objects.count() == 1


def test_a_signature_on_a_locked_filing_is_refused_in_words(people: Cast) -> None:
    compiled(people)
    with clock.pinned(noon(7, 28)):
        head = as_user(people, "commerce_head")
        assert "已锁定" in head.get(address()).content.decode()
        answer = post(head, "sign", "1")
    assert answer.status_code == 409
    assert "自2023年7月28日起已经锁定" in answer.content.decode()


def test_a_post_without_the_right_or_the_version_changes_nothing(people: Cast) -> None:
    assert post(as_user(people, "commerce_clerk"), "sign", "1").status_code == 404
    assert post(as_user(people, "commerce_clerk"), "receive", "2").status_code == 404
    assert post(as_user(people, "commerce_clerk"), "compile", "3", version="x").status_code == 409
    assert (filing().state, filing().version) == ("due", 1)


def test_every_signed_version_has_a_page_that_prints_its_certificate(people: Cast) -> None:
    signed(people)
    chief = as_user(people, "chief")
    text = chief.get(reverse("filings:signed_version", args=[filing().pk, 1])).content.decode()
    frozen = FrozenFiling.objects.get()
    assert frozen.sha256 in text
    assert "商场停业改造" in text
    assert chief.get(reverse("filings:signed_version", args=[filing().pk, 2])).status_code == 404


@pytest.mark.parametrize("name", ["chief", "commerce_clerk", "street_officer", "auditor", "sysadmin", "secadmin"])
def test_everybody_signed_in_may_check_a_certificate(people: Cast, name: str) -> None:
    signed(people)
    number = FrozenFiling.objects.get().certificate
    client = as_user(people, name)
    assert "凭证真实" in client.get(reverse("filings:verify"), {"number": number}).content.decode()
    assert "没有这个凭证编号" in client.get(reverse("filings:verify"), {"number": "ZB-1-000000000000"}).content.decode()
    assert "这不是凭证编号的格式" in client.get(reverse("filings:verify"), {"number": "<script>"}).content.decode()
    assert client.get(reverse("filings:verify")).status_code == 200


def test_todos_follow_the_filing_from_clerk_to_head_to_office(people: Cast) -> None:

    def kinds(name: str) -> list[tuple[str, str]]:
        return [
            (str(todo.verb), todo.due_at.isoformat() if todo.due_at else "")
            for todo in presenters.todos(people.viewers[name])
        ]

    due = "2023-07-20T17:00:00+08:00"
    assert kinds("commerce_clerk") == kinds("commerce_head") == [("汇成", due)]
    compiled(people)
    assert (kinds("commerce_clerk"), kinds("commerce_head"), kinds("office_head")) == ([], [("签字", due)], [])
    services.sign_filing(filing_id=filing().pk, by=people.commerce_head, version=filing().version)
    assert (kinds("commerce_head"), kinds("office_head")) == ([], [("接收", due)])


def test_a_locked_filing_is_nobodys_todo_any_more(people: Cast) -> None:
    with clock.pinned(noon(7, 28)):
        assert list(presenters.todos(people.commerce_clerk)) == []


def test_list_and_page_take_few_queries(people: Cast, django_assert_max_num_queries: Any) -> None:
    signed(people)
    client = as_user(people, "commerce_clerk")
    with django_assert_max_num_queries(8):
        assert client.get(reverse("filings:list") + "?month=2023-06").status_code == 200
    with django_assert_max_num_queries(12):
        client.get(address())
