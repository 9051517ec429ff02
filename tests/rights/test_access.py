"""Rights: what a scope selects is what it allows; grants begin and end on their days; powers stay apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhuanban.kit import actions, clock
from zhuanban.people.access import ALL, Scope, compile_scopes, system_viewer, viewer_of, viewers_on
from zhuanban.people.models import DataClass, Grant, GroupMember, Post, PostHolder, Unit, WorkGroup
from zhuanban.people.roles import ROLES
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.plans.packs import builtin_folder, load_pack
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db
BY = Actor("system", "test", "test")
ADMINISTRATORS = {"sysadmin", "secadmin", "auditor"}
COORDINATE = st.one_of(st.none(), st.integers(0, 2))
SCOPES = st.frozensets(st.tuples(COORDINATE, COORDINATE), max_size=5)


@pytest.fixture
def people() -> Cast:
    return cast()


def facts() -> tuple[list[int], list[int]]:
    """Three groups and three units, every pair of them a row; groups and units by place."""
    with work(BY, "facts"):
        groups = [WorkGroup.objects.create(code=f"g{n}", name_zh="组", name_en="G") for n in range(3)]
        units = [Unit.objects.create(code=f"u{n}", name_zh="办", name_en="U", kind="department") for n in range(3)]
        for group in groups:
            for unit in units:
                GroupMember.objects.create(group=group, unit=unit, part="responsible", valid_from=date(2020, 1, 1))
    return [each.pk for each in groups], [each.pk for each in units]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=SCOPES)
def test_the_predicate_selects_exactly_the_rows_that_the_scope_allows(
    places: frozenset[tuple[int | None, int | None]], known: tuple[list[int], list[int]]
) -> None:
    groups, units = known
    scope = Scope(
        frozenset(
            (ALL if g is None else groups[g], ALL if u is None else units[u]) for g, u in places
        )
    )
    rows = set(GroupMember.objects.values_list("group_id", "unit_id"))
    chosen = set(
        GroupMember.objects.filter(scope.q(group="group_id", unit="unit_id")).values_list("group_id", "unit_id")
    )
    assert chosen == {(group, unit) for group, unit in rows if scope.allows(group=group, unit=unit)}
    assert scope.is_empty == (not places)
    assert scope.is_everything == ((None, None) in places)
    for column, at, reach in (("unit", 1, scope.units), ("group", 0, scope.groups)):
        alone = set(GroupMember.objects.filter(scope.q(**{column: f"{column}_id"})).values_list("group_id", "unit_id"))
        assert alone == {row for row in rows if reach is ALL or row[at] in reach}


@pytest.fixture
def known() -> tuple[list[int], list[int]]:
    return facts()


@settings(max_examples=100)
@given(scope=SCOPES, more=SCOPES)
def test_a_further_grant_never_takes_reach_away(scope: Any, more: Any) -> None:
    small, large = Scope(scope), Scope(scope | more)
    for group in (None, 0, 1, 2):
        for unit in (None, 0, 1, 2):
            assert large.allows(group=group, unit=unit) or not small.allows(group=group, unit=unit)


def test_a_fact_without_unit_is_reached_only_by_grants_without_unit() -> None:
    assert not Scope(frozenset({(3, 5)})).allows(group=3, unit=None)
    assert not Scope(frozenset({(3, 5)})).allows(group=None, unit=5)
    assert Scope(frozenset({(ALL, 5)})).allows(group=None, unit=5)
    assert not Scope(frozenset()).allows(group=None, unit=None)


def test_a_grant_counts_from_its_first_day_until_before_its_end(people: Cast) -> None:
    user, first, end = people.users["finance_clerk"], date(2023, 3, 1), date(2023, 6, 1)
    with work(BY, "grant"):
        Grant.objects.filter(post__code="finance_clerk").update(valid_from=first, valid_until=end)
    held = {day: viewer_of(user, on=day).roles for day in (first - timedelta(1), first, end - timedelta(1), end)}
    assert held == {
        first - timedelta(1): frozenset(), first: {"dept_clerk"}, end - timedelta(1): {"dept_clerk"}, end: frozenset(),
    }  # fmt: skip
    assert viewer_of(user, on=end).scopes == {}


def test_a_deputy_of_two_posts_has_the_rights_of_both_each_within_its_own_limits(people: Cast) -> None:
    with work(BY, "deputy"):
        PostHolder.objects.create(
            post=Post.objects.get(code="finance_head"), user=people.users["commerce_head"], valid_from=date(2023, 1, 1)
        )
    both = viewer_of(people.users["commerce_head"])
    key = next(each.key for each in actions.all_actions() if "dept_head" in each.roles and each.writes)
    scope = both.scope(key)
    assert scope.allows(group=people.group5.pk, unit=people.commerce.pk)
    assert scope.allows(group=people.group3.pk, unit=people.finance.pk)
    assert not scope.allows(group=people.group5.pk, unit=people.finance.pk)
    assert not scope.allows(group=people.group3.pk, unit=people.commerce.pk)


def test_a_post_handed_over_takes_its_rights_with_it_and_a_vacant_one_gives_them_to_nobody(people: Cast) -> None:
    handed = date(2023, 5, 1)
    with work(BY, "hand over"):
        PostHolder.objects.filter(post__code="commerce_head").update(valid_until=handed)
        PostHolder.objects.create(
            post=Post.objects.get(code="commerce_head"), user=people.users["street_officer"], valid_from=handed
        )
    assert viewer_of(people.users["commerce_head"], on=handed).scopes == {}
    assert "dept_head" in viewer_of(people.users["street_officer"], on=handed).roles
    with work(BY, "vacant"):
        PostHolder.objects.filter(post__code="commerce_head", valid_until=None).update(valid_until=date(2023, 6, 1))
    assert "dept_head" not in viewer_of(people.users["street_officer"], on=date(2023, 6, 1)).roles


def test_a_post_switched_off_gives_no_rights(people: Cast) -> None:
    with work(BY, "off"):
        Post.objects.filter(code="commerce_head").update(active=False)
    assert viewer_of(people.users["commerce_head"]).scopes == {}


def test_an_account_without_a_post_can_do_nothing(people: Cast) -> None:
    with work(BY, "none"):
        PostHolder.objects.filter(user=people.users["auditor"]).update(valid_until=date(2011, 1, 1))
    nobody = viewer_of(people.users["auditor"])
    assert not any(nobody.can(each.key) for each in actions.all_actions())
    assert nobody.label == "auditor"


def test_leaders_and_the_chief_hold_no_action_that_writes_a_figure() -> None:
    writes = {each.key for each in actions.all_actions() if each.writes}
    for role in ("chief", "leader"):
        assert not {key for key in actions.keys_of(role) & writes if key.startswith(("figures.", "indicators."))}
    assert actions.keys_of("chief") & writes == set()


def test_no_administrator_touches_business_values_and_the_auditor_writes_nothing() -> None:
    writes = {each.key for each in actions.all_actions() if each.writes}
    for role in ADMINISTRATORS:
        assert not {key for key in actions.keys_of(role) & writes if key.startswith(("figures.", "matters.", "alerts.", "filings."))}
    assert actions.keys_of("auditor") & writes == set()
    assert set.intersection(*(set(actions.keys_of(role)) & writes for role in ADMINISTRATORS)) == set()


def test_nobody_in_the_plan_holds_two_of_the_three_administrator_roles() -> None:
    pack = load_pack(builtin_folder("anshan-2023"))
    held = [{str(role.value) for role in post.roles} & ADMINISTRATORS for post in pack.posts]
    assert max(map(len, held)) == 1
    assert set().union(*held) == ADMINISTRATORS


def test_every_role_named_by_an_action_exists() -> None:
    assert {role for each in actions.all_actions() for role in each.roles} <= ROLES.keys()


def test_the_system_reaches_everything_under_its_own_name() -> None:
    viewer = system_viewer("tick")
    assert viewer.scope("figures.import").is_everything
    assert (viewer.actor.kind, viewer.actor.key) == ("system", "tick")
    assert compile_scopes([], {}) == {}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(granted=st.lists(st.tuples(st.none() | st.integers(0, 2), st.none() | st.integers(0, 2), st.sampled_from(DataClass)), max_size=4))
def test_a_right_reaches_its_data_class_and_all_before_it(granted: Any, known: tuple[list[int], list[int]]) -> None:
    groups, units = known
    grants = [
        Grant(
            role="dept_clerk", group_id=None if g is None else groups[g], unit_id=None if u is None else units[u],
            data_class=most, valid_from=date(2020, 1, 1),
        )
        for g, u, most in granted
    ]  # fmt: skip
    scope = compile_scopes(grants, {}).get("matters.view", Scope(frozenset()))
    for data_class in DataClass:
        reaching = [grant for grant in grants if grant.data_class >= data_class]
        for group in groups:
            for unit in units:
                expected = any(g.group_id in (None, group) and g.unit_id in (None, unit) for g in reaching)
                assert scope.at(data_class).allows(group=group, unit=unit) == expected
    assert scope.alternatives == scope.at(DataClass.INTERNAL).alternatives


def test_all_viewers_at_once_are_those_that_each_account_gets_alone(people: Cast) -> None:
    together = {viewer.user_id: viewer for viewer in viewers_on(clock.today())}
    alone = {user.pk: viewer_of(user) for user in people.users.values()}
    assert together == alone
    assert {pk: viewer.scopes for pk, viewer in together.items()} == {pk: viewer.scopes for pk, viewer in alone.items()}
