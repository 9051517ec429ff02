"""The rates of the ledger: each over its own denominator, each number with the list behind it."""

import io
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhuanban.calc.ledger_rates import LedgerTally, Share
from zhuanban.files.tests.pictures import picture
from zhuanban.kit import clock
from zhuanban.matters import queries, services
from zhuanban.matters.models import Matter, MatterEvent
from zhuanban.matters.queries.rates import PARTS
from zhuanban.matters.tests.story import (
    MONDAY,
    accepted,
    in_progress,
    registered,
    rejected,
    resolved,
    reviewed,
    struck_off,
)
from zhuanban.people.tests.browsing import browser
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db

SPAN = {"since": MONDAY.date().replace(month=1, day=1), "until": MONDAY.date()}


@pytest.fixture
def people() -> Cast:
    return cast()


def told(people: Cast, by: str = "unit", **span: Any) -> dict[str, LedgerTally]:
    rows = queries.ledger_rates(viewer=people.office_head, ledger="problem", by=by, **{**SPAN, **span})
    return {row.name_zh: row.tally for row in rows}


def worked_example(people: Cast) -> None:
    """I-37: 100 accepted, 80 resolved, 72 struck off, 70 asked, 65 content."""
    with work(people.office_head.actor, "算例I-37"):
        _write_example(people)


def _write_example(people: Cast) -> None:
    steps: list[MatterEvent] = []
    for at in range(100):
        state = "struck_off" if at < 72 else "resolved" if at < 80 else "in_progress"
        matter = Matter.objects.create(
            number=f"2023-{at + 1:04d}", ledger="problem", title=f"问题{at + 1}", description="例", source="visit",
            group=people.group5, unit=people.commerce, raised_at=MONDAY, raised_by_post="", state_since=MONDAY, state=state,
            due_on=MONDAY.date() + timedelta(days=9), outcome="solved" if at < 80 else "",
            closed_at=MONDAY + timedelta(hours=2) if at < 72 else None,
            satisfaction="satisfied" if at < 60 else "fairly_satisfied" if at < 65 else "dissatisfied" if at < 70 else "",
        )  # fmt: skip
        verbs = ["accept", *(["resolve"] if at < 80 else []), *(["strike_off"] if at < 72 else [])]
        steps += [MatterEvent(matter=matter, verb=verb, at=MONDAY, by_post="", state=state) for verb in verbs]
    MatterEvent.objects.bulk_create(steps)


def page_of(people: Cast, who: str = "office_head", query: str = "") -> Any:
    with clock.pinned(MONDAY):
        return browser(people, who).get(f"/matters/rates/{query}")


def bare(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(response.content.decode())))


def test_I_37_the_page_shows_every_rate_with_its_own_denominator(people: Cast) -> None:
    worked_example(people)
    page = page_of(people)
    assert page.status_code == 200
    said = bare(page)
    assert "80.0% 80 / 100" in said
    assert "72.0% 72 / 100" in said
    assert "92.9% 65 / 70" in said


def test_every_number_of_the_page_leads_to_a_list_of_just_as_many(people: Cast) -> None:
    worked_example(people)
    page = unescape(page_of(people).content.decode())
    links = re.findall(r'<a class="zb-row-name zb-rate-count" href="(/matters/\?[^"]+part=[^"]+)">(\d+)</a>', page)
    assert len(links) == 14
    with clock.pinned(MONDAY):
        client = browser(people, "office_head")
        for address, number in links:
            file = client.get(address.replace("/matters/", "/matters/export/"))
            sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
            rows = [row for row in sheet.iter_rows(values_only=True) if re.fullmatch(r"2023-\d{4}", str(row[1]))]
            assert (address, len(rows)) == (address, int(number))


def test_the_counts_follow_what_was_really_done(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people)
        rejected(people)
        accepted(people)
        in_progress(people)
        resolved(people)
        back = reviewed(people)
        services.send_back_matter(matter_id=back.pk, by=people.office_head, version=back.version, text="佐证不清。")
        closed = struck_off(people)
        again = struck_off(people)
        services.move_matter("reopen", matter_id=again.pk, by=people.office_head, version=again.version, text="又停电。")
        tally = told(people)[people.commerce.name_zh]
    assert closed.state == "struck_off"
    assert tally == LedgerTally(
        accepted=6, resolved=2, struck_off=1, on_time=2, explained=0, surveyed=2, satisfied=2, ever_resolved=4, sent_back=1,
        ever_struck_off=2, reopened=1,
    )  # fmt: skip
    assert (tally.sent_back_rate, tally.reopened_rate) == (Share(1, 4), Share(1, 2))


def test_in_time_is_judged_by_the_office_s_own_day(people: Cast) -> None:
    with clock.pinned(MONDAY):
        in_time, late = in_progress(people), in_progress(people)
    for matter, hour in ((in_time, 15), (late, 16)):
        day = matter.due_on
        with clock.pinned(datetime(day.year, day.month, day.day, hour, 59, tzinfo=MONDAY.tzinfo)):
            services.resolve_matter(
                matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, text="已送电。", attachments=[picture()]
            )
    assert told(people)[people.commerce.name_zh].on_time_rate == Share(1, 2)


def test_both_ends_of_the_span_belong_to_it_and_nothing_else_does(people: Cast) -> None:
    with clock.pinned(MONDAY):
        accepted(people)
    day = MONDAY.date()
    name = people.commerce.name_zh
    assert told(people, since=day, until=day)[name].accepted == 1
    assert told(people, since=day + timedelta(days=1), until=day + timedelta(days=9)) == {}
    assert told(people, since=day - timedelta(days=9), until=day - timedelta(days=1)) == {}


def test_they_are_told_by_group_and_territory_too_and_one_query_reads_them(people: Cast) -> None:
    with clock.pinned(MONDAY):
        accepted(people)
        accepted(people)
        queries.ledger_rates(viewer=people.office_head, ledger="problem", by="unit", **SPAN)
        with CaptureQueriesContext(connection) as seen:
            assert told(people, "group")[people.group5.name_zh].accepted == 2
        assert len(seen) == 1
        assert told(people, "territory")[""].accepted == 2
        assert told(people, "handler") == told(people, "unit")


def test_nobody_counts_what_he_may_not_see(people: Cast) -> None:
    with clock.pinned(MONDAY):
        accepted(people, data_class=3)
        accepted(people)
        seen = queries.ledger_rates(viewer=people.commerce_clerk, ledger="problem", by="unit", **SPAN)
        mine = queries.matters(viewer=people.commerce_clerk, ledger="problem", part="accepted", **SPAN)
    assert sum(row.tally.accepted for row in seen) == len(mine.rows)


def test_the_file_holds_numerators_denominators_and_rates_and_is_noted(people: Cast) -> None:
    worked_example(people)
    file = page_of(people, query="?file=xlsx")
    sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[-2][:8] == [people.commerce.name_zh, 100, 80, 100, 80, 72, 100, 72]
    assert rows[-1][0] == "合计"
    assert [round(value, 1) if isinstance(value, float) else value for value in rows[-1][11:14]] == [65, 70, 92.9]
    assert Entry.objects.filter(reason__startswith="导出事项台账").count() == 1


def test_a_span_that_ends_before_it_begins_is_refused_in_words(people: Cast) -> None:
    page = page_of(people, query="?since=2023-07-20&until=2023-07-01")
    assert page.status_code == 422
    assert "起始日晚于截止日" in page.content.decode()


def test_an_empty_span_says_what_to_do(people: Cast) -> None:
    assert "这一时段没有受理的事项" in page_of(people).content.decode()


def test_every_part_has_a_list_and_the_list_says_what_it_is(people: Cast) -> None:
    with clock.pinned(MONDAY):
        struck_off(people)
        client = browser(people, "office_head")
        for part in PARTS:
            page = client.get(f"/matters/?state=&part={part}&since=2023-01-01&until=2023-07-24")
            assert page.status_code == 200
            assert "受理于2023-01-01 – 2023-07-24的事项中：" in page.content.decode()


def test_the_ledger_is_narrowed_by_territory_level_and_waiting_request_together(people: Cast) -> None:
    with clock.pinned(MONDAY):
        asked, plain = in_progress(people, title="申请延期的事"), in_progress(people, title="没有申请的事")
        services.ask_request(
            kind="extension", matter_id=asked.pk, by=people.commerce_clerk, version=asked.version, text="设备未到。",
            until=asked.due_on + timedelta(days=7),
        )  # fmt: skip
        services.escalate_matter(matter_id=plain.pk, by=people.commerce_clerk, version=plain.version, reason="处理不了。")
        client = browser(people, "office_head")

        def listed(query: str) -> tuple[bool, bool]:
            page = client.get(f"/matters/?{query}").content.decode()
            return "申请延期的事" in page, "没有申请的事" in page

        assert listed("") == (True, True)
        assert listed("waiting=on") == (True, False)
        assert listed("level=2") == (False, True)
        assert listed("waiting=on&level=2") == (False, False)
        assert listed(f"territory={people.commerce.pk}") == (False, False)
        page = client.get("/matters/?waiting=on&level=1").content.decode()
    assert "waiting=on&amp;level=1" in page or "level=1&amp;waiting=on" in page


def test_a_struck_off_matter_says_that_it_can_be_reopened_only_to_whom_it_can(people: Cast) -> None:
    with clock.pinned(MONDAY):
        matter = struck_off(people)
        to_office = browser(people, "office_head").get(f"/matters/{matter.number}/").content.decode()
        to_clerk = browser(people, "commerce_clerk").get(f"/matters/{matter.number}/").content.decode()
    assert "不再增加内容" not in to_office
    assert "问题重新出现的，可以重新办理" in to_office
    assert "问题重新出现的，可以重新办理" not in to_clerk
