"""Acknowledging, explaining, opening a matter, closing: every success and every refusal."""

from datetime import timedelta
from typing import Any

import pytest

from zhuanban.alerts import queries, services
from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.tests.figures import NOON, publish, world
from zhuanban.indicators.models import Indicator
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.matters.models import Matter
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db

WORDS = {"cause": "两家大型商场停业改造。", "measure": "8月底前复业，商务办每周跟进。"}


@pytest.fixture
def people() -> Cast:
    built = cast()
    world(built)
    publish("retail_sales", "5.2", "6.0")
    services.evaluate_month(year=2023, month=6)
    return built


def alert() -> Alert:
    return Alert.objects.get()


def refused(call: Any, **arguments: Any) -> tuple[list[str], int]:
    with pytest.raises(Refusal) as caught:
        call(alert_id=arguments.pop("alert_id", alert().pk), **arguments)
    assert str(caught.value)
    return caught.value.codes, caught.value.status


def clear_by_data() -> None:
    with clock.pinned(NOON + timedelta(hours=2)):
        publish("retail_sales", "6.3", None, status="revised")
        services.evaluate_month(year=2023, month=6)


def test_the_department_acknowledges_explains_and_both_stand_on_the_timeline(people: Cast) -> None:
    services.acknowledge_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1)
    services.explain_alert(alert_id=alert().pk, by=people.commerce_head, version=2, **WORDS)
    page = queries.alert_page(viewer=people.chief, alert_id=alert().pk)
    assert page is not None
    assert (page.row.state, page.row.cause, page.row.measure) == ("explained", WORDS["cause"], WORDS["measure"])
    assert page.acknowledged_by_post == "商务办 · 经办人"
    assert page.row.explained_by_post == "商务办 · 负责人"
    assert [event.verb for event in page.events] == ["explained", "acknowledged", "raised"]
    assert page.events[0].text_zh == f"原因：{WORDS['cause']}\n措施：{WORDS['measure']}"


def test_alerts_of_a_moment_carry_the_explanation_of_then(people: Cast) -> None:
    period = alert().period
    hours = [NOON + timedelta(hours=hour) for hour in range(1, 7)]
    with clock.pinned(hours[1]):
        services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, **WORDS)
    with clock.pinned(hours[3]):
        services.explain_alert(alert_id=alert().pk, by=people.commerce_head, version=2, cause="改写", measure="另议")

    def causes(moment: Any) -> list[tuple[str, str]]:
        pairs = [(alert().indicator_id, period)]
        found = queries.alerts_for(viewer=people.chief, as_known=moment, periods=pairs)
        return [(row.cause, row.explained_by_post) for row in found]

    first, second = (WORDS["cause"], "商务办 · 经办人"), ("改写", "商务办 · 负责人")
    assert causes(NOON - timedelta(days=1)) == []
    assert [causes(hours[at]) for at in (0, 2, 4)] == [[("", "")], [first], [second]]
    assert causes(None) == [second]


def test_an_explanation_alone_also_acknowledges(people: Cast) -> None:
    services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, **WORDS)
    assert alert().acknowledged_by_post == "商务办 · 经办人"


def test_every_answer_is_recorded_under_the_post_that_gave_it(people: Cast) -> None:
    services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, **WORDS)
    entries = Entry.objects.filter(reason="说明预警").values_list("tbl", "op", "actor_label")
    assert sorted(entries) == [
        ("alerts_alert", "update", "商务办 · 经办人"),
        ("alerts_alertevent", "insert", "商务办 · 经办人"),
    ]


def test_an_empty_cause_and_an_empty_measure_are_named_together(people: Cast) -> None:
    with pytest.raises(Refusal) as caught:
        services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, cause=" ", measure="")
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("required", "cause"),
        ("required", "measure"),
    ]
    assert alert().state == "open"


def test_another_group_does_not_see_the_alert(people: Cast) -> None:
    outcome = refused(services.explain_alert, by=people.finance_clerk, version=1, **WORDS)
    assert outcome == (["alert_unknown"], 404)
    assert queries.alert_page(viewer=people.finance_clerk, alert_id=alert().pk) is None


def test_leaders_see_the_alert_and_answer_nothing(people: Cast) -> None:
    assert refused(services.explain_alert, by=people.leader5, version=1, **WORDS) == (["alert_not_yours"], 403)
    assert refused(services.acknowledge_alert, by=people.chief, version=1) == (["alert_not_yours"], 403)
    assert refused(services.close_alert, by=people.commerce_head, version=1, reason="x") == (["alert_not_yours"], 403)


def test_of_two_people_with_the_same_page_the_second_is_refused_and_the_first_stays(people: Cast) -> None:
    services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, **WORDS)
    outcome = refused(services.explain_alert, by=people.commerce_colleague, version=1, cause="另一原因", measure="另一措施")
    assert outcome == (["stale_version"], 409)
    assert alert().cause == WORDS["cause"]


def test_acknowledging_twice_names_who_did_it(people: Cast) -> None:
    services.acknowledge_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1)
    with pytest.raises(Refusal) as caught:
        services.acknowledge_alert(alert_id=alert().pk, by=people.commerce_colleague, version=2)
    assert (caught.value.codes, caught.value.status) == (["alert_acknowledged_already"], 409)
    assert caught.value.problems[0].facts == {"who": "商务办 · 经办人"}


def test_explaining_an_alert_that_cleared_meanwhile_is_refused_and_the_text_kept_once_as_a_note(people: Cast) -> None:
    clear_by_data()
    for _ in range(2):
        outcome = refused(services.explain_alert, by=people.commerce_clerk, version=1, **WORDS)
        assert outcome == (["alert_cleared_note_kept"], 409)
    note = AlertEvent.objects.get(verb="noted")
    assert (note.by_post, note.text_zh) == ("商务办 · 经办人", f"原因：{WORDS['cause']}\n措施：{WORDS['measure']}")
    assert (alert().state, alert().cause) == ("cleared", "")


def test_a_cleared_alert_takes_no_other_action(people: Cast) -> None:
    clear_by_data()
    assert refused(services.acknowledge_alert, by=people.commerce_clerk, version=2) == (["alert_cleared"], 409)
    assert refused(services.open_matter_from_alert, by=people.commerce_clerk, version=2) == (["alert_cleared"], 409)
    assert refused(services.close_alert, by=people.office_head, version=2, reason="x") == (["alert_cleared"], 409)


def test_a_matter_opened_from_the_alert_carries_its_facts_and_explanation(people: Cast) -> None:
    services.explain_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1, **WORDS)
    matter = services.open_matter_from_alert(alert_id=alert().pk, by=people.commerce_clerk, version=2)
    assert (matter.title, matter.source) == ("社会消费品零售总额2023年1—6月增速低于全市平均水平", "data_anomaly")
    assert (matter.unit, matter.group, matter.indicator) == (people.commerce, people.group5, alert().indicator)
    assert matter.description == (
        f"增速5.2%，全市6.0%，低于全市平均水平0.8个百分点\n原因：{WORDS['cause']}\n措施：{WORDS['measure']}"
    )
    assert (alert().matter, alert().state) == (matter, "explained")
    row = queries.alert_of_matter(viewer=people.chief, matter_id=matter.pk)
    assert row is not None
    assert row.matter_number == matter.number


def test_one_alert_opens_one_matter(people: Cast) -> None:
    matter = services.open_matter_from_alert(alert_id=alert().pk, by=people.commerce_clerk, version=1)
    with pytest.raises(Refusal) as caught:
        services.open_matter_from_alert(alert_id=alert().pk, by=people.office_head, version=2)
    assert (caught.value.codes, caught.value.status) == (["alert_matter_exists"], 409)
    assert matter.number in str(caught.value)
    assert Matter.objects.count() == 1


def test_an_alert_without_owner_opens_no_matter(people: Cast) -> None:
    with work(people.sysadmin.actor, "no owner"):
        Alert.objects.update(unit=None)
    assert refused(services.open_matter_from_alert, by=people.office_head, version=1) == (["alert_without_owner"], 409)


def test_a_matter_that_is_refused_leaves_the_alert_as_it_was(people: Cast) -> None:
    outcome = refused(services.open_matter_from_alert, by=people.office_head, version=1, title="长" * 121)
    assert outcome == (["matter_title_too_long"], 422)
    assert (alert().version, alert().matter, Matter.objects.count()) == (1, None, 0)


def test_the_office_closes_with_a_reason_and_nobody_answers_after_that(people: Cast) -> None:
    services.close_alert(alert_id=alert().pk, by=people.office_head, version=1, reason="统计口径调整")
    assert (alert().state, alert().close_reason, alert().closed_by_post) == (
        "closed", "统计口径调整", people.office_head.label,
    )  # fmt: skip
    assert refused(services.explain_alert, by=people.commerce_clerk, version=2, **WORDS) == (["alert_closed"], 409)


def test_closing_needs_a_reason_and_the_current_version(people: Cast) -> None:
    assert refused(services.close_alert, by=people.office_head, version=1, reason=" ") == (["required"], 422)
    assert refused(services.close_alert, by=people.office_head, version=9, reason="x") == (["stale_version"], 409)


def test_an_alert_that_does_not_exist_is_refused_like_one_out_of_reach(people: Cast) -> None:
    assert refused(services.acknowledge_alert, by=people.chief, version=1, alert_id=0) == (["alert_unknown"], 404)


def test_the_indicator_keeps_its_owner_of_the_day_on_the_alert(people: Cast) -> None:
    with work(people.sysadmin.actor, "owner changes"):
        Indicator.objects.filter(code="retail_sales").update(dept=people.finance)
    assert alert().unit == people.commerce
