"""What the office sets: previewed, then in force from a day, kept as a history, and followed by what it is about."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from zhuanban.alerts.models import Alert, RuleVersion
from zhuanban.filings import services as filings
from zhuanban.filings.models import CadenceVersion, Filing
from zhuanban.filings.tests.story import begin, signed
from zhuanban.indicators.models import Figure, Indicator, LightThresholds, PeerMember, Place, Target
from zhuanban.indicators.queries import board
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import services as matters
from zhuanban.matters.models import LedgerTerms, Matter
from zhuanban.matters.queries import matter as matter_story
from zhuanban.matters.tests.story import accepted, registered
from zhuanban.people import services as people_services
from zhuanban.people.access import system_viewer
from zhuanban.people.models import CalendarDay
from zhuanban.people.queries import working_calendar
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import BUILDER, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
MONDAY = datetime(2023, 7, 24, 9, tzinfo=clock.SHANGHAI)
SAID = {"authority": "联席会议纪要第3号", "reason": "按会议要求"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.pinned(MONDAY):
        yield


@pytest.fixture
def people() -> Cast:
    return begin()


def send(people: Cast, path: str, *, confirmed: bool, who: str = "office_head", **given: Any) -> Any:
    body = {"zb_key": new_key(), **SAID, **given, **({"confirmed": "1"} if confirmed else {})}
    return browser(people, who).post(f"/office/{path}", body)


LIGHTS = {
    "red_gap_pp": "5", "value_red_share_pct": "10", "last_places": "2", "last_places_min_peers": "5",
    "good_half_pct": "50", "rank_min_peers": "3", "since": "2023-07-24",
}  # fmt: skip
TERMS = {
    "accept": "1", "assign": "1", "sign": "1", "handle": "7", "review": "3", "visit": "5", "strike_off": "5",
    "since": "2023-07-24",
}  # fmt: skip
FILING = {
    "day_of_month": "20", "roll": "forward", "due_time": "17:00", "late_after_working_days": "0",
    "lock_after_working_days": "5", "resubmit_working_days": "3", "since": "2023-07-24",
}  # fmt: skip
RULE = {"tolerance_pp": "0", "growth_places": "1", "explain_within_working_days": "3", "since": "2023-07-24"}


def test_the_page_lists_every_set_with_what_is_in_force_and_on_whose_word(people: Cast) -> None:
    page = words(browser(people, "office_head").get("/office/"))
    for said in ("指标亮灯规则", "增速低于全市平均水平", "月度报送", "问题台账办理时限", "工作日历", "排名范围", "产品默认值", "20日（每月）"):
        assert said in page
    for who in ("chief", "leader5", "statistician", "commerce_clerk", "sysadmin", "secadmin", "auditor"):
        for path in ("", "lights/", "calendar/", "peers/"):
            assert browser(people, who).get(f"/office/{path}").status_code == 404, (who, path)


def test_a_change_is_previewed_first_and_writes_nothing_until_it_is_confirmed(people: Cast) -> None:
    seen = send(people, "lights/", confirmed=False, **{**LIGHTS, "last_places": "1"})
    assert seen.status_code == 200
    assert "尚未生效" in words(seen)
    assert LightThresholds.objects.count() == 0
    done = send(people, "lights/", confirmed=True, **{**LIGHTS, "last_places": "1"})
    assert (done.status_code, done["Location"]) == (302, "/office/lights/")
    version = LightThresholds.objects.get()
    assert (version.parameters["last_places"], version.in_force_from) == (1, date(2023, 7, 24))
    assert (version.authority, version.reason) == ("联席会议纪要第3号", "按会议要求")
    assert Entry.objects.filter(tbl="indicators_lightthresholds").get().actor_label == "专班办公室 · 审核岗"


def test_the_preview_of_the_light_rule_names_whose_light_turns_and_a_board_of_before_keeps_its_rule(people: Cast) -> None:
    viewer = people.office_head
    before = {row.code: row.light for row in board(viewer=viewer, year=2023, month=6, as_known=None).rows}
    assert before["retail_sales"] == "yellow"
    with work(BUILDER, "target"):
        Target.objects.create(
            indicator=Indicator.objects.get(code="retail_sales"), place=Place.objects.get(code="zone"), year=2023,
            kind="growth", operator="at_least", value=Decimal("6.0"), in_force_from=date(2023, 1, 1), authority="plan",
        )  # fmt: skip
    lax = {**LIGHTS, "red_gap_pp": "0.5"}
    page = words(send(people, "lights/", confirmed=False, **lax))
    assert "按6月现有数据测算" in page
    assert "/board/retail_sales/" in page
    assert send(people, "lights/", confirmed=True, **{**lax, "since": "2023-07-25"}).status_code == 302
    with clock.pinned(datetime(2023, 7, 25, 9, tzinfo=clock.SHANGHAI)):
        after = {row.code: row.light for row in board(viewer=viewer, year=2023, month=6, as_known=None).rows}
        then = {row.code: row.light for row in board(viewer=viewer, year=2023, month=6, as_known=MONDAY).rows}
    assert after == {**before, "retail_sales": "red"}
    assert then == before


def test_everything_wrong_is_said_at_once_beside_its_field_and_nothing_is_lost(people: Cast) -> None:
    answer = send(people, "lights/", confirmed=True, **{**LIGHTS, "red_gap_pp": "五", "last_places": "99", "reason": " "})
    page = words(answer)
    assert answer.status_code == 422
    assert "“五”不是数字" in page
    assert "须在1至20之间" in page
    assert "必填" in page
    assert 'value="五"' in page
    assert LightThresholds.objects.count() == 0
    past = send(people, "lights/", confirmed=True, **{**LIGHTS, "last_places": "1", "since": "2023-07-01"})
    assert past.status_code == 422
    assert "最早自今日起生效" in words(past)
    same = send(people, "lights/", confirmed=True, **LIGHTS)
    assert "与所填相同" in words(same)
    assert LightThresholds.objects.count() == 0


def test_fractions_where_whole_numbers_are_counted_and_endless_ones_are_refused(people: Cast) -> None:
    for text in ("2.5", "NaN", "Infinity", "1e9", "-1", ""):
        answer = send(people, "terms-problem/", confirmed=True, **{**TERMS, "handle": text})
        assert answer.status_code == 422, text
    assert LedgerTerms.objects.count() == 0


def test_a_new_term_counts_for_what_begins_and_leaves_what_runs(people: Cast) -> None:
    running = accepted(people)
    assert running.due_on == date(2023, 8, 2)
    preview = words(send(people, "terms-problem/", confirmed=False, **{**TERMS, "handle": "3"}))
    assert "现有1件未结事项期限不变" in preview
    assert "7月27日" in preview
    assert send(people, "terms-problem/", confirmed=True, **{**TERMS, "handle": "3"}).status_code == 302
    running.refresh_from_db()
    assert running.due_on == date(2023, 8, 2)
    assert accepted(people, title="新的一件").due_on == date(2023, 7, 27)
    assert "7月27日" not in words(browser(people, "office_head").get(f"/matters/{running.number}/"))


def test_a_change_that_lies_ahead_waits_for_its_day_and_can_be_put_right_until_then(people: Cast) -> None:
    ahead = {**TERMS, "handle": "3", "since": "2023-08-01"}
    assert send(people, "terms-problem/", confirmed=True, **ahead).status_code == 302
    assert accepted(people).due_on == date(2023, 8, 2)
    page = words(browser(people, "office_head").get("/office/"))
    assert "2023-08-01起调整" in page
    assert send(people, "terms-problem/", confirmed=True, **{**ahead, "handle": "4"}).status_code == 302
    assert LedgerTerms.objects.get().parameters["handle"] == 4
    with clock.pinned(datetime(2023, 8, 1, 9, tzinfo=clock.SHANGHAI)):
        assert accepted(people, title="八月的").due_on == date(2023, 8, 7)
        assert "现行" in words(browser(people, "office_head").get("/office/terms-problem/"))


@pytest.mark.parametrize(
    ("key", "given"), [("lights", LIGHTS), ("terms-problem", TERMS), ("filing-monthly_filing", FILING), ("rule-below_city_average", RULE)]
)
def test_what_is_decided_for_a_day_ahead_can_be_taken_back_until_then(people: Cast, key: str, given: dict[str, str]) -> None:
    first = next(name for name in given if name != "since")
    ahead = {**given, first: str(int(given[first]) + 1), "since": "2023-08-01"}
    assert send(people, f"{key}/", confirmed=True, **ahead).status_code == 302
    page = words(browser(people, "office_head").get(f"/office/{key}/"))
    assert page.count("撤回") == 1
    assert send(people, f"{key}/withdraw/", confirmed=False, since="2023-08-01").status_code == 302
    page = words(browser(people, "office_head").get(f"/office/{key}/"))
    assert "2023-08-01" not in page.replace("2023-08-01起的调整已撤回", "")
    gone = send(people, f"{key}/withdraw/", confirmed=False, since="2023-08-01")
    assert gone.status_code == 409
    assert "可能已有人先行撤回" in words(gone)
    assert Entry.objects.filter(op="delete", reason__contains="撤回").count() == 1


def test_what_is_in_force_is_not_taken_back_and_only_the_office_takes_back(people: Cast) -> None:
    assert send(people, "terms-problem/", confirmed=True, **{**TERMS, "handle": "3"}).status_code == 302
    held = send(people, "terms-problem/withdraw/", confirmed=False, since="2023-07-24")
    assert held.status_code == 409
    assert "已在执行" in words(held)
    assert send(people, "terms-problem/", confirmed=True, **{**TERMS, "handle": "4", "since": "2023-08-01"}).status_code == 302
    assert send(people, "terms-problem/withdraw/", confirmed=False, who="commerce_clerk", since="2023-08-01").status_code == 404
    assert send(people, "terms-problem/withdraw/", confirmed=False, since="soon").status_code == 404
    assert LedgerTerms.objects.count() == 2


def test_the_stages_of_a_matter_follow_the_terms_of_the_day_they_began(people: Cast) -> None:
    waiting = registered(people)
    matters.set_terms(ledger="problem", terms={"accept": 4}, since=date(2023, 7, 24), by=people.office_head, **SAID)
    story = matter_story(viewer=people.office_head, number=waiting.number)
    assert story is not None
    assert [(each.key, each.due_on) for each in story.clocks if each.key == "accept"] == [("accept", date(2023, 7, 28))]
    # What the office did not name keeps the drawer's term.
    assert [each.limit for each in story.clocks if each.key == "handle"] == [7]


def test_another_filing_day_holds_from_the_month_after_and_leaves_what_is_listed(people: Cast) -> None:
    preview = words(send(people, "filing-monthly_filing/", confirmed=False, **{**FILING, "day_of_month": "10"}))
    assert "8月10日" in preview
    assert send(people, "filing-monthly_filing/", confirmed=True, **{**FILING, "day_of_month": "10"}).status_code == 302
    assert {each.due_on for each in Filing.objects.all()} == {date(2023, 7, 20)}
    filings.owe_filings(on=date(2023, 8, 1))
    assert set(Filing.objects.filter(month=7).values_list("due_on", flat=True)) == {date(2023, 8, 10)}
    page = words(browser(people, "office_head").get("/filings/?month=2023-07"))
    assert "联席会议纪要第3号" in page
    assert "联席会议纪要第3号" not in words(browser(people, "office_head").get("/filings/?month=2023-06"))


def test_a_filing_is_never_locked_before_it_is_late(people: Cast) -> None:
    wrong = {**FILING, "late_after_working_days": "6", "lock_after_working_days": "5"}
    answer = send(people, "filing-monthly_filing/", confirmed=True, **wrong)
    assert answer.status_code == 422
    assert "锁定不能早于迟报" in words(answer)
    assert CadenceVersion.objects.count() == 0


def test_a_wider_tolerance_says_which_alerts_would_not_have_been_raised(people: Cast) -> None:
    wide = {**RULE, "tolerance_pp": "1"}
    page = words(send(people, "rule-below_city_average/", confirmed=False, **wide))
    assert "/board/retail_sales/" in page
    assert "不预警" in page
    assert "/board/budget_revenue/" not in page
    raised = list(Alert.objects.values_list("pk", "state", "explain_due_on"))
    assert send(people, "rule-below_city_average/", confirmed=True, **wide).status_code == 302
    assert list(Alert.objects.values_list("pk", "state", "explain_due_on")) == raised
    assert RuleVersion.objects.get().parameters["tolerance_pp"] == "1"


def test_only_the_office_sets_and_only_through_its_own_right(people: Cast) -> None:
    said = {"since": date(2023, 7, 24), **SAID}
    for who in ("sysadmin", "statistician", "chief", "commerce_head"):
        viewer = getattr(people, who)
        for attempt in (
            lambda by: matters.set_terms(ledger="problem", terms={"handle": 1}, by=by, **said),
            lambda by: filings.set_cadence(cadence="monthly_filing", settings={"day_of_month": "1"}, by=by, **said),
            lambda by: people_services.decide_day(day=date(2023, 8, 1), works=False, by=by, **SAID),
        ):
            with pytest.raises(Refusal) as refused:
                attempt(viewer)
            assert refused.value.codes == ["not_allowed"]


def test_a_day_decided_free_moves_running_terms_open_filings_and_waiting_alerts(people: Cast) -> None:
    running, fixed = accepted(people), accepted(people, title="约定的日子", due_on=date(2023, 8, 2))
    filings.owe_filings(on=date(2023, 8, 1))
    with clock.pinned(datetime(2023, 8, 1, 9, tzinfo=clock.SHANGHAI)):
        seen = words(send(people, "calendar/", confirmed=False, day="2023-08-21", works="free"))
        assert "商务办" in seen
        assert "8月22日" in seen
        assert CalendarDay.objects.count() == 0
        assert send(people, "calendar/", confirmed=True, day="2023-08-21", works="free").status_code == 302
        assert set(Filing.objects.filter(month=7).values_list("due_on", flat=True)) == {date(2023, 8, 22)}
        assert not working_calendar().is_working(date(2023, 8, 21))
        assert send(people, "calendar/", confirmed=True, day="2023-08-02", works="free").status_code == 302
    assert Matter.objects.get(pk=running.pk).due_on == date(2023, 8, 3)
    assert Matter.objects.get(pk=fixed.pk).due_on == date(2023, 8, 2)
    assert accepted(people, title="再一件").due_on == date(2023, 8, 3)


def test_the_preview_of_a_day_names_no_matter_that_the_office_may_not_see(people: Cast) -> None:
    hidden = matters.register_matter(
        title="只限少数人知晓", description="x", group_id=people.group5.pk, unit_id=people.commerce.pk, source="visit",
        data_class=4, by=system_viewer("test"),
    )  # fmt: skip
    shown = registered(people)
    page = words(send(people, "calendar/", confirmed=False, day=hidden.due_on.isoformat(), works="free"))
    assert shown.number in page
    assert hidden.number not in page
    assert "只限少数人知晓" not in page
    people_services.decide_day(day=hidden.due_on, works=False, by=people.office_head, **SAID)
    assert Matter.objects.get(pk=hidden.pk).due_on > hidden.due_on


def test_what_is_signed_keeps_the_day_it_was_signed_by_and_going_back_undoes_the_rest(people: Cast) -> None:
    with clock.pinned(datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)):
        done = signed(people)
        other = Filing.objects.exclude(pk=done.pk).get()
        for works, due in ((False, date(2023, 7, 21)), (None, date(2023, 7, 20))):
            people_services.decide_day(day=date(2023, 7, 20), works=works, by=people.office_head, **SAID)
            other.refresh_from_db()
            done.refresh_from_db()
            assert other.due_on == due
            assert done.due_on == date(2023, 7, 20)
    assert CalendarDay.objects.count() == 2


def test_a_worked_saturday_counts_and_a_day_past_cannot_be_decided_any_more(people: Cast) -> None:
    people_services.decide_day(day=date(2023, 7, 29), works=True, by=people.office_head, **SAID)
    assert accepted(people).due_on == date(2023, 8, 1)
    for given, code in (
        ({"day": date(2023, 7, 29), "works": True}, "day_decided_so"),
        ({"day": date(2023, 7, 21), "works": False}, "since_past"),
        ({"day": date(2023, 8, 1), "works": None}, "day_decided_so"),
    ):
        with pytest.raises(Refusal) as refused:
            people_services.decide_day(by=people.office_head, **given, **SAID)  # type: ignore[arg-type]
        assert refused.value.codes == [code]
    page = words(browser(people, "office_head").get("/office/calendar/"))
    assert "zb-day-decided-works" in page
    assert "联席会议纪要第3号" in page


def test_alerts_that_wait_follow_the_calendar(people: Cast) -> None:
    waiting = Alert.objects.filter(state="open").first()
    assert waiting is not None
    due = waiting.explain_due_on
    with clock.pinned(waiting.raised_at):
        people_services.decide_day(day=due, works=False, by=people.office_head, **SAID)
        waiting.refresh_from_db()
        assert waiting.explain_due_on > due


def test_places_are_ranked_and_no_longer_ranked_from_the_running_year_on(people: Cast) -> None:
    with work(BUILDER, "places"):
        for code, growth in (("district_a", "7.0"), ("district_b", "3.0")):
            place = Place.objects.create(code=code, name_zh=code, name_en=code, kind="peer")
            Figure.objects.create(
                indicator=Indicator.objects.get(code="retail_sales"), place=place, year=2023, first_month=1, last_month=6,
                growth_pct=Decimal(growth), status="official", known_at=clock.now(), recorded_by_post="统计岗",
            )  # fmt: skip
        for code in ("zone", "district_a"):
            PeerMember.objects.create(place=Place.objects.get(code=code), from_year=2023)
    new = {"place": "district_b", "indicator": "", "from_year": "2023"}
    seen = words(send(people, "peers/", confirmed=False, **new))
    assert "2/2" in seen
    assert "2/3" in seen
    assert PeerMember.objects.count() == 2
    assert send(people, "peers/", confirmed=True, **new).status_code == 302
    again = send(people, "peers/", confirmed=True, **new)
    assert again.status_code == 422
    assert "已纳入排名" in words(again)
    for wrong in ({"from_year": "2020"}, {"place": "nowhere"}):
        assert send(people, "peers/", confirmed=True, **{**new, **wrong}).status_code == 422
    row = PeerMember.objects.get(place__code="district_b")
    client = browser(people, "office_head")

    def end(year: int) -> Any:
        return client.post(f"/office/peers/{row.pk}/end/", {"zb_key": new_key(), "last_year": year, "reason": "区划调整"})

    assert end(2020).status_code == 422
    assert end(2023).status_code == 302
    assert PeerMember.objects.get(pk=row.pk).until_year == 2023
    assert end(2022).status_code == 302
    assert not PeerMember.objects.filter(pk=row.pk).exists()
    assert end(2023).status_code == 404
