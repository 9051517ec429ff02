"""What an attacker with a clerk's account tried and found, held shut."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhuanban.alerts import services as alerts
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tests.figures import publish
from zhuanban.files.models import Attachment
from zhuanban.files.services import take_in
from zhuanban.files.tests.pictures import picture
from zhuanban.filings import services as filings
from zhuanban.filings.models import FrozenFiling
from zhuanban.filings.tests.story import begin, compiled, filing
from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.queries import batch_effect, revisions_since
from zhuanban.kit import clock, tries
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.models import FormKey
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.matters import services as matters
from zhuanban.matters.models import Matter
from zhuanban.matters.tests.story import registered, resolved
from zhuanban.people import services as people_services
from zhuanban.people.access import system_viewer, viewer_of
from zhuanban.people.models import Delegation
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast
from zhuanban.site import present_password
from zhuanban.site.wsgi import application
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.pinned(datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def people() -> Cast:
    return begin()


def send(client: Client, path: str, **given: Any) -> Any:
    return client.post(path, {"zb_key": new_key(), **given})


def test_a_sheet_with_another_unit_s_indicator_tells_nothing_of_what_is_stored(people: Cast) -> None:
    publish("budget_revenue", "41.7", "6.0", month=5)
    sheet = "2023年1—5月主要指标\n指标,单位,本月累计,增速%\n一般公共预算收入,万元,1,1.0\n".encode()
    client = browser(people, "commerce_clerk")
    answer = send(client, "/board/import/", file=SimpleUploadedFile("表.csv", sheet, "text/csv"))
    batch = ImportBatch.objects.get()
    page = words(client.get(answer["Location"]) if answer.status_code == 302 else answer)
    assert "41.7" not in page
    assert batch_effect(viewer=people.commerce_clerk, as_known=None, batch=batch).rows == ()
    [row] = batch_effect(viewer=people.statistician, as_known=None, batch=batch).rows
    assert row.before is not None
    assert "kept" not in str(batch.staged["problems"])


@pytest.mark.parametrize("character", ["\x0b", "\x1b", "\ufffe", "\uffff"])
def test_a_character_that_no_document_carries_does_not_break_the_month_s_analysis(people: Cast, character: str) -> None:
    registered(people, title=f"停电{character}问题")
    alert = Alert.objects.get(indicator__code="retail_sales")
    alerts.explain_alert(alert_id=alert.pk, by=people.commerce_clerk, version=alert.version, cause=f"停业{character}", measure="协调")
    answer = send(browser(people, "statistician"), "/reports/monthly/download/?month=2023-06", month="2023-06")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as document:
        assert "停业" in document.read("word/document.xml").decode()


def test_no_day_is_so_far_off_that_counting_to_it_takes_the_server(people: Cast) -> None:
    given = {
        "title": "很久", "description": "x", "source": "visit", "urgency": "normal", "group": people.group5.pk,
        "unit": people.commerce.pk, "territory": "", "due_on": "9999-12-31",
    }  # fmt: skip
    answer = send(browser(people, "commerce_clerk"), "/matters/register/", **given)
    assert answer.status_code == 422
    assert "日期过远" in words(answer)
    assert Matter.objects.count() == 0
    office = browser(people, "office_head")
    said = {"authority": "x", "reason": "y"}
    far = send(office, "/office/calendar/", day="9999-12-31", works="free", **said)
    assert far.status_code == 422
    terms = {"accept": "1", "assign": "1", "sign": "1", "visit": "5", "handle": "8", "review": "3", "strike_off": "5", "since": "9999-12-31"}
    assert send(office, "/office/terms-problem/", **terms, **said).status_code == 422


def test_a_matter_that_became_confidential_leaves_the_draft_and_stops_the_signature(people: Cast) -> None:
    matter = registered(people, title="不宜外传的题目")
    row = compiled(people)
    assert "不宜外传的题目" in words(browser(people, "commerce_head").get(f"/filings/{row.pk}/"))
    matters.classify_matter(
        matter_id=matter.pk, data_class=3, text="涉及企业", version=matter.version, by=system_viewer("test")
    )
    for who in ("commerce_head", "leader5", "office_head"):
        assert "不宜外传的题目" not in words(browser(people, who).get(f"/filings/{row.pk}/"))
    with pytest.raises(Refusal) as refused:
        filings.sign_filing(filing_id=row.pk, by=people.commerce_head, version=filing().version)
    assert refused.value.codes == ["filing_matters_confidential"]
    assert FrozenFiling.objects.count() == 0
    filings.compile_filing(filing_id=row.pk, by=people.commerce_clerk, version=filing().version)
    filings.sign_filing(filing_id=row.pk, by=people.commerce_head, version=filing().version)
    assert "不宜外传的题目" not in FrozenFiling.objects.get().body


def test_whoever_acts_for_the_office_is_still_no_second_person_for_his_own_unit(people: Cast) -> None:
    matter = resolved(people)
    made = people_services.delegate(
        post="office_head", to="commerce_head", since=clock.today(), until=None, reason="休假", by=people.sysadmin
    )
    acting = viewer_of(people.users["commerce_head"], acting_for=made.post_id)
    assert acting.can("matters.review")
    with pytest.raises(Refusal) as refused:
        matters.review_matter(matter_id=matter.pk, by=acting, version=matter.version, text="属实")
    assert refused.value.codes == ["matter_own_unit"]


def test_nobody_acts_in_days_that_are_over(people: Cast) -> None:
    for since in (date(1, 1, 1), date(2023, 7, 17)):
        with pytest.raises(Refusal) as refused:
            people_services.delegate(
                post="commerce_head", to="commerce_clerk", since=since, until=None, reason="x", by=people.commerce_head
            )
        assert refused.value.codes == ["since_past"]
    assert not Delegation.objects.exists()


def test_the_key_of_a_form_with_a_password_cannot_be_guessed_against(people: Cast) -> None:
    given = {"current": "wrong-Horse-1", "new": "Better-Horse-22", "again": "Better-Horse-22"}
    user = people.users["commerce_clerk"]
    user.set_password("wrong-Horse-1")
    client = browser(people, "commerce_clerk")
    with work(Actor("command", "test", "test"), "password"):
        user.save()
    client.force_login(user)
    assert send(client, "/account/", **given).status_code == 302
    stored = FormKey.objects.order_by("-pk").first()
    assert stored is not None
    plain = hashlib.sha256(b"/account/")
    for name in sorted(given):
        plain.update(f"\0{name}\0{[given[name]]!r}".encode())
    assert stored.content != plain.hexdigest()


def test_an_open_session_does_not_let_anybody_guess_the_present_password(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    given = {"new": "Better-Horse-22", "again": "Better-Horse-22"}
    statuses = [send(client, "/account/", current=f"guess-{turn}", **given).status_code for turn in range(5)]
    assert statuses == [422, 422, 422, 422, 302]
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_tries_are_counted_by_account_for_a_quarter_of_an_hour_or_until_it_signs_in(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"new": "Better-Horse-22", "again": "Better-Horse-22"}
    for turn in range(5):
        send(browser(people, "commerce_clerk"), "/account/", current=f"guess-{turn}", **given)
    other = browser(people, "commerce_clerk")
    assert send(other, "/account/", current="guess", **given)["Location"] == "/sign-in/"
    assert send(browser(people, "finance_clerk"), "/account/", current="guess", **given).status_code == 422
    now = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(minutes=16))
    assert send(browser(people, "commerce_clerk"), "/account/", current="guess", **given).status_code == 422
    assert tries.taken(f"present-password:{people.users['commerce_clerk'].pk}") == 1
    present_password.signed_in(people.users["commerce_clerk"])
    assert tries.taken(f"present-password:{people.users['commerce_clerk'].pk}") == 0
    monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(days=2))
    assert tries.forget_old() == 1


def test_the_banner_of_an_earlier_day_counts_only_what_one_sees(people: Cast) -> None:
    with clock.pinned(datetime(2023, 7, 19, 9, tzinfo=clock.SHANGHAI)):
        for code in ("budget_revenue", "retail_sales"):
            publish(code, "3.0", "6.0", status="revised")
        own = words(browser(people, "commerce_clerk").get("/board/?month=2023-06&as_known=2023-07-18"))
        all_of_them = words(browser(people, "statistician").get("/board/?month=2023-06&as_known=2023-07-18"))
    assert own != all_of_them
    # A figure of the zone and one of the city each.
    with clock.pinned(datetime(2023, 7, 19, 10, tzinfo=clock.SHANGHAI)):
        moment = datetime(2023, 7, 18, 23, tzinfo=clock.SHANGHAI)
        assert revisions_since(viewer=people.commerce_clerk, year=2023, as_known=moment) == 2
        assert revisions_since(viewer=people.statistician, year=2023, as_known=moment) == 4


def test_twenty_one_files_at_once_and_a_workbook_with_something_behind_it_do_not_come_in() -> None:
    with pytest.raises(Refusal) as refused:
        take_in([picture(f"{number}.png", number) for number in range(21)], by_key="user:1")
    assert refused.value.codes == ["files_too_many"]
    out = io.BytesIO()
    out.write(workbook_bytes([OutTable(title="表", columns=(Column("甲"),), rows=[("1",)])], made_at=clock.now()))
    take_in([SimpleUploadedFile("表.xlsx", out.getvalue())], by_key="user:1")
    with pytest.raises(Refusal) as behind:
        take_in([SimpleUploadedFile("表.xlsx", out.getvalue() + b"MZ<html><script>alert(1)</script>")], by_key="user:1")
    assert behind.value.codes == ["upload_archive_suspicious"]
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        f"/help/{'x' * 300}/", f"/help/pictures/{'x' * 300}.png", f"/matters/?unit={'9' * 25}", f"/matters/?group={'9' * 25}",
        f"/matters/export/?group={'9' * 25}", f"/matters/export/?unit={'9' * 25}", f"/matters/?after={'9' * 25}",
        "/board/?as_known=0001-01-01T00:00", "/board/?as_known=9999-12-31T23:59-05:00", "/board/?as_known=0001-01-01T00:00%2B14:00",
        "/board/export.xlsx?as_known=0001-01-01T00:00", "/board/retail_sales/?as_known=0001-01-01T00:00", "/board/?month=1900-01",
        "/board/?month=2199-12", "/board/export.xlsx?month=1900-01", "/board/retail_sales/?month=1900-01",
        "/reports/monthly/?as_known=0001-01-01", "/reports/monthly/?as_known=9999-12-31T23:59-05:00", "/reports/monthly/?month=2000-01",
        "/organisation/?day=0001-01-01", "/organisation/?day=9999-12-31", "/filings/?month=9999-12", "/filings/?month=1901-01",
        "/matters/?order=raised_on&after=1~0001-01-01T00:00:00%2B00:00", "/matters/?order=raised_on&after=1~9999-12-31T23:59:59-05:00",
        "/matters/?order=due_on&after=1~0001-01-01", "/matters/?order=due_on&after=1~9999-12-31",
        f"/inbox/?before={'9' * 25}", "/office/calendar/?year=9999", f"/alerts/?month=9999-12&group={'9' * 25}",
    ],
)  # fmt: skip
def test_odd_addresses_are_answered_in_words(people: Cast, address: str) -> None:
    for who in ("commerce_clerk", "office_head"):
        client = browser(people, who)
        client.raise_request_exception = False
        assert client.get(address).status_code < 500, address


@pytest.mark.parametrize("address", ["/matters/%00/", "/matters/?unit=%00", "/search/?q=a%00b", "/matters/?%00=1", "/help/a%00/"])
def test_a_nul_in_an_address_is_answered_in_words(people: Cast, address: str) -> None:
    answer = browser(people, "commerce_clerk").get(address)
    assert (answer.status_code, "请求无法读取" in words(answer)) == (400, True)


@pytest.mark.parametrize("field", [{"username": "a\0b"}, {"username": "a", "x\0": ""}])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_nul_in_a_form_or_a_cookie_is_answered_in_words(people: Cast, field: dict[str, str], kind: str) -> None:
    body = {"data": urlencode(field), "content_type": kind} if kind.endswith("urlencoded") else {"data": field}
    client = Client()
    assert client.post("/sign-in/", **body).status_code == 400
    client.cookies.load({"zb_session": "a\0b"})
    assert client.get("/sign-in/").status_code == 400


@pytest.mark.parametrize("charset", ["rot13", "hex", "idna", "undefined", "raw_unicode_escape", "utf-8"])
def test_a_sender_s_charset_never_reaches_a_decoder_made_for_something_else(charset: str) -> None:
    answered: list[str] = []
    body = b"username=x&password=%5Cud800"
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/sign-in/", "QUERY_STRING": "next=%2f%e4", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": f"application/x-www-form-urlencoded; charset={charset}", "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    for part in application(environ, lambda status, headers, *rest: answered.append(status)):
        assert isinstance(part, bytes)
    assert int(answered[0][:3]) < 500, answered

