"""Notices: who is told what, once; read marks; muting; the daily mail that says nothing."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from zhuanban.alerts import services as alerts
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tests.figures import publish
from zhuanban.filings import services as filings
from zhuanban.filings.tests.story import begin, filing, signed
from zhuanban.kit import clock, events
from zhuanban.kit.idempotency import new_key
from zhuanban.matters import services as matters
from zhuanban.matters.tests.story import accepted, registered, resolved
from zhuanban.people import services
from zhuanban.people.access import system_viewer
from zhuanban.people.models import DataClass, Notice, NoticeChoice, PostHolder
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import BUILDER, Cast
from zhuanban.site import mailing
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.pinned(TUESDAY):
        yield


@pytest.fixture
def people() -> Cast:
    made = begin()
    events.drain()
    Notice.objects.all().delete()
    return made


def told(kind: str = "") -> dict[str, list[str]]:
    """Who was told what and has not read it, by sign-in name."""
    found: dict[str, list[str]] = {}
    rows = Notice.objects.filter(read_at=None, **({"kind": kind} if kind else {}))
    for row in rows.order_by("id").select_related("user"):
        found.setdefault(row.user.username, []).append(row.text_zh)
    return found


def test_an_alert_is_told_to_those_who_explain_it_and_once(people: Cast) -> None:
    publish("trade_total", "1.0", "6.0", status="revised")
    alerts.evaluate_month(year=2023, month=6)
    events.drain()
    once = told("alert")
    assert sorted(once) == ["commerce_clerk", "commerce_colleague", "commerce_head"]
    assert once["commerce_clerk"] == ["进出口总额 1—6月预警，请于2023-07-21前说明"]
    alerts.evaluate_month(year=2023, month=6)
    events.drain()
    assert told("alert") == once


def test_once_it_is_explained_nobody_has_to_read_that_it_waits(people: Cast) -> None:
    publish("trade_total", "1.0", "6.0", status="revised")
    alerts.evaluate_month(year=2023, month=6)
    events.drain()
    alert = Alert.objects.get(indicator__code="trade_total")
    alerts.explain_alert(alert_id=alert.pk, by=people.commerce_clerk, version=alert.version, cause="订单减少", measure="走访企业")
    assert told("alert") == {}
    # The figures are revised again and it comes back: that is news.
    for day, growth in ((19, "9.0"), (20, "0.5")):
        with clock.pinned(datetime(2023, 7, day, 9, tzinfo=clock.SHANGHAI)):
            publish("trade_total", growth, "6.0", status="revised")
            alerts.evaluate_month(year=2023, month=6)
            events.drain()
    assert len(told("alert")["commerce_head"]) == 1


def test_a_matter_goes_from_hand_to_hand_and_nobody_hears_of_his_own_doing(people: Cast) -> None:
    matter = registered(people)
    events.drain()
    assert set(told("matter")) == {"office_head", "statistician", "deputy_director"}
    matters.assign_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)
    events.drain()
    # What the office did not read of the step before is no longer news.
    assert set(told("matter")) >= {"commerce_clerk", "commerce_head", "commerce_colleague"}
    assert told("matter")["commerce_head"] == [f"事项{matter.number} 待签收，请签收，2023-07-27到期"]
    assert "office_head" not in told("matter") or "待签收" not in str(told("matter")["office_head"])


def test_a_reviewer_is_told_of_a_resolution_but_not_within_the_unit_that_handled_it(people: Cast) -> None:
    matter = resolved(people)
    events.drain()
    now = told("matter")
    last = {name: texts[-1] for name, texts in now.items()}
    assert "办结待审" in last["office_head"]
    assert "办结待审" in last["leader5"]
    assert "办结待审" not in str([last.get("commerce_head"), last.get("commerce_clerk"), last.get("leader3")])
    assert matter.title not in str(now)


def test_who_may_not_see_a_confidential_matter_does_not_hear_of_it(people: Cast) -> None:
    matter = matters.register_matter(
        title="x", description="y", group_id=people.group5.pk, unit_id=people.commerce.pk, source="visit",
        data_class=DataClass.PERSONAL, by=system_viewer("test"),
    )  # fmt: skip
    events.drain()
    assert told("matter") == {}
    assert Notice.objects.filter(subject=f"matter:{matter.pk}").count() == 0


def test_the_office_hears_of_a_signature_and_the_unit_of_the_answer(people: Cast) -> None:
    done = signed(people)
    events.drain()
    assert told("filing")["office_head"] == ["商务办 2023-06 月度报送已签发，请接收"]
    assert "commerce_head" not in told("filing")
    filings.send_back_filing(filing_id=done.pk, by=people.office_head, version=filing().version, reason="补充")
    events.drain()
    assert told("filing")["commerce_clerk"] == ["商务办 2023-06 月度报送已退回，请重新汇编"]
    assert "finance_clerk" not in told("filing")


def test_the_bell_counts_the_page_lists_and_following_reads(people: Cast) -> None:
    registered(people)
    events.drain()
    client = browser(people, "office_head")
    assert 'data-zb-unread="/inbox/badge/"' in words(client.get("/"))
    assert "1条未读" in words(client.get("/inbox/badge/"))
    page = words(client.get("/inbox/"))
    mine = Notice.objects.get(user=people.users["office_head"])
    assert mine.text_zh in page
    assert f'href="/inbox/{mine.pk}/"' in page
    gone = client.get(f"/inbox/{mine.pk}/")
    assert (gone.status_code, gone["Location"]) == (302, mine.url)
    assert client.get(mine.url).status_code == 200
    assert client.get("/inbox/badge/").content.strip() == b""
    assert mine.text_zh not in words(client.get("/inbox/"))
    assert mine.text_zh in words(client.get("/inbox/?show=all"))
    assert mine.text_en in words(browser(people, "office_head", language="en").get("/inbox/?show=all"))


def test_somebody_elses_notice_looks_like_one_that_is_not_there(people: Cast) -> None:
    registered(people)
    events.drain()
    notice = Notice.objects.get(user=people.users["office_head"])
    stranger = browser(people, "finance_clerk")
    assert stranger.get(f"/inbox/{notice.pk}/").status_code == stranger.get("/inbox/999999/").status_code == 404
    assert stranger.post("/inbox/read/", {"zb_key": new_key(), "up_to": notice.pk}).status_code == 302
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_marking_all_leaves_what_came_after_the_page_was_shown(people: Cast) -> None:
    registered(people)
    events.drain()
    shown = Notice.objects.get(user=people.users["office_head"])
    registered(people, title="第二件")
    events.drain()
    client = browser(people, "office_head")
    assert client.post("/inbox/read/", {"zb_key": new_key(), "up_to": shown.pk}).status_code == 302
    assert Notice.objects.filter(user=people.users["office_head"], read_at=None).count() == 1


def choose(people: Cast, who: str, **given: Any) -> Any:
    return browser(people, who).post("/inbox/", {"zb_key": new_key(), "mail": "", "mail_hour": "8", **given})


def test_a_muted_kind_is_not_told_and_the_others_are(people: Cast) -> None:
    assert choose(people, "office_head", muted=["matter"]).status_code == 302
    registered(people)
    signed(people)
    events.drain()
    assert [row.kind for row in Notice.objects.filter(user=people.users["office_head"])] == ["filing"]
    assert choose(people, "office_head", muted=["no-such"]).status_code == 422
    assert choose(people, "office_head", mail="not a mail").status_code == 422
    assert NoticeChoice.objects.get().muted == ["matter"]


def test_whoever_left_his_post_hears_nothing_more(people: Cast) -> None:
    with work(BUILDER, "leave"):
        PostHolder.objects.filter(user=people.users["statistician"]).update(valid_until=date(2023, 7, 18))
    registered(people)
    events.drain()
    assert "statistician" not in told("matter")


class _Server(socketserver.ThreadingTCPServer):
    """The least of a mail server: it takes what it is given."""

    allow_reuse_address = True
    taken: list[str]


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        reading = False
        lines: list[str] = []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if reading and line != ".":
                lines.append(line)
                continue
            if reading:
                reading = False
                self.server.taken.append("\n".join(lines))  # type: ignore[attr-defined]
                lines = []
                answer = "250 ok"
            elif line.upper() == "DATA":
                reading, answer = True, "354 go on"
            elif line.upper() == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                answer = "250 ok"
            self.wfile.write(f"{answer}\r\n".encode())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        running.taken = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setenv("ZHUANBAN_MAIL", f"smtp://127.0.0.1:{running.server_address[1]}")
        monkeypatch.setenv("ZHUANBAN_MAIL_FROM", "zhuanban@example.org")
        monkeypatch.setenv("ZHUANBAN_URL", "https://zhuanban.example.org")
        yield running
        running.shutdown()


def _text(mail: str) -> str:
    import email
    from email.header import decode_header, make_header

    message = email.message_from_bytes(mail.encode())
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return f"{make_header(decode_header(str(message['Subject'])))}\n{payload.decode()}"


def test_the_daily_mail_counts_and_says_nothing_else(people: Cast, server: _Server) -> None:
    choose(people, "office_head", mail="office@example.org", mail_hour="8", working_days_only="on")
    matter = registered(people)
    signed(people)
    events.drain()
    assert mailing.send_digests() == "sent 1, failed 0"
    [mail] = server.taken
    text = _text(mail)
    assert "2条通知" in text
    assert "事项: 1" in text
    assert "报送: 1" in text
    assert "https://zhuanban.example.org/inbox/" in text
    assert matter.number not in text
    assert "商务办" not in text
    assert mailing.send_digests() == "sent 0, failed 0"
    with clock.pinned(datetime(2023, 7, 19, 9, tzinfo=clock.SHANGHAI)):
        assert mailing.send_digests() == "sent 0, failed 0", "nothing new, no mail"


def test_no_mail_before_its_hour_nor_on_a_day_off(people: Cast, server: _Server) -> None:
    choose(people, "office_head", mail="office@example.org", mail_hour="18", working_days_only="on")
    registered(people)
    events.drain()
    assert mailing.send_digests() == "sent 0, failed 0"
    services.decide_day(day=date(2023, 7, 18), works=False, authority="通知", reason="停电", by=people.office_head)
    with clock.pinned(datetime(2023, 7, 18, 19, tzinfo=clock.SHANGHAI)):
        assert mailing.send_digests() == "sent 0, failed 0"
    with clock.pinned(datetime(2023, 7, 19, 19, tzinfo=clock.SHANGHAI)):
        assert mailing.send_digests() == "sent 1, failed 0"


def test_a_mail_server_that_does_not_answer_loses_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(people, "office_head", mail="office@example.org")
    registered(people)
    events.drain()
    assert mailing.send_digests() == "no mail server"
    monkeypatch.setenv("ZHUANBAN_MAIL", "smtp://127.0.0.1:9")
    assert mailing.send_digests() == "sent 0, failed 1"
    assert NoticeChoice.objects.get().mailed_on is None
    assert Notice.objects.filter(mailed_at=None).count() > 0


def test_a_matter_accepted_long_ago_is_told_by_how_it_stands_when_heard(people: Cast) -> None:
    matter = accepted(people)
    events.drain()
    count = Notice.objects.count()
    events.publish("matters.changed", {"matter": matter.pk})
    events.publish("matters.changed", {"matter": 999_999})
    events.drain()
    assert Notice.objects.count() == count
