"""Acting for a post: rights, both names in the record, the dates, and who may order it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.access import viewer_of
from zhuanban.people.models import Delegation, Post
from zhuanban.people.tests.browsing import browser
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(path, {"zb_key": new_key(), **given})


def let(people: Cast, post_code: str, to: str, *, days: int | None = 7, by: str | None = None) -> Delegation:
    today = clock.today()
    until = today + timedelta(days=days) if days else None
    return services.delegate(post=post_code, to=to, since=today, until=until, reason="年休假", by=getattr(people, by or post_code))


def test_a_delegate_has_the_posts_rights_and_no_others_only_while_he_acts(people: Cast) -> None:
    let(people, "commerce_head", "commerce_clerk")
    clerk, post_id = people.users["commerce_clerk"], Post.objects.get(code="commerce_head").pk
    own, acting = viewer_of(clerk), viewer_of(clerk, acting_for=post_id)
    assert (own.can("filings.sign"), acting.can("filings.sign")) == (False, True)
    assert set(acting.scopes) == set(people.commerce_head.scopes)
    assert acting.unit_id == people.commerce_head.unit_id
    assert acting.actor.key == own.actor.key


def test_the_record_names_both_posts(people: Cast) -> None:
    let(people, "commerce_head", "commerce_clerk")
    client = browser(people, "commerce_clerk")
    post_id = Post.objects.get(code="commerce_head").pk
    assert post(client, "/account/acting/as/", post=post_id).status_code == 302
    assert post(client, "/account/end-sessions/").status_code == 302
    actor = Entry.objects.latest("seq").actor_label
    assert people.commerce_head.signature in actor
    assert people.commerce_clerk.signature in actor
    assert "代" in actor


def test_acting_ends_with_its_last_day_and_with_a_word(people: Cast) -> None:
    made = let(people, "commerce_head", "commerce_clerk", days=1)
    clerk, post_id = people.users["commerce_clerk"], made.post_id
    tomorrow = clock.today() + timedelta(days=1)
    assert viewer_of(clerk, acting_for=post_id).acting_for == post_id
    assert viewer_of(clerk, acting_for=post_id, on=tomorrow).acting_for is None
    client = browser(people, "commerce_clerk")
    post(client, "/account/acting/as/", post=post_id)
    assert client.get("/").context["viewer"].acting_for == post_id
    assert post(browser(people, "commerce_head"), f"/account/acting/{made.pk}/end/").status_code == 302
    assert client.get("/").context["viewer"].acting_for is None


def test_whoever_may_not_act_does_not_by_naming_a_post(people: Cast) -> None:
    client = browser(people, "finance_clerk")
    for wanted in (Post.objects.get(code="commerce_head").pk, 999_999, "x", ""):
        post(client, "/account/acting/as/", post=wanted)
        assert client.get("/").context["viewer"].acting_for is None


def test_only_the_holder_and_the_system_administrator_decide(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        let(people, "commerce_head", "finance_clerk", by="finance_clerk")
    assert refused.value.codes == ["not_own_post"]
    let(people, "commerce_head", "commerce_clerk", by="sysadmin")
    made = Delegation.objects.get()
    with pytest.raises(Refusal) as refused:
        services.end_delegation(delegation_id=made.pk, on=clock.today(), by=people.finance_clerk)
    assert refused.value.codes == ["not_own_post"]


def test_who_acts_does_not_pass_it_on(people: Cast) -> None:
    made = let(people, "commerce_head", "commerce_clerk")
    acting = viewer_of(people.users["commerce_clerk"], acting_for=made.post_id)
    with pytest.raises(Refusal) as refused:
        services.delegate(
            post="commerce_head", to="finance_clerk", since=clock.today(), until=None, reason="转托", by=acting
        )
    assert refused.value.codes == ["not_own_post"]


def test_every_mistake_of_an_order_is_said_at_once(people: Cast) -> None:
    today = clock.today()
    with pytest.raises(Refusal) as refused:
        services.delegate(post="commerce_head", to="commerce_head", since=today, until=today, reason=" ", by=people.commerce_head)
    assert refused.value.codes == ["delegate_same", "dates_reversed", "required"]
    with pytest.raises(Refusal) as refused:
        services.delegate(post="sysadmin", to="commerce_head", since=today, until=None, reason="出差", by=people.sysadmin)
    assert refused.value.codes == ["delegate_administrator"]
    let(people, "commerce_head", "commerce_clerk")
    with pytest.raises(Refusal) as refused:
        let(people, "commerce_head", "commerce_clerk")
    assert refused.value.codes == ["delegate_already"]


def test_the_page_orders_shows_and_ends_it(people: Cast) -> None:
    client = browser(people, "commerce_head")
    assert "目前无人代理您的岗位" in client.get("/account/acting/").content.decode()
    assert f'value="{clock.today().isoformat()}"' in client.get("/account/acting/").content.decode()
    wrong = post(client, "/account/acting/", post="commerce_head", to="commerce_clerk", since="2023-13-01", reason="")
    assert wrong.status_code == 422
    done = post(client, "/account/acting/", post="commerce_head", to="commerce_clerk", since=clock.today().isoformat(), reason="出差")
    assert done.status_code == 302
    page = client.get("/account/acting/").content.decode()
    assert "出差" in page
    assert people.commerce_clerk.label in page
    assert "代理" in browser(people, "commerce_clerk").get("/account/acting/").content.decode()


def test_administrators_act_for_nobody_even_if_they_order_it_themselves(people: Cast) -> None:
    for name in ("sysadmin", "secadmin", "auditor"):
        with pytest.raises(Refusal) as refused:
            services.delegate(
                post="commerce_head", to=name, since=clock.today(), until=None, reason="x", by=people.sysadmin
            )
        assert refused.value.codes == ["delegate_to_administrator"]
    assert not Delegation.objects.exists()


def test_somebody_elses_acting_looks_like_one_that_is_not_there(people: Cast) -> None:
    made = let(people, "commerce_head", "commerce_clerk")
    stranger = browser(people, "finance_clerk")
    for number in (made.pk, 999_999):
        assert post(stranger, f"/account/acting/{number}/end/").status_code == 404
    assert Delegation.objects.filter(pk=made.pk, valid_until=made.valid_until).exists()
