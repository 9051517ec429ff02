"""Double submits: one form acts once, whatever the fingers and the network do."""

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit import clock, idempotency
from zhuanban.kit.models import FormKey
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.tests.site_of_tests import Switches
from zhuanban.people.models import Unit, User
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhuanban.kit.tests.site_of_tests")]


@pytest.fixture
def client() -> Iterator[Client]:
    yield browser(account("a"))
    Switches.fail_with, Switches.sql, Switches.before = None, "", None


def account(name: str) -> User:
    with work(Actor("system", "test", "test"), "account"):
        return User.objects.create(username=name, password="!")


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def send(client: Client, code: str = "x", key: str = "k" * 24, **more: Any) -> Any:
    return client.post("/test/define/", {"zb_key": key, "code": code, **more})


def units() -> int:
    return Unit.objects.count()


def test_a_double_click_makes_one_record_and_answers_the_same(client: Client) -> None:
    first, second = send(client), send(client)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, "/done/x")
    assert units() == 1
    assert Entry.objects.filter(tbl="people_unit").count() == 1


def test_a_form_whose_process_died_is_taken_again_after_ten_minutes(client: Client) -> None:
    send(client)
    with work(Actor("system", "test", "test"), "as after a crash"):
        Unit.objects.all().delete()
    FormKey.objects.update(location="", claimed_at=clock.real_now() - timedelta(minutes=9))
    assert (send(client).status_code, units()) == (409, 0)
    FormKey.objects.update(claimed_at=clock.real_now() - timedelta(minutes=11))
    assert (send(client).status_code, units()) == (302, 1)


def test_the_same_key_with_another_content_is_refused(client: Client) -> None:
    send(client)
    answer = send(client, code="y")
    assert answer.status_code == 422
    assert Problem("form_key_reused").sentence in html.unescape(answer.content.decode())
    assert units() == 1


@pytest.mark.parametrize("key", ["", "short", "k" * 65])
def test_a_form_without_a_proper_key_does_not_act(client: Client, key: str) -> None:
    assert send(client, key=key).status_code == 422
    assert units() == 0


def test_a_failure_gives_the_key_back_so_that_the_form_can_be_sent_again(client: Client) -> None:
    for failure in (Refusal("required"), RuntimeError("bug")):
        Switches.fail_with = failure
        assert send(client).status_code == (422 if isinstance(failure, Refusal) else 500)
        assert (units(), FormKey.objects.count()) == (0, 0)
    Switches.fail_with = None
    assert send(client).status_code == 302
    assert units() == 1


def test_a_form_still_being_worked_on_says_so(client: Client) -> None:
    send(client)
    FormKey.objects.update(location="")
    assert send(client).status_code == 409
    assert units() == 1


def test_the_key_of_one_person_says_nothing_about_anothers(client: Client) -> None:
    send(client)
    assert send(browser(account("b")), code="y").status_code == 302
    assert units() == 2


def test_old_keys_are_forgotten_and_young_ones_kept(client: Client) -> None:
    send(client)
    send(client, code="y", key="z" * 24)
    FormKey.objects.filter(key="z" * 24).update(claimed_at=clock.real_now() - timedelta(days=3))
    assert idempotency.forget_old() == 1
    assert FormKey.objects.get().key == "k" * 24
