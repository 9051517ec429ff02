"""From compiled to received: every success and every refusal, and a frozen text that never changes."""

import json
from typing import Any

import pytest

from zhuanban.alerts import services as alerts
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tests.figures import publish
from zhuanban.filings import queries, services
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.tests.story import begin, compiled, filing, noon, signed
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.matters.services import register_matter
from zhuanban.people.access import viewer_of
from zhuanban.people.models import Grant, PostHolder, Unit
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.queries import verify
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return begin()


def refused(call: Any, **arguments: Any) -> tuple[list[str], int]:
    with pytest.raises(Refusal) as caught:
        call(**{"filing_id": filing().pk, "version": filing().version, **arguments})
    assert str(caught.value)
    return caught.value.codes, caught.value.status


def test_a_filing_compiles_from_the_units_own_figures_alerts_and_matters(people: Cast) -> None:
    alert = Alert.objects.get(indicator__code="retail_sales")
    alerts.explain_alert(alert_id=alert.pk, by=people.commerce_clerk, version=1, cause="停业", measure="复业")
    matter = register_matter(
        by=people.commerce_clerk, title="商场供电", description="增容", source="call",
        group_id=people.group5.pk, unit_id=people.commerce.pk,
    )  # fmt: skip
    services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=1)
    found = filing()
    assert found.compiled is not None
    assert (found.state, found.compiled_by_post, found.version) == ("compiled", "商务办 · 经办人", 2)
    assert (found.compiled["covered"], found.compiled["plan_year"]) == ("2023-06", 2023)
    shown = {row["code"]: (row["growth_pct"], row["city_growth_pct"], row["gap_pp"]) for row in found.compiled["indicators"]}
    assert shown == {"retail_sales": ("5.2", "6", "-0.8"), "trade_total": ("9", "6", "3")}
    assert [(row["indicator"], row["cause"], row["measure"]) for row in found.compiled["alerts"]] == [
        ("retail_sales", "停业", "复业")
    ]
    assert [(row["number"], row["title"]) for row in found.compiled["matters"]] == [(matter.number, "商场供电")]


def test_the_same_data_compile_to_the_same_text_whoever_compiles(people: Cast) -> None:
    services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=1)
    first = json.dumps(filing().compiled)
    services.compile_filing(filing_id=filing().pk, by=people.commerce_head, version=2)
    assert json.dumps(filing().compiled) == first


def test_compiling_anew_takes_new_figures_and_keeps_the_comment(people: Cast) -> None:
    compiled(people)
    with clock.pinned(noon(7, 21)):
        publish("retail_sales", "6.3", None, status="revised")
        services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=3)
    found = filing()
    assert found.compiled is not None
    assert (found.compiled["indicators"][0]["growth_pct"], found.comment) == ("6.3", "商场停业改造，8月复业。")


def test_signing_freezes_the_text_under_a_certificate_that_the_record_knows(people: Cast) -> None:
    found = signed(people)
    frozen = FrozenFiling.objects.get()
    entry = Entry.objects.get(seq=frozen.certificate_seq)
    assert (found.state, found.first_signed_on) == ("signed", noon(7, 20).date())
    assert (entry.op, entry.pk_text) == ("sign", f"filing:{found.pk}:1")
    assert entry.reason == f"sign filing sha256:{frozen.sha256}"
    assert frozen.certificate == f"ZB-{entry.seq:08d}-{entry.hash[:12].upper()}"
    content = json.loads(frozen.body)
    assert (content["comment"], content["signed_by"], content["is_late"]) == (
        "商场停业改造，8月复业。", "商务办 · 负责人", False,
    )  # fmt: skip
    assert verify(deep=True).findings == []


def test_the_frozen_text_stays_the_same_when_figures_names_and_alerts_change(people: Cast) -> None:
    signed(people)
    before = FrozenFiling.objects.get().body
    with clock.pinned(noon(7, 22)):
        publish("retail_sales", "7.7", None, status="revised")
        alerts.evaluate_month(year=2023, month=6)
        with work(BUILDER, "rename"):
            Unit.objects.filter(pk=people.commerce.pk).update(name_zh="商务局")
        page = queries.filing_page(viewer=people.chief, filing_id=filing().pk)
    assert page is not None
    assert FrozenFiling.objects.get().body == before
    assert page.frozen[0].content["indicators"][0]["growth_pct"] == "5.2"
    assert page.frozen[0].content["unit"]["name_zh"] == "商务办"
    assert page.frozen[0].intact is True


@pytest.mark.parametrize(("month", "day", "late"), [(7, 20, False), (7, 21, True), (7, 27, True)])
def test_a_signature_is_late_from_the_morning_after_the_due_day(people: Cast, month: int, day: int, late: bool) -> None:
    with clock.pinned(noon(month, day)):
        signed(people)
        row = queries.filings_of_month(viewer=people.chief, year=2023, month=6)[1]
    assert (FrozenFiling.objects.get().is_late, row.timeliness) == (late, "late" if late else "on_time")


def test_signing_is_refused_from_the_lock_day_on_and_what_was_written_stays(people: Cast) -> None:
    compiled(people)
    with clock.pinned(noon(7, 28)):
        assert refused(services.sign_filing, by=people.commerce_head) == (["filing_locked"], 409)
    assert (filing().state, filing().comment) == ("compiled", "商场停业改造，8月复业。")
    assert FrozenFiling.objects.count() == 0


def test_an_uncompiled_filing_is_neither_signed_nor_commented(people: Cast) -> None:
    assert refused(services.sign_filing, by=people.commerce_head) == (["filing_not_compiled"], 409)
    outcome = refused(services.comment_filing, by=people.commerce_clerk, comment="分析")
    assert outcome == (["filing_not_compiled"], 409)


def test_a_filing_without_words_is_signed_only_with_the_statement_that_there_are_none(people: Cast) -> None:
    compiled(people, words="  ")
    assert refused(services.sign_filing, by=people.commerce_head) == (["filing_without_words"], 422)
    services.comment_filing(filing_id=filing().pk, by=people.commerce_head, version=3, comment="", no_change=True)
    services.sign_filing(filing_id=filing().pk, by=people.commerce_head, version=4)
    assert json.loads(FrozenFiling.objects.get().body)["no_change"] is True


def test_signing_twice_names_who_signed_when_and_the_certificate(people: Cast) -> None:
    signed(people)
    with pytest.raises(Refusal) as caught:
        services.sign_filing(filing_id=filing().pk, by=people.commerce_head, version=filing().version)
    assert (caught.value.codes, caught.value.status) == (["filing_signed_already"], 409)
    assert caught.value.problems[0].facts == {
        "who": "商务办 · 负责人", "when": "2023-07-20 12:00", "certificate": FrozenFiling.objects.get().certificate,
    }  # fmt: skip
    assert refused(services.compile_filing, by=people.commerce_clerk) == (["filing_signed_already"], 409)
    assert refused(services.comment_filing, by=people.commerce_clerk, comment="x") == (["filing_signed_already"], 409)


def test_of_two_people_with_the_same_page_the_second_is_refused(people: Cast) -> None:
    services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=1)
    assert refused(services.compile_filing, by=people.commerce_colleague, version=1) == (["stale_version"], 409)
    services.comment_filing(filing_id=filing().pk, by=people.commerce_clerk, version=2, comment="分析")
    assert refused(services.sign_filing, by=people.commerce_head, version=2) == (["stale_version"], 409)
    outcome = refused(services.comment_filing, by=people.commerce_colleague, version=2, comment="另")
    assert outcome == (["stale_version"], 409)
    assert filing().comment == "分析"


def test_another_unit_does_not_see_it_and_a_clerk_does_not_sign(people: Cast) -> None:
    assert refused(services.compile_filing, by=people.finance_clerk) == (["filing_unknown"], 404)
    assert refused(services.compile_filing, by=people.office_head) == (["filing_not_yours"], 403)
    compiled(people)
    assert refused(services.sign_filing, by=people.commerce_clerk) == (["filing_not_yours"], 403)
    assert refused(services.sign_filing, by=people.leader5) == (["filing_not_yours"], 403)


def test_the_office_receives_a_signed_filing(people: Cast) -> None:
    services.receive_filing(filing_id=signed(people).pk, by=people.office_head, version=4)
    frozen = FrozenFiling.objects.get()
    assert (filing().state, frozen.received_by_post) == ("received", people.office_head.label)
    assert (frozen.received_at, frozen.received_own_unit) == (noon(7, 20), False)
    assert refused(services.receive_filing, by=people.office_head) == (["filing_not_signed"], 409)


def test_the_office_receiving_its_own_houses_filing_is_flagged(people: Cast) -> None:
    signed(people)
    with work(BUILDER, "the office is a section of the unit"):
        Unit.objects.filter(pk=people.office.pk).update(parent=people.commerce)
    services.receive_filing(filing_id=filing().pk, by=people.office_head, version=4)
    assert FrozenFiling.objects.get().received_own_unit is True


def test_whoever_signed_may_neither_receive_nor_send_back(people: Cast) -> None:
    signed(people)
    with work(BUILDER, "the same person"):
        FrozenFiling.objects.update(signed_by=people.users["office_head"])
    assert refused(services.receive_filing, by=people.office_head) == (["filing_own_signature"], 403)
    outcome = refused(services.send_back_filing, by=people.office_head, reason="x")
    assert outcome == (["filing_own_signature"], 403)


def test_a_filing_sent_back_is_compiled_and_signed_anew_and_both_versions_stay_readable(people: Cast) -> None:
    services.send_back_filing(filing_id=signed(people).pk, by=people.office_head, version=4, reason="缺少措施")
    assert filing().state == "sent_back"
    assert refused(services.sign_filing, by=people.commerce_head) == (["filing_not_compiled"], 409)
    with clock.pinned(noon(7, 25)):
        services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=5)
        services.comment_filing(filing_id=filing().pk, by=people.commerce_clerk, version=6, comment="补充措施")
        services.sign_filing(filing_id=filing().pk, by=people.commerce_head, version=7)
        page = queries.filing_page(viewer=people.chief, filing_id=filing().pk)
    assert page is not None
    assert [(each.number, each.content["comment"], each.send_back_reason) for each in page.frozen] == [
        (2, "补充措施", ""),
        (1, "商场停业改造，8月复业。", "缺少措施"),
    ]
    assert [each.intact for each in page.frozen] == [True, True]
    assert (page.row.timeliness, page.frozen[0].is_late) == ("on_time", False)


def test_a_filing_sent_back_on_its_last_day_can_still_be_signed_for_three_working_days(people: Cast) -> None:
    signed(people)
    with clock.pinned(noon(7, 27)):
        services.send_back_filing(filing_id=filing().pk, by=people.office_head, version=4, reason="缺少措施")
    assert (filing().due_on.isoformat(), filing().lock_on.isoformat()) == ("2023-07-20", "2023-08-02")


def test_sending_back_needs_a_reason_a_signature_and_the_office(people: Cast) -> None:
    assert refused(services.send_back_filing, by=people.office_head, reason="x") == (["filing_not_signed"], 409)
    signed(people)
    assert refused(services.send_back_filing, by=people.office_head, reason=" ") == (["required"], 422)
    assert refused(services.send_back_filing, by=people.commerce_head, reason="x") == (["filing_not_yours"], 403)
    assert refused(services.send_back_filing, by=people.office_head, reason="x", version=1) == (["stale_version"], 409)


def test_a_signature_that_cannot_be_sealed_leaves_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(people)
    monkeypatch.setenv("ZHUANBAN_WORKSPACE", "/nonexistent")
    assert refused(services.sign_filing, by=people.commerce_head) == (["trail_key_missing"], 503)
    assert (FrozenFiling.objects.count(), Filing.objects.filter(state="signed").count()) == (0, 0)


def test_the_same_filing_signed_by_two_people_is_frozen_once_and_the_second_reads_by_whom(people: Cast) -> None:
    """Both heads opened the page under the same version; the second is told who signed, when, and under which number."""
    row = compiled(people)
    with work(BUILDER, "a second head"):
        second = people.users["commerce_colleague"]
        Grant.objects.create(
            post=PostHolder.objects.get(user=second).post, role="dept_head", group=people.group5, unit=people.commerce,
            valid_from=SINCE,
        )  # fmt: skip
    first = services.sign_filing(filing_id=row.pk, by=people.commerce_head, version=row.version)
    with pytest.raises(Refusal) as caught:
        services.sign_filing(filing_id=row.pk, by=viewer_of(second), version=row.version)
    assert (caught.value.codes, caught.value.status) == (["filing_signed_already"], 409)
    assert first.certificate in str(caught.value)
    assert "商务办 · 负责人" in str(caught.value)
    assert FrozenFiling.objects.count() == 1


def test_sending_back_after_the_lock_day_opens_the_filing_again_for_three_working_days(people: Cast) -> None:
    """Signed on the last day, sent back when it is locked already: the unit gets until the third working day."""
    with clock.pinned(noon(7, 27)):
        row = signed(people)
    with clock.pinned(noon(7, 31)):
        services.send_back_filing(filing_id=row.pk, by=people.office_head, version=row.version, reason="补充措施")
    row = filing()
    assert (row.state, row.due_on, row.lock_on) == ("sent_back", noon(7, 20).date(), noon(8, 4).date())
    with clock.pinned(noon(8, 3)):
        again = signed(people)
        assert (again.state, queries.filing_page(viewer=people.chief, filing_id=again.pk).row.timeliness) == ("signed", "late")  # type: ignore[union-attr]
        services.send_back_filing(filing_id=again.pk, by=people.office_head, version=again.version, reason="仍缺少措施")
    with clock.pinned(noon(8, 9)):
        row = compiled(people)
        assert refused(services.sign_filing, by=people.commerce_head) == (["filing_locked"], 409)
    assert FrozenFiling.objects.count() == 2


def test_after_the_lock_day_the_office_still_receives_what_was_signed_in_time(people: Cast) -> None:
    row = signed(people)
    with clock.pinned(noon(8, 15)):
        services.receive_filing(filing_id=row.pk, by=people.office_head, version=row.version)
        rows = queries.filings_of_month(viewer=people.chief, year=2023, month=6)
    assert {each.unit_zh: (each.state, each.timeliness) for each in rows} == {
        "商务办": ("received", "on_time"), "财政金融办": ("due", "missed"),
    }  # fmt: skip


def test_a_remark_of_the_receiving_side_is_read_by_the_unit_and_no_part_of_the_frozen_text(people: Cast) -> None:
    row = signed(people)
    body = FrozenFiling.objects.get().body
    services.receive_filing(filing_id=row.pk, by=people.office_head, version=row.version, remark=" 请按月跟踪。 ")
    page = queries.filing_page(viewer=people.commerce_clerk, filing_id=row.pk)
    assert page is not None
    assert (page.frozen[0].receive_remark, page.frozen[0].intact) == ("请按月跟踪。", True)
    assert FrozenFiling.objects.get().body == body
