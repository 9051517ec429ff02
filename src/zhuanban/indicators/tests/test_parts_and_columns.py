"""What of a sheet is left out and why, who gets its file back, and what can be said about its columns."""

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Figure, HeaderMapping, ImportBatch
from zhuanban.indicators.sheets.said import ColumnSaid, HeaderSaid
from zhuanban.indicators.tests.world import World, figure, retail, revenue, send, sheet, upload, words_of
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.trail.models import Entry
from zhuanban.trail.queries import verify

UNKNOWN = "不存在的指标"


def staged(here: World, rows: list[Any], who: str = "statistician", **options: Any) -> ImportBatch:
    response = upload(here.browser(who), sheet(rows, **options))
    assert response.status_code == 302, words_of(response)
    return ImportBatch.objects.latest("pk")


def handed_in(here: World, text: str, name: str = "商务报表.csv", who: str = "commerce_clerk") -> ImportBatch:
    response = upload(here.browser(who), text.encode(), name=name, again="on")
    assert response.status_code == 302, words_of(response)
    return ImportBatch.objects.latest("pk")


def returned(here: World, batch: ImportBatch, who: str = "statistician") -> Any:
    response = here.browser(who).get(f"/board/import/{batch.pk}/findings.xlsx")
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


# --- the same sheet back ---------------------------------------------------------------------------------------------


def test_a_refused_sheet_goes_back_with_the_same_rows_and_every_problem_beside_its_row(here: World):
    batch = staged(here, [retail(), figure(UNKNOWN, "万元", "1", "2"), ["进出口总额", "万元", "七千", Decimal("5.8")]])
    page = returned(here, batch)
    original = load_workbook(io.BytesIO(sheet([retail(), figure(UNKNOWN, "万元", "1", "2"), ["进出口总额", "万元", "七千", Decimal("5.8")]]))).worksheets[0]
    width = original.max_column
    same = [[cell.value for cell in row] for row in page.iter_rows(max_col=width)]
    assert same == [[cell.value for cell in row] for row in original.iter_rows()]
    words = {row: page.cell(row, width + 1).value for row in range(1, page.max_row + 1)}
    assert words[1] == "核对结果"
    assert words[2] is words[3] is None
    assert str(words[4]).startswith(f"[错误 A4] 系统中没有指标“{UNKNOWN}”")
    assert "“七千”" in str(words[5])
    grounds = {address: page[address].fill.fgColor.rgb for address in ("A4", "C5", "C3")}
    assert grounds == {"A4": "FFF8D7D5", "C5": "FFF8D7D5", "C3": "00000000"}
    assert Entry.objects.latest("seq").reason == f"导出核对结果 {batch.file_name}"


def test_what_concerns_the_whole_sheet_stands_at_the_top(here: World):
    batch = handed_in(here, "只有,文字\n没有,表头\n", who="statistician")
    page = returned(here, batch)
    assert [page.cell(2, column).value for column in (1, 2)] == ["没有", "表头"]
    head, problem = str(page.cell(1, 3).value).split("\n")[:2]
    assert head == "核对结果"
    assert problem.startswith("[错误 A1] 前25行")


def test_nothing_in_a_returned_sheet_can_run(here: World):
    lines = ["2023年1—6月,", "指标,本月累计", '"=HYPERLINK(""http://x"",""y"")",5', "+1+cmd,6"]
    page = returned(here, handed_in(here, "\n".join(lines), who="statistician"))
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert page["A3"].value == '=HYPERLINK("http://x","y")'


def test_the_file_is_kept_by_its_content_and_handed_out_to_its_recorder_and_the_statistician_alone(here: World):
    clerk = staged(here, [retail(city=None), figure(UNKNOWN, "万元", "1", "2")], who="commerce_clerk")
    assert clerk.upload is not None
    assert (clerk.upload.sha256, clerk.upload.kind) == (clerk.file_sha256, "xlsx")
    assert clerk.upload.path.is_file()
    address = f"/board/import/{clerk.pk}/findings.xlsx"
    answers = {who: here.browser(who).get(address).status_code for who in (
        "commerce_clerk", "statistician", "office_head", "finance_clerk", "chief",
    )}  # fmt: skip
    assert answers == {"commerce_clerk": 200, "statistician": 200, "office_head": 404, "finance_clerk": 404, "chief": 404}
    assert here.browser("commerce_clerk", language="en").get(address).status_code == 200


# --- partly published ------------------------------------------------------------------------------------------------


def test_rows_with_errors_are_left_out_only_by_choice_and_named(here: World):
    batch = staged(here, [retail(city=None), figure(UNKNOWN, "万元", "1", "2"), figure("进出口总额", "万元", "7890", "5.8")])
    client = here.browser("statistician")
    page = words_of(client.get(f"/board/import/{batch.pk}/"))
    assert "发布无错的2行" in page
    assert "第4行" in page
    unseen = send(client, batch, "publish-right", leaving_out=1)
    assert unseen.status_code == 422
    assert "须由您选定" in words_of(unseen)
    assert send(client, batch, "publish-right", leaving_out=2, seen="1").status_code == 409
    assert Figure.objects.count() == 0
    assert send(client, batch, "publish-right", leaving_out=1, seen="1").status_code == 302
    assert sorted(Figure.objects.values_list("indicator__code", flat=True)) == ["retail_sales", "trade_total"]
    batch.refresh_from_db()
    assert [(each["row"], each["words"], [reason["code"] for reason in each["reasons"]]) for each in batch.left_out] == [
        (4, f"{UNKNOWN} 万元 1 2", ["sheet_indicator_unknown"])
    ]
    after = words_of(client.get(f"/board/import/{batch.pk}/"))
    assert UNKNOWN in after
    assert "第4行" in after
    assert Entry.objects.filter(tbl="indicators_importbatch").latest("seq").reason == (
        "部分发布数据 月度数据.xlsx，未发布第4行（共1行）"
    )
    assert not verify(deep=True).findings
    effect = queries.batch_effect(viewer=here.statistician, as_known=None, batch=batch)
    assert (effect.new, effect.changed, effect.same) == (2, 0, 0)


def test_a_clerk_publishes_his_rows_and_leaves_those_of_others(here: World):
    batch = staged(here, [retail(city=None), revenue(city=None)], who="commerce_clerk")
    assert send(here.browser("commerce_clerk"), batch, "publish-right", leaving_out=1, seen="1").status_code == 302
    assert list(Figure.objects.values_list("indicator__code", flat=True)) == ["retail_sales"]


def test_of_two_rows_that_contradict_each_other_neither_is_published(here: World):
    batch = staged(here, [retail("32.67", city=None), retail("33.00", city=None), revenue(city=None)])
    part = queries.batch_part(viewer=here.statistician, as_known=None, batch=batch)
    assert [each.row for each in part.left] == [3, 4]
    services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version, leaving_out=2)
    assert list(Figure.objects.values_list("indicator__code", flat=True)) == ["budget_revenue"]


def test_i_25_of_a_column_in_two_notations_no_row_is_published(here: World):
    batch = staged(here, [retail(growth="7.7", city=None), revenue(growth="0.102", city=None)])
    assert queries.batch_part(viewer=here.statistician, as_known=None, batch=batch).right == []
    assert "/publish-right/" not in words_of(here.browser("statistician").get(f"/board/import/{batch.pk}/"))
    with pytest.raises(Refusal) as refused:
        services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version, leaving_out=2)
    assert refused.value.codes == ["batch_nothing_right"]
    assert Figure.objects.count() == 0


def test_a_question_about_a_row_left_out_needs_no_answer_and_one_about_another_does(here: World):
    here.publish([revenue("11577", city=None)])
    batch = staged(here, [revenue("115770000", "10.3", None), figure(UNKNOWN, "万元", "1", "2")])
    client = here.browser("statistician")
    assert send(client, batch, "publish-right", leaving_out=1, seen="1").status_code == 422
    assert send(client, batch, "publish-right", leaving_out=1, seen="1", answer="已核对").status_code == 302


# --- columns explained -----------------------------------------------------------------------------------------------

ONLINE = "2023年1—6月,,\n指标,线上口径,同比\n社会消费品零售总额,32.67,7.7\n"


def say(here: World, batch: ImportBatch, who: str = "commerce_clerk", **said: str) -> Any:
    body = {"zb_key": new_key(), "version": batch.version, "row": "2", "rows": "1", **said}
    return here.browser(who).post(f"/board/import/{batch.pk}/columns/", body)


def levels(batch: ImportBatch) -> list[str | None]:
    return [row["level"] for row in batch.staged["rows"]]


def test_a_column_that_is_not_understood_is_explained_once_and_read_next_time(here: World):
    batch = handed_in(here, ONLINE)
    assert levels(batch) == [None]
    client = here.browser("commerce_clerk")
    assert f"/board/import/{batch.pk}/columns/" in words_of(client.get(f"/board/import/{batch.pk}/"))
    page = words_of(client.get(f"/board/import/{batch.pk}/columns/"))
    assert "线上口径" in page
    assert "未识别" in page
    assert say(here, batch, kind_1="level_cumulative", measure_1="万元").status_code == 302
    batch.refresh_from_db()
    assert (levels(batch), batch.version) == (["0.003267"], 2)
    kept = HeaderMapping.objects.get()
    assert (kept.unit, kept.said_by_post, kept.said) == (
        here.people.commerce, here.people.commerce_clerk.label,
        {"1": {"kind": "level_cumulative", "indicator": "", "measure": "万元", "period": ""}},
    )  # fmt: skip
    later = handed_in(here, ONLINE.replace("32.67", "38.10").replace("1—6月", "1—5月"))
    assert levels(later) == ["0.003810"]
    assert "按" in words_of(client.get(f"/board/import/{later.pk}/"))
    assert Entry.objects.filter(tbl="indicators_headermapping").count() == 1
    assert not verify(deep=True).findings


def test_a_changed_header_line_and_another_unit_are_asked_again(here: World):
    batch = handed_in(here, ONLINE)
    say(here, batch, kind_1="level_cumulative")
    assert levels(handed_in(here, ONLINE.replace("线上口径", "线下口径"))) == [None]
    assert levels(handed_in(here, ONLINE.replace("同比", "同比,备注").replace("7.7", "7.7,x"))) == [None]
    assert levels(handed_in(here, ONLINE, who="statistician")) == [None]


def test_months_in_other_headers_may_change_and_in_an_explained_one_may_not(here: World):
    line = ("指标", "1-6月累计", "其中1-6月线上")
    said = HeaderSaid(line, 1, {2: ColumnSaid("unused")})
    assert not said.is_of(("指标", "1-7月累计", "其中1-7月线上"))
    assert HeaderSaid(line[:2] + ("其中线上",), 1, {2: ColumnSaid("unused")}).is_of(("指标", "1-7月累计", "其中线上"))


def test_a_table_without_any_known_header_is_read_by_what_is_said(here: World):
    text = "2023年1—6月,,\n甲栏,乙栏,丙栏\n社会消费品零售总额,32.67,7.7\n"
    batch = handed_in(here, text)
    assert batch.staged["rows"] == []
    page = words_of(here.browser("commerce_clerk").get(f"/board/import/{batch.pk}/columns/?row=2"))
    assert "乙栏" in page
    assert say(here, batch, kind_0="indicator", kind_1="level_cumulative", kind_2="growth").status_code == 302
    batch.refresh_from_db()
    assert [(row["indicator_code"], row["level"], row["growth_pct"]) for row in batch.staged["rows"]] == [
        ("retail_sales", "32.67", "7.7")
    ]


def test_of_two_columns_of_one_meaning_one_is_taken_out_by_word(here: World):
    batch = handed_in(here, "2023年1—6月,,\n指标,本月累计,累计\n社会消费品零售总额,32.67,99\n")
    assert "sheet_header_doubled" in [each["code"] for each in batch.staged["problems"]]
    say(here, batch, kind_2="unused")
    batch.refresh_from_db()
    assert (levels(batch), [each["code"] for each in batch.staged["problems"]]) == (["32.67"], [])


def test_a_column_may_hold_an_indicator_of_its_own(here: World):
    batch = handed_in(here, "2023年1—6月,\n地区,甲栏\n示例高新区,7890\n")
    say(here, batch, kind_1="level_cumulative", indicator_1="trade_total", period_1="2023年1—5月")
    batch.refresh_from_db()
    assert [(row["indicator_code"], row["period"], row["level"]) for row in batch.staged["rows"]] == [
        ("trade_total", "2023-01..05", "7890")
    ]


def test_all_that_is_wrong_with_what_is_said_is_told_and_the_words_stay(here: World):
    batch = handed_in(here, ONLINE)
    answer = say(here, batch, kind_1="level_cumulative", measure_1="斗", period_1="去年底", indicator_1="no_such")
    page = words_of(answer)
    assert answer.status_code == 422
    for words in ("“斗”", "“去年底”", "没有这个指标", 'value="斗"'):
        assert words in page, words
    assert HeaderMapping.objects.count() == 0
    batch.refresh_from_db()
    assert batch.version == 1


def test_what_is_remembered_is_seen_by_its_unit_and_can_be_forgotten(here: World):
    batch = handed_in(here, ONLINE)
    say(here, batch, kind_1="level_cumulative")
    kept = HeaderMapping.objects.get()
    for who, seen in {"commerce_clerk": True, "statistician": True, "office_head": True, "finance_clerk": False}.items():
        assert ("线上口径" in words_of(here.browser(who).get("/board/import/columns/"))) is seen, who
    body = {"zb_key": new_key(), "version": kept.version}
    address = f"/board/import/columns/{kept.pk}/forget/"
    assert here.browser("finance_clerk").post(address, body).status_code == 404
    assert here.browser("office_head").post(address, {**body, "zb_key": new_key()}).status_code in (403, 404)
    assert here.browser("commerce_clerk").post(address, {**body, "zb_key": new_key()}).status_code == 302
    assert HeaderMapping.objects.count() == 0
    assert levels(handed_in(here, ONLINE)) == [None]


def test_what_was_said_is_taken_back_by_saying_nothing(here: World):
    batch = handed_in(here, ONLINE)
    say(here, batch, kind_1="level_cumulative")
    batch.refresh_from_db()
    assert say(here, batch).status_code == 302
    batch.refresh_from_db()
    assert (levels(batch), HeaderMapping.objects.count()) == ([None], 0)


def test_a_published_sheet_is_not_read_anew(here: World):
    batch = handed_in(here, "2023年1—6月,\n指标,本月累计\n社会消费品零售总额,32.67\n")
    services.publish_batch(batch_id=batch.pk, by=here.people.commerce_clerk, version=batch.version)
    assert say(here, batch, kind_1="growth").status_code == 404
    assert here.browser("commerce_clerk").get(f"/board/import/{batch.pk}/columns/").status_code == 404


def test_the_statistician_says_which_unit_a_sheet_comes_from(here: World):
    client = here.browser("statistician")
    assert "报送单位" in words_of(client.get("/board/import/"))
    answer = upload(client, sheet([retail()]), sender=str(here.people.commerce.pk))
    assert answer.status_code == 302
    assert ImportBatch.objects.latest("pk").sender == here.people.commerce
    assert upload(client, sheet([revenue()]), sender="999999").status_code == 422
    assert 'name="sender"' not in words_of(here.browser("commerce_clerk").get("/board/import/"))
