"""Refusals and outside failures: the right status, whole words, nothing half-written; headers on every answer."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings

from zhuanban.kit.middleware import _outside_code
from zhuanban.kit.refusals import Problem
from zhuanban.kit.tests.site_of_tests import Switches
from zhuanban.people.models import Unit, User
from zhuanban.trail import queries
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhuanban.kit.tests.site_of_tests")]


@pytest.fixture(autouse=True)
def _switches() -> Iterator[None]:
    yield
    Switches.fail_with, Switches.sql, Switches.before = None, "", None


def words(response: Any) -> str:
    return html.unescape(response.content.decode())


def signed_in() -> Client:
    with work(Actor("system", "test", "test"), "account"):
        user = User.objects.create(username="a", password="!")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_a_refusal_page_lists_every_problem_with_its_place_and_the_status() -> None:
    response = Client().get("/test/breaks/?kind=refusal")
    assert response.status_code == 409
    for problem in (Problem("required"), Problem("stale_version")):
        assert problem.sentence in words(response)
    assert "B7" in words(response)
    assert "已有人先改动" in words(response)


def test_only_a_row_that_changed_meanwhile_is_said_to_have_been_changed_by_somebody() -> None:
    """An administrator who cannot switch his own account off was overtaken by nobody."""
    assert "已有人先改动" not in words(Client().get("/test/breaks/?kind=state"))


@pytest.mark.parametrize(
    ("kind", "code"), [("locked", "database_busy"), ("full", "storage_full"), ("gone", "database_unreachable")]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_outside_failure_is_said_in_words_of_both_languages(kind: str, code: str, language: str) -> None:
    client = Client()
    client.cookies["zb_language"] = language
    response = client.get(f"/test/breaks/?kind={kind}")
    from django.utils import translation

    with translation.override(language):
        sentence = Problem(code).sentence
    assert response.status_code == 503
    assert sentence in words(response)
    assert "127.0.0.1" not in words(response)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("database or disk is full", "storage_full"),
        ("could not extend file: No space left on device", "storage_full"),
        ("database is locked", "database_busy"),
        ("canceling statement due to lock timeout", "database_busy"),
        ("canceling statement due to statement timeout", "database_busy"),
        ("deadlock detected", "database_busy"),
        ("connection timeout expired", "database_unreachable"),
    ],
)
def test_each_databases_own_words_lead_to_the_right_sentence(said: str, code: str) -> None:
    from django.db import OperationalError

    assert _outside_code(OperationalError(said)) == code


def test_a_bug_shows_a_number_and_no_detail() -> None:
    response = Client(raise_request_exception=False).get("/test/breaks/?kind=bug")
    assert response.status_code == 500
    assert "secret detail" not in words(response)
    assert response["X-Request-Number"] in words(response)


def test_a_database_that_does_not_answer_at_sign_in_time_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from zhuanban.kit import policy

    def unreachable(_: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(policy, "_viewer_of", [unreachable])
    response = Client().get("/")
    assert response.status_code == 503
    assert Problem("database_unreachable").sentence in words(response)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the page limit is SQLite's")
def test_a_full_disk_at_any_page_leaves_nothing_half_written_and_work_goes_on_when_there_is_room() -> None:
    client = signed_in()
    refused = 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        for spare in range(12):
            cursor.execute(f"PRAGMA max_page_count = {pages + spare}")
            before = (Unit.objects.count(), Entry.objects.count())
            answer = client.post("/test/define/", {"zb_key": f"full-{spare:04d}", "code": f"u{spare}" * 8})
            if answer.status_code == 503:
                refused += 1
                assert Problem("storage_full").sentence in words(answer)
                assert (Unit.objects.count(), Entry.objects.count()) == before
            else:
                assert answer.status_code == 302
                assert (Unit.objects.count(), Entry.objects.count()) == (before[0] + 1, before[1] + 1)
            assert client.get("/test/breaks/?kind=refusal").status_code == 409
        for number in range(200):
            answer = client.post("/test/define/", {"zb_key": f"more-{number:04d}", "code": f"m{number}" * 8})
            if answer.status_code == 503:
                refused += 1
                break
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert refused >= 1
    assert queries.verify(deep=True).findings == []
    assert client.post("/test/define/", {"zb_key": "after-0000", "code": "after"}).status_code == 302


REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in/", 200),
        ("/", 302),
        ("/absent/", 404),
        ("/sign-out/", 302),
        ("/healthz", 200),
        ("/test/breaks/?kind=bug", 500),
        ("/test/breaks/?kind=refusal", 409),
        ("/test/breaks/?kind=full", 503),
        ("/test/forgotten/", 404),
    ],
)
def test_every_answer_carries_the_protecting_headers_also_errors(path: str, status: int) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == status
    assert {name: response.get(name) for name in REQUIRED} == REQUIRED
    rules = response["Content-Security-Policy"]
    for rule in ("default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert rule in rules
    assert "unsafe" not in rules
    assert "no-store" in response["Cache-Control"]
    assert response["X-Request-Number"]


def test_a_form_without_its_token_is_refused_with_a_page_that_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("/sign-in/", "/language/", "/test/define/"):
        response = client.post(path, {"username": "a"})
        assert response.status_code == 403
        assert len(words(response)) > 500
        assert "Traceback" not in words(response)
        assert "Content-Security-Policy" in response


@override_settings(ALLOWED_HOSTS=["zone.example"])
def test_a_forged_host_is_refused_with_the_products_page() -> None:
    response = Client(raise_request_exception=False).get("/sign-in/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in words(response)


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=10)
def test_a_form_of_ten_thousand_fields_is_refused() -> None:
    response = Client(raise_request_exception=False).post("/sign-in/", {f"f{n}": "x" for n in range(10_000)})
    assert response.status_code == 400


def test_a_body_larger_than_anything_we_take_is_refused_before_it_is_read() -> None:
    answer = Client().generic("POST", "/sign-in/", b"x", CONTENT_LENGTH="1000001")
    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()
    assert Client().generic("POST", "/sign-in/", b"x", CONTENT_LENGTH="999999").status_code != 413
