"""Writing matters: what is written, what is refused and in which words, and that nothing is half-written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhuanban.files.models import Attachment
from zhuanban.files.tests.pictures import picture, png_bytes
from zhuanban.kit import clock, events
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import services
from zhuanban.matters.models import Matter, MatterEvent, MatterEvidence
from zhuanban.matters.tests.story import (
    MONDAY,
    in_progress,
    in_threads,
    registered,
    resolved,
    signed,
    struck_off,
    visited,
)
from zhuanban.people.access import system_viewer
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail import queries as trail
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def refusal_of(function: object, **given: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        function(**given)  # type: ignore[operator]
    return refused.value


def test_a_matter_gets_the_next_number_of_the_year_and_its_first_line(people: Cast) -> None:
    with clock.pinned(MONDAY):
        first, second = registered(people), registered(people, title="路灯不亮", territory_id=people.street.pk)
    assert (first.number, second.number) == ("2023-0001", "2023-0002")
    assert (first.state, first.raised_by_post, first.handler_id) == ("submitted", people.commerce_clerk.label, None)
    event = first.events.get()
    assert (event.verb, event.text, event.state, event.at) == (
        "register",
        "二期厂房吊装用电不足。",
        "submitted",
        MONDAY,
    )


def test_numbers_begin_anew_with_the_business_year(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people)
    with clock.pinned(datetime(2023, 12, 31, 16, 30, tzinfo=UTC)):
        assert registered(people).number == "2024-0001"


def test_the_term_of_seven_working_days_jumps_the_holiday_and_starts_with_acceptance(people: Cast) -> None:
    """I-31: assigned on 27 September 2023, due on 12 October."""
    with clock.pinned(datetime(2023, 9, 25, 2, tzinfo=UTC)):
        matter = registered(people)
        assert matter.due_on == date(2023, 10, 10)
    with clock.pinned(datetime(2023, 9, 27, 2, tzinfo=UTC)):
        matter = services.accept_matter(matter_id=matter.pk, by=people.office_head, version=1)
    assert (matter.due_on, matter.due_is_fixed, matter.version) == (date(2023, 10, 12), False, 2)


def test_a_due_day_that_the_registrar_fixed_stays(people: Cast) -> None:
    with clock.pinned(MONDAY):
        assert signed(people, due_on=date(2023, 7, 28)).due_on == date(2023, 7, 28)


def test_a_term_into_a_year_without_holidays_is_provisional(people: Cast) -> None:
    with clock.pinned(datetime(2099, 12, 28, 2, tzinfo=UTC)):
        assert registered(people).due_is_provisional


def test_every_fault_of_a_new_matter_is_told_at_its_field_at_once(people: Cast) -> None:
    with clock.pinned(MONDAY):
        refused = refusal_of(
            services.register_matter, by=people.statistician, title=" ", description="", source="", group_id=0,
            unit_id=0, territory_id=0, due_on=date(2023, 7, 29),
        )  # fmt: skip
    assert [(problem.code, problem.where) for problem in refused.problems] == [
        ("required", "title"), ("required", "description"), ("required", "source"), ("matter_group_unknown", "group"),
        ("matter_unit_unknown", "unit"), ("matter_unit_unknown", "territory"), ("matter_due_not_working", "due_on"),
    ]  # fmt: skip
    assert refused.problems[-1].sentence == "7月29日，星期六不是工作日。最近的工作日是7月31日，星期一。"
    assert not Matter.objects.exists()


def test_a_due_day_in_the_past_and_a_title_too_long_are_refused(people: Cast) -> None:
    with clock.pinned(MONDAY), pytest.raises(Refusal) as refused:
        registered(people, due_on=date(2023, 7, 21), title="长" * 121, description="长" * 4001)
    assert refused.value.codes == ["matter_title_too_long", "matter_text_too_long", "matter_due_in_past"]


def test_a_department_registers_for_itself_a_street_for_what_lies_in_it(people: Cast) -> None:
    refused = refusal_of(lambda: registered(people, unit_id=people.finance.pk))
    assert (refused.codes, refused.status) == (["not_allowed"], 403)
    matter = registered(people, by=people.street_officer, territory_id=people.street.pk)
    assert (matter.unit_id, matter.territory_id) == (people.commerce.pk, people.street.pk)
    assert refusal_of(lambda: registered(people, by=people.street_officer)).codes == ["not_allowed"]
    assert refusal_of(lambda: registered(people, by=people.auditor)).codes == ["not_allowed"]
    assert refusal_of(lambda: registered(people, ledger="wishes")).codes == ["matter_ledger_unknown"]


def test_the_whole_way_is_told_step_by_step_and_sealed_in_the_record(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = struck_off(people)
    assert [(event.verb, event.state) for event in matter.events.all()] == [
        ("register", "submitted"), ("accept", "accepted"), ("assign", "assigned"), ("sign", "signed"),
        ("note_progress", "in_progress"), ("resolve", "resolved"), ("review", "reviewed"), ("visit", "visited"),
        ("strike_off", "struck_off"),
    ]  # fmt: skip
    assert (matter.state, matter.version, matter.closed_at) == ("struck_off", 9, MONDAY)
    assert (matter.handler, matter.handler_post) == (people.users["commerce_clerk"], people.commerce_clerk.label)
    entries = Entry.objects.filter(tbl="matters_matter").order_by("seq")
    assert list(entries.values_list("op", "reason", "actor_label")) == [
        ("insert", "登记事项", people.commerce_clerk.label),
        ("update", "受理 2023-0001", people.office_head.label),
        ("update", "交办 2023-0001", people.office_head.label),
        ("update", "签收 2023-0001", people.commerce_clerk.label),
        ("update", "只记进展 2023-0001", people.commerce_clerk.label),
        ("update", "提交办结 2023-0001", people.commerce_clerk.label),
        ("update", "审核通过 2023-0001", people.office_head.label),
        ("update", "回访满意 2023-0001", people.office_head.label),
        ("update", "销号 2023-0001", people.office_head.label),
    ]
    assert trail.verify(deep=True).findings == []


def test_every_step_is_published_in_its_own_work(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, object]] = []
    monkeypatch.setitem(events._handlers, "matters.changed", [heard.append])
    matter = signed(people)
    events.drain()
    assert heard == [{"matter": matter.pk}] * 4


def test_sent_back_it_keeps_its_due_day_and_can_be_resolved_anew(people: Cast) -> None:
    matter = visited(people)
    due_on = matter.due_on
    back = services.send_back_matter(matter_id=matter.pk, by=people.leader5, version=matter.version, text="照片不清。")
    assert (back.state, back.due_on) == ("in_progress", due_on)
    again = services.resolve_matter(
        matter_id=back.pk, by=people.commerce_head, version=back.version, text="补拍。", attachments=[picture(shade=9)]
    )
    assert (again.state, again.handler) == ("resolved", people.users["commerce_head"])


def test_evidence_belongs_to_the_step_that_brought_it(people: Cast) -> None:
    matter = resolved(people)
    found = MatterEvidence.objects.get()
    assert (found.event.verb, found.event.matter_id) == ("resolve", matter.pk)
    assert found.attachment.uploaded_by_key == people.commerce_clerk.actor.key


def test_reviewing_the_own_units_work_is_refused_with_the_way_on(people: Cast) -> None:
    """The office sits inside a department: what that department handles, its section does not review."""
    tech = people.units["tech_econ"]
    matter = signed(people, signer="tech_econ_clerk", by=people.statistician, unit_id=tech.pk)
    matter = services.resolve_matter(
        matter_id=matter.pk, by=people.tech_econ_clerk, version=matter.version, text="已办。", attachments=[picture()]
    )
    refused = refusal_of(
        services.review_matter, matter_id=matter.pk, by=people.office_head, version=matter.version, text="属实。"
    )
    assert (refused.codes, refused.status) == (["matter_own_unit"], 403)
    assert str(refused) == (
        "您属于责任单位科技经济发展办。本单位办理的事项不能由本单位审核或销号。"
        "请由其他单位的专班办公室审核岗或该组责任领导办理。"
    )
    matter = services.review_matter(
        matter_id=matter.pk, by=people.deputy_director, version=matter.version, text="属实。"
    )
    assert matter.state == "reviewed"
    assert refusal_of(
        services.strike_off_matter, matter_id=matter.pk, by=people.office_head, version=matter.version
    ).codes == ["matter_own_unit"]


def test_who_comes_second_learns_who_was_first_and_when(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = registered(people)
        services.accept_matter(matter_id=matter.pk, by=people.deputy_director, version=1)
        refused = refusal_of(services.accept_matter, matter_id=matter.pk, by=people.office_head, version=1)
    assert (refused.codes, refused.status) == (["matter_moved_on"], 409)
    assert str(refused) == (
        "管委会副主任已于2023-07-24 09:00推进了这件事项（受理），现在的状态是“待交办”。"
        "为避免重复办理，您的操作没有执行。请刷新页面，查看下一步。"
    )
    assert matter.events.count() == 2


def test_a_stale_version_is_refused_and_nothing_is_added(people: Cast) -> None:
    matter = in_progress(people)
    refused = refusal_of(
        services.note_progress, matter_id=matter.pk, by=people.commerce_head, version=matter.version - 1, text="甲"
    )
    assert (refused.codes, refused.status) == (["stale_version"], 409)
    assert matter.events.count() == 5


def test_nothing_is_struck_off_whose_evidence_is_no_longer_complete(people: Cast) -> None:
    matter = visited(people)
    attachment = Attachment.objects.get()
    whole = attachment.path.read_bytes()
    for damage in (lambda: attachment.path.write_bytes(b"x"), lambda: attachment.path.unlink()):
        damage()
        refused = refusal_of(
            services.strike_off_matter, matter_id=matter.pk, by=people.office_head, version=matter.version
        )
        assert refused.codes == ["matter_proof_missing"]
        assert "退回" in str(refused)
    attachment.path.write_bytes(whole)
    matter = services.strike_off_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)
    assert matter.state == "struck_off"


def test_missing_words_and_missing_evidence_are_told_together(people: Cast) -> None:
    matter = signed(people)
    refused = refusal_of(
        services.resolve_matter, matter_id=matter.pk, by=people.commerce_clerk, version=4, text=" ", attachments=[]
    )
    assert [(problem.code, problem.where) for problem in refused.problems] == [
        ("matter_text_missing", "text"), ("matter_evidence_missing", "evidence"),
    ]  # fmt: skip


def test_a_hostile_file_stops_the_whole_step(people: Cast) -> None:
    matter = signed(people)
    bad = SimpleUploadedFile("证明.pdf", b"MZ\x90\x00")
    refused = refusal_of(
        services.resolve_matter, matter_id=matter.pk, by=people.commerce_clerk, version=4, text="已办。",
        attachments=[picture(), bad],
    )  # fmt: skip
    assert (refused.codes, refused.problems[0].where) == (["upload_kind_mismatch"], "证明.pdf")
    matter.refresh_from_db()
    assert (matter.state, matter.events.count(), Attachment.objects.count()) == ("signed", 4, 0)


def test_words_too_long_and_files_where_none_are_taken_are_refused(people: Cast) -> None:
    matter = resolved(people)
    refused = refusal_of(
        services.move_matter, verb="review", matter_id=matter.pk, by=people.office_head, version=matter.version,
        text="长" * 4001, attachments=[picture()],
    )  # fmt: skip
    assert refused.codes == ["matter_text_too_long", "matter_files_not_taken"]
    assert refusal_of(
        services.move_matter, verb="close", matter_id=matter.pk, by=people.office_head, version=matter.version
    ).codes == ["matter_verb_unknown"]


def test_what_one_does_not_see_one_cannot_move(people: Cast) -> None:
    matter = signed(people)
    absent = refusal_of(services.note_progress, matter_id=0, by=people.finance_clerk, version=2, text="甲")
    foreign = refusal_of(services.note_progress, matter_id=matter.pk, by=people.finance_clerk, version=2, text="甲")
    assert (foreign.codes, foreign.status, str(foreign)) == (["matter_not_found"], 404, str(absent))


def test_the_street_sees_what_lies_in_it_but_does_not_handle_it(people: Cast) -> None:
    matter = signed(people, by=people.street_officer, territory_id=people.street.pk)
    refused = refusal_of(services.note_progress, matter_id=matter.pk, by=people.street_officer, version=2, text="甲")
    assert (refused.codes, refused.status) == (["matter_of_another_unit"], 403)
    assert "商务办" in str(refused)


def test_the_system_registers_under_its_own_name(people: Cast) -> None:
    matter = registered(people, by=system_viewer("预警"))
    assert (matter.raised_by_id, matter.raised_by_post) == (None, "预警")


def test_a_failure_at_the_last_line_leaves_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = signed(people)

    def broken(*_: object) -> None:
        raise RuntimeError("outbox")

    monkeypatch.setattr("zhuanban.matters.services.moving.publish", broken)
    with pytest.raises(RuntimeError):
        services.resolve_matter(
            matter_id=matter.pk, by=people.commerce_clerk, version=4, text="已办。", attachments=[picture()]
        )
    matter.refresh_from_db()
    assert (matter.state, matter.version) == ("signed", 4)
    assert (MatterEvent.objects.count(), Attachment.objects.count()) == (4, 0)
    assert trail.verify(deep=True).findings == []


class UploadWhile:
    """A file during whose upload somebody else acts: the checks are done, the work has not begun."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.name = "照片.png"
        self.act = act

    def read(self, size: int = -1, /) -> bytes:
        self.act()
        return png_bytes()


def test_of_two_who_resolve_at_once_the_second_learns_who_was_first(people: Cast) -> None:
    matter = in_progress(people)

    def colleague_resolves() -> None:
        services.resolve_matter(
            matter_id=matter.pk, by=people.commerce_head, version=5, text="已送电。", attachments=[picture()]
        )

    refused = refusal_of(
        services.resolve_matter, matter_id=matter.pk, by=people.commerce_clerk, version=5, text="也已送电。",
        attachments=[UploadWhile(colleague_resolves)],
    )  # fmt: skip
    assert (refused.codes, refused.status) == (["matter_moved_on"], 409)
    assert people.commerce_head.label in str(refused)
    assert [event.text for event in matter.events.filter(verb="resolve")] == ["已送电。"]
    assert Attachment.objects.count() == 1


def test_a_note_written_while_a_colleague_wrote_one_is_refused_as_stale(people: Cast) -> None:
    matter = in_progress(people)

    def colleague_notes() -> None:
        services.note_progress(matter_id=matter.pk, by=people.commerce_head, version=5, text="甲")

    refused = refusal_of(
        services.note_progress, matter_id=matter.pk, by=people.commerce_clerk, version=5, text="乙",
        attachments=[UploadWhile(colleague_notes)],
    )  # fmt: skip
    assert (refused.codes, refused.status) == (["stale_version"], 409)
    assert Attachment.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_accept_at_once_exactly_one_does() -> None:
    people = cast()
    matter = registered(people)
    outcomes: list[str] = []

    def accept() -> None:
        try:
            services.accept_matter(matter_id=matter.pk, by=people.office_head, version=1)
            outcomes.append("accepted")
        except Refusal as refusal:
            outcomes.append(refusal.codes[0])

    in_threads(8, accept)
    assert sorted(outcomes) == ["accepted", *["matter_moved_on"] * 7]
    assert matter.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_registering_at_once_gives_every_matter_its_own_number() -> None:
    people = cast()

    def register() -> None:
        with clock.pinned(MONDAY + timedelta(minutes=1)):
            registered(people)

    in_threads(6, register)
    assert list(Matter.objects.order_by("number").values_list("number", flat=True)) == [
        f"2023-{n:04d}" for n in range(1, 7)
    ]
