"""Requests of one moment: what may happen once happens once, and the others are told so in words."""

import json
from typing import Any

import pytest

from tests.reliability.conftest import Workspace

AT_ONCE = 6

TOGETHER = f"""
import json, threading
from collections import Counter
from datetime import timedelta
from django.db import connection
from django.test import Client, override_settings
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.models import Delegation, Industry, Post, Unit, User
from zhuanban.people.tests.cast import cast
from zhuanban.trail.services import Actor, work

people = cast()

def together(act):
    start, said = threading.Barrier({AT_ONCE}), Counter()
    def one(number):
        start.wait()
        try:
            said[str(act(number) or "done")] += 1
        except Refusal as refusal:
            said[refusal.codes[0]] += 1
        except Exception as error:
            said[repr(error)] += 1
        connection.close()
    threads = [threading.Thread(target=one, args=(number,)) for number in range({AT_ONCE})]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return said
"""


def told(workspace: Workspace, body: str) -> Any:
    """What a script prints as JSON."""
    done = workspace.script(TOGETHER + body)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


ONE_OF_A_KIND = {
    "delegation": (
        "delegate_already",
        """
today = clock.today()
said = together(lambda number: services.delegate(
    post="commerce_head", to="commerce_clerk", since=today, until=None, reason="x", by=people.commerce_head) and None)
print(json.dumps([said, Delegation.objects.count()]))
""",
    ),
    "post": (
        "post_name_taken",
        """
unit = people.units["commerce"].pk
said = together(lambda number: services.add_post(
    unit=unit, name_zh="新岗", name_en="", role="dept_clerk", position=1, by=people.sysadmin) and None)
print(json.dumps([said, Post.objects.filter(name_zh="新岗").count()]))
""",
    ),
    "unit": (
        "unit_name_taken",
        """
said = together(lambda number: services.add_unit(
    name_zh="新办", name_en="", kind="department", parent=None, position=1, by=people.sysadmin) and None)
print(json.dumps([said, Unit.objects.filter(name_zh="新办").count()]))
""",
    ),
}


@pytest.mark.parametrize("kind", ONE_OF_A_KIND)
def test_of_equal_ones_at_once_one_stands_and_the_others_are_told(workspace: Workspace, kind: str) -> None:
    refusal, body = ONE_OF_A_KIND[kind]
    assert told(workspace, body) == [{"done": 1, refusal: AT_ONCE - 1}, 1]


DIFFERENT_POSTS = """
unit = people.units["commerce"].pk
said = together(lambda number: services.add_post(
    unit=unit, name_zh=f"新岗{number}", name_en="", role="dept_clerk", position=1, by=people.sysadmin) and None)
print(json.dumps([said, len(set(Post.objects.filter(name_zh__startswith="新岗").values_list("code", flat=True)))]))
"""


def test_different_posts_at_once_all_stand_each_under_a_code_of_its_own(workspace: Workspace) -> None:
    assert told(workspace, DIFFERENT_POSTS) == [{"done": AT_ONCE}, AT_ONCE]


ENROLLING = """
user = people.users["commerce_clerk"]
secrets = set()
said = together(lambda number: secrets.add(services.begin_enrolment(by=people.commerce_clerk).secret))
TOTPDevice.objects.create(user=user, confirmed=False, name="totp")
client = Client()
client.force_login(user)
with override_settings(ALLOWED_HOSTS=["*"]):
    page = client.get("/account/second-factor/")
print(json.dumps([said, len(secrets), page.status_code, TOTPDevice.objects.filter(user=user).count()]))
"""


def test_pages_of_enrolment_opened_at_once_show_one_secret_and_a_further_one_goes(workspace: Workspace) -> None:
    assert told(workspace, ENROLLING) == [{"done": AT_ONCE}, 1, 200, 1]


ONE_LINK = """
uid, token = services.password_link(user_id=people.users["commerce_clerk"].pk, by=people.sysadmin).split("/")
said = together(lambda number: services.set_password_by_link(uid=uid, token=token, new=f"Fruehling-2023-{number}x") and None)
user = User.objects.get(pk=people.users["commerce_clerk"].pk)
print(json.dumps([said, sum(user.check_password(f"Fruehling-2023-{number}x") for number in range(12))]))
"""


def test_a_link_used_by_several_at_once_sets_one_password(workspace: Workspace) -> None:
    assert told(workspace, ONE_LINK) == [{"done": 1, "link_worthless": AT_ONCE - 1}, 1]


ONE_CODE = """
user = people.users["commerce_clerk"]
user.set_password("Fruehling-2023-gut")
with work(Actor("system", "test", "test"), "password"):
    User.objects.filter(pk=user.pk).update(password=user.password)
services.begin_enrolment(by=people.commerce_clerk)
device = TOTPDevice.objects.get(user=user)
shown = lambda: f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"
codes = services.confirm_enrolment(code=shown(), password="Fruehling-2023-gut", by=people.commerce_clerk)
spare = together(lambda number: services.check_code(user=user, code=codes[0]))
StaticDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
TOTPDevice.objects.update(last_t=-1)
of_telephone = together(lambda number: services.check_code(user=user, code=shown()))
print(json.dumps([spare["done"], sum(spare.values()), services.recovery_codes_left(user), of_telephone["done"],
    sorted({*spare, *of_telephone} - {"done"})]))
"""


def test_a_code_given_several_times_at_once_counts_once(workspace: Workspace) -> None:
    accepted, asked, left, of_telephone, otherwise = told(workspace, ONE_CODE)
    assert (accepted, asked, left, of_telephone) == (1, AT_ONCE, 9, 1)
    assert set(otherwise) <= {"code_wrong", "code_too_soon"}


GUESSES = """
user = people.users["commerce_clerk"]
first = Client()
first.force_login(user)
looked = []
change = services.change_password
services.change_password = lambda **given: looked.append(given["current"]) or change(**given)
answers = Counter()

def guess(number):
    client = Client(raise_request_exception=False)
    client.cookies = first.cookies.copy()
    for turn in range(4):
        given = {"zb_key": new_key(), "current": f"guess-{number}-{turn}", "new": "Better-Horse-22", "again": "Better-Horse-22"}
        answers[client.post("/account/", given).status_code] += 1

with override_settings(ALLOWED_HOSTS=["*"]):
    said = together(guess)
    after = first.get("/account/").status_code
print(json.dumps([said, len(looked), sum(answers.values()), max(answers), after]))
"""


def test_of_guesses_at_once_five_are_looked_at_and_the_session_is_over(workspace: Workspace) -> None:
    said, looked, answered, worst, after = told(workspace, GUESSES)
    assert (said, looked, answered, after) == ({"done": AT_ONCE}, 5, AT_ONCE * 4, 302)
    assert worst < 500


SAME_FIGURES = """
from datetime import UTC, datetime
from zhuanban.indicators import services as indicators
from zhuanban.indicators.models import Figure, ImportBatch
from zhuanban.indicators.tests.world import BUILDER, NOON, retail, sheet
from zhuanban.trail.queries import verify
basis = dict(value_kind="flow", basis="cumulative", frequency="month", polarity="higher", group="commerce_cult", dept="commerce")
with clock.pinned(NOON):
    for code, kind in (("zone", "zone"), ("city", "city")):
        indicators.define_place(code=code, by=BUILDER, name_zh=code, name_en=code, kind=kind, position=1)
    indicators.define_indicator(
        code="retail_sales", by=BUILDER, name_zh="社会消费品零售总额", name_en="Retail", measure="亿元", decimals=2, position=1, **basis)
    batches = [indicators.stage_sheet(
        by=people.statistician, file_name=f"{number}.xlsx", content=sheet([retail(f"32.6{number}", city=None)])
    ) for number in range(6)]
    def publish(number):
        with clock.pinned(NOON):
            mine = batches[WHICH]
            indicators.publish_batch(batch_id=mine.pk, by=people.statistician, version=mine.version)
    said = together(publish)
states = sorted(ImportBatch.objects.values_list("state", flat=True))
print(json.dumps([said, Figure.objects.count(), states.count("published"), states.count("staged"), len(verify(deep=True).findings)]))
"""


@pytest.mark.parametrize(
    ("which", "refusals"),
    [("0", {"stale_version", "batch_not_staged"}), ("number", {"figures_conflict"})],
    ids=["one sheet by several", "several sheets of one figure"],
)
def test_a_figure_published_by_several_at_once_stands_once_and_the_others_are_told(
    workspace: Workspace, which: str, refusals: set[str]
) -> None:
    """Nothing is lost: the other sheets wait as they were, to be compared with what stands now."""
    said, figures, published, staged, findings = told(workspace, SAME_FIGURES.replace("WHICH", which))
    assert said.pop("done") == 1
    assert set(said) <= refusals, said
    assert sum(said.values()) == AT_ONCE - 1
    assert (figures, published, staged, findings) == (1, 1, 5, 0)
