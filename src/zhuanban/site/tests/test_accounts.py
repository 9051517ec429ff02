"""Accounts in the browser: own password, ending sessions, links that work once, and who may switch whom off."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.models import User
from zhuanban.people.tests.browsing import words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db

OLD, NEW = "Fruehling-2023-gut", "Herbst-2023-besser"


@pytest.fixture
def people() -> Cast:
    built = cast()
    with work(Actor("system", "test", "test"), "passwords"):
        for name in ("commerce_clerk", "sysadmin"):
            built.users[name].set_password(OLD)
            User.objects.filter(pk=built.users[name].pk).update(password=built.users[name].password)
    return built


def signed_in(user: User, password: str = OLD) -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": user.username, "password": password})
    assert answer.status_code == 302, words(answer)
    if client.get("/").headers.get("Location") == "/account/second-factor/":
        enrol(client, user, password)
    return client


def enrol(client: Client, user: User, password: str) -> None:
    """What an administrator does first of all: scan the secret, give its code and the password once more."""
    client.get("/account/second-factor/")
    device = TOTPDevice.objects.get(user=user)
    code = f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"
    assert post(client, "/account/second-factor/", code=code, current=password).status_code == 302


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(path, {"zb_key": new_key(), **given})


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(people: Cast) -> None:
    clerk = people.users["commerce_clerk"]
    here, elsewhere = signed_in(clerk), signed_in(clerk)
    assert post(here, "/account/", current=OLD, new=NEW, again=NEW).status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    signed_in(clerk, NEW)
    entry = Entry.objects.filter(tbl="people_user").latest("seq")
    assert entry.reason == f"{clerk.username} changed the password"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"current": "falsch", "new": NEW, "again": NEW}, "这不是您现在的密码"),
        ({"current": OLD, "new": NEW, "again": NEW + "x"}, "两次输入的新密码不一致"),
        ({"current": OLD, "new": "Kurz-1", "again": "Kurz-1"}, "12"),
        ({"current": OLD, "new": "nurkleinebuchstaben", "again": "nurkleinebuchstaben"}, "至少含3类"),
        ({"current": OLD, "new": "Aa1-" * 2500, "again": "Aa1-" * 2500}, "128"),
        ({"current": OLD, "new": "", "again": ""}, "必填"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(people: Cast, given: dict[str, str], said: str) -> None:
    client = signed_in(people.users["commerce_clerk"])
    answer = post(client, "/account/", **given)
    assert (answer.status_code, said in words(answer)) == (422, True)
    signed_in(people.users["commerce_clerk"])


def test_ending_all_other_sessions(people: Cast) -> None:
    here, elsewhere = (signed_in(people.users["commerce_clerk"]) for _ in range(2))
    post(here, "/account/end-sessions/")
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_a_session_ends_when_idle_and_when_old(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real = clock.real_now()

    def at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "real_now", lambda: moment)

    idle = signed_in(people.users["commerce_clerk"])
    at(real + timedelta(minutes=31))
    assert not is_in(idle)
    at(real)
    busy = signed_in(people.users["commerce_clerk"])
    seen = []
    for half_hours in range(1, 27):
        at(real + timedelta(minutes=29) * half_hours)
        seen.append(is_in(busy))
    assert seen == [True] * 24 + [False, False]


def made(client: Client, username: str = "newclerk") -> str:
    """The path of the link that the page shows after making an account."""
    assert post(client, "/accounts/", username=username, post="finance_clerk").status_code == 302
    shown = re.search(r"http://testserver(/account/link/[^<]+)<", words(client.get("/accounts/")))
    assert shown is not None
    return shown[1]


def test_a_new_account_sets_its_password_by_a_link_that_works_once_and_is_shown_once(people: Cast) -> None:
    admin = signed_in(people.users["sysadmin"])
    path = made(admin)
    assert "/account/link/" not in words(admin.get("/accounts/"))
    stranger = Client()
    assert "newclerk" in words(stranger.get(path))
    assert stranger.post(path, {"new": NEW, "again": NEW}).status_code == 302
    used = stranger.get(path)
    assert (used.status_code, "已经用过" in words(used)) == (410, True)
    client = signed_in(User.objects.get(username="newclerk"), NEW)
    assert "财政金融办" in words(client.get("/"))


def test_a_link_carries_the_configured_address_whatever_a_proxy_sends(people: Cast, settings: Any) -> None:
    settings.ADDRESS = "https://zhuanban.example"
    admin = signed_in(people.users["sysadmin"])
    post(admin, "/accounts/", username="newclerk", post="finance_clerk")
    page = words(admin.get("/accounts/"))
    assert "https://zhuanban.example/account/link/" in page
    assert "http://testserver/account/link/" not in page


def test_a_newer_link_makes_the_older_one_worthless_and_forged_ones_never_work(people: Cast) -> None:
    admin = signed_in(people.users["sysadmin"])
    path = made(admin)
    account = User.objects.get(username="newclerk")
    post(admin, f"/accounts/{account.pk}/link/")
    assert [Client().get(each).status_code for each in (path, path[:-3] + "abc/", "/account/link/MTIz/x-y/", "/account/link/!/x/")] == [410] * 4


def test_a_taken_name_is_refused_and_nothing_is_made(people: Cast) -> None:
    admin = signed_in(people.users["sysadmin"])
    taken = people.users["commerce_clerk"].username.upper()
    before = User.objects.count()
    answer = post(admin, "/accounts/", username=taken, post="finance_clerk")
    assert (answer.status_code, "已有账号" in words(answer), User.objects.count()) == (422, True, before)


def test_a_switched_off_account_is_out_at_once_and_can_come_back(people: Cast) -> None:
    admin, clerk = signed_in(people.users["sysadmin"]), signed_in(people.users["commerce_clerk"])
    post(admin, f"/accounts/{people.users['commerce_clerk'].pk}/switch/", active="0")
    assert not is_in(clerk)
    post(admin, f"/accounts/{people.users['commerce_clerk'].pk}/switch/", active="1")
    assert is_in(signed_in(people.users["commerce_clerk"]))


def test_nobody_switches_himself_or_the_last_administrator_off(people: Cast) -> None:
    own, auditor = people.users["sysadmin"], people.users["auditor"]
    for user, code in ((own, "account_own"), (auditor, "account_last_administrator")):
        with pytest.raises(Refusal) as refused:
            services.set_active(user_id=user.pk, active=False, by=people.sysadmin)
        assert refused.value.codes == [code]
    assert User.objects.filter(active=False).count() == 0


def test_only_the_system_administrator_sees_accounts(people: Cast) -> None:
    clerk = signed_in(people.users["commerce_clerk"])
    assert clerk.get("/accounts/").status_code == 404
    assert post(clerk, f"/accounts/{people.users['auditor'].pk}/switch/", active="0").status_code == 404
