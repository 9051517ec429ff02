"""The system administrator's page: state, backups, tasks that failed and are tried again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.people.tests.browsing import words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.site import system
from zhuanban.site.worker import run_waiting_tasks

SECRET = "confidential words"  # noqa: S105
broken = [True]


@task()
def perhaps() -> None:
    if broken[0]:
        raise ValueError(SECRET)


def browser(people: Cast, name: str = "sysadmin") -> Client:
    client = Client()
    client.force_login(people.users[name])
    return client


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_is_told_without_its_text_and_can_be_tried_again() -> None:
    client, broken[0] = browser(cast()), True
    assert "没有失败任务" in words(client.get("/system/"))
    perhaps.enqueue()
    run_waiting_tasks(lambda: False)
    page = words(client.get("/system/"))
    assert "失败1项" in page
    assert "ValueError" in page
    assert SECRET not in page
    failed = DBTaskResult.objects.get(status="FAILED")
    broken[0] = False
    assert client.post(f"/system/tasks/{failed.pk}/again/", {"zb_key": new_key()}).status_code == 302
    run_waiting_tasks(lambda: False)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert client.post(f"/system/tasks/{failed.pk}/again/", {"zb_key": new_key()}).status_code == 404
    assert "没有失败任务" in words(client.get("/system/"))


@pytest.mark.django_db
def test_a_backup_is_ordered_and_stands_in_the_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(system.making, "folder_of_workspace", lambda: tmp_path)
    client = browser(cast())
    assert "尚无备份" in words(client.get("/system/"))
    made = tmp_path / f"zhuanban-{(clock.real_now() - timedelta(hours=5)):%Y%m%d-%H%M%S}.tar"
    made.write_bytes(b"x")
    page = words(client.get("/system/"))
    assert made.name in page
    assert "5小时前" in page
    assert client.post("/system/backup/", {"zb_key": new_key()}).status_code == 302
    assert DBTaskResult.objects.ready().get().task_path == "zhuanban.site.system.make_backup"


@pytest.mark.django_db
def test_tasks_that_ended_well_are_forgotten_after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    broken[0] = False
    waiting = perhaps.enqueue()
    DBTaskResult.objects.filter(pk=waiting.id).update(status="SUCCESSFUL", finished_at=clock.real_now())
    assert system.forget_done() == 0
    later = clock.real_now() + timedelta(days=8)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert system.forget_done() == 1


@pytest.mark.django_db
def test_only_the_system_administrator_sees_it() -> None:
    people = cast()
    for name in ("secadmin", "auditor", "office_head", "chief"):
        assert browser(people, name).get("/system/").status_code == 404
        assert browser(people, name).post("/system/backup/", {"zb_key": new_key()}).status_code == 404
    assert events.drain() == 0
