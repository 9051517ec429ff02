"""What each administrator does first: steps tick themselves off, and the list goes when all are done."""

import html
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.people import services
from zhuanban.people.models import Grant, PostHolder
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.site import checklist
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def open_steps(people: Cast, name: str) -> list[str]:
    return [step.title for step in checklist.steps_of(people.viewers[name]) if not step.done]


def home(people: Cast, name: str) -> str:
    client = Client()
    client.force_login(people.users[name])
    return html.unescape(client.get("/").content.decode())


def test_the_system_administrator_s_steps(people: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checklist.making, "folder_of_workspace", lambda: tmp_path)
    monkeypatch.setattr(checklist.restoring, "last_check", lambda: None)
    assert open_steps(people, "sysadmin") == ["做首次备份", "做恢复演练"]
    page = home(people, "sysadmin")
    assert "首先完成" in page
    assert "建立单位和岗位" in page
    (tmp_path / "zhuanban-20230724-010000.tar").write_bytes(b"x")
    assert open_steps(people, "sysadmin") == ["做恢复演练"]
    monkeypatch.setattr(checklist.restoring, "last_check", lambda: (clock.real_now(), 0))
    assert checklist.steps_of(people.sysadmin) == []
    assert "首先完成" not in home(people, "sysadmin")
    with work(Actor("system", "test", "test"), "nobody"):
        PostHolder.objects.exclude(post__role__in=("sysadmin", "secadmin", "auditor")).update(
            valid_until=clock.today() - timedelta(days=1)
        )
    assert open_steps(people, "sysadmin") == ["安排任职"]


def test_the_security_administrator_s_steps(people: Cast) -> None:
    assert open_steps(people, "secadmin") == ["选定密码规则", "三类管理员启用双因子"]
    services.choose_security_rules(profile="length", second_factor="administrators", version=0, by=people.secadmin)
    with work(Actor("system", "test", "test"), "no right"):
        Grant.objects.filter(post__code="commerce_clerk").delete()
    assert open_steps(people, "secadmin") == ["给任职岗位授权", "三类管理员启用双因子"]
    assert "尚有1个" in home(people, "secadmin")


def test_the_audit_administrator_s_steps_go_with_the_first_verifications(people: Cast) -> None:
    client = Client()
    client.force_login(people.users["auditor"])
    assert open_steps(people, "auditor") == ["首次核验留痕记录", "首次深度核验"]
    client.post("/audit/verify/", {"zb_key": new_key()})
    events.drain()
    assert open_steps(people, "auditor") == ["首次深度核验"]
    client.post("/audit/verify/", {"zb_key": new_key(), "deep": "1"})
    events.drain()
    assert checklist.steps_of(people.auditor) == []


def test_nobody_else_has_a_list(people: Cast) -> None:
    for name in ("chief", "office_head", "commerce_clerk", "statistician"):
        assert checklist.steps_of(people.viewers[name]) == []
        assert "首先完成" not in home(people, name)
