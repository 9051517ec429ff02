"""Rights given and withdrawn by hand: what is refused, when it acts, and what the page shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.access import viewer_of
from zhuanban.people.models import Grant, Post
from zhuanban.people.tests.browsing import browser
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def give(people: Cast, post: str, role: str, *, group: str = "", unit: str = "", by: str = "secadmin") -> Grant:
    return services.give_right(post=post, role=role, group=group, unit=unit, since=clock.today(), by=getattr(people, by))


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(path, {"zb_key": new_key(), **given})


def test_a_right_acts_at_once_and_is_gone_at_the_next_request(people: Cast) -> None:
    clerk = people.users["commerce_clerk"]
    assert not viewer_of(clerk).can("filings.sign")
    grant = give(people, "commerce_clerk", "dept_head", unit="commerce")
    allowed = viewer_of(clerk).scope("filings.sign")
    assert allowed.allows(group=None, unit=people.commerce.pk)
    assert not allowed.allows(group=None, unit=people.finance.pk)
    services.withdraw_right(grant_id=grant.pk, on=clock.today(), by=people.secadmin)
    assert not viewer_of(clerk).can("filings.sign")


def test_a_right_given_earlier_keeps_its_past_when_it_is_withdrawn(people: Cast) -> None:
    grant = Grant.objects.get(post__code="commerce_clerk")
    services.withdraw_right(grant_id=grant.pk, on=clock.today(), by=people.secadmin)
    clerk, yesterday = people.users["commerce_clerk"], clock.today() - timedelta(days=1)
    assert (bool(viewer_of(clerk, on=yesterday).scopes), bool(viewer_of(clerk).scopes)) == (True, False)


@pytest.mark.parametrize(
    ("post_code", "role", "code"),
    [
        ("auditor", "sysadmin", "grant_apart"),
        ("sysadmin", "dept_clerk", "grant_apart"),
        ("commerce_clerk", "auditor", "grant_apart"),
        ("chief", "statistician", "grant_leader"),
        ("secadmin", "secadmin", "grant_own"),
        ("no_such_post", "dept_clerk", "post_unknown"),
        ("commerce_clerk", "emperor", "choice_unknown"),
    ],
)
def test_powers_that_stay_apart_are_not_joined(people: Cast, post_code: str, role: str, code: str) -> None:
    before = Grant.objects.count()
    with pytest.raises(Refusal) as refused:
        give(people, post_code, role)
    assert code in refused.value.codes
    assert Grant.objects.count() == before


def test_every_unknown_choice_is_said_at_once_and_a_right_is_given_once(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        give(people, "commerce_clerk", "x", group="y", unit="z")
    assert [problem.where for problem in refused.value.problems] == ["role", "group", "unit"]
    give(people, "commerce_clerk", "dept_head", unit="commerce")
    with pytest.raises(Refusal) as refused:
        give(people, "commerce_clerk", "dept_head", unit="commerce")
    assert refused.value.codes == ["grant_already"]


def test_nobody_takes_his_own_right_or_the_last_of_an_administrator(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        services.withdraw_right(grant_id=Grant.objects.get(post__code="secadmin").pk, on=clock.today(), by=people.secadmin)
    assert refused.value.codes == ["grant_own"]
    with pytest.raises(Refusal) as refused:
        services.withdraw_right(grant_id=Grant.objects.get(post__code="auditor").pk, on=clock.today(), by=people.secadmin)
    assert refused.value.codes == ["account_last_administrator"]


def test_a_right_that_begins_later_is_not_taken_for_one_of_today(people: Cast) -> None:
    later = clock.today() + timedelta(days=9)
    services.give_right(post="commerce_clerk", role="dept_head", group="", unit="commerce", since=later, by=people.secadmin)
    with pytest.raises(Refusal) as refused:
        give(people, "commerce_clerk", "dept_head", unit="commerce")
    assert refused.value.codes == ["grant_already"]


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "office_head", "commerce_clerk", "chief"])
def test_only_the_security_administrator_gives_rights(people: Cast, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        give(people, "commerce_clerk", "dept_head", by=who)
    assert refused.value.codes == ["not_allowed"]
    assert browser(people, who).get("/security/rights/").status_code == 404


def test_the_page_gives_shows_and_withdraws(people: Cast) -> None:
    client = browser(people, "secadmin")
    wrong = post(client, "/security/rights/", post="chief", role="statistician", since=clock.today().isoformat())
    assert wrong.status_code == 422
    assert "领导岗位" in wrong.content.decode()
    done = post(client, "/security/rights/", post="commerce_clerk", role="dept_head", unit="commerce", since=clock.today().isoformat())
    assert done.status_code == 302
    grant = Grant.objects.get(post=Post.objects.get(code="commerce_clerk"), role="dept_head")
    page = client.get("/security/rights/").content.decode()
    assert f"/security/rights/{grant.pk}/withdraw/" in page
    own = Grant.objects.get(post__code="secadmin")
    assert f"/security/rights/{own.pk}/withdraw/" not in page
    assert post(client, f"/security/rights/{grant.pk}/withdraw/").status_code == 302
    assert post(client, f"/security/rights/{grant.pk}/withdraw/").status_code == 404
