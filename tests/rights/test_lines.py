"""A leader's line in a right: its reach is what the post leads on the day, and nothing where it leads nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import Scope, compile_scopes, led_on, viewer_of, viewer_of_post, viewers_on
from zhuanban.people.models import DataClass, Grant, GroupLeader, Post, PostHolder, Unit, WorkGroup
from zhuanban.people.tests.browsing import browser
from zhuanban.people.tests.cast import BUILDER, Cast, cast
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
FIRST, CHANGE = date(2023, 1, 1), date(2023, 9, 1)
NOTHING = Scope(frozenset())


@pytest.fixture
def people() -> Cast:
    return cast()


def give(people: Cast, *, post: str = "street_officer", role: str = "dept_clerk", line: str = "leader5", **more: Any) -> Grant:
    given = {"group": "", "unit": "", "since": clock.today(), **more}
    return services.give_right(post=post, role=role, line=line, by=people.secadmin, **given)


def reach(people: Cast, who: str = "street_officer", on: date | None = None) -> Any:
    return viewer_of(people.users[who], on=on).scope("filings.compile").groups


@pytest.fixture
def led_by_one(people: Cast) -> Cast:
    """Domain I-42: leader X has both groups until 31 August 2023, Y takes the commerce group on 1 September."""
    with work(BUILDER, "I-42"):
        GroupLeader.objects.all().delete()
        x, y = Post.objects.get(code="leader3"), Post.objects.get(code="leader5")
        GroupLeader.objects.create(group=people.group3, post=x, valid_from=FIRST)
        GroupLeader.objects.create(group=people.group5, post=x, valid_from=FIRST, valid_until=CHANGE)
        GroupLeader.objects.create(group=people.group5, post=y, valid_from=CHANGE)
        Grant.objects.filter(role="leader").delete()
        for post in (x, y):
            Grant.objects.create(post=post, role="leader", line=post, valid_from=FIRST)
    return people


def test_a_leader_of_two_groups_keeps_the_one_that_is_left_to_him_and_the_next_leader_begins_that_day(led_by_one: Cast) -> None:
    people = led_by_one

    def led(who: str, day: date) -> Any:
        return viewer_of(people.users[who], on=day).scope("matters.view").groups

    both, third, fifth = {people.group3.pk, people.group5.pk}, {people.group3.pk}, {people.group5.pk}
    eve = CHANGE - timedelta(days=1)
    assert [led("leader3", day) for day in (FIRST, eve, CHANGE)] == [both, both, third]
    assert [led("leader5", day) for day in (FIRST, eve, CHANGE)] == [frozenset(), frozenset(), fifth]
    assert not viewer_of(people.users["leader5"], on=eve).can("matters.view")
    assert viewer_of(people.users["leader5"], on=eve).roles == frozenset()
    assert viewer_of(people.users["leader5"], on=CHANGE).roles == {"leader"}


def test_a_group_gained_or_lost_shows_at_the_next_request(people: Cast) -> None:
    give(people)
    assert reach(people) == {people.group5.pk}
    leader = Post.objects.get(code="leader5")
    services.lead_group(group_id=people.group3.pk, post_id=leader.pk, since=clock.today(), by=people.sysadmin)
    assert reach(people) == {people.group3.pk, people.group5.pk}
    for tie in GroupLeader.objects.filter(post=leader):
        services.leave_lead(leader_id=tie.pk, on=clock.today(), by=people.sysadmin)
    assert reach(people) == frozenset()
    assert not viewer_of(people.users["street_officer"]).can("filings.compile")


def test_a_withdrawn_line_is_gone_at_the_next_request(people: Cast) -> None:
    grant = give(people)
    services.withdraw_right(grant_id=grant.pk, on=clock.today(), by=people.secadmin)
    assert reach(people) == frozenset()


def test_a_line_that_leads_nothing_reaches_nothing_and_never_everything(people: Cast) -> None:
    grant = Grant(role="dept_clerk", line_id=Post.objects.get(code="commerce_clerk").pk, data_class=DataClass.PERSONAL)
    assert led_on([grant], clock.today()) == {}
    assert compile_scopes([grant], {}) == {}
    with_group = Grant(role="dept_clerk", line_id=grant.line_id, group_id=people.group5.pk, unit_id=people.commerce.pk)
    assert compile_scopes([grant, with_group], {grant.line_id or 0: frozenset()}) == {}


def test_other_limits_hold_together_with_the_line(people: Cast) -> None:
    give(people, group="commerce_cult", unit="commerce", data_class=DataClass.INTERNAL)
    scope = viewer_of(people.users["street_officer"]).scope("filings.compile")
    assert scope.at(DataClass.INTERNAL).alternatives >= {(people.group5.pk, people.commerce.pk)}
    assert scope.at(DataClass.ENTERPRISE).alternatives.isdisjoint({(people.group5.pk, people.commerce.pk)})
    services.leave_lead(leader_id=GroupLeader.objects.get(post__code="leader5").pk, on=clock.today(), by=people.sysadmin)
    assert reach(people) == frozenset()


@pytest.fixture
def known() -> tuple[list[int], list[int], list[int]]:
    """Three groups, two units and two posts that lead; which post leads which group the example says."""
    with work(BUILDER, "facts"):
        groups = [WorkGroup.objects.create(code=f"g{n}", name_zh="组", name_en="G") for n in range(3)]
        units = [Unit.objects.create(code=f"u{n}", name_zh="办", name_en="U", kind="department") for n in range(2)]
        posts = [Post.objects.create(code=f"p{n}", name_zh="岗", name_en="P", unit=units[0], role="leader") for n in range(2)]
    return [each.pk for each in groups], [each.pk for each in units], [each.pk for each in posts]


CLASSES = st.sampled_from(DataClass)
ALONG = st.tuples(st.none() | st.integers(0, 2), st.none() | st.integers(0, 1), st.integers(0, 1), CLASSES)
LEADS = st.frozensets(st.tuples(st.integers(0, 1), st.integers(0, 2)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(along=st.lists(ALONG, max_size=4), leads=LEADS)
def test_a_line_reaches_what_a_right_for_each_group_led_would(along: Any, leads: Any, known: Any) -> None:
    groups, units, posts = known
    with work(BUILDER, "leads"):
        GroupLeader.objects.all().delete()
        for post in range(2):
            for group in range(3):
                dates = {"valid_from": FIRST} if (post, group) in leads else {"valid_from": date(2020, 1, 1), "valid_until": FIRST}
                GroupLeader.objects.create(post_id=posts[post], group_id=groups[group], **dates)
    lined, single = [], []
    for group, unit, post, data_class in along:
        limits = {"role": "dept_clerk", "unit_id": None if unit is None else units[unit], "data_class": data_class}
        lined.append(Grant(line_id=posts[post], group_id=None if group is None else groups[group], **limits))
        single += [Grant(group_id=groups[g], **limits) for p, g in leads if p == post and group in (None, g)]
    compiled = compile_scopes(lined, led_on(lined, FIRST))
    assert compiled == compile_scopes(single, {})
    assert not compiled.get("matters.view", NOTHING).is_everything
    assert compiled.get("matters.view", NOTHING).groups is not None


def _asked(people: Cast) -> Iterator[int]:
    user, post = people.users["street_officer"], Post.objects.select_related("unit").get(code="street_officer")
    for ask in (lambda: viewer_of(user), lambda: viewers_on(clock.today()), lambda: viewer_of_post(post, None, clock.today())):
        with CaptureQueriesContext(connection) as asked:
            ask()
        yield len(asked)


def test_a_line_costs_one_query_and_none_where_nobody_follows_one(people: Cast) -> None:
    before = list(_asked(people))
    give(people)
    give(people, line="leader3", role="dept_head")
    assert (before, list(_asked(people))) == ([2, 2, 1], [3, 3, 2])


def test_whoever_acts_for_a_post_has_its_line(people: Cast) -> None:
    give(people)
    services.delegate(
        post="street_officer", to="finance_clerk",
        since=clock.today(), until=None, reason="病假", by=people.street_officer,
    )  # fmt: skip
    acting = viewer_of(people.users["finance_clerk"], acting_for=Post.objects.get(code="street_officer").pk)
    assert acting.scope("filings.compile").groups == {people.group5.pk}
    together = {viewer.user_id: viewer.scopes for viewer in viewers_on(clock.today())}
    assert together == {user.pk: viewer_of(user).scopes for user in people.users.values()}


@pytest.mark.parametrize(
    ("given", "codes", "where"),
    [
        ({"line": "commerce_clerk"}, ["grant_line_leads_nothing"], "line"),
        ({"since": date(2009, 1, 1)}, ["grant_line_leads_nothing"], "line"),
        ({"group": "fiscal_fin"}, ["grant_line_without_group"], "group"),
        ({"line": "nobody"}, ["choice_unknown"], "line"),
    ],
)
def test_a_line_that_would_reach_nothing_is_refused(people: Cast, given: Any, codes: list[str], where: str) -> None:
    before = Grant.objects.count()
    with pytest.raises(Refusal) as refused:
        give(people, **given)
    assert (refused.value.codes, [each.where for each in refused.value.problems]) == (codes, [where])
    assert Grant.objects.count() == before


def test_the_same_right_with_and_without_a_line_are_two(people: Cast) -> None:
    give(people)
    give(people, line="")
    give(people, line="leader3")
    with pytest.raises(Refusal) as refused:
        give(people)
    assert refused.value.codes == ["grant_already"]


def test_the_page_offers_leading_posts_and_says_what_a_line_reaches_today(people: Cast) -> None:
    client = browser(people, "secadmin")
    page = client.get("/security/rights/").content.decode()
    assert '<option value="leader5">' in page
    assert '<option value="commerce_clerk">' not in page.split('name="line"')[1].split("</select>")[0]
    day, path = clock.today().isoformat(), "/security/rights/"
    wrong = client.post(path, {"zb_key": new_key(), "post": "street_officer", "role": "dept_clerk", "line": "leader5", "group": "fiscal_fin", "since": day})
    assert wrong.status_code == 422
    assert "不牵头“财税金融组”" in wrong.content.decode()
    assert client.post(path, {"zb_key": new_key(), "post": "street_officer", "role": "dept_clerk", "line": "leader5", "since": day}).status_code == 302
    page = client.get(path).content.decode()
    assert "分管商贸副主任的分管条线" in page
    assert "今日：商贸及文教卫组" in page
    services.leave_lead(leader_id=GroupLeader.objects.get(post__code="leader5").pk, on=clock.today(), by=people.sysadmin)
    assert "暂无范围" in client.get(path).content.decode()
    assert queries.leading_posts(viewer=people.commerce_clerk, day=clock.today()) == ()


def test_a_handover_lists_the_rights_along_the_line_of_the_post(people: Cast) -> None:
    give(people)
    leader = Post.objects.select_related("unit").get(code="leader5")
    sorts = [sort for sort, _text in services.duties_of(leader, clock.today())]
    assert sorts.count("按其条线授予的权限") == 1
    own = Post.objects.select_related("unit").get(code="street_officer")
    assert any("分管条线" in text for _sort, text in services.duties_of(own, clock.today()))


def test_duties_handed_to_another_post_take_the_reach_of_the_line_along_with_them(people: Cast) -> None:
    give(people)
    leader, other = Post.objects.get(code="leader5"), Post.objects.get(code="leader3")
    services.hand_to_post(post_id=leader.pk, to_post_id=other.pk, on=clock.today(), reason="分工调整", by=people.sysadmin)
    assert reach(people) == frozenset()


def test_an_account_that_takes_over_a_post_has_its_line(people: Cast) -> None:
    give(people)
    with work(BUILDER, "hand over"):
        PostHolder.objects.filter(post__code="street_officer").update(valid_until=clock.today())
        PostHolder.objects.create(post=Post.objects.get(code="street_officer"), user=people.users["finance_clerk"], valid_from=clock.today())
    both = viewer_of(people.users["finance_clerk"]).scope("filings.compile").alternatives
    assert both == {(people.group5.pk, None), (people.group3.pk, people.finance.pk)}
