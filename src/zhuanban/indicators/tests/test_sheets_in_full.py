"""Sheets in full: the same sheet back with what was found, a part published by choice, columns said once, the same file noticed."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from zhuanban.files.models import Attachment
from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Figure, HeaderMapping, ImportBatch, Indicator
from zhuanban.indicators.sheets.said import ColumnSaid, HeaderSaid, header_line
from zhuanban.indicators.tests.world import (
    NOON,
    World,
    figure,
    retail,
    revenue,
    send,
    sheet,
    upload,
    words_of,
    world,
)
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.trail.models import Entry

WRONG = figure("没有这个指标", "亿元", "5", "3.0")


@pytest.fixture
def here(db: None) -> World:
    with clock.pinned(NOON):
        return world()


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.pinned(NOON):
        yield


def other_sheet(heads: Sequence[str], rows: Sequence[Sequence[Value]], title: str = "2023年1—6月主要指标") -> bytes:
    """A workbook with an office's own headers."""
    table = OutTable(title=title, columns=tuple(Column(head, "text", 2) for head in heads), rows=rows, sheet_name="数据")
    return workbook_bytes([table], made_at=NOON)


def returned(here: World, batch: ImportBatch) -> list[list[Any]]:
    """The rows of the workbook that goes back."""
    answer = here.browser("statistician").get(f"/board/import/{batch.pk}/findings.xlsx")
    assert answer.status_code == 200
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]


def codes_of(refusal: "pytest.ExceptionInfo[Refusal]") -> list[str]:
    return list(refusal.value.codes)


def test_the_sheet_goes_back_with_every_row_and_column_and_its_findings(here: World) -> None:
    content = sheet([retail(), WRONG, figure("进出口总额", "万元", None, None)])
    batch = here.stage([retail(), WRONG, figure("进出口总额", "万元", None, None)])
    own = [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]
    back = returned(here, batch)
    width = max(len(row) for row in own)
    assert [row[:width] for row in back] == own
    words = {number: row[width] for number, row in enumerate(back, start=1) if len(row) > width and row[width]}
    wrong_row = next(number for number, row in enumerate(own, start=1) if row[0] == "没有这个指标")
    assert "错误" in words[wrong_row]
    good_row = next(number for number, row in enumerate(own, start=1) if row[0] == "社会消费品零售总额")
    assert good_row not in words


def test_what_goes_back_comes_in_again_once_corrected(here: World) -> None:
    batch = here.stage([retail(), WRONG])
    answer = here.browser("statistician").get(f"/board/import/{batch.pk}/findings.xlsx")
    book = load_workbook(BytesIO(answer.content))
    for row in book.active.iter_rows():
        if row[0].value == "没有这个指标":
            row[0].value, row[1].value = "进出口总额", "万元"
    corrected = BytesIO()
    book.save(corrected)
    staged = services.stage_sheet(by=here.statistician, file_name="改正.xlsx", content=corrected.getvalue())
    assert [each for each in staged.staged["problems"] if each["severity"] == "error"] == []
    right = queries.batch_part(viewer=here.statistician, as_known=None, batch=staged).right
    codes = Indicator.objects.filter(pk__in={each.key[0] for each in right}).values_list("code", flat=True)
    assert set(codes) == {"retail_sales", "trade_total"}


def test_a_formula_in_a_sheet_goes_back_as_text(here: World) -> None:
    batch = here.stage([retail(), figure("=HYPERLINK(1)", "亿元", "5", "3.0")])
    answer = here.browser("statistician").get(f"/board/import/{batch.pk}/findings.xlsx")
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_by_default_one_error_keeps_the_whole_sheet_back(here: World) -> None:
    batch = here.stage([retail(), WRONG])
    with pytest.raises(Refusal) as refused:
        services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    assert "batch_has_errors" in codes_of(refused)
    assert Figure.objects.count() == 0


def test_a_part_is_published_by_choice_and_the_record_names_what_was_left_out(here: World) -> None:
    batch = here.stage([retail(), WRONG, revenue()])
    done = services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version, leaving_out=1)
    assert set(Figure.objects.filter(place__code="zone").values_list("indicator__code", flat=True)) == {"retail_sales", "budget_revenue"}
    assert [bool(each["reasons"]) for each in done.left_out] == [True]
    assert "没有这个指标" in done.left_out[0]["words"]
    row = done.left_out[0]["row"]
    assert Entry.objects.filter(reason__contains=f"未发布第{row}行（共1行）").exists()
    page = words_of(here.browser("statistician").get(f"/board/import/{batch.pk}/"))
    assert "没有这个指标" in page


def test_leaving_out_another_number_than_was_shown_is_refused(here: World) -> None:
    batch = here.stage([retail(), WRONG])
    with pytest.raises(Refusal) as refused:
        services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version, leaving_out=2)
    assert "batch_left_out_differs" in codes_of(refused)
    only_wrong = here.stage([WRONG])
    with pytest.raises(Refusal) as nothing:
        services.publish_batch(batch_id=only_wrong.pk, by=here.statistician, version=only_wrong.version, leaving_out=1)
    assert "batch_nothing_right" in codes_of(nothing)
    assert Figure.objects.count() == 0


def test_on_the_page_the_choice_has_to_be_ticked(here: World) -> None:
    batch = here.stage([retail(), WRONG])
    client = here.browser("statistician")
    assert "publish-right" in words_of(client.get(f"/board/import/{batch.pk}/"))
    unseen = send(client, batch, "publish-right", leaving_out="1")
    assert unseen.status_code in (409, 422)
    assert Figure.objects.count() == 0
    assert send(client, batch, "publish-right", leaving_out="1", seen="1").status_code == 302
    assert Figure.objects.filter(place__code="zone").count() == 1


def test_the_very_same_file_is_noticed_before_anything_is_stored(here: World) -> None:
    content = sheet([retail()])
    client = here.browser("statistician")
    assert upload(client, content).status_code == 302
    batches, kept = ImportBatch.objects.count(), Attachment.objects.count()
    again = upload(client, content)
    assert again.status_code == 409
    assert "同一份文件已经上传过" in words_of(again)
    assert (ImportBatch.objects.count(), Attachment.objects.count()) == (batches, kept)
    assert upload(client, content, again="on").status_code == 302
    assert ImportBatch.objects.count() == batches + 1


def test_of_another_offices_upload_nothing_is_told(here: World) -> None:
    content = sheet([retail()])
    services.stage_sheet(by=here.people.statistician, file_name="统计岗的表.xlsx", content=content)
    answer = upload(here.browser("commerce_clerk"), content)
    assert "统计岗的表" not in words_of(answer)


HEADS = ("项目名称", "计量", "完成额", "比上年±%")
LINE = [["社会消费品零售总额", "亿元", "32.67", "7.7"]]


def said_of(here: World, batch: ImportBatch) -> HeaderSaid:
    found = queries.upload_of(viewer=here.statistician, as_known=None, batch=batch)
    assert found is not None
    page = services.sheets_of(found)[0]
    at = next(row for row in range(10) if page.cell(row, 0).text.strip() == HEADS[0])
    kinds = ("indicator", "unit", "level_cumulative", "growth_cumulative")
    return HeaderSaid(header_line(page, at, 1), 1, {number: ColumnSaid(kind) for number, kind in enumerate(kinds)})


def test_columns_said_once_are_read_so_and_remembered_for_the_same_line(here: World) -> None:
    first = services.stage_sheet(by=here.statistician, file_name="甲.xlsx", content=other_sheet(HEADS, LINE))
    first = services.say_columns(batch_id=first.pk, by=here.statistician, version=first.version, said=said_of(here, first))
    services.publish_batch(batch_id=first.pk, by=here.statistician, version=first.version, answer="已核对")
    stored = Figure.objects.get(place__code="zone")
    assert (stored.indicator.code, stored.level, stored.growth_pct) == ("retail_sales", Decimal("32.67"), Decimal("7.7"))
    mapping = HeaderMapping.objects.get()
    assert mapping.said_by_post
    earlier = [["社会消费品零售总额", "亿元", "26.00", "7.1"]]
    second = services.stage_sheet(
        by=here.statistician, file_name="乙.xlsx", content=other_sheet(HEADS, earlier, "2023年1—5月主要指标")
    )
    assert [each["severity"] for each in second.staged["problems"] if each["severity"] == "error"] == []
    assert second.row_count == 1


def test_a_changed_line_is_not_matched_silently_and_what_is_forgotten_counts_no_more(here: World) -> None:
    first = services.stage_sheet(by=here.statistician, file_name="甲.xlsx", content=other_sheet(HEADS, LINE))
    services.say_columns(batch_id=first.pk, by=here.statistician, version=first.version, said=said_of(here, first))
    mapping = HeaderMapping.objects.get()
    other = services.stage_sheet(
        by=here.statistician, file_name="丙.xlsx", content=other_sheet((*HEADS[:2], "完成数", HEADS[3]), LINE)
    )
    assert mapping.signature not in other.staged.get("said", [])
    client = here.browser("statistician")
    assert words_of(client.get("/board/import/columns/")).count("完成额") >= 1
    with pytest.raises(Refusal):
        services.forget_columns(mapping_id=mapping.pk, by=here.people.chief, version=mapping.version)
    services.forget_columns(mapping_id=mapping.pk, by=here.statistician, version=mapping.version)
    again = services.stage_sheet(by=here.statistician, file_name="丁.xlsx", content=other_sheet(HEADS, LINE), again=True)
    assert again.staged.get("said", []) == []


def test_what_a_column_cannot_hold_is_refused_at_that_column(here: World) -> None:
    batch = services.stage_sheet(by=here.statistician, file_name="甲.xlsx", content=other_sheet(HEADS, LINE))
    said = said_of(here, batch)
    wrong = HeaderSaid(said.line, 1, {
        0: ColumnSaid("nonsense"), 2: ColumnSaid("level", "no_such", "立方", "某月"),
    })  # fmt: skip
    with pytest.raises(Refusal) as refused:
        services.say_columns(batch_id=batch.pk, by=here.statistician, version=batch.version, said=wrong)
    assert codes_of(refused) == [
        "columns_kind_unknown", "columns_indicator_unknown", "columns_measure_unknown", "columns_period_unreadable",
    ]  # fmt: skip
    assert HeaderMapping.objects.count() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_columns_opens_and_reads_anew(here: World, language: str) -> None:
    batch = services.stage_sheet(by=here.statistician, file_name="甲.xlsx", content=other_sheet(HEADS, LINE))
    client = here.browser("statistician", language=language)
    page = client.get(f"/board/import/{batch.pk}/columns/")
    assert page.status_code == 200
    assert "完成额" in words_of(page)
    said = said_of(here, batch)
    given = {f"kind_{number}": each.kind for number, each in said.columns.items()}
    answer = send(client, batch, "columns", row=str(_header_row(here, batch)), rows="1", sheet="0", **given)
    assert answer.status_code == 302
    assert HeaderMapping.objects.count() == 1


def _header_row(here: World, batch: ImportBatch) -> int:
    found = queries.upload_of(viewer=here.statistician, as_known=None, batch=batch)
    assert found is not None
    page = services.sheets_of(found)[0]
    return 1 + next(row for row in range(10) if page.cell(row, 0).text.strip() == HEADS[0])


def test_others_see_neither_the_file_nor_its_columns(here: World) -> None:
    batch = here.stage([retail(), WRONG])
    for who in ("chief", "leader5"):
        client = here.browser(who)
        for address in (f"/board/import/{batch.pk}/findings.xlsx", f"/board/import/{batch.pk}/columns/"):
            assert client.get(address).status_code == 404
