"""Powers that nobody joins, by whichever way: filling a post, another role, a right, acting, a handover."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from zhuanban.kit import actions, clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.access import system_viewer, viewer_of
from zhuanban.people.models import Delegation, Notice, Post
from zhuanban.people.roles import ADMINISTRATORS, LEADING, RECORDING
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 24)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.pinned(datetime(2023, 7, 24, 9, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


def refusal(call: Any, **arguments: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        call(**arguments)
    return refused.value.codes


def changed(post: Post, role: str) -> dict[str, Any]:
    return {
        "post_id": post.pk, "version": post.version, "unit": post.unit_id, "name_zh": post.name_zh, "name_en": post.name_en,
        "role": role, "position": post.position, "active": True,
    }  # fmt: skip


def test_recording_roles_are_those_that_record_figures() -> None:
    assert {role for role in (*ADMINISTRATORS, *LEADING, *RECORDING, "office_head", "dept_head", "territory_officer")
                         if "figures.import" in actions.keys_of(role)} == RECORDING  # fmt: skip


def test_an_administrator_fills_no_post_that_was_given_his_role_but_keeps_its_rights(people: Cast) -> None:
    """The role by which a post is called says nothing about what it may do: the rights are looked at."""
    post = Post.objects.get(code="statistician")
    assert refusal(services.change_post, **changed(post, "sysadmin"), by=people.sysadmin) == ["post_role_fixed"]
    with work(system_viewer("test").actor, "as an earlier version let happen"):
        Post.objects.filter(pk=post.pk).update(role="sysadmin")
    filling = {"user_id": people.users["sysadmin"].pk, "post_code": post.code, "since": TODAY, "by": people.sysadmin}
    assert refusal(services.fill_post, **filling) == ["administrators_apart"]


def test_roles_of_administrators_are_not_swapped(people: Cast) -> None:
    for code, role in (("secadmin", "sysadmin"), ("sysadmin", "secadmin"), ("auditor", "dept_clerk"), ("commerce_clerk", "leader")):
        post = Post.objects.get(code=code)
        assert refusal(services.change_post, **changed(post, role), by=people.sysadmin) == ["post_role_fixed"], code


def test_a_new_post_s_role_can_be_set_right_while_it_is_empty(people: Cast) -> None:
    post = services.add_post(unit=people.commerce.pk, name_zh="副主任", name_en="Deputy", role="dept_clerk", position=9, by=people.sysadmin)
    assert services.change_post(**changed(post, "leader"), by=people.sysadmin).role == "leader"


def test_a_leader_comes_to_no_post_that_records_figures(people: Cast) -> None:
    leader, clerk = people.users["leader5"], Post.objects.get(code="commerce_clerk")
    filling = {"user_id": leader.pk, "post_code": clerk.code, "since": TODAY, "by": people.sysadmin}
    assert refusal(services.fill_post, **filling) == ["leading_apart"]
    reverse = {"user_id": people.users["commerce_clerk"].pk, "post_code": "chief", "since": TODAY, "by": people.sysadmin}
    assert refusal(services.fill_post, **reverse)[0] in ("leading_apart", "post_has_head")


def test_nobody_who_leads_acts_for_a_post_that_records_figures_nor_the_other_way_round(people: Cast) -> None:
    acting = {"since": TODAY, "until": TODAY + timedelta(days=3), "reason": "出差"}
    assert "leading_apart" in refusal(services.delegate, post="commerce_clerk", to="leader5", by=people.commerce_clerk, **acting)
    assert "leading_apart" in refusal(services.delegate, post="leader5", to="commerce_clerk", by=people.leader5, **acting)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("post", "role"), [("commerce_clerk", "leader"), ("statistician", "chief"), ("leader5", "dept_clerk")])
def test_no_right_joins_leading_and_recording_in_whichever_order(people: Cast, post: str, role: str) -> None:
    given = {"post": post, "role": role, "group": "", "unit": "", "since": TODAY, "by": people.secadmin}
    assert "grant_leader" in refusal(services.give_right, **given)


def test_a_right_to_come_counts_like_one_in_force(people: Cast) -> None:
    post = services.add_post(unit=people.commerce.pk, name_zh="新岗", name_en="New", role="dept_head", position=9, by=people.sysadmin)
    services.give_right(post=post.code, role="dept_clerk", group="", unit="", since=TODAY + timedelta(days=5), by=people.secadmin)
    filling = {"user_id": people.users["sysadmin"].pk, "post_code": post.code, "since": TODAY, "by": people.sysadmin}
    assert refusal(services.fill_post, **filling) == ["administrators_apart"]


def test_whom_the_former_holder_let_act_acts_no_longer_after_a_handover(people: Cast) -> None:
    services.delegate(
        post="commerce_clerk", to="finance_clerk", since=TODAY, until=None, reason="长期代理", by=people.commerce_clerk
    )
    post, deputy = Post.objects.get(code="commerce_clerk"), people.users["finance_clerk"]
    assert viewer_of(deputy, acting_for=post.pk).acting_for == post.pk
    account = services.create_account(username="next_clerk", by=people.sysadmin)
    services.hand_to_account(post_id=post.pk, user_id=account.pk, on=TODAY + timedelta(days=1), reason="轮岗", by=people.sysadmin)
    tomorrow = TODAY + timedelta(days=1)
    assert viewer_of(deputy, on=TODAY, acting_for=post.pk).acting_for == post.pk
    assert viewer_of(deputy, on=tomorrow, acting_for=post.pk).acting_for is None


def test_the_other_administrators_hear_of_an_administrator_s_new_account_and_of_a_link_for_one(people: Cast) -> None:
    """Who makes all accounts can make one for the audit post; he cannot do it unseen."""
    services.create_account_for(username="another", post="auditor", since=TODAY, by=people.sysadmin)
    services.password_link(user_id=people.users["secadmin"].pk, by=people.sysadmin)
    services.create_account_for(username="ordinary", post="street_officer", since=TODAY, by=people.sysadmin)
    told = list(Notice.objects.order_by("id").values_list("user__username", "url", "text_zh"))
    assert {(name, url) for name, url, _text in told} >= {("secadmin", "/security/"), ("auditor", "/audit/")}
    assert "sysadmin" not in {name for name, _url, _text in told}
    assert [any(word in text for _name, _url, text in told) for word in ("another", "设密链接", "ordinary")] == [True, True, False]
