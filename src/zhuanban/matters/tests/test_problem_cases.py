"""The case file of the problem ledger, row by row: first against the pure table, then through the services."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from zhuanban.files.tests.pictures import picture
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import services
from zhuanban.matters.ledgers.contract import Clock, ClockTerm, Ledger, faults
from zhuanban.matters.ledgers.judging import Standing, lacking, objection
from zhuanban.matters.ledgers.problem import LEDGER
from zhuanban.matters.tests.story import STATES
from zhuanban.people.access import Viewer, viewer_of
from zhuanban.people.models import Post, PostHolder
from zhuanban.people.tests.cast import SINCE, Cast, cast
from zhuanban.trail.services import Actor, work

CASES = Path(__file__).parent.parent / "ledgers" / "problem_cases.md"


@dataclass(frozen=True)
class Case:
    title: str
    state: str
    who: str
    move: str
    words: bool
    files: bool
    expected: str


def cases() -> Iterator[Case]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 7 and cells[1] in STATES:
            yield Case(*cells[:4], words=cells[4] == "yes", files=cells[5] == "yes", expected=cells[6])


ALL = list(cases())
# who → holds accept, handle, review, strike off; reaches the matter; handled it; is of the responsible unit
PERSONS = {
    "reviewer": ("accept review strike_off", True, False, False),
    "leader": ("review", True, False, False),
    "handler": ("handle", True, True, True),
    "head": ("handle", True, False, True),
    "other": ("handle", False, False, False),
    "moved": ("accept review strike_off", True, True, False),
}


def test_the_case_file_is_read_whole() -> None:
    assert len(ALL) == 49
    assert {case.move for case in ALL} == {move.verb for move in LEDGER.transitions}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_the_table_judges_as_the_case_says(case: Case) -> None:
    move = LEDGER.transition(case.move)
    assert move is not None
    rights, reaches, handled, own = PERSONS[case.who]
    standing = Standing(
        case.state,
        move.action.partition(".")[2] in rights.split(),
        reaches,
        handled,
        own,
        owes_visit=case.state == "reviewed",
    )
    found = objection(move, standing)
    if not found:
        missing = lacking(move, text="字" if case.words else "", file_count=int(case.files))
        found = missing[0][0] if missing else f"→ {move.to_state}"
    assert found == case.expected


@pytest.mark.django_db
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_the_services_act_as_the_case_says(case: Case) -> None:
    people = cast()
    matter = STATES[case.state](people)
    try:
        moved = services.move_matter(
            case.move,
            matter_id=matter.pk,
            by=person(people, case.who),
            version=matter.version,
            text="理由写在这里。" if case.words else "",
            attachments=[picture()] if case.files else [],
            satisfaction="satisfied" if case.move == "visit" else "",
        )
    except Refusal as refusal:
        outcome = "matter_of_another_unit" if refusal.codes == ["matter_not_found"] else refusal.codes[0]
        matter.refresh_from_db()
        assert matter.state == case.state
    else:
        outcome = f"→ {moved.state}"
    assert outcome == case.expected


def person(people: Cast, who: str) -> Viewer:
    """The persons of the case file. To a clerk of another department the matter is absent."""
    names = {"reviewer": "office_head", "leader": "leader5", "handler": "commerce_clerk", "head": "commerce_head"}
    if who == "other":
        return people.finance_clerk
    if who == "moved":
        user = people.users["commerce_clerk"]
        with work(Actor("command", "test", "test"), "调动"):
            PostHolder.objects.filter(user=user).update(valid_until=date(2020, 1, 1))
            PostHolder.objects.create(user=user, post=Post.objects.get(code="office_head"), valid_from=SINCE)
        return viewer_of(user)
    return people.viewers[names[who]]


def test_the_problem_ledger_is_sound() -> None:
    assert faults(LEDGER) == []


def test_a_ledger_that_contradicts_itself_is_found_out() -> None:
    lame: Ledger = replace(LEDGER, start="draft", clocks=LEDGER.clocks[1:], transitions=LEDGER.transitions[1:])
    assert faults(lame) == [
        "the first state draft is not declared",
        "state submitted names the unknown clock accept",
        "state submitted has 0 main moves instead of one",
    ]


def test_synonyms_of_a_heading_lead_to_one_column_only() -> None:
    names = [name for column in LEDGER.columns for name in (column.name_zh, *column.synonyms)]
    assert len(names) == len(set(names))
    found = {name: column.key for column in LEDGER.columns for name in (column.name_zh, *column.synonyms)}
    assert found["整改时限"] == found["解决时限"] == found["办结时限"] == "due_on"
    assert found["牵头单位"] == found["责任单位"] == found["主办单位"] == found["承办单位"] == "unit"
    assert found["配合单位"] == found["协同单位"] == found["协办单位"] == "co_units"
    assert found["是否完成"] != found["是否销号"]


def test_a_term_is_the_one_in_force_on_the_day() -> None:
    clock = Clock("handle", "办理", "Handling", (
        ClockTerm(date(2020, 1, 1), 7, "product_default"), ClockTerm(date(2023, 7, 1), 5, "office decision"),
    ))  # fmt: skip
    assert [clock.working_days(day) for day in (date(2019, 1, 1), date(2023, 6, 30), date(2023, 7, 1))] == [7, 7, 5]


def test_every_step_has_a_picture_that_the_pages_hold() -> None:
    pictures = (Path(__file__).parents[2] / "site/static/zb/icons.svg").read_text(encoding="utf-8")
    named = {each.icon for each in (*LEDGER.transitions, *LEDGER.requests)}
    assert [icon for icon in sorted(named) if f'id="{icon}"' not in pictures] == []
