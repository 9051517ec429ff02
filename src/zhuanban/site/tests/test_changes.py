"""What changed since the reader was last here: his own reach, what counts as a visit, and what reading leaves behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhuanban.alerts import services as alerts
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tests.figures import publish
from zhuanban.filings import services as filings
from zhuanban.filings.tests.story import begin, noon, signed
from zhuanban.indicators.models import Indicator
from zhuanban.kit import clock
from zhuanban.kit.changes import changes_since, gathered, last_visit, note_seen
from zhuanban.kit.models import VisitMark
from zhuanban.matters.services import register_matter
from zhuanban.people.access import Viewer
from zhuanban.people.tests.cast import BUILDER, Cast
from zhuanban.site.changes import news
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db

MONDAY, BEFORE = noon(7, 24), noon(7, 19)


@pytest.fixture
def people() -> Cast:
    with clock.pinned(noon(7, 20)):
        return begin()


def browser(people: Cast, name: str, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(people.users[name])
    client.cookies["zb_language"] = language
    return client


def lines(viewer: Viewer, since: datetime = BEFORE) -> list[tuple[str, str, str]]:
    return [(str(each.kind), each.title, each.note) for each in changes_since(viewer, since, each=60)]


def see(client: Client, up_to: datetime, **headers: str) -> int:
    return client.post(reverse("changes_seen"), {"up_to": up_to.isoformat()}, headers=headers).status_code


def test_reading_changes_nothing_and_whoever_looks_first_is_told_of_seven_days(people: Cast) -> None:
    chief = browser(people, "chief")
    entries = Entry.objects.count()
    with clock.pinned(MONDAY):
        for path in ("/", "/overview/", "/changes/", "/changes/?days=30"):
            text = chief.get(path).content.decode()
            assert "最新变化" in text
            assert "社会消费品零售总额 2023年1—6月" in text
        assert "最近7天" in chief.get("/").content.decode()
    assert (VisitMark.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_visit_ends_half_an_hour_after_the_last_look_and_its_time_is_shown(people: Cast) -> None:
    key, viewer = people.chief.actor.key, people.chief
    morning = noon(7, 24)
    with clock.pinned(morning):
        note_seen(key, morning)
        assert last_visit(key) is None, "the first visit still goes on"
    with clock.pinned(morning + timedelta(minutes=29)):
        assert last_visit(key) is None
        note_seen(key, clock.now())
    with clock.pinned(morning + timedelta(minutes=59)):
        ended = morning + timedelta(minutes=29)
        assert last_visit(key) == ended
        note_seen(key, clock.now())
        assert last_visit(key) == ended, "looking does not empty the list during the visit"
        shown = news(viewer)
        assert shown is not None
        assert shown["words"] == "自您上次查看（2023-07-24 12:29）以来"
    with clock.pinned(morning + timedelta(hours=3)):
        assert last_visit(key) == morning + timedelta(minutes=59)


def test_only_what_stood_before_his_eyes_is_seen(people: Cast) -> None:
    chief = browser(people, "chief")
    key = people.chief.actor.key
    with clock.pinned(MONDAY):
        assert see(chief, MONDAY - timedelta(hours=2)) == 204
        assert see(chief, MONDAY, **{"Sec-Purpose": "prefetch;prerender"}) == 204
        assert see(chief, MONDAY, Purpose="prefetch") == 204
        assert chief.post(reverse("changes_seen"), {"up_to": "yesterday"}).status_code == 204
        assert chief.post(reverse("changes_seen"), {"up_to": "2023-07-24T12:00:00"}).status_code == 204
        assert VisitMark.objects.get(actor=key).seen_at == MONDAY - timedelta(hours=2)
        see(chief, MONDAY - timedelta(hours=3))
        assert VisitMark.objects.get(actor=key).seen_at == MONDAY - timedelta(hours=2), "an older page takes nothing back"
        see(chief, MONDAY + timedelta(days=400))
        mark = VisitMark.objects.get(actor=key)
        assert (mark.seen_at, mark.earlier_at) == (MONDAY, MONDAY - timedelta(hours=2))
    assert Client().post(reverse("changes_seen"), {"up_to": MONDAY.isoformat()}).status_code == 302
    assert chief.get(reverse("changes_seen")).status_code == 405


def test_every_room_tells_its_news_within_the_reader_s_reach(people: Cast) -> None:
    with clock.pinned(noon(7, 21)):
        alert = Alert.objects.get(indicator__code="retail_sales")
        alerts.explain_alert(alert_id=alert.pk, by=people.commerce_clerk, version=alert.version, cause="停业", measure="复业")
        matter = register_matter(
            by=people.commerce_clerk, title="商场供电", description="增容", source="call", group_id=people.group5.pk, unit_id=people.commerce.pk
        )  # fmt: skip
        found = signed(people)
        filings.send_back_filing(filing_id=found.pk, by=people.office_head, version=found.version, reason="补充措施")
    chief = lines(people.chief)
    kinds = {kind for kind, _title, _note in chief}
    assert kinds == {"数据", "预警", "事项", "报送"}
    assert ("事项", f"{matter.number} 商场供电", "待受理，层级L1，商务办") in chief
    assert ("报送", "商务办 2023年6月 商贸及文教卫组", "已退回") in chief
    assert ("预警", "社会消费品零售总额 2023年1—6月", "已说明") in chief
    finance = lines(people.finance_clerk)
    assert not [title for _kind, title, _note in finance if "商" in title or "零售" in title]
    assert [kind for kind, _title, _note in finance if kind == "数据"] == ["数据", "数据"]
    assert lines(people.viewers["auditor"]) == []


def test_what_the_reader_did_himself_is_no_news_to_him(people: Cast) -> None:
    with clock.pinned(noon(7, 21)):
        register_matter(
            by=people.commerce_clerk, title="商场供电", description="增容", source="call", group_id=people.group5.pk, unit_id=people.commerce.pk
        )  # fmt: skip
        signed(people)
    after = noon(7, 20) + timedelta(hours=1)
    assert lines(people.commerce_clerk, after) == [("报送", "商务办 2023年6月 商贸及文教卫组", "已签字，待接收")]
    assert [kind for kind, _title, _note in lines(people.commerce_head, after)] == ["事项"]


def test_a_light_that_changed_shows_what_it_was_and_leads_to_the_reason(people: Cast) -> None:
    with clock.pinned(noon(7, 22)):
        publish("trade_total", "2.0", None, status="revised")
    found = [each for each in changes_since(people.chief, noon(7, 21), each=60) if each.was]
    assert [(each.title, each.was, each.now, each.url) for each in found] == [
        ("进出口总额", "green", "yellow", "/board/trade_total/#why")
    ]
    assert changes_since(people.chief, noon(7, 23), each=60) == []
    with clock.pinned(noon(7, 21)):
        note_seen(people.chief.actor.key, clock.now())
    with clock.pinned(noon(7, 24)):
        text = browser(people, "chief").get("/").content.decode()
    assert "/board/trade_total/#why" in text


def test_many_alike_are_one_line_and_a_few_stand_each_by_itself(people: Cast) -> None:
    few = changes_since(people.chief, noon(7, 19), each=60)
    assert not [each for each in few if "条预警" in each.title]
    template = Alert.objects.first()
    assert template is not None
    with work(BUILDER, "many"):
        for number in range(4):
            code = f"more_{number}"
            base = Indicator.objects.get(code="retail_sales")
            base.pk, base.code, base.name_zh = None, code, f"指标{number}"
            base.save()
        for place, indicator in enumerate(Indicator.objects.filter(code__startswith="more_")):
            made = Alert.objects.get(pk=template.pk)
            made.pk, made.indicator = None, indicator
            made.save()
            made.events.create(verb="raised", at=noon(7, 20) + timedelta(minutes=place), by_key="system:alerts")
    many = [each.title for each in changes_since(people.chief, noon(7, 19), each=60) if str(each.kind) == "预警"]
    assert len(many) == 1
    assert many[0].startswith("新增")
    assert len([each for each in changes_since(people.chief, noon(7, 19), each=60, alike=60) if str(each.kind) == "预警"]) == 6
    assert gathered([], lambda count: ("", ""), 3) == []


def test_the_workbench_takes_a_bounded_number_of_queries_however_much_moved(people: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured, clock.pinned(MONDAY):
            news(people.chief)
        return len(captured)

    # The boards of before and now are kept once they are made.
    count()
    first = count()
    with clock.pinned(noon(7, 21)):
        for number in range(12):
            register_matter(
                by=people.commerce_clerk, title=f"事项{number}", description="增容", source="call",
                group_id=people.group5.pk, unit_id=people.commerce.pk,
            )  # fmt: skip
        signed(people)
    count()
    assert count() <= first <= 12
    with clock.pinned(MONDAY):
        shown: Any = news(people.chief)
    assert (len(shown["changes"]), shown["more"] > 0) == (10, True)


@pytest.mark.parametrize(
    ("language", "words", "all_words", "empty"),
    [
        ("zh-hans", "您的范围内没有变化。", "自上次查看以来", "您的范围内没有变化"),
        ("en", "Nothing changed within your reach.", "Since the last visit", "Nothing changed within your reach"),
    ],
)
def test_an_empty_list_says_so_and_leads_to_earlier_days(people: Cast, language: str, words: str, all_words: str, empty: str) -> None:
    client = browser(people, "commerce_head", language)
    with clock.pinned(noon(7, 25)):
        note_seen(people.commerce_head.actor.key, clock.now())
    with clock.pinned(noon(7, 26)):
        text = client.get("/").content.decode()
        assert words in text
        assert "/changes/?days=7" in text
        everything = client.get("/changes/").content.decode()
        assert all_words in everything
        assert empty in everything
        month = client.get("/changes/?days=30").content.decode()
        assert client.get("/changes/?days=7x").status_code == 200
    assert "/board/?month=2023-06" in month


def test_administrators_have_no_such_card(people: Cast) -> None:
    with clock.pinned(MONDAY):
        for name in ("sysadmin", "auditor"):
            assert news(people.viewers[name]) is None
            assert 'id="changes"' not in browser(people, name).get("/").content.decode()


def test_times_are_instants_with_their_zone() -> None:
    with clock.pinned(datetime(2023, 7, 24, 4, tzinfo=UTC)):
        note_seen("user:1", clock.now())
    assert VisitMark.objects.get().seen_at == datetime(2023, 7, 24, 4, tzinfo=UTC)
