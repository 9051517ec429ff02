"""The pages: what they show to whom, that a form acts once, and that nothing typed is lost."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from zhuanban.files.tests.pictures import picture, png_bytes
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.matters import services
from zhuanban.matters.models import Matter, MatterEvidence
from zhuanban.matters.tests.story import MONDAY, STATES, in_progress, registered, resolved, signed
from zhuanban.people.tests.browsing import browser
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def words_of(response: Any) -> str:
    return str(response.content.decode())


def move(client: Client, matter: Matter, verb: str, *, files: list[Any] | None = None, **given: Any) -> Any:
    body = {"zb_key": new_key(), "verb": verb, "version": matter.version, "text": "", **given}
    return client.post(f"/matters/{matter.number}/move/", {**body, **({"files": files} if files else {})})


def registration(people: Cast, **given: Any) -> dict[str, Any]:
    return {
        "zb_key": new_key(), "title": "临时用电不足", "description": "二期吊装用电不足。", "source": "visit",
        "urgency": "urgent", "group": people.group5.pk, "unit": people.commerce.pk, "territory": "", "due_on": "",
        **given,
    }  # fmt: skip


def test_the_ledger_shows_open_matters_with_counts_and_keeps_its_filters_in_the_address(people: Cast) -> None:
    for at in range(27):
        registered(people, title=f"事项{at}号")
    STATES["struck_off"](people, title="已经完了")
    page = words_of(browser(people, "office_head").get(f"/matters/?unit={people.commerce.pk}"))
    assert "未销号27件" in page
    assert "事项26号" in page
    assert "事项1号" not in page
    assert "已经完了" not in page
    kept = f"unit={people.commerce.pk}"
    assert f"?{kept}&amp;after=" in page
    assert f"/matters/export/?{kept}&amp;state=open" in page


def test_all_states_are_shown_on_request_and_nonsense_filters_count_as_none(people: Cast) -> None:
    STATES["struck_off"](people, title="已经完了")
    client = browser(people, "office_head")
    assert "已经完了" in words_of(client.get("/matters/?state="))
    assert client.get("/matters/?unit=abc&after=-1&overdue=x&state=nosuch").status_code == 200
    assert "没有符合筛选条件的事项" in words_of(client.get("/matters/?words=没有这个词"))


def test_an_empty_ledger_says_so_with_a_way_on(people: Cast) -> None:
    page = words_of(browser(people, "commerce_clerk").get("/matters/"))
    assert "没有未销号的事项" in page
    assert "看全部事项" in page


def test_the_ledger_page_costs_at_most_eight_queries(people: Cast, django_assert_max_num_queries: Any) -> None:
    for at in range(30):
        registered(people, title=f"事项{at}")
    client = browser(people, "office_head")
    with django_assert_max_num_queries(8):
        client.get("/matters/")


def test_the_pages_are_complete_in_english(people: Cast) -> None:
    matter = resolved(people)
    client = browser(people, "office_head", language="en")
    ledger, page = words_of(client.get("/matters/")), words_of(client.get(f"/matters/{matter.number}/"))
    assert "1 not struck off" in ledger
    assert "Under review" in ledger
    for words in ("Review whether it is really resolved", "Confirm", "Send back", "6 entries, newest first"):
        assert words in page
    assert "Next: Review" in page


def test_registering_leads_to_the_matter_and_a_second_click_to_the_same_one(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    form = registration(people)
    first, second = client.post("/matters/register/", form), client.post("/matters/register/", form)
    matter = Matter.objects.get()
    assert first["Location"] == second["Location"] == f"/matters/{matter.number}/"
    assert (matter.urgency, matter.raised_by) == ("urgent", people.users["commerce_clerk"])
    assert "已登记，编号" in words_of(client.get(first["Location"]))


def test_faults_of_a_registration_stand_beside_their_fields_and_nothing_typed_is_lost(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    with clock.pinned(MONDAY):
        response = client.post("/matters/register/", registration(people, due_on="2023-07-22"))
    page = words_of(response)
    assert response.status_code == 422
    assert "7月22日，星期六已经过去" in page
    assert "二期吊装用电不足。" in page
    response = client.post("/matters/register/", registration(people, title=""))
    assert response.status_code == 422
    assert not Matter.objects.exists()


def test_registering_for_another_department_is_refused_in_words_and_by_forged_fields_too(people: Cast) -> None:
    client = browser(people, "commerce_clerk")
    response = client.post("/matters/register/", registration(people, unit=people.finance.pk))
    assert response.status_code == 403
    assert "登记事项" in words_of(response)
    client.post("/matters/register/", registration(people, state="struck_off", version="9", number="2000-0001"))
    matter = Matter.objects.get()
    assert (matter.state, matter.version, matter.number[:4]) == ("submitted", 1, str(clock.today().year))


def test_a_form_is_only_open_to_registrars(people: Cast) -> None:
    assert browser(people, "leader5").get("/matters/register/").status_code == 404
    assert browser(people, "street_officer").get("/matters/register/").status_code == 200
    assert Client().get("/matters/").status_code == 302


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_do_not_see_matters(people: Cast, who: str) -> None:
    matter = registered(people)
    client = browser(people, who)
    for path in ("", "export/", "register/", f"{matter.number}/"):
        assert client.get(f"/matters/{path}").status_code == 404


def test_a_foreign_matter_and_an_absent_one_answer_alike(people: Cast) -> None:
    matter = resolved(people)
    evidence = MatterEvidence.objects.get()
    client = browser(people, "finance_clerk")
    for path in (f"{matter.number}/", f"{matter.number}/evidence/{evidence.pk}/", "1999-0001/"):
        assert client.get(f"/matters/{path}").status_code == 404
    assert move(client, matter, "note_progress", text="甲").status_code == 404
    matter.refresh_from_db()
    assert matter.version == 6


def test_the_whole_way_goes_through_the_pages(people: Cast) -> None:
    client = {who: browser(people, who) for who in ("commerce_clerk", "office_head")}
    client["commerce_clerk"].post("/matters/register/", registration(people))
    steps = (
        ("office_head", "accept", {}), ("office_head", "assign", {"unit": people.commerce.pk}),
        ("commerce_clerk", "sign", {}), ("commerce_clerk", "note_progress", {"text": "已联系。"}),
        ("commerce_clerk", "resolve", {"text": "已送电。", "files": [picture()]}),
        ("office_head", "review", {"text": "属实。"}),
        ("office_head", "visit", {"text": "电话回访。", "satisfaction": "satisfied"}), ("office_head", "strike_off", {}),
    )  # fmt: skip
    for who, verb, given in steps:
        matter = Matter.objects.get()
        response = move(client[who], matter, verb, **given)
        assert (response.status_code, response["Location"]) == (302, f"/matters/{matter.number}/")
    matter = Matter.objects.get()
    assert matter.state == "struck_off"
    page = words_of(client["commerce_clerk"].get(f"/matters/{matter.number}/"))
    assert "该事项已归档" in page
    assert "现场照片.png" in page


def test_a_step_sent_twice_is_taken_once(people: Cast) -> None:
    matter = signed(people)
    client = browser(people, "commerce_clerk")
    body = {"zb_key": new_key(), "verb": "note_progress", "version": matter.version, "text": "已联系。"}
    first = client.post(f"/matters/{matter.number}/move/", body)
    second = client.post(f"/matters/{matter.number}/move/", body)
    assert first["Location"] == second["Location"]
    assert matter.events.filter(verb="note_progress").count() == 1
    other = client.post(f"/matters/{matter.number}/move/", {**body, "text": "另写。"})
    assert other.status_code == 422
    assert client.post(f"/matters/{matter.number}/move/", {**body, "zb_key": ""}).status_code == 422


def test_a_refused_step_keeps_the_words_and_says_what_is_missing(people: Cast) -> None:
    matter = in_progress(people)
    client = browser(people, "commerce_clerk")
    response = move(client, matter, "resolve", text="已送电，企业确认。")
    assert response.status_code == 422
    assert "没有佐证材料" in words_of(response)
    assert "已送电，企业确认。" in words_of(response)
    bad = SimpleUploadedFile("证明.exe", b"MZ")
    assert "证明.exe" in words_of(move(client, matter, "resolve", text="已送电。", files=[bad]))
    matter.refresh_from_db()
    assert matter.state == "in_progress"


def test_a_conflict_shows_what_happened_meanwhile_and_keeps_the_words(people: Cast) -> None:
    matter = in_progress(people)
    client = browser(people, "commerce_clerk")
    services.note_progress(matter_id=matter.pk, by=people.commerce_head, version=matter.version, text="负责人已记。")
    response = move(client, matter, "note_progress", text="经办人也记。")
    assert response.status_code == 409
    for words in ("负责人已记。", "经办人也记。"):
        assert words in words_of(response)
    matter.refresh_from_db()
    assert f'name="version" value="{matter.version}"' in words_of(response)


def test_who_may_not_sees_why_and_who_can(people: Cast) -> None:
    matter = resolved(people)
    page = words_of(browser(people, "commerce_clerk").get(f"/matters/{matter.number}/"))
    assert "不属于您的岗位职责" in page
    assert "由专班办公室审核岗或该组责任领导办理" in page
    assert "<textarea" not in page


def test_words_are_shown_as_written_and_never_as_markup(people: Cast) -> None:
    matter = registered(people, title="<b>粗</b>", description="<script>alert(1)</script>\n第二行")
    page = words_of(browser(people, "commerce_clerk").get(f"/matters/{matter.number}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>第二行" in page
    assert "<b>粗</b>" not in page


def test_evidence_is_a_download_through_its_matter_only(people: Cast) -> None:
    matter, other = resolved(people), registered(people)
    evidence = MatterEvidence.objects.get()
    client = browser(people, "leader5")
    response = client.get(f"/matters/{matter.number}/evidence/{evidence.pk}/")
    assert response.content == png_bytes()
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(f"/matters/{other.number}/evidence/{evidence.pk}/").status_code == 404
    evidence.attachment.path.write_bytes(b"x")
    changed = client.get(f"/matters/{matter.number}/evidence/{evidence.pk}/")
    assert changed.status_code == 422
    assert "已被改动" in words_of(changed)
    evidence.attachment.path.write_bytes(png_bytes())


def test_the_export_is_the_ledger_of_ones_own_reach_and_is_noted_first(people: Cast) -> None:
    with clock.pinned(MONDAY):
        registered(people, title="=1+1", territory_id=people.street.pk)
        registered(
            people, by=people.finance_clerk, unit_id=people.finance.pk, group_id=people.group3.pk, title="税源核实"
        )
        response = browser(people, "commerce_clerk").get("/matters/export/?state=open")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[:4]] == [
        "专班 问题台账", "填报单位：商务办 · 经办人", "截至2023年7月24日，共1件", "筛选条件：未销号",
    ]  # fmt: skip
    assert rows[4][:3] == ["序号", "编号", "来源"]
    assert len(rows) == 6
    cell = sheet.cell(row=6, column=rows[4].index("问题") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "问题台账" not in response["Content-Disposition"]
    assert "attachment; filename*=utf-8''" in response["Content-Disposition"]
    entry = Entry.objects.get(op="export")
    assert (entry.pk_text, entry.actor_label, entry.reason) == (
        "matters",
        "商务办 · 经办人",
        "导出事项台账 1 件 未销号",
    )


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_a_step_is_only_taken_by_post(people: Cast, method: str) -> None:
    matter = registered(people)
    response = getattr(browser(people, "office_head"), method)(f"/matters/{matter.number}/move/")
    assert response.status_code == 405
