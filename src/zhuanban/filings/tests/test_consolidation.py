"""The month's filings gathered by the office: what is missing is named, frozen under a number, taken out as files."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from zhuanban.filings import queries, services
from zhuanban.filings.models import Consolidation, Filing
from zhuanban.filings.presenters.month import document_of, tables_of
from zhuanban.filings.tests.story import begin, filing, signed
from zhuanban.kit.documents.plain_text import plain_text
from zhuanban.kit.refusals import Refusal
from zhuanban.people.tests.cast import BUILDER, Cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return begin()


def received(people: Cast) -> Filing:
    services.receive_filing(
        filing_id=signed(people).pk, by=people.office_head, version=filing().version, remark="请按月跟踪复业。"
    )
    return filing()


def freeze(people: Cast, number: int = 1, by: str = "office_head") -> Consolidation:
    return services.consolidate_month(year=2023, month=6, by=people.viewers[by], number=number)


def refused(people: Cast, number: int = 1, by: str = "office_head") -> list[str]:
    with pytest.raises(Refusal) as caught:
        freeze(people, number, by)
    assert str(caught.value)
    return caught.value.codes


def test_what_is_received_stands_by_group_and_what_is_missing_is_named(people: Cast) -> None:
    received(people)
    content = json.loads(freeze(people).body)
    assert content["counts"] == {"owed": 2, "received": 1, "late": 0, "missing": 1}
    assert [(group["name_zh"], len(group["filings"]), [each["unit"]["name_zh"] for each in group["missing"]]) for group in content["groups"]] == [
        ("财税金融组", 0, ["财政金融办"]), ("商贸及文教卫组", 1, []),
    ]  # fmt: skip
    told = content["groups"][1]["filings"][0]
    assert (told["comment"], told["remark"], told["number"]) == ("商场停业改造，8月复业。", "请按月跟踪复业。", 1)
    assert {row["code"]: row["growth_pct"] for row in told["indicators"]} == {"retail_sales": "5.2", "trade_total": "9"}


def test_a_frozen_text_has_a_certificate_that_can_be_checked_and_never_changes(people: Cast) -> None:
    received(people)
    made = freeze(people)
    assert Entry.objects.get(seq=made.certificate_seq).pk_text == "consolidation:2023-06:1"
    check = queries.verify_certificate(viewer=people.auditor, text=made.certificate)
    assert (check.outcome, check.is_consolidation, check.number, check.consolidation_id) == ("intact", True, 1, None)
    assert queries.verify_certificate(viewer=people.chief, text=made.certificate).consolidation_id == made.pk
    with work(BUILDER, "past the product"):
        Consolidation.objects.filter(pk=made.pk).update(body=made.body.replace("商场", "广场"))
    assert queries.verify_certificate(viewer=people.auditor, text=made.certificate).outcome == "changed"
    found = queries.consolidation(viewer=people.chief, consolidation_id=made.pk)
    assert found is not None
    assert found.intact is False


def test_a_further_number_only_when_something_changed_and_two_people_make_one(people: Cast) -> None:
    assert refused(people) == ["consolidation_empty"]
    received(people)
    first = freeze(people)
    assert refused(people, number=1) == ["stale_version"]
    assert refused(people, number=2) == ["consolidation_same"]
    owed = filing("finance")
    services.file_no_change(filing_id=owed.pk, by=people.finance_head, version=1)
    assert freeze(people, number=2).number == 2
    first.refresh_from_db()
    assert json.loads(first.body)["counts"]["missing"] == 1


@pytest.mark.parametrize("name", ["chief", "statistician", "leader5", "commerce_head", "auditor"])
def test_only_the_office_s_head_freezes(people: Cast, name: str) -> None:
    received(people)
    assert refused(people, by=name) == ["not_allowed"]
    assert Consolidation.objects.count() == 0


def client(people: Cast, name: str, language: str = "zh-hans") -> Client:
    found = Client()
    found.force_login(people.users[name])
    found.cookies["zb_language"] = language
    return found


def test_the_document_in_full(people: Cast) -> None:
    received(people)
    made = freeze(people)
    found = queries.consolidation(viewer=people.chief, consolidation_id=made.pk)
    assert found is not None
    text = plain_text(document_of(found))
    certificate = filing_certificate()
    assert "2023年6月应报2份，已接收1份，其中迟报0份；尚未接收1份。" in text
    assert "一、财税金融组\n尚未接收：财政金融办（待汇成）。" in text
    assert "二、商贸及文教卫组\n（一）商务办" in text
    assert "分析：商场停业改造，8月复业。" in text
    assert f"商务办 · 负责人签字，凭证编号{certificate}。" in text
    assert f"凭证编号{made.certificate}，SHA-256 {made.sha256}" in text


def filing_certificate() -> str:
    return str(filing().frozen.get().certificate)


def test_the_workbook_has_filings_indicators_alerts_and_matters(people: Cast) -> None:
    received(people)
    found = queries.consolidation(viewer=people.chief, consolidation_id=freeze(people).pk)
    assert found is not None
    tables = tables_of(found)
    rows = {table.sheet_name: [list(row) for row in table.rows] for table in tables}
    assert list(rows) == ["报送", "指标", "预警", "事项"]
    assert [row[:4] for row in rows["报送"]] == [
        ["商贸及文教卫组", "商务办", "已接收", "按时"], ["财税金融组", "财政金融办", "待汇成", "未到期"],
    ]  # fmt: skip
    assert len(rows["指标"]) == 2


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", ["报送汇总", "财政金融办", "未接收", "商场停业改造", "下一步：冻结为第1版"]),
        ("en", ["Consolidated filings", "Finance Office", "not received", "Next: freeze as number 1"]),
    ],
)
def test_the_page_freezes_once_and_hands_out_both_files(people: Cast, language: str, expected: list[str]) -> None:
    received(people)
    office, address = client(people, "office_head", language), reverse("filings:consolidated") + "?month=2023-06"
    text = office.get(address).content.decode()
    assert [words for words in expected if words not in text] == []
    sent = {"zb_key": "form-key-1", "month": "2023-06", "version": 1}
    answers = [office.post(reverse("filings:consolidate"), sent) for _ in range(2)]
    made = Consolidation.objects.get()
    assert [answer["Location"] for answer in answers] == [reverse("filings:consolidation", args=[made.pk])] * 2
    assert made.certificate in office.get(answers[0]["Location"]).content.decode()
    for kind, inside in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        answer = office.get(reverse("filings:consolidation_file", args=[made.pk, kind]))
        assert inside in ZipFile(BytesIO(answer.content)).namelist()
    assert Entry.objects.filter(op="export", reason__contains=made.certificate).count() == 2
    assert office.get(reverse("filings:consolidation_file", args=[made.pk, "exe"])).status_code == 404


def test_a_unit_and_a_leader_find_no_door_to_it(people: Cast, django_assert_max_num_queries: Any) -> None:
    received(people)
    made = freeze(people)
    for name in ("commerce_head", "leader5", "street_officer", "auditor"):
        reader = client(people, name)
        for address in (reverse("filings:consolidated"), reverse("filings:consolidation", args=[made.pk])):
            assert reader.get(address).status_code == 404
        assert reader.post(reverse("filings:consolidate"), {"zb_key": "form-key-1", "version": 1}).status_code == 404
    chief = client(people, "chief")
    with django_assert_max_num_queries(14):
        chief.get(reverse("filings:consolidated"))
