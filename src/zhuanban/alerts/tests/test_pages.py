"""The pages: who sees what, what a submission does, how many queries it takes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.alerts import presenters, services
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tests.figures import NOON, publish, world
from zhuanban.kit import clock
from zhuanban.matters.models import Matter
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = cast()
    world(built)
    publish("retail_sales", "5.2", "6.0")
    publish("budget_revenue", "1.0", "6.0")
    services.evaluate_month(year=2023, month=6)
    return built


def as_user(people: Cast, name: str) -> Client:
    client = Client()
    client.force_login(people.users[name])
    return client


def alert() -> Alert:
    return Alert.objects.get(indicator__code="retail_sales")


def post(client: Client, action: str, key: str = "form-key-0001", **data: Any) -> Any:
    return client.post(reverse(f"alerts:{action}", args=[alert().pk]), {"zb_key": key, "version": 1, **data})


def test_the_list_filters_by_month_state_and_group(people: Cast) -> None:
    chief = as_user(people, "chief")

    def names(query: str) -> list[str]:
        page = chief.get(reverse("alerts:list") + query)
        return [each.row.indicator_code for each in page.context["list"].rows]

    assert names("") == ["budget_revenue", "retail_sales"]
    assert names("?month=2023-06&state=active") == ["budget_revenue", "retail_sales"]
    assert names("?month=2023-05") == []
    assert names("?state=closed") == []
    assert names(f"?group={people.group3.pk}&state=all") == ["budget_revenue"]
    assert names("?month=2023-99&group=x&state=nonsense") == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_says_why_by_which_rule_and_what_to_do(people: Cast, language: str) -> None:
    client = as_user(people, "commerce_clerk")
    client.cookies["zb_language"] = language
    text = client.get(reverse("alerts:alert", args=[alert().pk])).content.decode()
    expected = {
        "zh-hans": ["低于全市平均水平0.8个百分点", "方案条款五(三)", "下一步：说明这条预警", "7月27日，星期四", "容许差距"],
        "en": ["0.8 pp below the city average", "clause 五(三) of the plan", "Next: explain this alert", "Thursday, 27 July"],
    }[language]
    assert [words for words in expected if words not in text] == []


def test_out_of_reach_and_absent_look_the_same(people: Cast) -> None:
    address = reverse("alerts:alert", args=[alert().pk])
    assert as_user(people, "finance_clerk").get(address).status_code == 404
    assert as_user(people, "auditor").get(address).status_code == 404
    assert as_user(people, "chief").get(reverse("alerts:alert", args=[10**8])).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_leader_sees_who_explains_and_no_form(people: Cast) -> None:
    text = as_user(people, "leader5").get(reverse("alerts:alert", args=[alert().pk])).content.decode()
    assert "商务办说明。" in text
    assert "zb_key" not in text.split("<main", 1)[1].split("</main>", 1)[0]


def test_explaining_by_form_leads_back_and_a_double_submit_acts_once(people: Cast) -> None:
    client = as_user(people, "commerce_clerk")
    for _ in range(2):
        answer = post(client, "explain", cause="停业改造", measure="8月复业")
        assert (answer.status_code, answer["Location"]) == (302, reverse("alerts:alert", args=[alert().pk]))
    assert (alert().version, alert().events.filter(verb="explained").count()) == (2, 1)


def test_an_empty_field_is_named_beside_it_and_what_was_typed_stays(people: Cast) -> None:
    answer = post(as_user(people, "commerce_clerk"), "explain", cause="停业改造", measure="")
    assert answer.status_code == 422
    assert answer.context["explain"].errors.keys() == {"measure"}
    assert "停业改造" in answer.content.decode()


def test_a_stale_page_is_refused_in_words(people: Cast) -> None:
    services.acknowledge_alert(alert_id=alert().pk, by=people.commerce_head, version=1)
    answer = post(as_user(people, "commerce_clerk"), "explain", cause="停业改造", measure="8月复业")
    assert answer.status_code == 409
    assert alert().state == "acknowledged"


def test_acknowledge_open_matter_and_close_by_form(people: Cast) -> None:
    clerk, office = as_user(people, "commerce_clerk"), as_user(people, "office_head")
    assert post(clerk, "acknowledge").status_code == 302
    assert post(clerk, "open_matter", "form-key-0002", version=2).status_code == 302
    assert Matter.objects.get().number in clerk.get(reverse("alerts:alert", args=[alert().pk])).content.decode()
    assert post(office, "close", version=3, reason="").status_code == 422
    assert post(office, "close", "form-key-0003", version=3, reason="已核实").status_code == 302
    assert alert().state == "closed"


def test_a_post_without_version_or_with_a_foreign_action_does_nothing(people: Cast) -> None:
    assert post(as_user(people, "commerce_clerk"), "acknowledge", version="x").status_code == 409
    assert post(as_user(people, "commerce_clerk"), "close", reason="x").status_code == 404
    assert alert().version == 1


def test_todos_are_the_departments_own_with_their_deadline(people: Cast) -> None:
    todos = list(presenters.todos(people.commerce_clerk))
    assert [(todo.title, todo.due_at.isoformat() if todo.due_at else "") for todo in todos] == [
        ("社会消费品零售总额，2023年1—6月：增速低于全市平均水平", "2023-07-27T17:00:00+08:00")
    ]
    assert list(presenters.todos(people.chief)) == list(presenters.todos(people.statistician)) == []
    services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, cause="a", measure="b")
    assert list(presenters.todos(people.commerce_clerk)) == []


def test_an_explanation_is_late_the_morning_after_its_day(people: Cast) -> None:
    with clock.pinned(NOON + timedelta(days=4)):
        page = as_user(people, "chief").get(reverse("alerts:list"))
        assert page.context["late"] == 2
        text = as_user(people, "commerce_clerk").get(reverse("alerts:alert", args=[alert().pk])).content.decode()
        assert "已超期1个工作日" in text


def test_panels_show_the_alert_on_the_indicator_and_on_the_matter(people: Cast) -> None:
    html = presenters.indicator_panel(people.chief, alert().indicator)
    assert "低于全市平均水平0.8个百分点" in html
    matter = services.open_matter_from_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1)
    assert "社会消费品零售总额" in presenters.matter_panel(people.chief, matter)
    assert presenters.matter_panel(people.auditor, matter) == ""
    assert presenters.indicator_panel(people.auditor, alert().indicator) == ""


def test_list_and_page_take_few_queries(people: Cast, django_assert_max_num_queries: Any) -> None:
    client = as_user(people, "commerce_clerk")
    with django_assert_max_num_queries(14):
        client.get(reverse("alerts:list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("alerts:alert", args=[alert().pk]))
