"""The policy door: nothing is served that does not name who may see it."""

import re
from typing import Any

import pytest
from django.test import Client, override_settings

from zhuanban.kit import clock, policy
from zhuanban.people.models import Grant, PostHolder, User
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import Actor, work

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhuanban.kit.tests.site_of_tests")]
BY = Actor("system", "test", "test")


@pytest.fixture
def people() -> Cast:
    return cast()


def signed_in(people: Cast, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(people.users[who])
    return client


def bare(response: Any) -> tuple[int, str]:
    """Status and body without what differs between any two answers: request number and form tokens."""
    body = response.content.decode()
    # The page names the address that was asked for, which the asker knows.
    body = body.replace(response.wsgi_request.path, "")
    for pattern in (response["X-Request-Number"], r'name="csrfmiddlewaretoken" value="\w+"', r'name="zb_key" value="[\w-]+"'):
        body = re.sub(pattern, "", body)
    return response.status_code, body


def test_a_view_without_policy_is_never_served_not_even_to_the_system_administrator(people: Cast) -> None:
    for client in (Client(), signed_in(people, "sysadmin"), signed_in(people, "office_head")):
        response = client.get("/test/forgotten/")
        assert response.status_code == 404
        assert b"secret" not in response.content


def test_the_build_fails_on_a_view_without_policy_and_on_an_unknown_action() -> None:
    found = {(each.id, each.msg) for each in policy.every_view_has_a_policy()}
    assert found == {
        ("kit.E001", "/test/forgotten/ has no @policy"),
        ("kit.E002", "/test/nobody/ names the unknown action no.such.action"),
    }


@override_settings(ROOT_URLCONF="zhuanban.site.urls")
def test_the_products_own_addresses_pass_the_check() -> None:
    assert policy.every_view_has_a_policy() == []


def test_what_one_may_not_see_answers_exactly_like_what_is_not_there(people: Cast) -> None:
    for who in ("commerce_clerk", "chief", "auditor"):
        client = signed_in(people, who)
        absent = bare(client.get("/test/absent/"))
        assert absent[0] == 404
        assert bare(client.get("/test/sysadmin/")) == absent
        assert bare(client.get("/test/nobody/")) == absent
        assert bare(client.get("/test/forgotten/")) == absent
        assert bare(client.post("/test/sysadmin/")) == absent
    assert signed_in(people, "sysadmin").get("/test/sysadmin/").content == b"for system administrators"


def test_who_is_not_signed_in_is_sent_to_sign_in_and_brought_back(people: Cast) -> None:
    response = Client().get("/test/sysadmin/?tab=2")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/test/sysadmin/%3Ftab%3D2")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil.example", "\t//evil.example", "http://testserver@evil.example/"],
)
def test_sign_in_and_the_language_switch_never_lead_to_another_site(people: Cast, elsewhere: str) -> None:
    user = people.users["commerce_clerk"]
    user.set_password("correct-horse-battery")
    with work(BY, "password"):
        user.save()
    client = Client()
    answer = client.post(
        "/sign-in/", {"username": "commerce_clerk", "password": "correct-horse-battery", "next": elsewhere}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"
    assert client.post("/language/", {"language": "xx/../", "next": "/board/"})["Location"] == "/board/"


def test_a_wrong_name_a_wrong_password_and_a_disabled_account_get_one_answer(people: Cast) -> None:
    user = people.users["commerce_clerk"]
    user.set_password("correct-horse-battery")
    other = people.users["finance_clerk"]
    other.set_password("correct-horse-battery")
    other.active = False
    with work(BY, "password"):
        user.save()
        other.save()
    answers = set()
    for name, password in (("nobody", "x" * 12), ("commerce_clerk", "x" * 12), ("finance_clerk", "correct-horse-battery")):
        response = Client().post("/sign-in/", {"username": name, "password": password})
        status, body = bare(response)
        answers.add((status, body.replace(f'value="{name}"', "")))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


def test_a_disabled_account_is_cut_at_its_next_request(people: Cast) -> None:
    client = signed_in(people, "sysadmin")
    assert client.get("/test/sysadmin/").status_code == 200
    with work(BY, "disable"):
        User.objects.filter(username="sysadmin").update(active=False)
    assert client.get("/test/sysadmin/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("model", [Grant, PostHolder])
def test_a_withdrawn_right_or_post_ends_with_the_next_request(people: Cast, model: Any) -> None:
    client = signed_in(people, "sysadmin")
    assert client.get("/test/sysadmin/").status_code == 200
    with work(BY, "withdraw"):
        model.objects.filter(post__code="sysadmin").update(valid_until=clock.today())
    assert client.get("/test/sysadmin/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "trace"])
def test_a_route_that_writes_answers_other_methods_with_not_allowed(people: Cast, method: str) -> None:
    client = signed_in(people, "sysadmin")
    assert getattr(client, method)("/test/define/").status_code == 405
    assert getattr(client, method)("/sign-out/").status_code == 405
    assert client.session.get("_auth_user_id")


def test_a_method_override_header_or_field_changes_nothing(people: Cast) -> None:
    client = signed_in(people, "sysadmin")
    response = client.get("/sign-out/?_method=POST", headers={"X-HTTP-Method-Override": "POST"})
    assert response.status_code == 405
