"""Several processes and threads at one record: nothing lost, nothing twice, one chain."""

import json
import time

from tests.reliability.conftest import Workspace

PROCESSES, WORKS = 4, 50

WRITER = f"""
import sys
from zhuanban.people.models import Unit
from zhuanban.trail.services import Actor, work
for number in range({WORKS}):
    with work(Actor("user", "user:" + sys.argv[1], "writer"), "several at once"):
        Unit.objects.create(code=f"w{{sys.argv[1]}}-{{number}}", name_zh="甲", name_en="A", kind="department")
print("written")
"""

ONE_FORM = """
import threading
from django.db import connection
from django.test import Client, override_settings
from zhuanban.people.models import Unit, User
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

with work(Actor("system", "test", "test"), "account"):
    user = User.objects.create(username="threads", password="!")
clients = [Client(raise_request_exception=False) for _ in range(8)]
for client in clients:
    client.force_login(user)
start = threading.Barrier(8)
answers = []

def submit(client):
    start.wait()
    for _ in range(5):
        answer = client.post("/test/define/", {"zb_key": "t" * 24, "code": "x"})
        answers.append((answer.status_code, answer.get("Location", "")))
    connection.close()

with override_settings(ROOT_URLCONF="zhuanban.kit.tests.site_of_tests", ALLOWED_HOSTS=["*"]):
    threads = [threading.Thread(target=submit, args=(each,)) for each in clients]
    [each.start() for each in threads]
    [each.join() for each in threads]
import json
print(json.dumps({
    "answers": answers, "units": Unit.objects.count(),
    "entries": Entry.objects.filter(tbl="people_unit").count(),
}))
"""


def test_four_processes_of_fifty_works_leave_one_clean_chain_and_no_false_alarm_meanwhile(workspace: Workspace) -> None:
    writers = [workspace.start(WRITER, str(number)) for number in range(PROCESSES)]
    looked = 0
    while any(writer.poll() is None for writer in writers):
        seen = workspace.command("trail", "verify", "--deep", "--json")
        assert seen.returncode == 0, seen.stdout + seen.stderr
        looked += 1
        time.sleep(0.05)
    said = [writer.communicate() for writer in writers]
    assert [(out.strip(), writer.returncode) for (out, _), writer in zip(said, writers, strict=True)] == [
        ("written", 0)
    ] * PROCESSES, said
    verified = json.loads(workspace.command("trail", "verify", "--deep", "--json").stdout)
    assert (verified["entries"], verified["findings"]) == (PROCESSES * WORKS, [])
    assert verified["head"] == PROCESSES * WORKS
    assert looked >= 1


def test_eight_threads_that_send_one_form_five_times_make_one_record(workspace: Workspace) -> None:
    done = workspace.script(ONE_FORM)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert len(found["answers"]) == 40
    assert {tuple(each) for each in found["answers"] if each[0] != 409} == {(302, "/done/x")}
    assert (found["units"], found["entries"]) == (1, 1)


LOCKED = """
import sqlite3
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation
from zhuanban.kit.refusals import Problem
from zhuanban.people.models import Unit, User
from zhuanban.kit.models import FormKey
from zhuanban.trail.services import Actor, work
import html, json

with work(Actor("system", "test", "test"), "account"):
    user = User.objects.create(username="a", password="!")
client = Client(raise_request_exception=False)
client.force_login(user)
with connection.cursor() as cursor:
    cursor.execute("PRAGMA busy_timeout = 50")
other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
send = {"zb_key": "locked-0000", "code": "x"}
with override_settings(ROOT_URLCONF="zhuanban.kit.tests.site_of_tests", ALLOWED_HOSTS=["*"]):
    while_locked = client.post("/test/define/", send)
    other.rollback()
    between = (Unit.objects.count(), FormKey.objects.count())
    afterwards = client.post("/test/define/", send)
with translation.override("zh-hans"):
    sentence = Problem("database_busy").sentence
print(json.dumps({
    "locked": while_locked.status_code, "words": sentence in html.unescape(while_locked.content.decode()),
    "between": between, "afterwards": afterwards.status_code, "units": Unit.objects.count(),
}))
"""


def test_a_database_locked_by_another_process_is_said_in_words_and_then_normal(workspace: Workspace) -> None:
    if workspace.database_url:
        # One writer at a time is SQLite's; PostgreSQL's writers wait for rows only.
        return
    done = workspace.script(LOCKED)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"locked": 503, "words": True, "between": [0, 0], "afterwards": 302, "units": 1}
