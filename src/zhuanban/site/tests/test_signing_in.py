"""Signing in: lock-out, the second factor, old passwords, and what a forged request cannot do."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.models import OpenSession, SecurityRules, User
from zhuanban.people.tests.browsing import words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.site import lockout, sessions
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db

SECRET = "Fruehling-2023-gut"
NAMES = ("commerce_clerk", "sysadmin", "secadmin")


@pytest.fixture
def people() -> Cast:
    lockout.tries._left.clear()
    built = cast()
    with work(Actor("system", "test", "test"), "passwords"):
        for name in NAMES:
            user = built.users[name]
            user.set_password(SECRET)
            User.objects.filter(pk=user.pk).update(password=user.password, password_set_at=clock.real_now())
            user.refresh_from_db()
    return built


def attempt(name: str, password: str = SECRET, *, client: Client | None = None, address: str = "10.0.0.1") -> Any:
    return (client or Client()).post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=address)


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(path, {"zb_key": new_key(), **given})


def shown_now(user: User, *, later: int = 0) -> str:
    """What the telephone of an account shows."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def enrolled(people: Cast, name: str) -> list[str]:
    """The recovery codes of an account that has just enrolled."""
    viewer = getattr(people, name)
    services.begin_enrolment(by=viewer)
    codes = services.confirm_enrolment(code=shown_now(people.users[name]), password=SECRET, by=viewer)
    # The code just used does not count a second time; the next tries take the one before it.
    TOTPDevice.objects.filter(user=people.users[name]).update(last_t=-1)
    return codes


def test_five_wrong_passwords_lock_a_name_wherever_they_come_from(people: Cast) -> None:
    for at in range(5):
        answer = attempt("commerce_clerk", "wrong", address=f"10.0.1.{at}")
        assert answer.status_code in (422, 429)
    answer = attempt("commerce_clerk", address="10.0.2.1")
    assert answer.status_code == 429
    assert "已锁定15分钟" in words(answer)
    assert attempt("sysadmin", address="10.0.2.1").status_code == 302


def test_a_name_that_does_not_exist_is_answered_and_locked_like_one_that_does(people: Cast) -> None:
    for name in ("commerce_clerk", "nobody_at_all"):
        told = [(answer.status_code, "已锁定" in words(answer)) for answer in (attempt(name, "wrong") for _ in range(7))]
        assert told == [(422, False)] * 4 + [(429, True)] * 3, name


def test_a_stranger_cannot_lock_the_owner_out_of_his_own_device(people: Cast) -> None:
    own = Client()
    assert attempt("commerce_clerk", client=own).status_code == 302
    own.post("/sign-out/")
    for _each in range(6):
        attempt("commerce_clerk", "wrong", address="10.9.9.9")
    assert attempt("commerce_clerk").status_code == 429
    assert attempt("commerce_clerk", client=own).status_code == 302


def test_a_forged_device_cookie_wins_nothing(people: Cast) -> None:
    for _each in range(6):
        attempt("commerce_clerk", "wrong")
    forged = Client()
    forged.cookies["zb_device"] = "WyJjb21tZXJjZV9jbGVyayIsICJ4Il0:1x:abc"
    assert attempt("commerce_clerk", client=forged).status_code == 429


def test_twins_of_a_name_in_width_and_capitals_are_counted_as_one(people: Cast) -> None:
    for name in ("commerce_clerk", "COMMERCE_CLERK", "ｃommerce_clerk", "commerce_clerk", "Commerce_clerk", "commerce_clerk"):
        attempt(name, "wrong")
    assert attempt("commerce_clerk").status_code == 429


@pytest.mark.whole_proof
def test_a_thousand_wrong_passwords_cost_at_most_twenty_checks_an_hour_and_address(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    checked = []
    verify = ScryptPasswordHasher.verify
    monkeypatch.setattr(ScryptPasswordHasher, "verify", lambda *given: checked.append(1) or verify(*given))
    statuses = [attempt("commerce_clerk", f"wrong-{at}", address=f"10.3.0.{at % 50}").status_code for at in range(1000)]
    assert len(checked) <= 5
    assert set(statuses) <= {422, 429}


def test_an_address_that_tries_too_often_is_held_off_and_a_forged_header_does_not_help(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now = Client(), clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: now)
    answers = [
        client.post(
            "/sign-in/", {"username": "nobody", "password": "x"}, REMOTE_ADDR="10.7.7.7", HTTP_X_FORWARDED_FOR=f"1.2.3.{at % 250}"
        )
        for at in range(130)
    ]
    assert answers[-1].status_code == 429
    assert "尝试过于频繁" in words(answers[-1])
    assert attempt("commerce_clerk", address="10.7.7.8").status_code == 302


def test_a_known_device_signs_its_owner_in_while_its_address_is_held_off_and_has_a_limit_of_its_own(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, now = Client(), clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: now)
    assert attempt("commerce_clerk", client=own).status_code == 302
    own.post("/sign-out/")
    while attempt("nobody", "").status_code != 429:
        pass
    assert "尝试过于频繁" in words(attempt("sysadmin"))
    # Another name on the device is a stranger's; its owner comes in.
    assert attempt("sysadmin", client=own).status_code == 429
    assert attempt("commerce_clerk", client=own).status_code == 302
    statuses = {attempt("commerce_clerk", "", client=own).status_code for _ in range(130)}
    assert statuses == {422, 429}


def test_behind_a_proxy_of_ones_own_the_client_is_told_from_what_it_wrote(settings: Any, rf: Any) -> None:
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.1.1")
    assert lockout.address_of(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert lockout.address_of(request) == "10.1.1.1"


def test_a_ten_thousand_character_password_is_refused_without_being_checked(people: Cast) -> None:
    answer = attempt("commerce_clerk", "x" * 10_000)
    assert answer.status_code == 422


def test_an_administrator_enrols_before_anything_else(people: Cast) -> None:
    client = Client()
    assert attempt("sysadmin", client=client)["Location"] == "/"
    for path in ("/", "/accounts/", "/organisation/"):
        assert client.get(path)["Location"] == "/account/second-factor/", path
    page = words(client.get("/account/second-factor/"))
    assert "data:image/svg+xml" in page
    answer = post(client, "/account/second-factor/", code="000000", current=SECRET)
    assert answer.status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    code = shown_now(people.users["sysadmin"])
    assert post(client, "/account/second-factor/", code=code, current=SECRET).status_code == 302
    page = words(client.get("/account/second-factor/"))
    assert page.count('<code class="zb-code">') == 10
    assert '<code class="zb-code">' not in words(client.get("/account/second-factor/"))
    assert client.get("/accounts/").status_code == 200


def test_an_open_session_alone_binds_no_telephone_and_guessing_the_password_ends_it(people: Cast) -> None:
    """Somebody at a computer left open scans the secret himself."""
    client = Client()
    attempt("commerce_clerk", client=client)
    client.get("/account/second-factor/")
    code = shown_now(people.users["commerce_clerk"])
    without = post(client, "/account/second-factor/", code=code)
    assert without.status_code == 422
    for _at in range(4):
        answer = post(client, "/account/second-factor/", code=code, current="guessed")
        assert answer.status_code == 422
        assert "这不是您现在的密码" in words(answer)
    assert not services.has_second_factor(people.users["commerce_clerk"])
    assert post(client, "/account/second-factor/", code=code, current="guessed")["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302
    assert not services.has_second_factor(people.users["commerce_clerk"])


def test_signing_in_asks_for_a_code_and_admits_nobody_before(people: Cast) -> None:
    enrolled(people, "sysadmin")
    client = Client()
    assert attempt("sysadmin", client=client)["Location"] == "/sign-in/code/"
    assert client.get("/accounts/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/code/", {"code": "123456"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/sign-in/code/", {"code": shown_now(people.users["sysadmin"])}).status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_the_same_code_does_not_work_twice(people: Cast) -> None:
    enrolled(people, "sysadmin")
    code = shown_now(people.users["sysadmin"])
    for status in (302, 422):
        client = Client()
        attempt("sysadmin", client=client)
        assert client.post("/sign-in/code/", {"code": code}).status_code == status


def test_wrong_codes_make_the_next_wait(people: Cast) -> None:
    enrolled(people, "sysadmin")
    client = Client()
    attempt("sysadmin", client=client)
    statuses = [client.post("/sign-in/code/", {"code": f"{at:06d}"}).status_code for at in range(3)]
    assert statuses == [422, 429, 429]
    assert client.post("/sign-in/code/", {"code": shown_now(people.users["sysadmin"])}).status_code == 429


def test_a_recovery_code_signs_in_once_and_the_database_holds_none(people: Cast) -> None:
    codes = enrolled(people, "sysadmin")
    from django_otp.plugins.otp_static.models import StaticToken

    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not stored & {code.replace("-", "") for code in codes}
    for status in (302, 422):
        client = Client()
        attempt("sysadmin", client=client)
        assert client.post("/sign-in/code/", {"code": codes[0].lower()}).status_code == status
    assert services.recovery_codes_left(people.users["sysadmin"]) == 9
    assert Entry.objects.filter(reason__contains="使用恢复码").count() == 1


def test_the_second_step_closes_after_five_minutes_and_when_the_password_changes(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(people, "sysadmin")
    late, changed = Client(), Client()
    attempt("sysadmin", client=late)
    attempt("sysadmin", client=changed)
    services.change_password(by=people.sysadmin, current=SECRET, new="Herbst-2023-besser")
    code = shown_now(people.users["sysadmin"])
    assert changed.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/"
    attempt("sysadmin", "Herbst-2023-besser", client=late)
    now = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(minutes=6))
    assert late.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/"


def test_a_password_older_than_the_profile_allows_is_changed_before_anything_else(people: Cast) -> None:
    long_ago = clock.real_now() - timedelta(days=91)
    with work(Actor("system", "test", "test"), "aged"):
        User.objects.filter(username="commerce_clerk").update(password_set_at=long_ago)
    client = Client()
    attempt("commerce_clerk", client=client)
    assert client.get("/")["Location"] == "/account/"
    assert "密码已过期" in words(client.get("/account/"))
    same = post(client, "/account/", current=SECRET, new=SECRET, again=SECRET)
    assert "与现用密码相同" in words(same)
    new = "Herbst-2023-besser"
    assert post(client, "/account/", current=SECRET, new=new, again=new).status_code == 302
    assert client.get("/").status_code == 200


def test_the_profile_of_length_wants_fifteen_characters_and_nothing_else(people: Cast) -> None:
    services.choose_security_rules(profile="length", second_factor="everybody", version=0, by=people.secadmin)
    with pytest.raises(Refusal) as refused:
        services.change_password(by=people.commerce_clerk, current=SECRET, new="Short-2023-ok")
    assert refused.value.codes == ["password_weak"]
    services.change_password(by=people.commerce_clerk, current=SECRET, new="langesundruhigeswort")
    client = Client()
    attempt("commerce_clerk", "langesundruhigeswort", client=client)
    assert client.get("/")["Location"] == "/account/second-factor/"


def test_two_security_administrators_at_once_do_not_overwrite_each_other(people: Cast) -> None:
    services.choose_security_rules(profile="length", second_factor="everybody", version=0, by=people.secadmin)
    with pytest.raises(Refusal) as refused:
        services.choose_security_rules(profile="dengbao", second_factor="everybody", version=0, by=people.secadmin)
    assert refused.value.codes == ["stale_version"]
    assert SecurityRules.objects.get().profile == "length"


def test_the_security_page_ends_sessions_and_removes_a_lost_telephone(people: Cast) -> None:
    enrolled(people, "sysadmin")
    clerk = Client()
    attempt("commerce_clerk", client=clerk)
    client = Client()
    client.force_login(people.users["secadmin"])
    page = words(client.get("/security/"))
    assert "10.0.0.1" in page
    assert "解除双因子" in page
    assert post(client, f"/security/accounts/{people.users['commerce_clerk'].pk}/end-sessions/").status_code == 302
    assert clerk.get("/").status_code == 302
    assert "10.0.0.1" not in words(client.get("/security/"))
    assert post(client, f"/security/accounts/{people.users['sysadmin'].pk}/remove-factor/").status_code == 302
    assert not services.has_second_factor(people.users["sysadmin"])
    own = post(client, f"/security/accounts/{people.users['secadmin'].pk}/remove-factor/")
    assert own.status_code == 409
    assert post(client, "/security/accounts/999999/remove-factor/").status_code == 404


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "commerce_clerk", "chief", "office_head"])
def test_only_the_security_administrator_sees_the_security_page(people: Cast, who: str) -> None:
    client = Client()
    client.force_login(people.users[who])
    assert client.get("/security/").status_code == 404


def test_nobody_holds_two_of_the_three_administrators_posts(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        services.hold_post(user=people.users["sysadmin"], post_code="auditor", since=clock.today(), by=people.sysadmin)
    assert refused.value.codes == ["administrators_apart"]


def test_signing_out_forgets_the_open_session(people: Cast) -> None:
    client = Client()
    attempt("commerce_clerk", client=client)
    assert OpenSession.objects.filter(user=people.users["commerce_clerk"]).count() == 1
    client.post("/sign-out/")
    assert not OpenSession.objects.exists()


def test_the_own_session_is_still_listed_after_a_new_password_gave_it_a_new_key(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, clerk = Client(), people.users["commerce_clerk"]
    attempt("commerce_clerk", client=client)
    new = "Herbst-2023-besser"
    assert post(client, "/account/", current=SECRET, new=new, again=new).status_code == 302
    later = clock.real_now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert client.get("/").status_code == 200
    assert [each.session_key for each in OpenSession.objects.filter(user=clerk)] == [client.session.session_key]


def test_sessions_that_have_run_out_are_forgotten_by_the_tick(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt("commerce_clerk")
    assert sessions.forget_old() == 0
    later = clock.real_now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert sessions.forget_old() == 1
    assert not OpenSession.objects.exists()


def test_the_next_address_never_leaves_the_site(people: Cast) -> None:
    for wanted in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        answer = Client().post("/sign-in/", {"username": "commerce_clerk", "password": SECRET, "next": wanted})
        assert answer["Location"] == "/", wanted


def test_the_own_account_lists_other_sessions_and_ends_one_of_them(people: Cast) -> None:
    here, phone, library = Client(), Client(), Client()
    attempt("commerce_clerk", client=here)
    attempt("commerce_clerk", client=phone, address="10.0.0.2")
    attempt("commerce_clerk", client=library, address="10.0.0.3")
    page = words(here.get("/account/"))
    assert ("10.0.0.1" in page, "10.0.0.2" in page, "10.0.0.3" in page) == (False, True, True)
    lost = OpenSession.objects.get(address="10.0.0.2")
    assert post(here, f"/account/sessions/{lost.pk}/end/").status_code == 302
    assert [client.get("/").status_code for client in (here, phone, library)] == [200, 302, 200]
    assert "10.0.0.2" not in words(here.get("/account/"))
    assert post(here, f"/account/sessions/{lost.pk}/end/").status_code == 404


def test_nobody_ends_a_session_of_somebody_else(people: Cast) -> None:
    clerk, admin = Client(), Client()
    attempt("commerce_clerk", client=clerk)
    admin.force_login(people.users["secadmin"])
    theirs = OpenSession.objects.get(user=people.users["commerce_clerk"])
    assert post(admin, f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert clerk.get("/").status_code == 200


@pytest.mark.parametrize("wanted", ["foo", "home", "javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example/", ""])
def test_a_next_that_is_no_path_of_the_site_leads_home(people: Cast, wanted: str) -> None:
    answer = Client().post("/sign-in/", {"username": "commerce_clerk", "password": SECRET, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_path_of_the_site_is_gone_to(people: Cast) -> None:
    answer = Client().post("/sign-in/", {"username": "commerce_clerk", "password": SECRET, "next": "/matters/?order=due_on"})
    assert (answer.status_code, answer["Location"]) == (302, "/matters/?order=due_on")


def test_the_language_cookie_goes_by_tls_only_where_the_site_has_tls(people: Cast, settings: Any) -> None:
    for secure in (True, False):
        settings.LANGUAGE_COOKIE_SECURE = secure
        chosen, signed_in = Client(), Client()
        chosen.post("/language/", {"language": "en", "next": "/"})
        attempt("commerce_clerk", client=signed_in)
        for client in (chosen, signed_in):
            cookie = client.cookies["zb_language"]
            assert (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"]) == (secure, True, "Lax")


@pytest.mark.parametrize(("address", "tls"), [("https://zhuanban.example/", True), ("http://127.0.0.1:8000", False), ("", False)])
def test_the_configured_address_decides_about_tls_of_every_cookie(address: str, tls: bool) -> None:
    asked = "import json; from zhuanban.site import settings as s; print(json.dumps([s.ADDRESS, s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_SECURE]))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, "ZHUANBAN_URL": address}, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [address.rstrip("/"), tls, tls]
