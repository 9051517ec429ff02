"""Alerts about more than one month's figure: several rules at once, what is late, and lights that become final."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from zhuanban.alerts import queries, services
from zhuanban.alerts.models import Alert
from zhuanban.alerts.presenters import todos, why
from zhuanban.alerts.services import Evaluation
from zhuanban.alerts.tests.figures import NOON, publish, world
from zhuanban.kit import clock, events
from zhuanban.matters.services import accept_matter, assign_matter, register_matter, sign_matter
from zhuanban.people.models import Notice
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.queries import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = cast()
    world(built)
    return built


def raised() -> dict[str, str]:
    return {alert.rule: alert.state for alert in Alert.objects.order_by("rule")}


def test_a_fall_below_the_city_raises_an_alert_of_each_rule_and_is_explained_once(people: Cast) -> None:
    publish("retail_sales", "-1.2", "6.0")
    assert services.evaluate_month(year=2023, month=6).raised == 2
    assert raised() == {"below_city_average": "open", "negative_growth": "open"}
    assert [(todo.note.split(" · ")[1:]) for todo in todos(people.commerce_clerk)] == [["负增长"]]
    alert = Alert.objects.get(rule="below_city_average")
    services.acknowledge_alert(alert_id=alert.pk, by=people.commerce_clerk, version=alert.version)
    assert raised() == {"below_city_average": "acknowledged", "negative_growth": "acknowledged"}
    alert.refresh_from_db()
    services.explain_alert(
        alert_id=alert.pk, by=people.commerce_clerk, version=alert.version, cause="龙头商场停业装修", measure="八月复业"
    )
    assert raised() == {"below_city_average": "explained", "negative_growth": "explained"}
    assert set(Alert.objects.values_list("cause", flat=True)) == {"龙头商场停业装修"}
    assert list(todos(people.commerce_clerk)) == []
    assert verify(deep=True).findings == []


def test_three_periods_in_a_row_are_counted_by_what_was_reported(people: Cast) -> None:
    for month, growth in ((3, "5.0"), (4, "5.1"), (5, "5.2")):
        publish("retail_sales", growth, "6.0", month=month)
    services.evaluate_month(year=2023, month=5)
    found = Alert.objects.get(rule="consecutive_periods")
    assert (found.period.key, found.facts["gaps_pp"]) == ("2023-01..05", "-1.0、-0.9、-0.8")
    publish("retail_sales", "6.5", "6.0", month=4, status="revised")
    services.evaluate_month(year=2023, month=5)
    found.refresh_from_db()
    assert found.state == "cleared"


def test_the_light_of_an_alert_is_provisional_until_the_citys_figure_comes(people: Cast) -> None:
    publish("retail_sales", "-1.2", None)
    services.evaluate_month(year=2023, month=6)
    alert = Alert.objects.get()
    assert (alert.rule, alert.facts["provisional"]) == ("negative_growth", "yes")
    publish("retail_sales", None, "6.0")
    services.evaluate_month(year=2023, month=6)
    alert = Alert.objects.get(rule="negative_growth")
    assert (alert.facts["light"], alert.facts["provisional"]) == ("red", "")
    event = alert.events.first()
    assert event is not None
    assert (event.verb, event.text_zh) == ("facts_changed", "同比下降1.2%；绿灯（待全市数据）改判为红灯")
    assert services.evaluate_month(year=2023, month=6) == Evaluation()


def test_a_figure_that_does_not_come_is_asked_for_from_the_day_after_and_clears_when_it_comes(people: Cast) -> None:
    """June's figures are due on 20 July; a series that nobody has reported yet is not late."""
    with clock.pinned(datetime(2023, 6, 20, 4, tzinfo=UTC)):
        publish("retail_sales", "7.0", "6.0", month=5)
    with clock.pinned(datetime(2023, 7, 20, 4, tzinfo=UTC)):
        assert services.evaluate_deadlines() == Evaluation()
    with clock.pinned(datetime(2023, 7, 21, 4, tzinfo=UTC)):
        assert [services.evaluate_deadlines().raised for _ in range(2)] == [1, 0]
        alert = Alert.objects.get()
        assert (alert.rule, alert.indicator.code, alert.period.key) == ("data_overdue", "retail_sales", "2023-01..06")  # type: ignore[union-attr]
        assert alert.facts["due_on"] == "2023-07-20"
        page = queries.alert_page(viewer=people.commerce_clerk, alert_id=alert.pk)
        assert page is not None
        assert [(each["name"], each["value"]) for each in why(page)] == [("应完成日期", "7月20日，星期四")]
        publish("retail_sales", "7.0", "6.0", month=6)
        assert services.evaluate_deadlines().cleared == 1
    assert raised() == {"data_overdue": "cleared"}


def test_each_series_is_late_by_its_own_day_and_lag_and_clears_when_its_figure_comes(people: Cast) -> None:
    """A series that comes a month later owes May in July; one due on the 10th is late on the 11th."""
    from zhuanban.indicators.models import Indicator
    from zhuanban.people.tests.cast import BUILDER
    from zhuanban.trail.services import work

    with work(BUILDER, "calendars"):
        Indicator.objects.filter(code="trade_total").update(lag_months=1)
        Indicator.objects.filter(code="budget_revenue").update(due_day=10)
    with clock.pinned(datetime(2023, 6, 20, 4, tzinfo=UTC)):
        publish("trade_total", "7.0", None, month=4)
        publish("budget_revenue", "7.0", None, month=5)
    with clock.pinned(datetime(2023, 7, 11, 4, tzinfo=UTC)):
        services.evaluate_deadlines()
        assert _overdue() == {("budget_revenue", "2023-01..06", "2023-07-10", "open")}
    with clock.pinned(datetime(2023, 7, 21, 4, tzinfo=UTC)):
        services.evaluate_deadlines()
        assert ("trade_total", "2023-01..05", "2023-07-20", "open") in _overdue()
    with clock.pinned(datetime(2023, 8, 3, 4, tzinfo=UTC)):
        publish("trade_total", "7.0", None, month=5)
        assert services.evaluate_deadlines().cleared == 1
        assert {(code, state) for code, *_rest, state in _overdue()} == {("budget_revenue", "open"), ("trade_total", "cleared")}


def _overdue() -> set[tuple[str, str, str, str]]:
    found = Alert.objects.filter(rule="data_overdue").select_related("indicator")
    return {(each.indicator.code, each.period.key, each.facts["due_on"], each.state) for each in found if each.indicator}


def late_matter(people: Cast) -> str:
    matter = register_matter(
        by=people.commerce_clerk, title="临时用电不足", description="二期厂房吊装用电不足。", group_id=people.group5.pk,
        unit_id=people.commerce.pk, source="visit",
    )  # fmt: skip
    accept_matter(matter_id=matter.pk, by=people.office_head, version=1)
    assign_matter(matter_id=matter.pk, by=people.office_head, version=2)
    sign_matter(matter_id=matter.pk, by=people.commerce_clerk, version=3)
    return str(matter.number)


def test_a_matter_past_its_day_is_named_by_its_number_and_clears_when_it_is_resolved(people: Cast) -> None:
    from zhuanban.files.tests.pictures import picture
    from zhuanban.matters.models import Matter
    from zhuanban.matters.services import resolve_matter

    with clock.pinned(NOON):
        number = late_matter(people)
    with clock.pinned(datetime(2023, 8, 2, 4, tzinfo=UTC)):
        assert services.evaluate_deadlines() == Evaluation()
    with clock.pinned(datetime(2023, 8, 3, 4, tzinfo=UTC)):
        assert [services.evaluate_deadlines().raised for _ in range(2)] == [1, 0]
        events.drain()
        alert = Alert.objects.get()
        assert (alert.rule, alert.about, alert.about_zh) == ("matter_overdue", f"matter:{number}", f"事项{number}")
        assert (alert.group, alert.unit, alert.explain_due_on) == (people.group5, people.commerce, date(2023, 8, 8))
        told = Notice.objects.filter(user=people.users["commerce_clerk"], kind="alert").get()
        assert told.text_zh == f"事项{number} 8月预警，请于2023-08-08前说明"
        client = Client()
        client.force_login(people.users["commerce_clerk"])
        for language, words in (("zh-hans", "事项逾期未办结"), ("en", "Matter overdue")):
            client.cookies["zb_language"] = language
            for address in ("/alerts/", f"/alerts/{alert.pk}/", "/alerts/?rule=matter_overdue"):
                page = client.get(address).content.decode()
                assert words in page, address
                assert "临时用电不足" not in page
            assert number not in client.get("/alerts/?rule=poor_rank").content.decode()
        matter = Matter.objects.get()
        resolve_matter(
            matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, text="已送电。", attachments=[picture()]
        )
        assert services.evaluate_deadlines().cleared == 1
    alert.refresh_from_db()
    assert alert.state == "cleared"
    last = alert.events.first()
    assert last is not None
    assert last.text_zh == "已完成、改期或不再需要，规则不再触发"


def test_the_parameters_of_a_rule_about_ranks_are_the_offices(people: Cast) -> None:
    services.set_rule_parameters(
        rule="poor_rank", parameters={"last_places": Decimal(3)}, since=clock.today(), authority="专班会议", reason="从严",
        by=people.office_head,
    )  # fmt: skip
    with translation.override("en"):
        assert queries.rule_in_force(key="poor_rank", day=clock.today()).parameters["last_places"] == 3
