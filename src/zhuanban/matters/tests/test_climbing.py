"""Matters that climb: by themselves and by hand, once, who hears of it, what stays as it was."""

from datetime import date, datetime
from typing import Any

import pytest

from zhuanban.files.tests.pictures import picture
from zhuanban.kit import clock, events
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import queries, services
from zhuanban.matters.models import LedgerLadder, Matter, MatterEscalation, MatterEvent
from zhuanban.matters.tests.story import in_threads, registered, resolved, reviewed, signed, struck_off
from zhuanban.people.models import DataClass, Grant, GroupLeader, Notice
from zhuanban.people.tests.cast import BUILDER, Cast, cast
from zhuanban.trail import queries as trail
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def at(day: str, hour: int = 9) -> Any:
    """The clock stands at a day of 2023."""
    month, number = day.split("-")
    return clock.pinned(datetime(2023, int(month), int(number), hour, tzinfo=clock.SHANGHAI))


def due_before_the_holiday(people: Cast, **values: Any) -> Matter:
    """Accepted on 19 September 2023, due on the 28th, the day before the National Day holiday."""
    with at("09-19"):
        matter = signed(people, **values)
    assert matter.due_on == date(2023, 9, 28)
    return matter


def tick(day: str) -> str:
    with at(day, 1):
        return services.climb_overdue_matters()


def told_of(matter: Matter, level: int) -> set[str]:
    events.drain()
    return set(Notice.objects.filter(key=f"matter:{matter.pk}:L{level}").values_list("user__username", flat=True))


def levels(matter: Matter) -> list[tuple[int, str, date]]:
    return list(matter.escalations.order_by("level").values_list("level", "trigger", "due_on"))


def refusal_of(**given: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        services.escalate_matter(**given)
    return refused.value


def test_an_overdue_matter_climbs_level_by_level_over_the_holiday_and_its_first_day_stays(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    climbing = {}
    for day in (
        "09-28",
        "09-29",
        "10-06",
        "10-07",
        "10-08",
        "10-09",
        "10-12",
        "10-13",
        "10-20",
        "10-23",
        "10-31",
        "12-29",
    ):
        climbing[day] = tick(day)
    assert {day for day, said in climbing.items() if said != "climbed 0"} == {"10-09", "10-13", "10-23"}
    assert levels(matter) == [
        (2, "overdue", date(2023, 10, 12)), (3, "overdue", date(2023, 10, 20)), (4, "overdue", date(2023, 10, 30)),
    ]  # fmt: skip
    matter.refresh_from_db()
    assert (matter.level, matter.level_due_on, matter.due_on) == (4, date(2023, 10, 30), date(2023, 9, 28))
    steps = matter.events.filter(verb="escalate")
    assert {(step.by_id, step.by_post, step.text, step.state, step.due_on) for step in steps} == {
        (None, "", "", "signed", date(2023, 9, 28))
    }
    with at("10-23"):
        (row,) = queries.matter_rows(viewer=people.office_head, ids=[matter.pk])
    assert (row.escalation_level, row.level_due_on, row.days_over) == (4, date(2023, 10, 30), 25)


def test_repeated_ticks_write_nothing_and_ask_once_where_nothing_is_overdue(
    people: Cast, django_assert_num_queries: Any
) -> None:
    matter = due_before_the_holiday(people)
    assert [tick("10-09") for _ in range(3)] == ["climbed 1", "climbed 0", "climbed 0"]
    assert (matter.events.filter(verb="escalate").count(), MatterEscalation.objects.count()) == (1, 1)
    with at("09-28"), django_assert_num_queries(1):
        services.climb_overdue_matters()


def test_what_is_not_running_does_not_climb_and_a_reopened_one_goes_on_from_where_it_was(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    tick("10-09")
    matter.refresh_from_db()
    with at("10-10"):
        services.resolve_matter(
            matter_id=matter.pk,
            by=people.commerce_clerk,
            version=matter.version,
            text="已送电。",
            attachments=[picture()],
        )
    assert tick("10-16") == "climbed 0"
    matter.refresh_from_db()
    with at("10-17"):
        services.send_back_matter(matter_id=matter.pk, by=people.office_head, version=matter.version, text="未解决。")
    matter.refresh_from_db()
    assert (matter.level, matter.level_due_on) == (2, date(2023, 10, 12))
    assert tick("10-18") == "climbed 1"
    assert [level for level, _, _ in levels(matter)] == [2, 3]


def test_struck_off_and_reviewed_ones_never_climb(people: Cast) -> None:
    with at("09-19"):
        reviewed(people)
        struck_off(people, title="已经完了")
    assert tick("12-29") == "climbed 0"


def test_a_later_setting_moves_no_day_that_a_level_has(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    tick("10-09")
    days = {"l2_overdue": 3, "l2_answer": 10, "l3_overdue": 2, "l3_answer": 1, "l4_overdue": 0, "l4_answer": 5}
    with at("10-10"):
        services.set_ladder(
            ledger="problem", days=days, since=date(2023, 10, 10), authority="联席会议纪要第3号", reason="按会议要求",
            by=people.office_head,
        )  # fmt: skip
    matter.refresh_from_db()
    assert matter.level_due_on == date(2023, 10, 12)
    assert [tick(day) for day in ("10-13", "10-16", "10-17", "12-29")] == [
        "climbed 0",
        "climbed 1",
        "climbed 0",
        "climbed 0",
    ]
    assert levels(matter) == [(2, "overdue", date(2023, 10, 12)), (3, "overdue", date(2023, 10, 17))]


def test_level_two_tells_the_groups_leader_the_office_and_the_units_head_each_once(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    tick("10-09")
    assert told_of(matter, 2) == {"leader5", "office_head", "deputy_director", "commerce_head"}
    tick("10-09")
    events.publish("matters.climbed", {"escalations": list(MatterEscalation.objects.values_list("pk", flat=True))})
    events.drain()
    assert Notice.objects.filter(key=f"matter:{matter.pk}:L2").count() == 4
    text = Notice.objects.get(key=f"matter:{matter.pk}:L2", user__username="leader5")
    assert text.text_zh == f"事项{matter.number} 逾期未办结，已上报至L2分管领导，请于2023-10-12前处理"
    assert (
        text.text_en
        == f"Matter {matter.number}: overdue, reported up to L2 Responsible leader; to be answered by 2023-10-12"
    )
    assert matter.title not in text.text_zh + text.text_en


def test_the_chief_hears_of_level_four_only(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    for day in ("10-09", "10-13", "10-23"):
        tick(day)
    assert "chief" not in told_of(matter, 2) | told_of(matter, 3)
    assert told_of(matter, 4) == {"chief", "office_head", "deputy_director", "commerce_head"}


def test_who_may_not_see_a_sensitive_matter_is_not_told_of_its_level(people: Cast) -> None:
    with work(BUILDER, "rights"):
        Grant.objects.filter(post__code__in=("leader5", "deputy_director")).update(data_class=DataClass.INTERNAL)
    matter = due_before_the_holiday(people, data_class=DataClass.ENTERPRISE)
    tick("10-09")
    assert told_of(matter, 2) == {"office_head", "commerce_head"}


def test_whoever_leads_another_group_or_no_longer_this_one_is_not_told(people: Cast) -> None:
    with work(BUILDER, "lead"):
        GroupLeader.objects.filter(post__code="leader5").update(valid_until=date(2023, 10, 1))
    matter = due_before_the_holiday(people)
    tick("10-09")
    assert {name for name in told_of(matter, 2) if name.startswith("leader")} == set()


def test_a_unit_without_a_head_hears_of_it_by_those_who_handle_there(people: Cast) -> None:
    with at("09-19"):
        matter = registered(people, by=people.street_officer, unit_id=people.street.pk, territory_id=people.street.pk)
    tick("10-09")
    assert "street_officer" in told_of(matter, 2)


def test_reported_up_by_the_unit_with_a_reason_the_level_gets_its_day_and_the_unit_keeps_its_own(people: Cast) -> None:
    """I-44: due on 12 October, reported up on the 11th, three working days: 16 October; overdue from the 13th."""
    with at("10-11"):
        matter = signed(people, due_on=date(2023, 10, 12))
        services.escalate_matter(
            matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, reason=" 需供电公司总部决定。 "
        )
    matter.refresh_from_db()
    assert (matter.due_on, matter.level, matter.level_due_on, matter.state) == (
        date(2023, 10, 12), 2, date(2023, 10, 16), "signed",
    )  # fmt: skip
    made = MatterEscalation.objects.get()
    assert (made.trigger, made.by_post, made.reason) == (
        "manual",
        people.commerce_clerk.signature,
        "需供电公司总部决定。",
    )
    assert told_of(matter, 2) == {"leader5", "office_head", "deputy_director", "commerce_head"}
    with at("10-13"):
        (row,) = queries.matter_rows(viewer=people.office_head, ids=[matter.pk])
        assert row.days_over == 1
    assert [tick(day) for day in ("10-16", "10-17")] == ["climbed 0", "climbed 1"]


def test_the_office_reports_up_too_and_whoever_did_it_is_not_told_of_it(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    with at("09-20"):
        services.escalate_matter(
            matter_id=matter.pk, by=people.office_head, version=matter.version, reason="跨组事项。"
        )
    assert told_of(matter, 2) == {"leader5", "deputy_director", "commerce_head"}


def test_refusals_of_reporting_up_say_what_stands_in_the_way(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    given: dict[str, Any] = {"matter_id": matter.pk, "version": matter.version, "reason": "处理不了。"}
    assert (refusal_of(by=people.finance_clerk, **given).codes, refusal_of(by=people.finance_clerk, **given).status) == (
        ["matter_not_found"], 404,
    )  # fmt: skip
    assert refusal_of(by=people.leader5, **given).codes == ["matter_not_your_task"]
    assert refusal_of(by=people.commerce_clerk, **{**given, "version": 1}).codes == ["stale_version"]
    empty = refusal_of(by=people.commerce_clerk, **{**given, "reason": "  "})
    assert (empty.codes, empty.problems[0].where) == (["matter_text_missing"], "reason")
    assert refusal_of(by=people.commerce_clerk, **{**given, "reason": "长" * 4001}).codes == ["matter_text_too_long"]
    for day in ("10-09", "10-13", "10-23"):
        tick(day)
    top = refusal_of(by=people.commerce_clerk, **given)
    assert (top.codes, top.status) == (["matter_at_top"], 409)
    assert "L4专班组长" in str(top)
    with at("09-19"):
        done = resolved(people, title="另一件")
    stopped = refusal_of(matter_id=done.pk, by=people.commerce_clerk, version=done.version, reason="处理不了。")
    assert (stopped.codes, stopped.status) == (["matter_not_running"], 409)
    assert "办结待审" in str(stopped)
    assert done.escalations.count() == 0


def test_the_street_that_sees_a_matter_of_another_unit_does_not_report_it_up(people: Cast) -> None:
    matter = due_before_the_holiday(people, territory_id=people.street.pk)
    refused = refusal_of(matter_id=matter.pk, by=people.street_officer, version=matter.version, reason="处理不了。")
    assert (refused.codes, refused.status) == (["matter_of_another_unit"], 403)
    assert "商务办" in str(refused)


def test_every_level_stands_in_the_record_under_whose_word_it_was_reached(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    tick("10-09")
    with at("10-10"):
        matter.refresh_from_db()
        services.escalate_matter(
            matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, reason="需总部决定。"
        )
    rows = Entry.objects.filter(tbl="matters_matterescalation").order_by("seq")
    assert list(rows.values_list("op", "actor_kind", "actor_label", "reason")) == [
        ("insert", "system", "matters", "逾期上报 问题台账"),
        ("insert", "user", people.commerce_clerk.signature, f"上报事项 {matter.number} 至L3"),
    ]
    assert trail.verify(deep=True).findings == []


def test_a_failure_at_the_last_line_leaves_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = due_before_the_holiday(people)

    def broken(*_: object) -> None:
        raise RuntimeError("outbox")

    monkeypatch.setattr("zhuanban.matters.services.climbing.publish", broken)
    with pytest.raises(RuntimeError):
        tick("10-09")
    matter.refresh_from_db()
    assert (matter.level, MatterEscalation.objects.count()) == (1, 0)


def test_as_it_stood_then_a_matter_stands_on_the_level_of_then(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    for day in ("10-09", "10-13"):
        tick(day)

    def level(day: int) -> int:
        moment = datetime(2023, 10, day, 9, tzinfo=clock.SHANGHAI)
        (row,) = queries.open_matters(viewer=people.office_head, as_known=moment)
        assert row.number == matter.number
        return row.escalation_level

    assert [level(8), level(9), level(14)] == [1, 2, 3]


def test_the_story_tells_the_levels_and_the_track_keeps_its_days(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    tick("10-09")
    with at("10-10"):
        facts = queries.matter(viewer=people.commerce_clerk, number=matter.number)
    assert facts is not None
    event = facts.events[0]
    assert event.level is not None
    assert (event.level.number, event.level_due_on, event.by_hand, event.by_post) == (2, date(2023, 10, 12), False, "")
    assert facts.way_up.next_level is not None
    assert (facts.way_up.level.number, facts.way_up.next_level.number, facts.way_up.may_report) == (2, 3, True)
    handle, level = facts.clocks
    assert (handle.due_on, level.due_on, level.started_on, level.used, level.limit) == (
        date(2023, 9, 28), date(2023, 10, 12), date(2023, 10, 9), 1, 3,
    )  # fmt: skip
    assert {stage.state.key: stage.reached_on for stage in facts.stages}["accepted"] == date(2023, 9, 19)


def test_the_preview_names_only_matters_that_the_viewer_sees(people: Cast) -> None:
    mine = due_before_the_holiday(people)
    with at("09-19"):
        hidden = registered(
            people, title="别组的", by=people.office_head, group_id=people.group3.pk, unit_id=people.finance.pk
        )
    with at("10-07"):
        given: dict[str, Any] = {"ledger": "problem", "days": {"l2_overdue": 1}, "since": date(2023, 10, 7)}
        seen = queries.level_changes(viewer=people.office_head, **given)
        assert [(each.number, each.before, each.after) for each in seen] == [(mine.number, 1, 2), (hidden.number, 1, 2)]
        assert [each.number for each in queries.level_changes(viewer=people.commerce_clerk, **given)] == [mine.number]


def test_an_unknown_level_is_no_setting_and_only_the_office_sets(people: Cast) -> None:
    given: dict[str, Any] = {"ledger": "problem", "since": clock.today(), "authority": "甲", "reason": "乙"}
    with pytest.raises(KeyError):
        services.set_ladder(days={"l9_answer": 1}, by=people.office_head, **given)
    with pytest.raises(Refusal) as refused:
        services.set_ladder(days={"l2_answer": 1}, by=people.commerce_head, **given)
    assert refused.value.codes == ["not_allowed"]
    assert LedgerLadder.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_ticks_at_once_each_matter_climbs_once() -> None:
    people = cast()
    for number in range(12):
        due_before_the_holiday(people, title=f"事项{number}")
    said: list[str] = []

    def act() -> None:
        said.append(tick("10-09"))

    in_threads(4, act)
    assert sum(int(each.split()[1]) for each in said) == 12
    assert (MatterEscalation.objects.count(), MatterEvent.objects.filter(verb="escalate").count()) == (12, 12)
    assert set(Matter.objects.values_list("level", flat=True)) == {2}
    assert trail.verify(deep=True).findings == []


@pytest.mark.django_db(transaction=True)
def test_a_tick_and_a_report_by_hand_at_once_climb_one_level() -> None:
    people = cast()
    matter = due_before_the_holiday(people)
    outcomes: list[str] = []
    turn = iter((True, False))

    def act() -> None:
        if next(turn):
            outcomes.append(tick("10-09"))
            return
        with at("10-09"):
            try:
                services.escalate_matter(matter_id=matter.pk, by=people.commerce_clerk, version=4, reason="处理不了。")
                outcomes.append("by hand")
            except Refusal as refusal:
                outcomes.append(refusal.codes[0])

    in_threads(2, act)
    assert sorted(outcomes) in (["by hand", "climbed 0"], ["climbed 1", "stale_version"]), outcomes
    assert MatterEscalation.objects.count() == 1
