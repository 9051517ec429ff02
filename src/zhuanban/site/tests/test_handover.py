"""Handing over: a clerk moves to another department in the middle of a month, and a post's duties go to another."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import services as matters
from zhuanban.matters.models import Matter
from zhuanban.people import services
from zhuanban.people.access import viewer_of
from zhuanban.people.models import Delegation, GroupLeader, Handover, Post, PostHolder, User
from zhuanban.people.tests.browsing import words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hand_over(people: Cast, post: str, **given: Any) -> Any:
    row = Post.objects.get(code=post)
    form = {"zb_key": new_key(), "account": "", "to_post": "", "on": clock.today(), "reason": "工作调整", **given}
    return browser(people.users["sysadmin"]).post(f"/organisation/structure/posts/{row.pk}/hand-over/", form)


def a_matter(people: Cast) -> Matter:
    """A problem of the commerce office, assigned by the office, so that it waits for the commerce clerk."""
    matter = matters.register_matter(
        by=people.office_head, ledger="problem", title="商场停业", description="龙头商场停业装修。", source="企业走访",
        urgency="normal", group_id=people.group5.pk, unit_id=people.commerce.pk,
    )  # fmt: skip
    return matters.assign_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)


def test_a_clerk_moves_to_another_department_in_the_middle_of_a_month(people: Cast) -> None:
    matter, clerk, successor = a_matter(people), people.users["commerce_clerk"], people.users["finance_clerk"]
    path = f"/matters/{matter.number}/"
    assert browser(clerk).get(path).status_code == 200
    assert browser(successor).get(path).status_code == 404
    answer = hand_over(people, "commerce_clerk", account=successor.pk)
    assert answer.status_code == 302
    assert hand_over(people, "finance_clerk", account=clerk.pk).status_code == 302
    assert browser(clerk).get(path).status_code == 404
    # The successor still held his old post when the new one came to him; he leaves it when it is handed on.
    assert browser(successor).get(path).status_code == 200
    assert viewer_of(clerk).unit_id == people.finance.pk
    listed = words(browser(successor).get(answer["Location"]))
    assert "商场停业" in listed
    assert "移交人：" in listed
    assert Entry.objects.filter(reason="移交岗位 commerce_clerk", actor_label="专班办公室 · 系统管理员").exists()


def test_what_is_open_is_read_by_the_post_and_not_by_the_system_administrator(people: Cast) -> None:
    a_matter(people)
    answer = hand_over(people, "commerce_clerk", account=people.users["finance_clerk"].pk)
    page = words(browser(people.users["sysadmin"]).get(answer["Location"]))
    assert "商场停业" not in page
    assert "1项未办结事项留在岗位" in page
    stranger = browser(people.users["street_officer"])
    assert stranger.get(answer["Location"]).status_code == 404
    assert stranger.get("/organisation/handovers/999999/").status_code == 404
    assert "商场停业" not in words(browser(people.users["sysadmin"]).get("/organisation/handovers/"))


def test_old_lists_keep_the_names_of_their_day(people: Cast) -> None:
    answer = hand_over(people, "commerce_clerk", account=people.users["finance_clerk"].pk)
    post = Post.objects.get(code="commerce_clerk")
    services.change_post(
        post_id=post.pk, version=post.version, unit=post.unit_id, name_zh="综合岗", name_en="", role=post.role,
        position=post.position, active=True, by=people.sysadmin,
    )  # fmt: skip
    assert "商务办 · 经办人" in words(browser(people.users["sysadmin"]).get(answer["Location"]))


def test_what_a_post_leads_goes_to_another_post_from_the_day(people: Cast) -> None:
    today, last = clock.today(), clock.today() + timedelta(days=3)
    services.delegate(post="leader5", to="deputy_director", since=today, until=None, reason="出差", by=people.leader5)
    answer = hand_over(people, "leader5", to_post=Post.objects.get(code="leader3").pk, on=last)
    assert answer.status_code == 302
    ties = GroupLeader.objects.filter(group=people.group5).order_by("valid_from")
    assert [(tie.post.code, tie.valid_from == last, tie.valid_until) for tie in ties] == [
        ("leader5", False, last), ("leader3", True, None),
    ]  # fmt: skip
    assert Delegation.objects.get().valid_until == last
    made = Handover.objects.get()
    assert ["牵头工作组", "商贸及文教卫组"] in made.lines
    assert ["权限", "工作组责任领导，商贸及文教卫组"] in made.lines
    assert PostHolder.objects.get(post__code="leader5").valid_until is None


def test_a_handover_that_cannot_be_is_refused_and_changes_nothing(people: Cast) -> None:
    own = Post.objects.get(code="commerce_clerk")
    with pytest.raises(Refusal) as refused:
        services.hand_to_post(post_id=own.pk, to_post_id=own.pk, on=clock.today(), reason="x", by=people.sysadmin)
    assert refused.value.codes == ["handover_same"]
    for given in ({}, {"account": people.users["finance_clerk"].pk, "to_post": Post.objects.get(code="chief").pk}):
        answer = hand_over(people, "commerce_clerk", **given)
        assert answer.status_code == 422
        assert "二者选一" in words(answer)
    own_holder = hand_over(people, "commerce_clerk", account=people.users["commerce_clerk"].pk)
    assert own_holder.status_code == 422
    assert "已担任岗位" in words(own_holder)
    answer = hand_over(people, "auditor", account=people.users["secadmin"].pk)
    assert answer.status_code == 422
    assert PostHolder.objects.get(post__code="auditor").valid_until is None
    assert not Handover.objects.exists()


def test_only_the_system_administrator_hands_over(people: Cast) -> None:
    post = Post.objects.get(code="commerce_clerk")
    for name in ("secadmin", "commerce_head", "office_head"):
        client = browser(people.users[name])
        assert client.get(f"/organisation/structure/posts/{post.pk}/hand-over/").status_code == 404
    page = words(browser(people.users["sysadmin"]).get(f"/organisation/structure/posts/{post.pk}/hand-over/"))
    assert re.search(r"权限</div></td><td[^>]*><div>部门经办人，商贸及文教卫组，商务办", page)
