"""The organisation on a day: who leads, who belongs, which posts are vacant, what changed, and what leaves as a file."""

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from zhuanban.kit import clock
from zhuanban.people import queries, services
from zhuanban.people.access import system_viewer
from zhuanban.people.models import Post, PostHolder, Unit, User
from zhuanban.people.organisation import DEPARTMENTS, LEADERSHIP, TERRITORIES, OrganisationOnDay, UnitOnDay
from zhuanban.people.tests.cast import BUILDER, SINCE, Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
BY = system_viewer()
SPRING, SUMMER = date(2023, 4, 4), date(2023, 7, 3)


@pytest.fixture
def people() -> Cast:
    return cast()


def browser(people: Cast, who: str = "chief", *, language: str = "zh-hans") -> Client:
    client = Client()
    client.cookies["zb_language"] = language
    client.force_login(people.users[who])
    return client


def page(people: Cast, address: str = "/organisation/", **how: Any) -> str:
    response = browser(people, **how).get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def on(day: date) -> OrganisationOnDay:
    return queries.organisation_on(viewer=BY, day=day)


def unit(found: OrganisationOnDay, code: str) -> UnitOnDay:
    return next(each for units in found.bands.values() for each in units if each.unit.code == code)


def vacant(found: OrganisationOnDay) -> set[str]:
    return {each.post.code for each in found.all_posts if each.is_vacant}


def leave(code: str, last_day_after: date) -> None:
    with work(BUILDER, "left"):
        holder = PostHolder.objects.get(post__code=code)
        holder.valid_until = last_day_after
        holder.save(update_fields=["valid_until"])


def join(group: str, code: str, since: date, *, part: str = "collaborating", on_call: bool = False) -> None:
    services.define_member(group=group, unit=code, part=part, on_call=on_call, since=since, by=BY)


def test_units_stand_in_their_bands_with_their_sections(people: Cast) -> None:
    found = on(SPRING)
    codes = {band: [each.unit.code for each in units] for band, units in found.bands.items()}
    assert codes == {
        LEADERSHIP: ["committee"], DEPARTMENTS: ["tech_econ", "commerce", "finance"], TERRITORIES: ["street"],
    }  # fmt: skip
    assert [each.unit.code for each in unit(found, "tech_econ").sections] == ["office"]
    words = page(people)
    for said in ("1+3+1", "领导班子", "职能部门（3）", "街道和中心（1）", "专班办公室", "内设机构"):
        assert said in words


def test_a_section_whose_unit_is_switched_off_is_not_lost(people: Cast) -> None:
    services.define_unit(code="tech_econ", active=False, by=BY)
    assert [each.unit.code for each in on(SPRING).bands[DEPARTMENTS]] == ["office", "commerce", "finance"]


def test_a_post_is_vacant_from_the_day_its_holder_left(people: Cast) -> None:
    leave("commerce_head", SUMMER)
    assert vacant(on(SUMMER - timedelta(days=1))) == set()
    assert vacant(on(SUMMER)) == {"commerce_head"}
    assert "空缺1个" in page(people, f"/organisation/?day={SUMMER}")
    assert "空缺" not in page(people, f"/organisation/?day={SPRING}")


def test_groups_differ_between_two_days(people: Cast) -> None:
    join("commerce_cult", "finance", SPRING, on_call=True)
    services.end_member(group="commerce_cult", unit="finance", part="collaborating", on=SUMMER, by=BY)
    services.end_leader(group="commerce_cult", post="leader5", on=SUMMER, by=BY)
    services.define_leader(group="commerce_cult", post="leader3", since=SUMMER, by=BY)

    def row(day: date) -> tuple[list[str], list[str], list[str]]:
        group = next(each for each in on(day).groups if each.group.code == "commerce_cult")
        return (
            [tie.post.code for tie in group.leaders],
            [tie.unit.code for tie in group.responsible],
            [tie.unit.code for tie in group.collaborating],
        )

    assert row(SPRING - timedelta(days=1)) == (["leader5"], ["commerce"], [])
    assert row(SPRING) == (["leader5"], ["commerce"], ["finance"])
    assert row(SUMMER) == (["leader3"], ["commerce"], [])
    spring, summer = (page(people, f"/organisation/?day={day}") for day in (SPRING, SUMMER))
    assert "财政金融办（召集时参加、自2023-04-04起）" in spring
    assert "2010-01-01" in spring
    assert "发展服务中心主任（自2023-07-03起）" in summer
    assert "召集时参加" not in summer


def test_a_group_without_ties_is_listed_without_a_beginning(people: Cast) -> None:
    services.define_group(code="new", name_zh="新设组", name_en="New group", position=9, by=BY)
    assert [(each.group.code, each.since) for each in on(SPRING).groups][-1] == ("new", None)
    assert "新设组" in page(people)


def test_changes_of_the_last_days_are_listed_newest_first_and_joined(people: Cast) -> None:
    for code in ("finance", "street"):
        join("commerce_cult", code, SUMMER - timedelta(days=30))
    leave("commerce_head", SUMMER)
    listed = [(each.day, each.began, each.sort, len(each.what)) for each in on(SUMMER).changes]
    assert listed == [(SUMMER, False, "holder", 1), (SUMMER - timedelta(days=30), True, "collaborating", 2)]
    words = page(people, f"/organisation/?day={SUMMER}")
    assert "岗位离任：商务办 · 负责人" in words
    assert "商贸及文教卫组：新增协同单位：财政金融办、示例街道" in words


@pytest.mark.parametrize("days", [-1, 31])
def test_what_changes_later_or_longer_ago_is_not_listed(people: Cast, days: int) -> None:
    join("commerce_cult", "finance", SUMMER - timedelta(days=days))
    assert on(SUMMER).changes == ()
    assert "这31天没有变动" in page(people, f"/organisation/?day={SUMMER}")


def test_a_unit_without_its_final_name_is_marked(people: Cast) -> None:
    assert "名称待定" not in page(people)
    services.define_unit(code="street", name_pending=True, by=BY)
    assert "名称待定" in page(people)


def test_a_post_is_named_without_its_unit_and_with_its_role(people: Cast) -> None:
    services.define_post(code="commerce_head", name_zh="商务办负责人", by=BY)
    words = page(people)
    assert re.search(r"<dt>负责人<span class=\"zb-note\"> 部门负责人</span></dt>", words)
    assert "<dt>商务办负责人" not in words


def test_nobody_is_named(people: Cast) -> None:
    main = page(people).split("<main")[1]
    assert not [name for name in people.users if name in main]


def test_the_number_of_queries_does_not_grow(people: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(8):
        on(SPRING)
    with work(BUILDER, "more"):
        for at in range(5):
            more = Unit.objects.create(code=f"u{at}", name_zh=f"单位{at}", name_en=f"Unit {at}", kind="department")
            post = Post.objects.create(code=f"p{at}", name_zh="岗", name_en="Post", unit=more, role="dept_head")
            PostHolder.objects.create(post=post, user=User.objects.create(username=f"x{at}"), valid_from=SPRING)
            join("commerce_cult", more.code, SPRING)
    with django_assert_num_queries(8):
        found = on(SPRING)
        assert str([each.what[0].name for each in found.changes])
        assert [each.what[0].label for each in found.changes if isinstance(each.what[0], Post)]


def test_without_a_day_it_is_today_by_the_business_clock(people: Cast) -> None:
    with clock.pinned(datetime(2023, 7, 24, 9, tzinfo=clock.SHANGHAI)):
        words = page(people)
    assert 'value="2023-07-24"' in words
    assert 'href="/organisation/export/"' in words


def test_the_day_chosen_stays_in_the_form_and_in_the_way_to_the_export(people: Cast) -> None:
    words = page(people, "/organisation/?day=2023-04-04")
    assert 'value="2023-04-04"' in words
    assert "/organisation/export/?day=2023-04-04" in words


@pytest.mark.parametrize("asked", ["2023-02-30", "yesterday", "20230404", "0001-01-01", "9999-12-31", "２０２３-04-04"])
def test_what_is_no_day_is_said_and_today_shown_but_never_exported(people: Cast, asked: str) -> None:
    words = page(people, f"/organisation/?day={asked}")
    assert f"“{asked}”不是本页可以显示的日期" in words
    assert f'value="{clock.today()}"' in words
    refused = browser(people).get(f"/organisation/export/?day={asked}")
    assert refused.status_code == 422
    assert "不是本页可以显示的日期" in refused.content.decode()


def test_the_english_page_holds_no_chinese_but_the_language_switch(people: Cast) -> None:
    services.define_unit(code="street", name_pending=True, by=BY)
    leave("commerce_head", SUMMER)
    join("fiscal_fin", "commerce", SUMMER, on_call=True)
    main = page(people, f"/organisation/?day={SUMMER}", language="en").split("<main")[1].split("</main>")[0]
    assert re.findall(r"[\u4e00-\u9fff]+", main) == []
    for said in ("Leadership team", "Functional departments (3)", "Name pending", "Vacant", "when called", "left the post"):
        assert said in main


def test_the_export_says_the_same_with_title_day_and_reporting_post(people: Cast) -> None:
    leave("commerce_head", SUMMER)
    join("commerce_cult", "finance", SPRING)
    response = browser(people, "commerce_clerk").get(f"/organisation/export/?day={SUMMER}")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["机构和岗位", "工作组", "行业归口"]
    posts, groups, _industries = ([[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book)
    assert [row[0] for row in posts[:3]] == [
        "专班 机构和岗位", "填报单位：商务办 · 经办人", "截至2023年7月3日，1+3+1，岗位16个，空缺1个",
    ]  # fmt: skip
    assert posts[3] == ["序号", "层级", "单位", "内设机构", "岗位", "职责", "状态"]
    rows = [row[1:] for row in posts[4:]]
    assert ["职能部门（3）", "商务办", "", "负责人", "部门负责人", "空缺"] in rows
    assert ["职能部门（3）", "科技经济发展办", "专班办公室", "统计岗", "专班办公室统计员", "在任"] in rows
    assert len(rows) == 16
    assert groups[2][0] == "截至2023年7月3日，工作组2个"
    row = groups[-1]
    assert row[1:5] == ["商贸及文教卫组", "分管商贸副主任", "商务办", "财政金融办（自2023-04-04起）"]
    assert row[5].date() == SINCE
    assert "attachment" in response["Content-Disposition"]
    entry = Entry.objects.get(op="export")
    assert (entry.pk_text, entry.actor_label, entry.reason) == ("organisation", "商务办 · 经办人", "导出组织架构 2023-07-03")


@pytest.mark.parametrize("path", ["", "export/"])
def test_who_is_not_signed_in_is_sent_to_sign_in(people: Cast, path: str) -> None:
    response = Client().get(f"/organisation/{path}")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("who", ["chief", "leader5", "street_officer", "sysadmin", "secadmin", "auditor"])
def test_every_role_sees_it_and_finds_it_in_the_rail(people: Cast, who: str) -> None:
    assert 'href="/organisation/" aria-current="page"' in page(people, who=who)


def test_an_empty_organisation_says_so(people: Cast) -> None:
    with work(BUILDER, "off"):
        Unit.objects.filter(kind="street").update(active=False)
    assert "还没有单位" in page(people)
