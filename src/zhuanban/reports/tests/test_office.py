"""A report of the office: drafted, rewritten, reviewed by another, issued under a number, frozen, corrected, withdrawn."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from django.test import Client

from zhuanban.indicators.tests.world import NOON, World, retail, revenue, world
from zhuanban.kit import clock
from zhuanban.kit.documents.keeping import document_of, kept
from zhuanban.kit.documents.plain_text import plain_text
from zhuanban.kit.events import drain
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import Notice
from zhuanban.reports import queries, services
from zhuanban.reports.briefs.editing import figures_unknown, passages, with_words
from zhuanban.reports.briefs.monthly_analysis import compose
from zhuanban.reports.frozen import paper_of
from zhuanban.reports.models import Report
from zhuanban.reports.tests.facts import JUNE_FACTS
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
LATER = datetime(2023, 7, 26, 2, 0, tzinfo=UTC)
WORDS = "上半年零售额增长4.7%，龙头商场停业装修影响较大，七月恢复营业。"


@pytest.fixture
def place() -> World:
    with clock.pinned(NOON):
        made = world()
        made.publish([retail("32.67", "4.7", "6.8"), revenue()])
        return made


def drafted(place: World) -> Report:
    with clock.pinned(NOON):
        return services.draft_report(year=2023, month=6, as_known=None, by=place.people.statistician)


def issued(place: World, moment: datetime = NOON) -> Report:
    with clock.pinned(moment):
        report = services.draft_report(year=2023, month=6, as_known=None, by=place.people.statistician)
        services.submit_report(report_id=report.pk, by=place.people.statistician, version=1)
        return services.issue_report(report_id=report.pk, by=place.people.office_head, version=2)


def first_passage(report: Report) -> str:
    return passages(document_of(report.composed))[0].key


def test_a_document_is_kept_as_text_and_read_again_unchanged() -> None:
    document = compose(JUNE_FACTS)
    assert document_of(kept(document)) == document
    assert kept(document_of(kept(document))) == kept(document)
    with pytest.raises(ValueError, match="no document"):
        document_of('{"is": "Note", "text": "x"}')
    with pytest.raises(ValueError, match="no document"):
        document_of('{"is": "Nonsense"}')


def test_words_take_the_place_of_one_paragraph_and_of_nothing_else() -> None:
    document = compose(JUNE_FACTS)
    key, text = passages(document)[1].key, passages(document)[1].text
    before, after = plain_text(document), plain_text(with_words(document, {key: "另行说明。", "99-1": "没有这一段"}))
    assert after == before.replace(text, "另行说明。", 1)


def test_numbers_that_the_figures_do_not_say_are_pointed_out_and_others_are_not() -> None:
    document = compose(JUNE_FACTS)
    known = re.findall(r"\d+\.\d%", plain_text(document))[0]
    assert figures_unknown(f"增长{known}，拟再增长88.8%，涉及99家", document) == ("88.8%", "99")


def test_the_way_to_an_issued_report(place: World) -> None:
    report = drafted(place)
    people, key = place.people, first_passage(report)
    with clock.pinned(NOON):
        report = services.rewrite_passage(report_id=report.pk, key=key, text=WORDS, by=people.statistician, version=1)
        report = services.submit_report(report_id=report.pk, by=people.statistician, version=2)
        report = services.issue_report(report_id=report.pk, by=people.office_head, version=3)
    assert (report.state, report.number_year, report.number) == ("issued", 2023, 1)
    found = queries.report(viewer=people.chief, report_id=report.pk)
    assert found is not None
    assert found.intact is True
    assert WORDS in plain_text(found.text)
    assert "经济运行分析〔2023〕1号" in plain_text(found.text)
    paper = docx.Document(BytesIO(queries.word_file(viewer=people.chief, report_id=report.pk) or b""))
    lines = [each.text for each in paper.paragraphs]
    assert any(WORDS in line for line in lines)
    assert any(report.certificate in line for line in lines)
    assert len(paper.tables) >= 1
    assert paper_of(report) == paper_of(Report.objects.get(pk=report.pk))


def test_whoever_wrote_in_it_does_not_issue_it(place: World) -> None:
    report = drafted(place)
    people = place.people
    with clock.pinned(NOON):
        services.submit_report(report_id=report.pk, by=people.statistician, version=1)
        both = replace(people.statistician, scopes={**people.statistician.scopes, **people.office_head.scopes})
        with pytest.raises(Refusal) as refused:
            services.issue_report(report_id=report.pk, by=both, version=2)
        assert "report_own_words" in refused.value.codes
        for nobody in (people.chief, people.leader5, people.commerce_clerk, people.statistician):
            with pytest.raises(Refusal) as denied:
                services.issue_report(report_id=report.pk, by=nobody, version=2)
            assert "not_allowed" in denied.value.codes
    assert Report.objects.get().state == "review"


def test_sent_back_it_says_why_and_can_be_handed_over_again(place: World) -> None:
    report, people = drafted(place), place.people
    with clock.pinned(NOON):
        services.submit_report(report_id=report.pk, by=people.statistician, version=1)
        with pytest.raises(Refusal):
            services.send_back_report(report_id=report.pk, by=people.office_head, version=2, reason=" ")
        report = services.send_back_report(report_id=report.pk, by=people.office_head, version=2, reason="请补充原因")
        assert (report.state, report.returned_reason) == ("draft", "请补充原因")
        report = services.submit_report(report_id=report.pk, by=people.statistician, version=3)
    assert (report.state, report.returned_reason) == ("review", "")


def test_a_second_draft_of_the_month_and_a_step_taken_twice_are_refused(place: World) -> None:
    report, people = drafted(place), place.people
    with clock.pinned(NOON):
        with pytest.raises(Refusal) as second:
            services.draft_report(year=2023, month=6, as_known=None, by=people.statistician)
        services.submit_report(report_id=report.pk, by=people.statistician, version=1)
        with pytest.raises(Refusal) as twice:
            services.submit_report(report_id=report.pk, by=people.statistician, version=1)
    assert "report_draft_stands" in second.value.codes
    assert "report_moved_on" in twice.value.codes
    assert Report.objects.count() == 1


def test_two_who_rewrite_at_once_lose_nothing(place: World) -> None:
    report, people = drafted(place), place.people
    key = first_passage(report)
    with clock.pinned(NOON):
        services.rewrite_passage(report_id=report.pk, key=key, text="先写的。", by=people.statistician, version=1)
        with pytest.raises(Refusal) as slower:
            services.rewrite_passage(report_id=report.pk, key=key, text="后写的。", by=people.statistician, version=1)
    assert "stale_version" in slower.value.codes
    found = queries.report(viewer=people.statistician, report_id=report.pk)
    assert found is not None
    assert found.rewritten[key].text == "先写的。"


def test_composed_anew_it_follows_the_figures_and_keeps_the_offices_words(place: World) -> None:
    report, people = drafted(place), place.people
    first, other = passages(document_of(report.composed))[0].key, passages(document_of(report.composed))[1].key
    with clock.pinned(NOON):
        services.rewrite_passage(report_id=report.pk, key=first, text=WORDS, by=people.statistician, version=1)
    with clock.pinned(LATER):
        place.publish([retail("33.90", "8.8", "6.8")])
        report = services.recompose_report(report_id=report.pk, by=people.statistician, version=2)
    found = queries.report(viewer=people.statistician, report_id=report.pk)
    assert found is not None
    assert "8.8%" in report.composed
    assert found.rewritten[first].text == WORDS
    assert found.rewritten[first].unknown == ("4.7%",)
    assert other not in found.rewritten


def test_what_was_issued_stays_though_figures_are_revised_and_can_be_made_again(place: World) -> None:
    report = issued(place)
    before = paper_of(report)
    with clock.pinned(LATER):
        place.publish([retail("33.90", "8.8", "6.8")])
        assert queries.says_the_same(viewer=place.people.office_head, report=report) == ()
        assert paper_of(Report.objects.get(pk=report.pk)) == before


def test_a_correction_takes_the_next_number_and_the_corrected_one_says_so(place: World) -> None:
    first = issued(place)
    with clock.pinned(LATER):
        place.publish([retail("33.90", "8.8", "6.8")])
    second = issued(place, LATER)
    first.refresh_from_db()
    assert (second.number, second.corrects_id, second.state) == (2, first.pk, "issued")
    assert (first.state, first.end_reason) == ("superseded", "由经济运行分析〔2023〕2号更正")
    assert "本报告更正经济运行分析〔2023〕1号，以本报告为准。" in second.body
    assert queries.report(viewer=place.people.chief, report_id=first.pk).intact is True  # type: ignore[union-attr]


def test_withdrawn_it_stays_readable_with_its_reason(place: World) -> None:
    report, people = issued(place), place.people
    with clock.pinned(NOON):
        services.withdraw_report(report_id=report.pk, by=people.office_head, version=3, reason="数据有误")
    found = queries.report(viewer=people.chief, report_id=report.pk)
    assert found is not None
    assert (found.report.state, found.report.end_reason, found.intact) == ("withdrawn", "数据有误", True)


def test_a_text_changed_past_the_system_is_found(place: World) -> None:
    report = issued(place)
    with work(place.people.office_head.actor, "篡改"):
        Report.objects.filter(pk=report.pk).update(body=report.body.replace("4.7", "9.7"))
    found = queries.report(viewer=place.people.chief, report_id=report.pk)
    assert found is not None
    assert found.intact is False


def test_only_who_reaches_the_whole_zone_composes_and_readers_see_only_what_is_issued(place: World) -> None:
    people = place.people
    with clock.pinned(NOON):
        narrow = replace(people.commerce_clerk, scopes={**people.commerce_clerk.scopes, "reports.write": people.statistician.scopes["reports.write"]})
        with pytest.raises(Refusal) as refused:
            services.draft_report(year=2023, month=6, as_known=None, by=narrow)
    assert "report_needs_whole_zone" in refused.value.codes
    report = drafted(place)
    assert queries.report(viewer=people.chief, report_id=report.pk) is None
    assert queries.report(viewer=people.commerce_clerk, report_id=report.pk) is None
    assert list(queries.reports(viewer=people.chief)) == []


def post(client: Client, address: str, **fields: object) -> tuple[int, str]:
    with clock.pinned(NOON):
        answer = client.post(address, {"zb_key": new_key(), **fields}, follow=True)
    return answer.status_code, answer.content.decode()


def page(client: Client, address: str) -> tuple[int, str]:
    with clock.pinned(NOON):
        answer = client.get(address)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(("language", "draft", "number"), [("zh-hans", "草稿", "签发"), ("en", "draft", "issued")])
def test_the_pages_lead_from_the_months_analysis_to_the_issued_report(
    place: World, language: str, draft: str, number: str
) -> None:
    writer, head = place.browser("statistician", language=language), place.browser("office_head", language=language)
    status, text = post(writer, "/reports/draft/", month="2023-06")
    assert status == 200
    assert draft in text
    pk = Report.objects.get().pk
    key = first_passage(Report.objects.get())
    assert page(writer, f"/reports/{pk}/passages/{key}/")[0] == 200
    assert WORDS in post(writer, f"/reports/{pk}/passages/{key}/", text=WORDS, version=1)[1]
    assert post(writer, f"/reports/{pk}/submit/", version=2)[0] == 200
    status, text = page(head, f"/reports/{pk}/")
    assert f"/reports/{pk}/issue/" in text
    assert post(head, f"/reports/{pk}/send-back/", version=3, reason="")[0] == 422
    assert number in post(head, f"/reports/{pk}/issue/", version=3)[1]
    reader = place.browser("chief", language=language)
    assert "经济运行分析〔2023〕1号" in page(reader, "/reports/")[1]
    assert WORDS in page(reader, f"/reports/{pk}/")[1]
    assert page(place.browser("commerce_clerk", language=language), f"/reports/{pk}/")[0] == 404
    with clock.pinned(NOON):
        drain()
    assert {each.kind for each in Notice.objects.filter(url=f"/reports/{pk}/")} == {"report"}
    with clock.pinned(NOON):
        checked = head.post(f"/reports/{pk}/check/", {"zb_key": new_key()}, follow=True).content.decode()
    assert ("逐字一致" if language == "zh-hans" else "word by word") in checked


def test_a_slower_writer_sees_both_texts(place: World) -> None:
    report = drafted(place)
    writer, key = place.browser("statistician"), first_passage(report)
    post(writer, f"/reports/{report.pk}/passages/{key}/", text="先写的。", version=1)
    status, text = post(writer, f"/reports/{report.pk}/passages/{key}/", text="后写的。", version=1)
    assert status == 409
    assert "先写的。" in text
    assert "后写的。" in text


@pytest.mark.needs_libreoffice
def test_the_pdf_holds_the_text_of_the_report(place: World) -> None:
    report = issued(place)
    client = place.browser("chief")
    with clock.pinned(NOON):
        answer = client.get(f"/reports/{report.pk}/report.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
