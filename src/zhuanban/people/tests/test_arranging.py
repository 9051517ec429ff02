"""Units, posts, holders and groups arranged by the system administrator in the browser; and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import services
from zhuanban.people.access import viewer_of
from zhuanban.people.models import GroupLeader, GroupMember, Post, PostHolder, Unit
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db
HOME = "/organisation/structure/"


@pytest.fixture
def people() -> Cast:
    return cast()


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(HOME + path, {"zb_key": new_key(), **{key: "" if value is None else value for key, value in given.items()}})


def unit_form(unit: Unit, **changed: Any) -> dict[str, Any]:
    form = {
        "name_zh": unit.name_zh, "name_en": unit.name_en, "kind": unit.kind, "parent": unit.parent_id,
        "position": unit.position, "active": "on", "version": unit.version, **changed,
    }  # fmt: skip
    return {key: value for key, value in form.items() if value is not False}


def post_form(row: Post, **changed: Any) -> dict[str, Any]:
    form = {
        "name_zh": row.name_zh, "name_en": row.name_en, "unit": row.unit_id, "role": row.role,
        "position": row.position, "active": "on", "version": row.version, **changed,
    }  # fmt: skip
    return {key: value for key, value in form.items() if value is not False}


def test_a_unit_a_section_and_a_post_are_added_and_stand_in_the_list(people: Cast) -> None:
    client = browser(people, "sysadmin")
    assert post(client, "units/new/", name_zh="数据中心", kind="center", position=70).status_code == 302
    centre = Unit.objects.get(name_zh="数据中心")
    assert (centre.name_en, centre.active) == ("数据中心", True)
    assert post(client, "units/new/", name_zh="一科", kind="section", parent=centre.pk, position=1).status_code == 302
    section = Unit.objects.get(name_zh="一科")
    assert post(client, "posts/new/", unit=section.pk, name_zh="数据岗", role="dept_clerk", position=1).status_code == 302
    page = words(client.get(HOME))
    assert page.index("数据中心") < page.index("一科") < page.index("数据岗")
    assert Entry.objects.filter(reason__startswith="新增单位 unit-").count() == 2


def test_searching_finds_units_posts_and_accounts_and_says_when_there_is_nothing(people: Cast) -> None:
    client = browser(people, "sysadmin")
    found = words(client.get(HOME, {"q": "商务"}))
    assert "商务办" in found
    assert "财政金融办" not in found
    assert "财政金融办" in words(client.get(HOME, {"q": "FINANCE_clerk"}))
    assert "没有名称含此内容的" in words(client.get(HOME, {"q": "水利"}))


def test_a_unit_does_not_stand_under_itself_or_its_sections(people: Cast) -> None:
    client, office = browser(people, "sysadmin"), people.office
    department = people.units["tech_econ"]
    for parent in (department.pk, office.pk):
        answer = post(client, f"units/{department.pk}/", **unit_form(department, parent=parent))
        assert answer.status_code == 422
    with pytest.raises(Refusal) as refused:
        services.change_unit(
            unit_id=department.pk, version=1, name_zh="甲", name_en="", kind="department", parent=office.pk, position=0,
            active=True, by=people.sysadmin,
        )  # fmt: skip
    assert refused.value.codes == ["unit_cycle"]
    department.refresh_from_db()
    assert (department.parent_id, department.name_zh) == (None, "科技经济发展办")


def test_every_fault_of_a_unit_is_told_at_once(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        services.add_unit(name_zh="商务办", name_en="", kind="ministry", parent=None, position=0, by=people.sysadmin)
    assert refused.value.codes == ["choice_unknown", "unit_name_taken"]


def test_a_unit_in_use_stays_on_and_the_page_says_what_stands_on_it(people: Cast) -> None:
    client = browser(people, "sysadmin")
    answer = post(client, f"units/{people.commerce.pk}/", **unit_form(people.commerce, active=False))
    assert answer.status_code == 422
    assert "该单位仍在使用：负责人、经办人、经办人乙、商贸及文教卫组" in words(answer)
    assert Unit.objects.get(pk=people.commerce.pk).active


def test_two_editors_of_one_unit_do_not_overwrite_each_other(people: Cast) -> None:
    client, street = browser(people, "sysadmin"), people.street
    assert post(client, f"units/{street.pk}/", **unit_form(street, name_zh="东街道")).status_code == 302
    late = post(client, f"units/{street.pk}/", **unit_form(street, name_zh="西街道"))
    assert late.status_code == 409
    assert "<td>东街道</td><td>西街道</td>" in words(late)
    assert Unit.objects.get(pk=street.pk).name_zh == "东街道"


def test_a_head_s_post_has_one_holder_at_a_time_and_a_clerk_s_may_have_two(people: Cast) -> None:
    client, today = browser(people, "sysadmin"), clock.today()
    head = Post.objects.get(code="commerce_head")
    other = people.users["finance_clerk"]
    answer = post(client, f"posts/{head.pk}/fill/", account=other.pk, since=today)
    assert answer.status_code == 422
    assert "commerce_head" in words(answer)
    assert "同一时间只能由一人担任" in words(answer)
    clerk = Post.objects.get(code="commerce_clerk")
    assert post(client, f"posts/{clerk.pk}/fill/", account=other.pk, since=today).status_code == 302
    assert PostHolder.objects.filter(post=clerk).count() == 2


def test_a_head_is_followed_by_another_from_the_day_the_first_ends(people: Cast) -> None:
    client, today = browser(people, "sysadmin"), clock.today()
    head, first = Post.objects.get(code="commerce_head"), PostHolder.objects.get(post__code="commerce_head")
    last = today + timedelta(days=10)
    assert post(client, f"holders/{first.pk}/end/", on=last).status_code == 302
    early = post(client, f"posts/{head.pk}/fill/", account=people.users["finance_clerk"].pk, since=last - timedelta(days=1))
    assert early.status_code == 422
    assert post(client, f"posts/{head.pk}/fill/", account=people.users["finance_clerk"].pk, since=last).status_code == 302
    assert viewer_of(people.users["finance_clerk"], on=last).can("alerts.explain")


def test_a_holding_does_not_end_before_it_begins(people: Cast) -> None:
    client, today = browser(people, "sysadmin"), clock.today()
    clerk = Post.objects.get(code="commerce_clerk")
    answer = post(client, f"posts/{clerk.pk}/fill/", account=people.users["finance_clerk"].pk, since=today, until=today)
    assert answer.status_code == 422
    assert "结束日期须晚于开始日期" in words(answer)


def test_the_last_administrator_keeps_his_post(people: Cast) -> None:
    client = browser(people, "sysadmin")
    own = PostHolder.objects.get(post__code="secadmin")
    answer = post(client, f"holders/{own.pk}/end/", on=clock.today())
    assert answer.status_code == 409
    assert PostHolder.objects.get(pk=own.pk).valid_until is None


def test_nobody_gets_two_administrators_posts_on_this_page_either(people: Cast) -> None:
    client, auditor = browser(people, "sysadmin"), Post.objects.get(code="auditor")
    answer = post(client, f"posts/{auditor.pk}/fill/", account=people.users["secadmin"].pk, since=clock.today())
    assert answer.status_code == 422
    assert "三" in words(answer)
    assert PostHolder.objects.filter(post=auditor).count() == 1


def test_an_administrator_gets_no_post_that_works_in_the_system_and_a_clerk_no_administrator_s(people: Cast) -> None:
    client, today = browser(people, "sysadmin"), clock.today()
    for code, account in (("commerce_clerk", "sysadmin"), ("sysadmin", "commerce_clerk")):
        row = Post.objects.get(code=code)
        answer = post(client, f"posts/{row.pk}/fill/", account=people.users[account].pk, since=today)
        assert answer.status_code == 422
        assert "不兼任其他岗位" in words(answer)
        assert PostHolder.objects.filter(post=row).count() == 1
    assert not people.sysadmin.can("matters.view")


def test_whoever_leaves_a_post_loses_its_rights_at_the_next_click(people: Cast) -> None:
    client, clerk = browser(people, "sysadmin"), browser(people, "commerce_clerk")
    assert clerk.get("/board/import/").status_code == 200
    holder = PostHolder.objects.get(post__code="commerce_clerk")
    assert post(client, f"holders/{holder.pk}/end/").status_code == 302
    assert clerk.get("/board/import/").status_code in (403, 404)


def test_a_post_with_a_holder_or_a_group_to_lead_is_not_switched_off(people: Cast) -> None:
    client, leader = browser(people, "sysadmin"), Post.objects.get(code="leader5")
    answer = post(client, f"posts/{leader.pk}/", **post_form(leader, active=False))
    assert answer.status_code == 422
    assert "有人任职" in words(answer)
    assert "商贸及文教卫组" in words(answer)
    assert Post.objects.get(pk=leader.pk).active


def test_a_group_gets_units_and_leaders_from_a_day_and_loses_them(people: Cast) -> None:
    client, today, group = browser(people, "sysadmin"), clock.today(), people.group5
    asked: dict[str, Any] = {"unit": people.street.pk, "part": "collaborating", "on_call": "on", "since": today}
    assert post(client, f"groups/{group.pk}/join/", **asked).status_code == 302
    again = post(client, f"groups/{group.pk}/join/", **asked)
    assert again.status_code == 422
    assert "示例街道" in words(again)
    tie = GroupMember.objects.get(unit=people.street)
    assert (tie.on_call, tie.valid_from) == (True, today)
    assert post(client, f"members/{tie.pk}/end/", on=today + timedelta(days=5)).status_code == 302
    assert GroupMember.objects.get(pk=tie.pk).valid_until == today + timedelta(days=5)
    deputy = Post.objects.get(code="leader3")
    assert post(client, f"groups/{group.pk}/lead/", post=deputy.pk, since=today).status_code == 302
    first = GroupLeader.objects.get(post__code="leader5")
    assert post(client, f"leaders/{first.pk}/end/", on=today).status_code == 302
    assert GroupLeader.objects.get(pk=first.pk).valid_until == today


def test_only_the_system_administrator_arranges_and_absent_things_are_absent(people: Cast) -> None:
    for name in ("secadmin", "auditor", "office_head", "commerce_head", "chief"):
        client = browser(people, name)
        assert client.get(HOME).status_code == 404
        assert post(client, "units/new/", name_zh="甲", kind="center", position=0).status_code == 404
    client = browser(people, "sysadmin")
    for path in ("units/99999/", "posts/99999/", "groups/99999/"):
        assert client.get(HOME + path).status_code == 404
    for path in ("holders/99999/end/", "members/99999/end/", "leaders/99999/end/"):
        assert post(client, path, on=date(2023, 7, 1)).status_code == 404
