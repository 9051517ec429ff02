"""What a unit asks the office for: more time, a pause, another unit; and the sides of the way: reopened, explained, assigned anew."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from zhuanban.files.tests.pictures import picture
from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import presenters, queries, services
from zhuanban.matters.models import Matter, MatterRequest
from zhuanban.matters.tests.story import MONDAY, in_progress, registered, signed, struck_off, visited
from zhuanban.people.models import Notice
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail import queries as trail

pytestmark = pytest.mark.django_db

DUE = date(2023, 8, 2)
"""Seven working days after Monday, 24 July 2023."""


@pytest.fixture
def people() -> Cast:
    return cast()


def day(month: int, number: int, hour: int = 1) -> datetime:
    return datetime(2023, month, number, hour, tzinfo=UTC)


def codes(service: Any, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        service(**given)
    return [(problem.code, problem.where) for problem in refused.value.problems]


def ask(people: Cast, matter: Matter, kind: str, **given: Any) -> MatterRequest:
    values = {
        "kind": kind,
        "matter_id": matter.pk,
        "by": people.commerce_clerk,
        "version": matter.version,
        "text": "需供电公司停电施工。",
    }
    made = services.ask_request(**{**values, **given})
    matter.refresh_from_db()
    return made


def answer(people: Cast, request: MatterRequest, *, granted: bool = True, **given: Any) -> Matter:
    request.matter.refresh_from_db()
    values = {
        "request_id": request.pk,
        "granted": granted,
        "by": people.office_head,
        "version": request.matter.version,
        "text": "同意。",
    }
    return services.answer_request(**{**values, **given})


def test_more_time_is_asked_for_before_the_day_and_moves_it_only_when_granted(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "extension", until=date(2023, 8, 11))
    assert (matter.state, matter.due_on) == ("in_progress", DUE)
    with clock.pinned(day(7, 25)):
        matter = answer(people, request, until=date(2023, 8, 9))
    assert (matter.state, matter.due_on, matter.due_is_fixed) == ("in_progress", date(2023, 8, 9), True)
    request.refresh_from_db()
    assert (request.granted, request.until) == (True, date(2023, 8, 9))
    assert [event.verb for event in matter.events.order_by("-id")[:2]] == ["grant_extension", "ask_extension"]
    assert trail.verify(deep=True).findings == []


def test_refused_everything_stays_and_the_reason_is_told(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "extension", until=date(2023, 8, 11))
        assert codes(answer, people=people, request=request, granted=False, text=" ") == [
            ("matter_text_missing", "reason")
        ]
        matter = answer(people, request, granted=False, text="时限足够。")
        again = ask(people, matter, "extension", until=date(2023, 8, 10))
    assert (matter.due_on, again.answered_id) == (DUE, None)


def test_a_request_comes_in_time_with_reason_and_a_working_day_after_the_present_one(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
    given = {"people": people, "matter": matter, "kind": "extension"}
    with clock.pinned(day(8, 1)):
        assert codes(ask, **given, until=None, text="") == [("matter_text_missing", "reason"), ("required", "until")]
        assert codes(ask, **given, until=DUE) == [("matter_until_not_later", "until")]
        assert codes(ask, **given, until=date(2023, 8, 5)) == [("matter_due_not_working", "until")]
        assert codes(ask, **given, until=date(2033, 8, 5)) == [("matter_due_too_far", "until")]
    with clock.pinned(day(8, 2)):
        assert codes(ask, **given, until=date(2023, 8, 11)) == [("matter_request_late", "")]
    with clock.pinned(MONDAY):
        assert codes(ask, **given, by=people.finance_clerk, until=date(2023, 8, 11)) == [("matter_not_found", "")]
        assert codes(ask, **given, by=people.office_head, until=date(2023, 8, 11)) == [("matter_not_your_task", "")]
        assert codes(ask, **{**given, "kind": "holiday"}) == [("matter_request_unknown", "")]
        ask(people, matter, "extension", until=date(2023, 8, 11))
        assert codes(ask, **given, until=date(2023, 8, 11)) == [("matter_request_waits", "")]


def test_two_who_answer_and_a_stale_page_change_nothing_twice(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "extension", until=date(2023, 8, 11))
        assert codes(answer, people=people, request=request, version=1) == [("stale_version", "")]
        answer(people, request)
        assert codes(answer, people=people, request=request, granted=False) == [("matter_request_answered", "")]
    matter.refresh_from_db()
    assert matter.due_on == date(2023, 8, 11)


def test_nobody_answers_what_his_own_unit_asked(people: Cast) -> None:
    """The office sits inside the department for science and economy."""
    with clock.pinned(MONDAY):
        tech = people.units["tech_econ"]
        matter = signed(people, signer="tech_econ_clerk", by=people.statistician, unit_id=tech.pk)
        request = ask(people, matter, "extension", by=people.tech_econ_clerk, until=date(2023, 8, 11))
        assert codes(answer, people=people, request=request) == [("matter_own_unit", "")]
        assert answer(people, request, by=people.deputy_director).due_on == date(2023, 8, 11)


def test_a_pause_stops_the_clock_and_what_was_left_runs_on_from_the_day_it_ends(people: Cast) -> None:
    """Due on 2 August; paused on 26 July with five working days left, resumed by the tick on 14 August: due on 21 August."""
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "pause", until=date(2023, 8, 14))
    with clock.pinned(day(7, 26)):
        matter = answer(people, request)
    assert (matter.state, matter.days_left, matter.due_on) == ("suspended", 5, DUE)
    with clock.pinned(day(8, 10)):
        assert services.climb_overdue_matters() == "climbed 0"
        assert services.resume_paused_matters() == "resumed 0"
        facts = queries.matter(viewer=people.commerce_clerk, number=matter.number)
        assert facts is not None
        assert (facts.row.is_overdue, [stage.state.key for stage in facts.stages if stage.is_current]) == (
            False,
            ["in_progress"],
        )
    with clock.pinned(day(8, 14)):
        assert [services.resume_paused_matters() for _ in range(2)] == ["resumed 1", "resumed 0"]
    matter.refresh_from_db()
    assert (matter.state, matter.due_on, matter.days_left) == ("in_progress", date(2023, 8, 21), None)
    assert trail.verify(deep=True).findings == []


def test_the_office_resumes_a_paused_matter_earlier(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        matter = answer(people, ask(people, matter, "pause", until=date(2023, 8, 14)))
    with clock.pinned(day(7, 31)):
        matter = services.move_matter(
            "resume", matter_id=matter.pk, by=people.office_head, version=matter.version, text="企业已复工。"
        )
    assert (matter.state, matter.due_on) == ("in_progress", date(2023, 8, 9))


def test_the_day_of_an_earlier_pause_does_not_end_the_present_one(people: Cast) -> None:
    """Paused until 31 July, resumed that day; paused again until 14 August: it rests on 10 August."""
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        answer(people, ask(people, matter, "pause", until=date(2023, 7, 31)))
    with clock.pinned(day(7, 31)):
        assert services.resume_paused_matters() == "resumed 1"
        matter.refresh_from_db()
        answer(people, ask(people, matter, "pause", until=date(2023, 8, 14)))
    with clock.pinned(day(8, 10)):
        assert services.resume_paused_matters() == "resumed 0"
    with clock.pinned(day(8, 14)):
        assert services.resume_paused_matters() == "resumed 1"


def test_another_unit_gets_it_with_a_term_of_its_own_and_signs_for_it(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "reassignment", text="属财政金融办职责。")
        assert codes(answer, people=people, request=request) == [("matter_unit_same", "unit")]
        assert codes(answer, people=people, request=request, unit_id=10**9) == [("matter_unit_unknown", "unit")]
    with clock.pinned(day(7, 26)):
        matter = answer(people, request, unit_id=people.finance.pk)
    assert (matter.state, matter.unit_id, matter.due_on, matter.handler_id) == (
        "assigned",
        people.finance.pk,
        date(2023, 8, 4),
        None,
    )


def test_what_waits_lapses_when_the_matter_leaves_the_units_hands(people: Cast) -> None:
    """The day that one unit asked for is never granted to another, nor after it was resolved."""
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        ask(people, matter, "extension", until=date(2023, 8, 11))
        matter = answer(people, ask(people, matter, "reassignment"), unit_id=people.finance.pk)
        assert MatterRequest.objects.filter(answered__isnull=True).count() == 0
        other = in_progress(people, title="另一件")
        ask(people, other, "extension", until=date(2023, 8, 11))
        other = services.resolve_matter(
            matter_id=other.pk, by=people.commerce_clerk, version=other.version, text="已送电。", attachments=[picture()]
        )
    for each in (matter, other):
        lapsed = MatterRequest.objects.get(matter=each, kind="extension")
        assert (lapsed.granted, lapsed.answered.verb if lapsed.answered else "") == (False, "lapse_extension")
    assert "“延期”申请失效" in page_of(people, "commerce_clerk", other.number)
    assert trail.verify(deep=True).findings == []


def test_the_office_assigns_to_another_unit_with_the_reason(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = registered(people)
        given = {
            "matter_id": matter.pk,
            "by": people.office_head,
            "version": matter.version,
            "unit_id": people.finance.pk,
        }
        assert codes(services.assign_matter, **given) == [("matter_text_missing", "text")]
        matter = services.assign_matter(**given, text="由财政金融办牵头。")
    assert (matter.state, matter.unit_id, matter.due_on) == ("assigned", people.finance.pk, DUE)


def test_reopened_it_is_open_again_with_a_new_term_and_counts_as_struck_off_no_longer(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = struck_off(people)
    with clock.pinned(day(8, 14)):
        matter = services.reopen_matter(
            matter_id=matter.pk, by=people.office_head, version=matter.version, text="再次停电。"
        )
    assert (matter.state, matter.closed_at, matter.due_on) == ("in_progress", None, date(2023, 8, 23))
    for moment, states in ((day(7, 25), []), (day(8, 15), ["in_progress"])):
        found = queries.open_matters(viewer=people.office_head, as_known=moment)
        assert [row.state for row in found] == states


def test_what_is_explained_is_told_apart_from_what_is_solved(people: Cast) -> None:
    matter = in_progress(people)
    matter = services.move_matter(
        "explain", matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, text="政策不允许，企业知晓。",
        attachments=[picture()],
    )  # fmt: skip
    facts = queries.matter(viewer=people.commerce_clerk, number=matter.number)
    assert facts is not None
    assert (facts.row.outcome, facts.row.outcome_name) == ("explained", "解释说明")
    with translation.override("en"):
        assert facts.row.outcome_name == "Explained"
    assert visited(people).satisfaction == "satisfied"


def test_who_answers_finds_it_on_the_workbench(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "extension", until=date(2023, 8, 11))
    todos = [(todo.verb, todo.note) for todo in presenters.todos_of_requests(people.office_head)]
    assert todos == [("答复", "商务办 · 申请延期")]
    assert list(presenters.todos_of_requests(people.commerce_clerk)) == []
    with clock.pinned(MONDAY):
        answer(people, request)
    assert list(presenters.todos_of_requests(people.office_head)) == []


def page_of(people: Cast, who: str, number: str, language: str = "zh-hans") -> str:
    client = browser(people, who)
    client.cookies["zb_language"] = language
    return client.get(f"/matters/{number}/").content.decode()


def browser(people: Cast, who: str) -> Client:
    client = Client()
    client.force_login(people.users[who])
    return client


def test_asking_and_answering_go_through_the_pages(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        for language, word in (("zh-hans", "向专班办公室申请"), ("en", "Ask the task force office")):
            assert word in page_of(people, "commerce_clerk", matter.number, language)
        assert "向专班办公室申请" not in page_of(people, "office_head", matter.number)
        ids = re.findall(r' id="([^"]+)"', page_of(people, "commerce_clerk", matter.number))
        assert sorted(set(ids)) == sorted(ids)
        asked = {
            "zb_key": new_key(),
            "kind": "extension",
            "version": matter.version,
            "until": "2023-08-05",
            "reason": "需停电。",
        }
        unit = browser(people, "commerce_clerk")
        refused = unit.post(f"/matters/{matter.number}/ask/", asked)
        assert (
            refused.status_code,
            "不是工作日" in refused.content.decode(),
            "需停电。" in refused.content.decode(),
        ) == (422, True, True)
        sent = {**asked, "zb_key": new_key(), "until": "2023-08-11"}
        assert [unit.post(f"/matters/{matter.number}/ask/", sent).status_code for _ in range(2)] == [302, 302]
        request = MatterRequest.objects.get()
        matter.refresh_from_db()
        office = browser(people, "office_head")
        assert "待答复" in page_of(people, "office_head", matter.number)
        body = {
            "zb_key": new_key(),
            "granted": "yes",
            "version": matter.version,
            "until": "2023-08-11",
            "reason": "同意。",
        }
        assert unit.post(f"/matters/{matter.number}/answer/{request.pk}/", body).status_code == 404
        assert office.post(f"/matters/{matter.number}/answer/{request.pk + 1}/", body).status_code == 404
        assert (
            office.post(f"/matters/{matter.number}/answer/{request.pk}/", {**body, "zb_key": new_key()}).status_code
            == 302
        )
    matter.refresh_from_db()
    assert matter.due_on == date(2023, 8, 11)
    assert "同意延期" in page_of(people, "commerce_clerk", matter.number)


def test_what_was_asked_and_answered_is_told_to_whom_it_concerns(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
        request = ask(people, matter, "extension", until=date(2023, 8, 11))
        events.drain()
        answer(people, request)
        events.drain()
    told = {
        notice.user.username: notice.text_zh for notice in Notice.objects.order_by("id") if "延期" in notice.text_zh
    }
    assert told["office_head"] == f"事项{matter.number} 申请延期，请答复"
    assert told["commerce_clerk"] == f"事项{matter.number} 同意延期，2023-08-11到期"
