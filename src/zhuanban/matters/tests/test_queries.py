"""Reading matters: who sees which, in what order, with which counts, and what each may do next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from zhuanban.files.tests.pictures import picture
from zhuanban.kit import clock
from zhuanban.kit.remembering import one_request
from zhuanban.kit.searching import Query
from zhuanban.matters import presenters, queries, services
from zhuanban.matters.tests.story import MONDAY, STATES, in_progress, registered, resolved, reviewed, signed, visited
from zhuanban.people.access import system_viewer
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def of_finance(people: Cast) -> dict[str, object]:
    return {"by": people.finance_clerk, "unit_id": people.finance.pk, "group_id": people.group3.pk, "title": "税源核实"}


def test_each_sees_what_lies_in_his_unit_group_or_territory_and_nothing_else(people: Cast) -> None:
    registered(people, title="甲")
    registered(people, title="乙", territory_id=people.street.pk)
    registered(people, **of_finance(people))
    seen = {
        name: {row.title for row in queries.open_matters(viewer=viewer, as_known=None)}
        for name, viewer in people.viewers.items()
    }
    everything = {"甲", "乙", "税源核实"}
    for name in ("chief", "deputy_director", "office_head", "statistician"):
        assert seen[name] == everything, name
    for name in ("leader5", "commerce_head", "commerce_clerk", "commerce_colleague"):
        assert seen[name] == {"甲", "乙"}, name
    for name in ("leader3", "finance_head", "finance_clerk"):
        assert seen[name] == {"税源核实"}, name
    assert seen["street_officer"] == {"乙"}
    for name in ("sysadmin", "secadmin", "auditor", "tech_econ_clerk"):
        assert seen[name] == set(), name


def test_an_invisible_matter_is_absent(people: Cast) -> None:
    matter = registered(people)
    assert queries.matter(viewer=people.finance_clerk, number=matter.number) is None
    assert queries.matter(viewer=people.finance_clerk, number="1999-0001") is None
    assert queries.matter_rows(viewer=people.finance_clerk, ids=[matter.pk]) == ()


def test_the_ledger_comes_in_pages_of_25_without_gaps_or_repeats(people: Cast) -> None:
    for at in range(60):
        registered(people, title=f"事项{at}")
    seen, after, sizes = [], "", []
    while True:
        page = queries.matters(viewer=people.office_head, after=after)
        seen += [row.title for row in page.rows]
        sizes.append(len(page.rows))
        after = page.next_after
        if not after:
            break
    assert sizes == [25, 25, 10]
    assert seen == [f"事项{at}" for at in reversed(range(60))]
    assert (page.open_count, page.overdue_count) == (60, 0)


def test_filters_narrow_the_ledger_but_not_the_counts(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people, title="供电")
        in_progress(people, title="供水")
        STATES["struck_off"](people, title="道路")
        registered(people, **of_finance(people))
    viewer = people.office_head

    def titles(**filters: object) -> set[str]:
        return {row.title for row in queries.matters(viewer=viewer, **filters).rows}  # type: ignore[arg-type]

    assert titles() == {"供电", "供水", "道路", "税源核实"}
    assert titles(state="open") == {"供电", "供水", "税源核实"}
    assert titles(state="struck_off") == {"道路"}
    assert titles(unit_id=people.finance.pk) == {"税源核实"}
    assert titles(group_id=people.group5.pk, state="submitted") == {"供电"}
    assert titles(words="供电") == {"供电"}
    assert titles(words="供 2023-0002") == {"供水"}
    assert queries.matters(viewer=viewer, state="struck_off").open_count == 3


def test_a_matter_is_overdue_the_day_after_its_due_day_and_no_more_once_resolved(people: Cast) -> None:
    with clock.pinned(MONDAY):
        late = in_progress(people, title="慢")
        done = resolved(people, title="快")
    assert (late.due_on, done.due_on) == (date(2023, 8, 2), date(2023, 8, 2))
    with clock.pinned(datetime(2023, 8, 2, 15, 59, tzinfo=UTC)):
        assert queries.matters(viewer=people.office_head, overdue=True).rows == ()
    with clock.pinned(datetime(2023, 8, 2, 16, 1, tzinfo=UTC)):
        page = queries.matters(viewer=people.office_head, overdue=True)
    assert [(row.title, row.days_over) for row in page.rows] == [("慢", 1)]
    assert page.overdue_count == 1


def test_what_moved_between_two_days_is_found_by_shanghai_days(people: Cast) -> None:
    with clock.pinned(datetime(2023, 7, 31, 15, 59, tzinfo=UTC)):
        first = registered(people, title="七月")
    with clock.pinned(datetime(2023, 7, 31, 16, 1, tzinfo=UTC)):
        registered(people, title="八月")
        services.accept_matter(matter_id=first.pk, by=people.office_head, version=1)

    def between(since: date, until: date) -> list[str]:
        found = queries.matters_between(viewer=people.office_head, unit_id=people.commerce.pk, since=since, until=until)
        return [row.title for row in found]

    assert between(date(2023, 7, 1), date(2023, 7, 31)) == ["七月"]
    assert between(date(2023, 8, 1), date(2023, 8, 31)) == ["七月", "八月"]
    assert between(date(2023, 9, 1), date(2023, 9, 30)) == []


def test_open_matters_come_nearest_due_day_first(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people, title="后")
        registered(people, title="先", due_on=date(2023, 7, 25))
        STATES["struck_off"](people, title="完")
        rows = queries.open_matters(viewer=people.commerce_clerk, as_known=None, unit_id=people.commerce.pk)
    assert [row.title for row in rows] == ["先", "后"]


def test_the_page_offers_what_one_may_do_and_says_why_not_otherwise(people: Cast) -> None:
    matter = resolved(people)
    offered = {
        name: [(action.move.verb, action.obstacle.code if action.obstacle else "") for action in facts.actions]
        for name in ("office_head", "leader5", "commerce_clerk", "statistician")
        if (facts := queries.matter(viewer=people.viewers[name], number=matter.number))
    }
    assert offered == {
        "office_head": [("review", ""), ("send_back", "")],
        "leader5": [("review", ""), ("send_back", "")],
        "commerce_clerk": [("review", "matter_not_your_task"), ("send_back", "matter_not_your_task")],
        "statistician": [("review", "matter_not_your_task"), ("send_back", "matter_not_your_task")],
    }


def test_the_story_is_newest_first_with_its_files(people: Cast) -> None:
    matter = resolved(people)
    facts = queries.matter(viewer=people.commerce_clerk, number=matter.number)
    assert facts is not None
    assert [event.verb for event in facts.events] == [
        "resolve",
        "note_progress",
        "sign",
        "assign",
        "accept",
        "register",
    ]
    assert [[file.name for file in event.files] for event in facts.events] == [["现场照片.png"], [], [], [], [], []]
    assert [(stage.state.key, stage.is_done, stage.is_current) for stage in facts.stages] == [
        ("submitted", True, False), ("accepted", True, False), ("assigned", True, False), ("signed", True, False),
        ("in_progress", True, False), ("resolved", False, True), ("reviewed", False, False), ("visited", False, False),
        ("struck_off", False, False),
    ]  # fmt: skip


def test_open_matters_of_a_moment_are_told_as_they_stood_then(people: Cast) -> None:
    with clock.pinned(MONDAY):
        first = registered(people, title="先登记")
    with clock.pinned(datetime(2023, 7, 26, 2, tzinfo=UTC)):
        first = services.accept_matter(matter_id=first.pk, by=people.office_head, version=first.version)
    with clock.pinned(datetime(2023, 7, 28, 2, tzinfo=UTC)):
        registered(people, title="后登记")
        first = services.assign_matter(matter_id=first.pk, by=people.office_head, version=first.version)
        first = services.sign_matter(matter_id=first.pk, by=people.commerce_clerk, version=first.version)
        services.resolve_matter(
            matter_id=first.pk, by=people.commerce_clerk, version=first.version, text="办结。", attachments=[picture()]
        )

    def then(day: int, hour: int = 12) -> list[tuple[str, str, date]]:
        moment = datetime(2023, 7, day, hour, tzinfo=UTC)
        found = queries.open_matters(viewer=people.office_head, as_known=moment)
        return [(row.title, row.state, row.due_on) for row in found]

    assert then(23) == []
    assert then(25) == [("先登记", "submitted", date(2023, 8, 2))]
    assert then(27) == [("先登记", "accepted", date(2023, 8, 4))]
    assert then(28) == [("先登记", "resolved", date(2023, 8, 8)), ("后登记", "submitted", date(2023, 8, 8))]


def test_a_matter_struck_off_later_was_open_before(people: Cast) -> None:
    with clock.pinned(MONDAY):
        STATES["visited"](people, title="将销号")
    with clock.pinned(datetime(2023, 7, 27, 2, tzinfo=UTC)):
        matter = visited(people, title="已销号")
        services.strike_off_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)
    moments = (datetime(2023, 7, 27, 1, tzinfo=UTC), datetime(2023, 7, 27, 3, tzinfo=UTC))
    found = [queries.open_matters(viewer=people.office_head, as_known=moment) for moment in moments]
    assert [[row.title for row in rows] for rows in found] == [["将销号"], ["将销号"]]
    with clock.pinned(datetime(2023, 7, 27, 4, tzinfo=UTC)):
        first = queries.open_matters(viewer=people.office_head, as_known=None)[0]
        services.strike_off_matter(matter_id=first.id, by=people.office_head, version=first.version)
    assert queries.open_matters(viewer=people.office_head, as_known=None) == ()
    before = queries.open_matters(viewer=people.office_head, as_known=moments[1])
    assert [(row.title, row.state, row.closed_at) for row in before] == [("将销号", "visited", None)]


def test_the_units_clock_stops_when_resolved_and_runs_on_when_sent_back(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = in_progress(people)
    with clock.pinned(datetime(2023, 8, 4, 2, tzinfo=UTC)):
        matter = services.resolve_matter(
            matter_id=matter.pk,
            by=people.commerce_clerk,
            version=matter.version,
            text="办结。",
            attachments=[picture()],
        )
    with clock.pinned(datetime(2023, 8, 8, 2, tzinfo=UTC)):
        facts = queries.matter(viewer=people.office_head, number=matter.number)
        assert facts is not None
        handle, review = facts.clocks
        shown = [presenters.page_of(facts)["clocks"][at]["state"] for at in (0, 1)]
        services.send_back_matter(matter_id=matter.pk, by=people.office_head, version=matter.version, text="补材料。")
        again = queries.matter(viewer=people.office_head, number=matter.number)
    assert (handle.due_on, handle.ended_on, handle.used, handle.limit, handle.over) == (
        date(2023, 8, 2), date(2023, 8, 4), 9, 7, 2,
    )  # fmt: skip
    assert (review.due_on, review.ended_on, review.used, review.limit) == (date(2023, 8, 9), None, 2, 3)
    assert shown == ["超2日", "剩1日"]
    assert again is not None
    assert [(each.key, each.ended_on, each.used) for each in again.clocks] == [("handle", None, 11)]


def test_what_waits_for_whom_follows_from_state_and_rights(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people, title="待受理")
        signed(people, title="待办理")
        resolved(people, title="待审核")
        visited(people, title="待销号")
        reviewed(people, title="待回访")
        reviewed(people, title="无须回访", source="meeting")
        STATES["struck_off"](people, title="完")
        waiting = {
            name: sorted((todo.title.split()[1], todo.verb) for todo in presenters.todos(people.viewers[name]))
            for name in (
                "office_head",
                "statistician",
                "leader5",
                "commerce_clerk",
                "finance_clerk",
                "chief",
                "auditor",
            )
        }
    assert waiting == {
        "office_head": [
            ("待受理", "受理"),
            ("待回访", "回访满意"),
            ("待审核", "审核通过"),
            ("待销号", "销号"),
            ("无须回访", "销号"),
        ],
        "statistician": [("待受理", "受理"), ("待回访", "回访满意")],
        "leader5": [("待审核", "审核通过")],
        "commerce_clerk": [("待办理", "提交办结")],
        "finance_clerk": [],
        "chief": [],
        "auditor": [],
    }


def test_what_the_own_house_handled_does_not_wait_for_its_reviewer(people: Cast) -> None:
    resolved_by_commerce = resolved(people)
    own = signed(people, signer="tech_econ_clerk", by=people.statistician, unit_id=people.units["tech_econ"].pk)
    services.resolve_matter(
        matter_id=own.pk, by=people.tech_econ_clerk, version=own.version, text="已办。", attachments=[picture()]
    )
    assert [w.row.number for w in queries.waiting_matters(viewer=people.office_head)] == [resolved_by_commerce.number]
    assert len(queries.waiting_matters(viewer=people.deputy_director)) == 2


def test_a_due_day_lasts_until_its_evening(people: Cast) -> None:
    with clock.pinned(MONDAY):
        signed(people)
        (todo,) = presenters.todos(people.commerce_clerk)
    assert todo.due_at == datetime(2023, 8, 2, 15, 59, tzinfo=UTC)


def test_search_finds_by_words_within_reach(people: Cast) -> None:
    registered(people)
    for words in ("用电", "lsyd", "linshi"):
        assert [hit.title[10:] for hit in presenters.search(people.commerce_clerk, Query(words))] == ["临时用电不足"]
        assert list(presenters.search(people.finance_clerk, Query(words))) == []
        assert list(presenters.search(people.auditor, Query(words))) == []


def test_names_are_given_in_the_readers_language(people: Cast) -> None:
    registered(people)
    (row,) = queries.open_matters(viewer=system_viewer(), as_known=None)
    assert (row.unit_name, row.state_name, row.source_name) == ("商务办", "待受理", "走访")
    with translation.override("en"):
        assert (row.unit_name, row.state_name, row.source_name) == ("Commerce Office", "To be accepted", "Visit")


def test_lists_cost_a_fixed_number_of_queries(people: Cast, django_assert_num_queries: object) -> None:
    for at in range(30):
        registered(people, title=f"事项{at}")
    matter = resolved(people)
    with django_assert_num_queries(3):  # type: ignore[operator]
        queries.matters(viewer=people.office_head, state="open", words="事项")
    # Three of them ask for the office's calendar and terms, and for the viewer's own units.
    with one_request(), django_assert_num_queries(8):  # type: ignore[operator]
        queries.matter(viewer=people.office_head, number=matter.number)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.open_matters(viewer=people.office_head, as_known=None)
    with one_request(), django_assert_num_queries(5):  # type: ignore[operator]
        queries.waiting_matters(viewer=people.office_head)
    yesterday = clock.today() - timedelta(days=1)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.matters_between(
            viewer=people.office_head, unit_id=people.commerce.pk, since=yesterday, until=clock.today()
        )
