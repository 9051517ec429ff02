"""Alerts rise, follow corrected figures and clear by data; evaluating again writes nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhuanban.alerts import queries, services
from zhuanban.alerts.models import Alert, AlertEvent, RuleVersion
from zhuanban.alerts.services import Evaluation
from zhuanban.alerts.tests.figures import NOON, publish, world
from zhuanban.indicators.models import Indicator
from zhuanban.kit import clock, events
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import system_viewer
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.queries import verify
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = cast()
    world(built)
    return built


def june() -> Evaluation:
    return services.evaluate_month(year=2023, month=6)


def test_growth_below_the_city_raises_one_alert_with_its_facts_owner_and_deadline(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    assert june() == Evaluation(raised=1)
    alert = Alert.objects.get()
    assert (alert.rule, alert.indicator.code, alert.period.key) == ("below_city_average", "retail_sales", "2023-01..06")
    assert (alert.group, alert.unit) == (people.group5, people.commerce)
    assert (alert.facts["growth_pct"], alert.facts["city_growth_pct"], alert.facts["gap_pp"]) == ("5.2", "6.0", "-0.8")
    assert (alert.facts["source"], alert.facts["status"]) == ("示例统计局", "official")
    assert alert.parameters == {"tolerance_pp": "0", "growth_places": "1", "explain_within_working_days": "3"}
    assert (alert.state, alert.explain_due_on, alert.version) == ("open", date(2023, 7, 27), 1)
    assert [event.verb for event in alert.events.all()] == ["raised"]


def test_level_with_the_city_and_above_it_raise_nothing(people: Cast) -> None:
    publish("retail_sales", "5.96", "6.04")
    publish("trade_total", "7.0", "6.0")
    assert june() == Evaluation()
    assert Alert.objects.count() == 0


def test_the_rule_rests_while_the_city_is_unknown_and_fires_when_it_is_published(people: Cast) -> None:
    publish("retail_sales", "5.2", None)
    assert june() == Evaluation()
    publish("retail_sales", None, "6.0")
    assert june() == Evaluation(raised=1)


def test_evaluating_again_with_the_same_figures_writes_nothing(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    before = Entry.objects.count()
    assert june() == Evaluation()
    assert Entry.objects.count() == before


def test_corrected_figures_that_still_fire_change_the_alert_and_say_so(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    with clock.pinned(NOON + timedelta(days=1)):
        publish("retail_sales", "5.5", None, status="revised")
        assert june() == Evaluation(changed=1)
    alert = Alert.objects.get()
    assert (alert.facts["gap_pp"], alert.version) == ("-0.5", 2)
    assert [event.verb for event in alert.events.all()] == ["facts_changed", "raised"]


def test_corrected_figures_that_no_longer_fire_clear_the_alert_with_a_note(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    with clock.pinned(NOON + timedelta(days=1)):
        publish("retail_sales", "6.3", None, status="revised")
        assert june() == Evaluation(cleared=1)
        assert june() == Evaluation()
    alert = Alert.objects.get()
    assert (alert.state, alert.cleared_at) == ("cleared", NOON + timedelta(days=1))
    cleared = alert.events.first()
    assert cleared is not None
    assert cleared.text_zh == "按现有数据（本区增速6.3%，全市增速6.0%），规则不再触发"


def test_a_cleared_alert_rises_again_under_the_same_key_when_figures_fall_back(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    for day, growth, outcome in ((1, "6.3", Evaluation(cleared=1)), (2, "5.0", Evaluation(raised=1))):
        with clock.pinned(NOON + timedelta(days=day)):
            publish("retail_sales", growth, None, status="revised")
            assert june() == outcome
    alert = Alert.objects.get()
    assert (alert.state, alert.cleared_at, alert.explain_due_on) == ("open", None, date(2023, 7, 31))
    assert [event.verb for event in alert.events.all()] == ["raised_again", "cleared", "raised"]


def test_where_lower_is_better_growth_above_the_city_raises_the_alert(people: Cast) -> None:
    with work(people.sysadmin.actor, "polarity"):
        Indicator.objects.filter(code="trade_total").update(polarity="lower")
    publish("trade_total", "3.0", "2.0")
    assert june() == Evaluation(raised=1)


def test_the_event_of_published_figures_evaluates_their_months(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    with work(people.statistician.actor, "publish"):
        events.publish("figures.published", {"months": [[2023, 6]]})
    events.drain()
    assert Alert.objects.count() == 1


def test_a_figure_that_lags_shows_on_the_next_months_board_and_is_found_by_its_own_month(people: Cast) -> None:
    with work(people.sysadmin.actor, "lag"):
        Indicator.objects.filter(code="retail_sales").update(lag_months=1)
    publish("retail_sales", "5.2", "6.0", month=5)
    services.on_figures_published({"months": [[2023, 5]]})
    assert Alert.objects.get().period.key == "2023-01..05"


def test_the_tick_evaluates_the_newest_month(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    assert services.evaluate_newest_months() == "raised 1, changed 0, cleared 0"
    assert services.evaluate_newest_months() == "raised 0, changed 0, cleared 0"


def tolerate(people: Cast, points: str) -> bool:
    """Set the tolerance; whether anything was written."""
    return not services.define_rule_parameters(
        rule="below_city_average", parameters={"tolerance_pp": Decimal(points)}, since=date(2023, 1, 1),
        today=date(2023, 7, 1), authority="示例文件", by=people.sysadmin,
    ).is_unchanged  # fmt: skip


def test_parameters_are_a_history_and_the_same_again_writes_nothing(people: Cast) -> None:
    assert [tolerate(people, points) for points in ("0.5", "0.5", "0.8")] == [True, False, True]
    kept = RuleVersion.objects.order_by("in_force_from").values_list("in_force_from", "parameters")
    assert list(kept) == [(date(2023, 1, 1), {"tolerance_pp": "0.5"}), (date(2023, 7, 1), {"tolerance_pp": "0.8"})]


def test_nobody_but_the_system_administrator_sets_parameters(people: Cast) -> None:
    with pytest.raises(Refusal) as caught:
        services.define_rule_parameters(
            rule="below_city_average", parameters={}, since=NOON.date(), today=NOON.date(), authority="x", by=people.chief
        )
    assert caught.value.codes == ["not_allowed"]


def test_an_alert_that_a_wider_tolerance_ends_says_that_the_parameters_changed(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    tolerate(people, "1")
    assert june() == Evaluation(cleared=1)
    last = AlertEvent.objects.latest("id")
    assert last.text_zh == "规则参数已调整，按现有数据（本区增速5.2%，全市增速6.0%）不再触发"


def test_a_tolerance_in_force_is_applied_and_kept_on_the_alert(people: Cast) -> None:
    tolerate(people, "0.5")
    publish("retail_sales", "5.5", "6.0")
    publish("trade_total", "5.4", "6.0")
    assert june() == Evaluation(raised=1)
    assert (Alert.objects.get().indicator.code, Alert.objects.get().parameters["tolerance_pp"]) == ("trade_total", "0.5")


def test_an_alert_closed_by_the_office_stays_closed_when_its_figures_recover(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    alert = Alert.objects.get()
    services.close_alert(alert_id=alert.pk, by=people.office_head, version=1, reason="统计口径调整")
    with clock.pinned(NOON + timedelta(days=1)):
        publish("retail_sales", "6.3", None, status="revised")
        assert june() == Evaluation()
    assert Alert.objects.get().state == "closed"


def test_every_change_is_in_the_record_and_verifies(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    june()
    entry = Entry.objects.filter(tbl="alerts_alert").get()
    assert (entry.op, entry.actor_kind, entry.reason) == ("insert", "system", "研判预警 2023-06")
    assert verify(deep=True).findings == []


def test_nothing_is_raised_when_the_record_cannot_seal(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("retail_sales", "5.2", "6.0")
    monkeypatch.setenv("ZHUANBAN_WORKSPACE", "/nonexistent")
    with pytest.raises(Refusal) as refused:
        june()
    assert refused.value.codes == ["trail_key_missing"]
    assert (Alert.objects.count(), AlertEvent.objects.count()) == (0, 0)


def test_lists_show_what_the_viewer_reaches_and_nothing_else(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    publish("budget_revenue", "1.0", "6.0")
    june()

    def seen(name: str) -> list[str]:
        return sorted(row.indicator_code for row in queries.alerts(viewer=people.viewers[name], year=2023, month=6))

    assert seen("chief") == seen("statistician") == ["budget_revenue", "retail_sales"]
    assert seen("commerce_clerk") == seen("leader5") == ["retail_sales"]
    assert seen("finance_head") == ["budget_revenue"]
    assert seen("auditor") == []


def test_alerts_for_pairs_come_in_the_order_of_the_pairs(people: Cast) -> None:
    publish("retail_sales", "5.2", "6.0")
    publish("trade_total", "1.0", "6.0")
    june()
    found = {alert.indicator.code: (alert.indicator_id, alert.period) for alert in Alert.objects.all()}
    rows = queries.alerts_for(
        as_known=None,
        viewer=system_viewer("test"), periods=[found["trade_total"], found["retail_sales"]]
    )
    assert [row.indicator_code for row in rows] == ["trade_total", "retail_sales"]
