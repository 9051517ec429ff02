"""The pages of a group and of a unit: what they hold in a month, who answers, for whom, on paper and in a file."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhuanban.indicators import services
from zhuanban.indicators.tests.test_board_page import row_of
from zhuanban.indicators.tests.world import BUILDER, World, at, figure, retail, revenue, words_of
from zhuanban.people.models import PostHolder
from zhuanban.people.services import define_leader, end_leader
from zhuanban.trail.services import work

GROUP, UNIT = "/board/groups/commerce_cult/", "/board/units/commerce/"


@pytest.fixture
def june(here: World) -> World:
    """Two indicators of commerce in May and June, one of finance."""
    with at(2023, 6, 16):
        here.publish([retail("26.50", "8.4", "7.0", "4/11")], title="2023年1—5月主要指标")
    with at(2023, 7, 19):
        here.publish([retail(), revenue(), figure("进出口总额", "万元", "7890", "0.8", "10/11", "1.8")])
    return here


def page_of(here: World, address: str, who: str = "statistician", **options: Any) -> str:
    response = here.browser(who, **options).get(address)
    assert response.status_code == 200, address
    return words_of(response)


def facts(page: str) -> dict[str, tuple[str, str]]:
    """Name, figure and note of each fact above the table."""
    found = re.findall(r'<dt>(.*?)</dt><dd><span class="zb-figure">(.*?)</span><div class="zb-note">(.*?)</div>', page, re.S)
    return {name: (figure, note) for name, figure, note in found}


def answers(page: str) -> dict[str, str]:
    """Who answers, by line."""
    card = re.findall(r'id="answers".*?</dl>', page, re.S)[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card, re.S)
    return {name: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", lines)).strip() for name, lines in pairs}


def test_the_page_of_a_group_shows_its_indicators_counts_and_who_answers(june: World) -> None:
    page = page_of(june, GROUP + "?month=2023-06")
    cells = [cell.strip() for cell in row_of(page, "社会消费品零售总额").split("|")]
    assert cells[:8] == ["社会消费品零售总额 亿元", "8.0%", "8.0%", "欠序时0.3", "32.67", "7.7", "6.8", "+0.9"]
    assert cells[8].startswith("3/11")
    assert "↑" in cells[8]
    assert ">一般公共预算收入</a>" not in page
    assert facts(page) == {
        "指标": ("3", "2项已到数"),
        "欠序时": ("1", "1项有序时目标"),
        "差于全市": ("1", "2项有全市数据"),
        "位次前移": ("1", "1项有上期位次"),
        "位次后移": ("0", "1项有上期位次"),
    }
    assert answers(page) == {"责任领导": "管委会 · 分管商贸副主任", "责任单位": "商务办 负责人、经办人、经办人乙", "协同单位": "–"}
    assert "<b>商贸及文教卫组</b>" in page


def test_the_page_of_a_unit_shows_what_it_is_in_charge_of_its_posts_and_groups(june: World) -> None:
    page = page_of(june, UNIT + "?month=2023-06")
    assert row_of(page, "进出口总额")
    assert ">一般公共预算收入</a>" not in page
    found = answers(page)
    assert found["岗位"].replace(" ", "") == "负责人经办人经办人乙"
    assert found["牵头的工作组"] == "商贸及文教卫组"
    leads = answers(page_of(june, "/board/units/committee/"))
    assert leads["负责"].replace(" ", "") == "财税金融组商贸及文教卫组"
    assert answers(page_of(june, "/board/units/tech_econ/"))["内设科室"] == "专班办公室"


def test_a_street_sees_the_indicators_of_its_territory_on_its_page(june: World) -> None:
    services.define_territory(indicator="retail_sales", unit="street", since=date(2023, 1, 1), by=BUILDER)
    page = page_of(june, "/board/units/street/?month=2023-06", "street_officer")
    assert "属地指标" in page
    assert row_of(page, "社会消费品零售总额")
    assert facts(page)["指标"] == ("1", "1项已到数")
    assert ">进出口总额</a>" not in page_of(june, GROUP + "?month=2023-06", "street_officer")


def test_indicators_beyond_reach_are_absent_and_absent_groups_and_units_are_not_found(june: World) -> None:
    page = page_of(june, "/board/groups/fiscal_fin/?month=2023-06", "commerce_clerk")
    assert "没有您能看到的" in page
    assert "zb-table-board" not in page
    for who, address in (
        ("statistician", "/board/groups/no-such/"), ("statistician", "/board/units/no-such/"),
        ("statistician", "/board/groups/no-such/export.xlsx"), ("statistician", "/board/units/no-such/export.xlsx"),
    ):  # fmt: skip
        assert june.browser(who).get(address).status_code == 404, address
    assert june.browser("auditor").get(GROUP).status_code == 404


def test_who_answered_is_that_of_the_day_asked_for(june: World) -> None:
    end_leader(group="commerce_cult", post="leader5", on=date(2023, 7, 1), by=BUILDER)
    define_leader(group="commerce_cult", post="chief", since=date(2023, 7, 1), by=BUILDER)
    with work(BUILDER.actor, "left"):
        PostHolder.objects.filter(post__code="commerce_head").update(valid_until=date(2023, 7, 10))
    now = answers(page_of(june, GROUP))
    assert now["责任领导"] == "管委会主任"
    assert "负责人（空缺）" in now["责任单位"]
    then = answers(page_of(june, GROUP + "?answers_on=2023-06-30"))
    assert then["责任领导"] == "管委会 · 分管商贸副主任"
    assert "空缺" not in then["责任单位"]
    known = answers(page_of(june, GROUP + "?month=2023-05&as_known=2023-06-20"))
    assert known["责任领导"] == "管委会 · 分管商贸副主任"


def test_as_known_then_links_and_banner_keep_month_and_moment(june: World) -> None:
    page = page_of(june, GROUP + "?month=2023-05&as_known=2023-06-20")
    assert "26.50" in row_of(page, "社会消费品零售总额")
    assert "zb-banner" in page
    assert "/board/retail_sales/?month=2023-05&amp;as_known=2023-06-20" in page
    assert "/board/groups/commerce_cult/export.xlsx?month=2023-05&amp;as_known=2023-06-20" in page


def test_the_spreadsheet_of_a_group_has_title_lines_and_its_rows_only(june: World) -> None:
    response = june.browser("statistician").get("/board/groups/commerce_cult/export.xlsx?month=2023-06")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert sheet.cell(1, 1).value == "2023年1—6月主要经济指标：商贸及文教卫组"
    assert "2023-07-24" in str(sheet.cell(2, 1).value)
    heads = [cell.value for cell in sheet[5]]
    rows = {str(row[1].value): dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=6)}
    assert set(rows) == {"社会消费品零售总额", "进出口总额", "住宿业工资总额"}
    found = rows["社会消费品零售总额"]
    assert found["序时偏差，增速（百分点，超为正）"] == -0.3
    assert (found["位次"], found["位次口径"], found["工作组"]) == (3, "增速", "商贸及文教卫组")
    unit = june.browser("commerce_clerk").get("/board/units/commerce/export.xlsx?month=2023-06")
    book = load_workbook(io.BytesIO(unit.content)).active
    assert book is not None
    assert book.cell(1, 1).value == "2023年1—6月主要经济指标：商务办"


@pytest.mark.parametrize("address", [GROUP, UNIT, GROUP + "?as_known=2023-07-20&month=2023-06", UNIT + "?as_known=2023-07-20&month=2023-06"])
@pytest.mark.parametrize("who", ["statistician", "commerce_clerk", "leader5"])
def test_the_pages_take_at_most_eight_queries(june: World, address: str, who: str) -> None:
    client = june.browser(who)
    client.get(address)
    with CaptureQueriesContext(connection) as warm:
        client.get(address)
    assert len(warm) <= 8, [query["sql"][:120] for query in warm.captured_queries]


def test_search_and_organisation_lead_there_for_who_sees_indicators(june: World) -> None:
    client = june.browser("statistician")
    found = words_of(client.get("/search/?q=商"))
    assert f'href="{GROUP}"' in found
    assert f'href="{UNIT}"' in found
    organisation = words_of(client.get("/organisation/"))
    assert f'href="{GROUP}"' in organisation
    assert f'href="{UNIT}"' in organisation
    assert "/board/groups/" not in words_of(june.browser("auditor").get("/organisation/"))
    assert f'href="{GROUP}?month=2023-06"' in words_of(client.get("/board/"))


def test_english_pages_have_no_chinese_in_their_frame(june: World) -> None:
    for address in (GROUP, UNIT):
        page = page_of(june, address + "?month=2023-06", language="en")
        main = re.sub(r"<[^>]+>", " ", re.findall(r"<main.*?</main>", page, re.S)[0])
        assert not re.findall(r"[一-鿿]+", main)
