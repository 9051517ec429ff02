"""Sheets on their way in, through the pages: what is read, what is refused where, who may do what next."""

import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from zhuanban.indicators import services
from zhuanban.indicators.models import Figure, ImportBatch, PeriodLock
from zhuanban.indicators.services import staging
from zhuanban.indicators.tests.world import World, figure, retail, revenue, send, sheet, upload, words_of
from zhuanban.kit.idempotency import new_key


def staged(here: World, rows: list[Any], who: str = "statistician", **options: Any) -> tuple[ImportBatch, str]:
    """A sheet uploaded through the page, and the preview."""
    client = here.browser(who)
    response = upload(client, sheet(rows, **options))
    assert response.status_code == 302, words_of(response)
    return ImportBatch.objects.get(), words_of(client.get(response["Location"]))


def marked(page: str, kind: str) -> dict[str, str]:
    """The cells of the preview with that mark, by address."""
    found = re.findall(rf'<td id="cell-([A-Z]+\d+)" class="[^"]*zb-cell-{kind}">(.*?)</td>', page, re.S)
    return {address: re.sub(r"<[^>]+>", "", text).strip() for address, text in found}


def test_a_sheet_is_shown_before_anything_is_published(here: World):
    batch, page = staged(here, [retail(), revenue()])
    assert batch.state == "staged"
    assert Figure.objects.count() == 0
    assert "32.67" in page
    assert marked(page, "new")["C3"] == "32.67"
    assert re.search(r"<dt>新增</dt><dd>4</dd>", page)
    assert f'action="/board/import/{batch.pk}/publish/"' in page


def test_publishing_leads_to_the_board_of_the_months_concerned(here: World):
    batch, _ = staged(here, [retail()])
    client = here.browser("statistician")
    response = send(client, batch, "publish")
    page = words_of(client.get(response["Location"]))
    assert "/board/?month=2023-06" in page
    assert "须由另一人确认" in page
    assert Figure.objects.filter(batch=batch).count() == 2


def test_what_differs_from_the_store_is_marked_and_told_before_publishing(here: World):
    here.publish([retail(), revenue()])
    client = here.browser("statistician")
    page = words_of(client.get(upload(client, sheet([retail("31.90", "5.9"), revenue()]))["Location"]))
    assert set(marked(page, "differs")) == {"C3", "D3"}
    assert "32.67 → <b>31.90</b>" in page
    assert "7.7% → <b>5.9%</b>" in page
    assert re.search(r"<dt>与库中不同</dt><dd>1</dd><dt>相同</dt><dd>3</dd>", page)


@pytest.mark.parametrize(
    ("rows", "cell", "word"),
    [
        ([figure("不存在的指标", "万元", "1", "2")], "A3", "不存在的指标"),
        ([["社会消费品零售总额", "亿元", "七千", Decimal("7.7")]], "C3", "七千"),
        ([retail(growth="7.7"), revenue(growth="0.102")], "D4", "0.102"),
    ],
    ids=["unknown indicator", "not a number", "mixed percent"],
)  # fmt: skip
def test_an_error_stands_at_its_cell_and_holds_back_the_whole_sheet(here: World, rows: list[Any], cell: str, word: str):
    batch, page = staged(here, [*rows, figure("进出口总额", "万元", "7890", "5.8")])
    assert word in marked(page, "error")[cell]
    assert "/publish/" not in page
    assert "暂不能发布" in page
    answer = send(here.browser("statistician"), batch, "publish")
    assert answer.status_code == 422
    assert "没有发布任何数据" in words_of(answer)
    assert Figure.objects.count() == 0


def test_a_month_that_is_not_over_is_an_error(here: World):
    _, page = staged(here, [retail()], title="2023年1—8月主要指标")
    assert "2023-07-24" in page
    assert "/publish/" not in page


def test_a_unit_ten_thousand_times_off_has_to_be_answered(here: World):
    here.publish([revenue("11577")])
    client = here.browser("statistician")
    response = upload(client, sheet([revenue("115770000", "10.3")]))
    batch = ImportBatch.objects.latest("pk")
    page = words_of(client.get(response["Location"]))
    assert list(marked(page, "question")) == ["C3"]
    silent = send(client, batch, "publish", answer="  ")
    assert silent.status_code == 422
    assert "疑问" in words_of(silent)
    assert send(client, batch, "publish", answer="已与财政部门核对").status_code == 302
    batch.refresh_from_db()
    assert batch.answer == "已与财政部门核对"


def test_an_answer_is_kept_when_publishing_is_refused(here: World):
    here.publish([revenue("11577")])
    client = here.browser("statistician")
    upload(client, sheet([revenue("115770000", "10.3")]))
    batch = ImportBatch.objects.latest("pk")
    page = words_of(send(client, batch, "publish", version=99, answer="已核对无误"))
    assert "已核对无误</textarea>" in page


def test_rows_of_another_unit_are_refused_to_a_clerk(here: World):
    _, page = staged(here, [retail(city=None), revenue(city=None)], who="commerce_clerk")
    assert list(marked(page, "error")) == ["C4"]
    assert "财政金融办" in page
    assert "/publish/" not in page


def test_a_closed_month_is_an_error_at_the_row(here: World):
    services.lock_period(year=2023, month=6, by=here.people.office_head, reason="月报已印发")
    _, page = staged(here, [retail()])
    assert list(marked(page, "error")) == ["C3", "F3"]
    assert "已关账" in page
    assert "/publish/" not in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("数据.docx", b"PK\x03\x04"), ("数据.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 400), ("空.csv", b"")],
    ids=["wrong type", "renamed picture", "empty"],
)
def test_a_file_that_cannot_come_in_is_refused_beside_the_field(here: World, name: str, content: bytes):
    response = upload(here.browser("statistician"), content, name=name)
    assert response.status_code == 422
    assert 'data-zb-errors' in words_of(response)
    assert 'type="file"' in words_of(response)
    assert ImportBatch.objects.count() == 0


def test_a_sheet_without_a_header_is_refused_at_the_cell_where_it_should_stand(here: World):
    client = here.browser("statistician")
    response = upload(client, "只有,文字\n没有,表头\n".encode(), name="表.csv")
    page = words_of(client.get(response["Location"]))
    assert "表头" in page
    assert "/publish/" not in page


def test_a_double_submit_stages_and_publishes_once(here: World):
    client, key, content = here.browser("statistician"), new_key(), sheet([retail()])
    first, second = (upload(client, content, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert ImportBatch.objects.count() == 1
    batch, again = ImportBatch.objects.get(), new_key()
    answers = [send(client, batch, "publish", zb_key=again) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert Figure.objects.count() == 2


def test_a_stale_version_publishes_nothing(here: World):
    batch, _ = staged(here, [retail()])
    response = send(here.browser("statistician"), batch, "publish", version=batch.version + 1)
    assert response.status_code == 409
    assert Figure.objects.count() == 0


def test_the_same_sheet_again_has_nothing_to_publish(here: World):
    here.publish([retail()])
    client = here.browser("statistician")
    page = words_of(client.get(upload(client, sheet([retail()]), again="on")["Location"]))
    assert "没有可发布的内容" in page
    assert "/publish/" not in page
    batch = ImportBatch.objects.latest("pk")
    assert send(client, batch, "publish").status_code == 409
    assert Figure.objects.count() == 2


def test_figures_published_in_between_are_told_and_never_overwritten(here: World):
    batch, _ = staged(here, [retail("31.90", "5.9")])
    here.publish([retail()])
    client = here.browser("statistician")
    assert "读表之后，已有人发布了这些行的数据" in words_of(client.get(f"/board/import/{batch.pk}/"))
    assert send(client, batch, "publish").status_code == 409
    assert set(Figure.objects.filter(place__code="zone").values_list("level", flat=True)) == {Decimal("32.67")}


def test_a_sheet_put_away_publishes_nothing(here: World):
    batch, _ = staged(here, [retail()])
    client = here.browser("statistician")
    assert send(client, batch, "cancel")["Location"] == "/board/import/"
    assert send(client, batch, "publish", version=batch.version + 1).status_code == 409
    assert Figure.objects.count() == 0


def test_the_recorder_is_told_who_confirms_and_a_second_person_may(here: World):
    batch = here.publish([retail()])
    recorder = words_of(here.browser("statistician").get(f"/board/import/{batch.pk}/"))
    assert "须由专班办公室审核岗或责任部门负责人确认" in recorder
    assert "/confirm/" not in recorder
    head = here.browser("office_head")
    assert "/confirm/" in words_of(head.get(f"/board/import/{batch.pk}/"))
    assert send(head, batch, "confirm").status_code == 302
    again = send(head, batch, "confirm", version=batch.version + 1)
    assert again.status_code == 409
    assert "已由" in words_of(again)


def test_the_head_of_a_department_confirms_what_holds_only_its_figures(here: World):
    own = here.publish([retail(city=None)])
    mixed = here.publish([retail("31.90", "5.9", None), revenue(city=None)])
    head = here.browser("commerce_head")
    listed = words_of(head.get("/board/import/"))
    assert f"/board/import/{own.pk}/" in listed
    assert f"/board/import/{mixed.pk}/" not in listed
    assert head.get(f"/board/import/{mixed.pk}/").status_code == 404
    assert send(head, own, "confirm").status_code == 302


def test_who_may_not_import_finds_no_way_in(here: World):
    batch = here.publish([retail()])
    for who in ("leader5", "chief", "street_officer", "auditor"):
        client = here.browser(who)
        assert client.get("/board/import/").status_code == 404
        assert client.get(f"/board/import/{batch.pk}/").status_code == 404
        assert client.get("/board/import/sample.xlsx").status_code == 404
    assert here.browser("finance_clerk").get(f"/board/import/{batch.pk}/").status_code == 404
    assert upload(here.browser("office_head"), sheet([retail()])).status_code == 403


def test_a_month_is_closed_with_a_reason_and_never_reopened_by_an_earlier_one(here: World):
    head = here.browser("office_head")
    page = words_of(head.get("/board/import/"))
    assert "data-zb-confirm" in page
    assert "/board/import/lock/" in page
    body = {"zb_key": new_key(), "month": "2023-05", "reason": "月报已印发"}
    assert head.post("/board/import/lock/", body).status_code == 302
    earlier = head.post("/board/import/lock/", {**body, "zb_key": new_key(), "month": "2023-04"})
    assert earlier.status_code == 409
    assert "2023-05" in words_of(earlier)
    ahead = head.post("/board/import/lock/", {**body, "zb_key": new_key(), "month": "2023-07"})
    assert ahead.status_code == 422
    assert "尚未结束" in words_of(ahead)
    assert [(lock.year, lock.month, lock.reason) for lock in PeriodLock.objects.all()] == [(2023, 5, "月报已印发")]
    assert here.browser("statistician").post("/board/import/lock/", {**body, "zb_key": new_key()}).status_code == 404


def test_the_sample_sheet_names_the_viewers_indicators_and_no_figure(here: World):
    here.publish([retail()])
    response = here.browser("commerce_clerk").get("/board/import/sample.xlsx")
    table = load_workbook(io.BytesIO(response.content)).active
    assert table is not None
    names = [row[0].value for row in table.iter_rows(min_row=3)]
    assert names == ["社会消费品零售总额", "进出口总额", "住宿业工资总额"]
    assert not any(isinstance(cell.value, int | float) for row in table.iter_rows() for cell in row)
    assert services.read_sheet(
        by=here.people.commerce_clerk, file_name="样表.xlsx", content=response.content
    ).rows == ()


def test_a_page_of_sheets_reads_in_english_too(here: World):
    batch = here.publish([retail()])
    page = words_of(here.browser("statistician", language="en").get(f"/board/import/{batch.pk}/"))
    main = re.sub(r"<td.*?</td>", "", re.findall(r"<main.*?</main>", page, re.S)[0], flags=re.S)
    assert "Effect of publishing" in main
    written_by_people = ("月度数据.xlsx", batch.uploaded_by_post, "数据", batch.answer)
    words = re.sub(r"<[^>]+>", " ", main)
    for data in written_by_people:
        words = words.replace(data, "")
    assert not re.findall(r"[一-鿿]+", words)


def test_a_file_with_far_too_many_rows_is_not_read(here: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(staging, "MAX_ROWS", 5)
    assert upload(here.browser("statistician"), sheet([retail()] * 3)).status_code == 302
    answer = upload(here.browser("statistician"), sheet([retail()] * 4))
    assert answer.status_code == 422
    assert "有 6 行内容" in words_of(answer)
    assert ImportBatch.objects.count() == 1


def _csv(lines: list[list[str]]) -> bytes:
    return "\n".join(",".join(line) for line in lines).encode()


def _size(batch: ImportBatch) -> int:
    return len(json.dumps(batch.staged))


def test_of_a_sheet_full_of_long_words_little_is_staged(here: World):
    """6 MB of words in columns of which the import reads two, or none where there is no table, or all."""
    words = "很长的文字" * 80
    row = ["社会消费品零售总额", "32.67", *[words] * 38]
    odd = [f"{words}{n}" for n in range(38)]
    heads = {
        "two": ["指标", "本月累计", *odd],
        "none": [words] * 40,
        "all": ["指标", "本月累计", *["序号"] * 38],
    }
    client = here.browser("statistician")
    for name, head in heads.items():
        response = upload(client, _csv([["2023年1—6月"], head, *[row] * 398]), name=f"{name}.csv")
        assert response.status_code == 302, words_of(response)
        batch = ImportBatch.objects.latest("pk")
        texts = [text for line in batch.staged["grid"] for text in line]
        assert max(map(len, texts)) <= 200
        assert sum(map(len, texts)) <= 300_000
        facts = [value for problem in batch.staged["problems"] for value in problem["facts"].values()]
        assert max(map(len, facts)) <= 200
        assert _size(batch) < 2_500_000


def test_what_is_left_out_of_a_column_that_is_not_read_is_said(here: World):
    rows = [["2023年1—6月"], ["指标", "本月累计", "联系人电话"], ["社会消费品零售总额", "32.67", "13800000000"]]
    client = here.browser("statistician")
    page = words_of(client.get(upload(client, _csv(rows), name="a.csv")["Location"]))
    assert "联系人电话" in page
    assert "13800000000" not in page
    assert "13800000000" not in json.dumps(ImportBatch.objects.get().staged)
    assert "此处未保留的内容" in page


def test_a_long_note_is_cut_and_says_so(here: World):
    batch = here.stage([[*retail(), "按新口径" * 100]])
    assert {len(row["note"]) for row in batch.staged["rows"] if row["note"]} == {200}
    assert batch.staged["rows"][0]["note"].endswith("…")


def test_at_most_ten_sheets_of_an_account_wait(here: World):
    for _ in range(staging.MAX_STAGED):
        here.stage([retail()])
    client = here.browser("statistician")
    refused = upload(client, sheet([revenue()]))
    assert refused.status_code == 409
    assert "既未发布也未取消" in words_of(refused)
    assert ImportBatch.objects.count() == staging.MAX_STAGED
    assert upload(here.browser("commerce_clerk"), sheet([retail(city=None)])).status_code == 302
    send(client, ImportBatch.objects.filter(uploaded_by_id=here.statistician.user_id)[0], "cancel")
    assert upload(client, sheet([revenue()])).status_code == 302
