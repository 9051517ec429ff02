"""Readings of a list: what its address means, in which order rows stand, what goes out as a file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhuanban.kit.lists import Asked, ListColumn, Listing, list_file, shown_rows, sliced
from zhuanban.kit.lists.saved import drop_view, keep_view, saved_views
from zhuanban.kit.models import SavedView
from zhuanban.kit.refusals import Refusal


@dataclass(frozen=True)
class Row:
    id: int
    unit: str
    amount: Decimal | None
    day: date | None = None


ROWS = [
    Row(1, "商务办", Decimal("3.5"), date(2023, 7, 20)),
    Row(2, "发改局", None, date(2023, 6, 20)),
    Row(3, "安监局", Decimal("12"), None),
    Row(4, "住建局", Decimal("-1"), date(2023, 7, 1)),
]
LIST = Listing(
    "rows", "示例", "home",
    (
        ListColumn("unit", "单位", lambda row: row.unit, fixed=True),
        ListColumn("amount", "金额", lambda row: row.amount, "level", "亿元", decimals=2, total=True, descends=True),
        ListColumn("day", "日期", lambda row: row.day, "date"),
        ListColumn("number", "编号", lambda row: row.id, "count", hidden=True),
        ListColumn("ways", "操作"),
    ),
    filters=("state",), blank=("state",), size=3,
)  # fmt: skip


def reading(query: str) -> Asked:
    return Asked(LIST, QueryDict(query))


def shown(query: str = ""):
    return shown_rows(reading(query), ROWS, name=lambda row: row.id)


def units(query: str) -> list[str]:
    return [row.unit for row in shown(query).rows]


def test_chinese_names_follow_their_pinyin_and_what_is_missing_comes_last_either_way() -> None:
    whole = "file=csv&"
    assert units(f"{whole}order=unit") == ["安监局", "发改局", "商务办", "住建局"]
    assert units(f"{whole}order=-unit") == ["住建局", "商务办", "发改局", "安监局"]
    assert units(f"{whole}order=amount") == ["住建局", "商务办", "安监局", "发改局"]
    assert units(f"{whole}order=-amount") == ["安监局", "商务办", "住建局", "发改局"]
    assert units(f"{whole}order=day")[-1] == "安监局"


def test_an_order_that_the_list_does_not_know_leaves_the_rows_as_they_come() -> None:
    for query in ("", "order=ways", "order=nothing", "order=--unit", "order=%00"):
        assert units(f"file=csv&{query}") == [row.unit for row in ROWS], query


def test_words_are_found_in_chinese_pinyin_and_initials_all_of_them() -> None:
    assert units("words=局&file=csv") == ["发改局", "安监局", "住建局"]
    assert units("words=fagai") == ["发改局"]
    assert units("words=zjj") == ["住建局"]
    assert units("words=局 fg") == ["发改局"]
    assert shown("words=没有").count == 0


def test_sums_and_counts_are_of_the_whole_reading_not_of_the_page() -> None:
    first = shown()
    assert ([row.id for row in first.rows], first.count) == ([1, 2, 3], 4)
    assert first.foot == ["", "14.50", "", ""]
    assert shown("words=局").foot[1] == "11.00"


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    first = shown("order=unit")
    second = shown(first.next_url.removeprefix("?"))
    assert [row.unit for row in (*first.rows, *second.rows)] == ["安监局", "发改局", "商务办", "住建局"]
    assert (second.next_url, second.first_url) == ("", "?order=unit")


def test_the_columns_are_the_usual_ones_or_those_chosen_with_the_fixed_ones_kept() -> None:
    assert [each.key for each in reading("").columns] == ["unit", "amount", "day", "ways"]
    assert [each.key for each in reading("columns=number&columns=day").columns] == ["unit", "day", "number"]
    assert [each.key for each in reading("columns=nonsense").columns] == ["unit", "amount", "day", "ways"]


def test_a_head_orders_by_its_column_and_then_the_other_way_and_keeps_everything_else() -> None:
    heads = {head.column.key: head for head in shown("order=unit&state=&columns=amount&words=局").heads}
    assert heads["unit"].sorted == "ascending"
    assert heads["unit"].way == "?state=&words=%E5%B1%80&columns=unit&columns=amount&order=-unit"
    assert heads["amount"].way.endswith("order=-amount")
    assert [head.way for head in shown().heads if head.column.key == "ways"] == [""]


def test_an_address_carries_nothing_that_the_list_does_not_know() -> None:
    assert reading("state=open&junk=%3Cscript%3E&next=https://elsewhere&after=5").address() == "?state=open"


def test_a_file_has_title_unit_day_filters_the_chosen_columns_and_no_formulas() -> None:
    rows = [Row(9, "=HYPERLINK(1)", Decimal("2.5"), date(2023, 7, 1)), *ROWS]
    found = shown_rows(reading("file=csv&columns=amount&order=-amount"), rows, name=lambda row: row.id)
    text = list_file(found, unit_of_report="专班办公室", filters="7月").content.decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[0].endswith("示例")
    assert "专班办公室" in lines[1]
    assert "5行" in lines[2]
    assert "7月" in text
    head = next(at for at, line in enumerate(lines) if line.startswith("单位"))
    assert lines[head] == "单位,金额（亿元）"
    assert lines[head + 1 : head + 6] == ["安监局,12", "商务办,3.5", "'=HYPERLINK(1),2.5", "住建局,-1", "发改局,"]


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40), st.booleans(), st.integers(1, 7))
@pytest.mark.django_db
def test_pages_of_a_query_are_the_whole_query_cut_in_pieces(rows: list[tuple[int, bool]], descends: bool, size: int) -> None:
    SavedView.objects.all().delete()
    SavedView.objects.bulk_create(
        SavedView(actor="a", listing="x", name=str(at), query=str(value)) for at, (value, _odd) in enumerate(rows)
    )
    orders = {"query": F("query"), "number": F("pk")}
    for key, field in (("query", "query"), ("number", "pk")):
        sign = "-" if descends else ""
        whole = [each.pk for each in SavedView.objects.order_by(f"{sign}{field}", f"{sign}pk")]
        found, after = [], ""
        for _page in range(len(rows) + 1):
            page = sliced(SavedView.objects.all(), orders, (key, descends), after, size)
            found += [each.pk for each in page.rows]
            if not (after := page.after):
                break
        assert found == whole


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["x", "1", "1~", "~", "99999999999999999999~1", "1~2~3", "\x00~1"])
def test_an_unreadable_place_begins_at_the_first_page_or_gives_a_page(after: str) -> None:
    SavedView.objects.create(actor="a", listing="x", name="一", query="5")
    page = sliced(SavedView.objects.all(), {"query": F("query")}, ("query", False), after, 5)
    assert len(page.rows) in (0, 1)


@pytest.mark.django_db
class TestKeptViews:
    def test_a_view_keeps_what_the_list_knows_and_is_replaced_under_its_name(self) -> None:
        keep_view(actor="user:1", listing=LIST, name=" 我的 ", query="state=open&junk=1&order=-unit&after=7")
        keep_view(actor="user:1", listing=LIST, name="我的", query="state=open&columns=day")
        kept = saved_views(actor="user:1", listing=LIST)
        assert [(each.name, each.query) for each in kept] == [("我的", "state=open&columns=unit&columns=day")]

    def test_each_account_keeps_and_forgets_its_own(self) -> None:
        mine = keep_view(actor="user:1", listing=LIST, name="甲", query="")
        keep_view(actor="user:2", listing=LIST, name="甲", query="state=x")
        assert not drop_view(actor="user:2", view_id=mine.pk)
        assert drop_view(actor="user:1", view_id=mine.pk)
        assert [each.query for each in saved_views(actor="user:2", listing=LIST)] == ["state=x"]

    @pytest.mark.parametrize(("name", "code"), [("  ", "required"), ("长" * 41, "view_name_long")])
    def test_a_name_is_there_and_short(self, name: str, code: str) -> None:
        with pytest.raises(Refusal) as refused:
            keep_view(actor="user:1", listing=LIST, name=name, query="")
        assert refused.value.codes == [code]

    def test_thirty_views_are_the_most_and_nothing_is_lost_by_one_more(self) -> None:
        for at in range(30):
            keep_view(actor="user:1", listing=LIST, name=f"{at}", query="")
        with pytest.raises(Refusal) as refused:
            keep_view(actor="user:1", listing=LIST, name="one more", query="")
        assert refused.value.codes == ["too_many_views"]
        assert len(saved_views(actor="user:1", listing=LIST)) == 30
        keep_view(actor="user:1", listing=LIST, name="7", query="state=x")
