"""The ladder on pages: what the matter's page shows and offers, the office's setting, the sheet, the workbench."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.matters import presenters, services
from zhuanban.matters.models import LedgerLadder, Matter, MatterEscalation
from zhuanban.matters.tests.story import resolved, signed
from zhuanban.people.access import viewer_of
from zhuanban.people.models import DataClass, Grant
from zhuanban.people.services import decide_day
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import BUILDER, Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
SAID = {"authority": "联席会议纪要第3号", "reason": "按会议要求"}
DEFAULTS = {
    "l2_overdue": "3",
    "l2_answer": "3",
    "l3_overdue": "1",
    "l3_answer": "5",
    "l4_overdue": "1",
    "l4_answer": "5",
}


@pytest.fixture
def people() -> Cast:
    return cast()


def at(day: str, hour: int = 9) -> Any:
    month, number = day.split("-")
    return clock.pinned(datetime(2023, int(month), int(number), hour, tzinfo=clock.SHANGHAI))


def due_before_the_holiday(people: Cast, **values: Any) -> Matter:
    with at("09-19"):
        return signed(people, **values)


def climb(*days: str) -> None:
    for day in days:
        with at(day, 1):
            services.climb_overdue_matters()


def report(people: Cast, who: str, matter: Matter, **given: Any) -> Any:
    body = {"zb_key": new_key(), "version": matter.version, "reason": "需供电公司总部决定。", **given}
    return browser(people, who).post(f"/matters/{matter.number}/escalate/", body)


def test_the_page_shows_the_level_its_day_the_first_day_and_the_step(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    climb("10-09")
    with at("10-10"):
        page = words(browser(people, "commerce_clerk").get(f"/matters/{matter.number}/"))
        english = words(browser(people, "commerce_clerk", language="en").get(f"/matters/{matter.number}/"))
    for said in (
        "L2分管领导（3个工作日）", "10月12日，星期四", "9月28日，星期四", "逾期自动上报至L2分管领导", "层级另有期限，责任单位的期限不变",
        "处理不了：上报至L3专班办公室",
    ):  # fmt: skip
        assert said in page, said
    for said in (
        "L2 Responsible leader, 3 working days", "Overdue: passed up to L2 Responsible leader", "the responsible unit's day stays",
        "Cannot be solved here: report up to L3 Task force office",
    ):  # fmt: skip
        assert said in english, said


def test_the_unit_reports_up_once_whatever_it_clicks_and_the_story_keeps_its_reason(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    client = browser(people, "commerce_clerk")
    body = {"zb_key": new_key(), "version": matter.version, "reason": "需供电公司总部决定。"}
    with at("09-20"):
        first = client.post(f"/matters/{matter.number}/escalate/", body)
        second = client.post(f"/matters/{matter.number}/escalate/", body)
        assert first["Location"] == second["Location"] == f"/matters/{matter.number}/"
        page = words(client.get(f"/matters/{matter.number}/"))
    assert MatterEscalation.objects.get().level == 2
    assert "已上报。责任单位原定的期限不变。" in page
    assert "需供电公司总部决定。" in page
    assert "上报至L2分管领导" in page


def test_what_was_typed_stays_where_it_is_refused_and_a_stale_page_is_told(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    empty = report(people, "commerce_clerk", matter, reason="")
    assert empty.status_code == 422
    assert "<details open>" in words(empty)
    with at("09-20"):
        services.note_progress(
            matter_id=matter.pk, by=people.commerce_head, version=matter.version, text="负责人已记。"
        )
    stale = report(people, "commerce_clerk", matter)
    assert stale.status_code == 409
    assert "需供电公司总部决定。" in words(stale)
    assert MatterEscalation.objects.count() == 0
    with at("09-20"):
        done = resolved(people, title="另一件")
    late = report(people, "commerce_clerk", done)
    assert late.status_code == 409
    assert "只有仍在办理的事项才能这样做" in words(late)
    assert "需供电公司总部决定。" in words(late)


def test_the_door_is_shut_to_leaders_and_to_other_units_and_the_page_offers_them_nothing(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    for who in ("leader5", "chief", "sysadmin", "auditor", "finance_clerk"):
        assert report(people, who, matter).status_code == 404, who
    assert "处理不了" not in words(browser(people, "leader5").get(f"/matters/{matter.number}/"))
    assert "处理不了" in words(browser(people, "office_head").get(f"/matters/{matter.number}/"))
    assert MatterEscalation.objects.count() == 0


def test_the_sheet_names_the_level_under_the_ledgers_own_heading(people: Cast) -> None:
    due_before_the_holiday(people, title="逾期的一件")
    climb("10-09")
    with at("10-10"):
        signed(people, title="新的一件")
        book = load_workbook(io.BytesIO(browser(people, "office_head").get("/matters/export/").content))
        in_english = load_workbook(
            io.BytesIO(browser(people, "office_head", language="en").get("/matters/export/").content)
        )
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    head = next(row for row in rows if "当前层级" in row)
    column, title = head.index("当前层级"), head.index("问题")
    assert {row[title]: row[column] for row in rows[rows.index(head) + 1 :] if row[title]} == {
        "逾期的一件": "L2分管领导", "新的一件": "L1责任单位",
    }  # fmt: skip
    cells = {cell for row in in_english.active.iter_rows(values_only=True) for cell in row}
    assert {"Level", "L2 Responsible leader", "L1 Responsible unit"} <= cells


def todos(people: Cast, who: str) -> list[tuple[str, str]]:
    return [(todo.title, str(todo.note)) for todo in presenters.todos_of_levels(people.viewers[who])]


def test_whom_the_level_means_has_it_on_his_workbench_until_it_is_solved_or_stands_higher(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    said = (f"{matter.number} {matter.title}", "商务办 · L2分管领导")
    climb("10-09")
    with at("10-10"):
        assert todos(people, "leader5") == [said]
        assert [todos(people, who) for who in ("leader3", "chief", "office_head", "commerce_head")] == [[], [], [], []]
        assert "关注督促" in words(browser(people, "leader5").get("/"))
    climb("10-13", "10-23")
    with at("10-24"):
        assert (todos(people, "leader5"), todos(people, "office_head")) == ([], [])
        assert todos(people, "chief") == [(said[0], "商务办 · L4专班组长")]


def test_a_sensitive_matter_is_on_no_workbench_of_those_who_may_not_read_it(people: Cast) -> None:
    with work(BUILDER, "rights"):
        Grant.objects.filter(post__code="leader5").update(data_class=DataClass.INTERNAL)
    due_before_the_holiday(people, data_class=DataClass.ENTERPRISE)
    climb("10-09")
    with at("10-10"):
        assert list(presenters.todos_of_levels(viewer_of(people.users["leader5"]))) == []


def send(people: Cast, path: str, *, confirmed: bool, who: str = "office_head", **given: Any) -> Any:
    body = {"zb_key": new_key(), **SAID, **given, **({"confirmed": "1"} if confirmed else {})}
    return browser(people, who).post(f"/office/{path}", body)


def test_the_office_sees_whom_a_change_would_move_before_it_makes_it(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    with at("10-07"):
        listed = words(browser(people, "office_head").get("/office/"))
        assert "问题台账上报层级" in listed
        seen = words(
            send(people, "ladder-problem/", confirmed=False, **{**DEFAULTS, "l2_overdue": "1", "since": "2023-10-07"})
        )
        for said in (
            "将有1件未结事项处于另一层级",
            matter.number,
            "L1责任单位",
            "L2分管领导",
            f"/matters/{matter.number}/",
            "尚未生效",
        ):
            assert said in seen, said
        assert LedgerLadder.objects.count() == 0
        english = browser(people, "office_head", language="en")
        shown = words(
            english.post(
                "/office/ladder-problem/",
                {"zb_key": new_key(), **SAID, **DEFAULTS, "l2_overdue": "1", "since": "2023-10-07"},
            )
        )
        assert "1 open matter would stand on another level on 2023-10-07" in shown
        done = send(people, "ladder-problem/", confirmed=True, **{**DEFAULTS, "l2_overdue": "1", "since": "2023-10-07"})
        assert (done.status_code, done["Location"]) == (302, "/office/ladder-problem/")
    version = LedgerLadder.objects.get()
    assert (version.parameters["l2_overdue"], version.in_force_from, version.authority) == (
        1,
        date(2023, 10, 7),
        SAID["authority"],
    )
    assert Entry.objects.filter(tbl="matters_ledgerladder").get().actor_label == "专班办公室 · 审核岗"
    climb("10-07")
    matter.refresh_from_db()
    assert (matter.level, matter.level_due_on) == (2, date(2023, 10, 10))


def test_a_change_ahead_is_taken_back_and_what_is_out_of_bounds_or_unchanged_is_refused(people: Cast) -> None:
    with at("10-07"):
        ahead = {**DEFAULTS, "l4_overdue": "0", "since": "2023-11-01"}
        assert send(people, "ladder-problem/", confirmed=True, **ahead).status_code == 302
        assert send(people, "ladder-problem/withdraw/", confirmed=False, since="2023-11-01").status_code == 302
        assert LedgerLadder.objects.count() == 0
        for wrong in ({"l2_answer": "0"}, {"l2_overdue": "61"}, {"l3_answer": "1.5"}, {"l3_answer": ""}):
            answer = send(people, "ladder-problem/", confirmed=True, **{**DEFAULTS, **wrong, "since": "2023-10-07"})
            assert answer.status_code == 422, wrong
        assert "与所填相同" in words(send(people, "ladder-problem/", confirmed=True, **DEFAULTS, since="2023-10-07"))
        for who in ("chief", "leader5", "statistician", "commerce_head"):
            assert send(people, "ladder-problem/", confirmed=True, who=who, **ahead).status_code == 404
    assert LedgerLadder.objects.count() == 0


def test_a_levels_day_follows_the_working_calendar_and_its_own_fact_stays(people: Cast) -> None:
    matter = due_before_the_holiday(people)
    climb("10-09")
    with at("10-10"):
        preview = words(send(people, "calendar/", confirmed=False, day="2023-10-11", works="free"))
        assert f"{matter.number} {matter.title} L2分管领导" in preview
        decide_day(day=date(2023, 10, 11), works=False, by=people.office_head, **SAID)
    matter.refresh_from_db()
    assert (matter.level_due_on, matter.due_on) == (date(2023, 10, 13), date(2023, 9, 28))
    assert MatterEscalation.objects.get().due_on == date(2023, 10, 12)
    climb("10-13", "10-16")
    matter.refresh_from_db()
    assert matter.level == 3
