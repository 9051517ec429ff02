"""Industries of the horizontal line: arranged by the system administrator, dated, one responsible unit at a time."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from openpyxl import load_workbook

from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.models import Industry, IndustryDuty
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import BUILDER, Cast, cast
from zhuanban.trail.models import Entry
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db
HOME = "/organisation/structure/"
SPRING, SUMMER = date(2023, 4, 4), date(2023, 7, 3)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def trade(people: Cast) -> Industry:
    return services.add_industry(name_zh="商贸", name_en="Trade", position=1, by=people.sysadmin)


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(HOME + path, {"zb_key": new_key(), **given})


def join(people: Cast, industry: Industry, unit: str, part: str = "responsible", since: date = SPRING) -> IndustryDuty:
    return services.join_industry(industry_id=industry.pk, unit_id=people.units[unit].pk, part=part, since=since, by=people.sysadmin)


def codes(call: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        call()
    return list(refused.value.codes)


def test_who_answers_for_an_industry_is_known_for_every_day(people: Cast, trade: Industry) -> None:
    first = join(people, trade, "commerce")
    join(people, trade, "finance", "collaborating", SUMMER)
    services.leave_industry(duty_id=first.pk, on=SUMMER, by=people.sysadmin)
    join(people, trade, "tech_econ", since=SUMMER)

    def answers(day: date) -> Any:
        found = queries.answers_for_industry(viewer=people.street_officer, industry=trade.code, day=day)
        assert found is not None
        return found.responsible and found.responsible.code, [unit.code for unit in found.collaborating]

    assert answers(SPRING - timedelta(days=1)) == (None, [])
    assert answers(SPRING) == answers(SUMMER - timedelta(days=1)) == ("commerce", [])
    assert answers(SUMMER) == ("tech_econ", ["finance"])
    assert queries.answers_for_industry(viewer=people.street_officer, industry="absent", day=SPRING) is None


def test_an_industry_has_one_responsible_unit_at_a_time_and_many_that_collaborate(people: Cast, trade: Industry) -> None:
    join(people, trade, "commerce", since=SUMMER)
    assert codes(lambda: join(people, trade, "finance", since=SPRING)) == ["industry_has_responsible"]
    assert codes(lambda: join(people, trade, "finance", since=SUMMER)) == ["industry_has_responsible"]
    assert codes(lambda: join(people, trade, "commerce", since=SUMMER)) == ["industry_member_already"]
    for unit in ("finance", "street"):
        join(people, trade, unit, "collaborating")
    with pytest.raises(IntegrityError), work(BUILDER, "past the service"):
        IndustryDuty.objects.create(industry=trade, unit=people.finance, part="responsible", valid_from=SPRING)


def test_a_duty_ends_after_it_began_and_one_that_never_acted_is_taken_back(people: Cast, trade: Industry) -> None:
    duty = join(people, trade, "commerce")
    with pytest.raises(IntegrityError), work(BUILDER, "reversed"):
        IndustryDuty.objects.filter(pk=duty.pk).update(valid_until=SPRING)
    services.leave_industry(duty_id=duty.pk, on=SPRING, by=people.sysadmin)
    assert not IndustryDuty.objects.exists()
    assert codes(lambda: services.leave_industry(duty_id=duty.pk, on=SPRING, by=people.sysadmin)) == ["tie_absent"]


def test_every_unknown_choice_is_said_at_once(people: Cast, trade: Industry) -> None:
    def wrong() -> Any:
        return services.join_industry(industry_id=trade.pk, unit_id=None, part="leading", since=SPRING, by=people.sysadmin)

    assert codes(wrong) == ["unit_unknown", "choice_unknown"]
    absent = Industry(pk=999_999)
    assert codes(lambda: join(people, absent, "commerce")) == ["industry_unknown"]


def change(people: Cast, industry: Industry, **changed: Any) -> Industry:
    form = {"name_zh": industry.name_zh, "name_en": industry.name_en, "position": industry.position, "active": True, "version": industry.version}
    return services.change_industry(industry_id=industry.pk, by=people.sysadmin, **{**form, **changed})


def test_an_industry_is_renamed_and_dissolved_once_nobody_answers_for_it(people: Cast, trade: Industry) -> None:
    other = services.add_industry(name_zh="工业", name_en="", position=2, by=people.sysadmin)
    assert (other.name_en, other.code) == ("工业", "industry-2")
    assert codes(lambda: change(people, trade, name_zh="工业")) == ["industry_name_taken"]
    trade = change(people, trade, name_zh="商业贸易")
    assert codes(lambda: change(people, trade, version=trade.version - 1)) == ["stale_version"]
    duty = join(people, trade, "commerce")
    assert codes(lambda: change(people, trade, active=False)) == ["industry_in_use"]
    services.leave_industry(duty_id=duty.pk, on=SUMMER, by=people.sysadmin)
    trade = change(people, trade, active=False)
    assert codes(lambda: join(people, trade, "finance")) == ["industry_dissolved"]
    shown = {day: [each.industry.pk for each in queries.organisation_on(viewer=people.chief, day=day).industries] for day in (SPRING, SUMMER)}
    assert shown == {SPRING: [trade.pk, other.pk], SUMMER: [other.pk]}


@pytest.mark.parametrize("who", ["secadmin", "auditor", "office_head", "commerce_head", "chief"])
def test_only_the_system_administrator_arranges_industries(people: Cast, trade: Industry, who: str) -> None:
    def add() -> Any:
        return services.add_industry(name_zh="农业", name_en="", position=1, by=getattr(people, who))

    assert codes(add) == ["not_allowed"]
    assert browser(people, who).get(f"{HOME}industries/{trade.pk}/").status_code == 404
    assert queries.industries_to_arrange(viewer=getattr(people, who)) == ()
    assert queries.industry_to_arrange(viewer=getattr(people, who), industry_id=trade.pk, day=SPRING) is None


def test_a_unit_that_answers_for_an_industry_is_not_switched_off(people: Cast, trade: Industry) -> None:
    street = people.street
    join(people, trade, "street", "collaborating")
    with pytest.raises(Refusal) as refused:
        services.change_unit(
            unit_id=street.pk, version=street.version, name_zh=street.name_zh, name_en=street.name_en, kind=street.kind,
            parent=None, position=street.position, active=False, by=people.sysadmin,
        )  # fmt: skip
    assert "商贸" in str(refused.value)


def test_the_pages_add_rename_and_tie_an_industry(people: Cast) -> None:
    client, today = browser(people, "sysadmin"), clock.today().isoformat()
    assert "还没有行业" in words(client.get(HOME))
    made = post(client, "industries/new/", name_zh="商贸", position=1)
    industry = Industry.objects.get(name_zh="商贸")
    assert (made.status_code, made["Location"]) == (302, f"{HOME}industries/{industry.pk}/")
    at = f"industries/{industry.pk}/"
    assert "该行业还没有归口单位" in words(client.get(HOME + at))
    assert post(client, f"{at}join/", unit=people.commerce.pk, part="responsible", since=today).status_code == 302
    wrong = post(client, f"{at}join/", unit=people.finance.pk, part="responsible", since=today)
    assert wrong.status_code == 422
    assert "同一时间只有一个责任单位" in words(wrong)
    taken = post(client, at, name_zh="商贸", position=1, version=industry.version)
    assert taken.status_code == 422
    assert "仍有单位归口负责该行业：商务办" in words(taken)
    assert post(client, at, name_zh="商业贸易", position=1, active="on", version=industry.version).status_code == 302
    duty = IndustryDuty.objects.get()
    assert post(client, f"duties/{duty.pk}/end/", on=today).status_code == 302
    assert post(client, f"duties/{duty.pk}/end/", on=today).status_code == 404
    assert "商业贸易" in words(client.get(HOME))
    reasons = set(Entry.objects.filter(tbl__startswith="people_industry").values_list("reason", flat=True))
    assert reasons >= {f"新增行业 {industry.code}", f"commerce 归口行业 {industry.code}", f"commerce 不再归口行业 {industry.code}"}


def test_the_organisation_shows_the_horizontal_line_of_a_day_and_exports_it(people: Cast, trade: Industry) -> None:
    client = browser(people, "street_officer")
    duty = join(people, trade, "commerce")
    join(people, trade, "finance", "collaborating", SUMMER)
    services.leave_industry(duty_id=duty.pk, on=SUMMER, by=people.sysadmin)
    before = words(client.get(f"/organisation/?day={SUMMER - timedelta(days=1)}"))
    after = words(client.get(f"/organisation/?day={SUMMER}"))
    table = before.split("行业归口（横线）")[-1]
    assert "商贸" in table
    assert "商务办" in table.split("近期变动")[0]
    assert "待明确" in after
    assert "商贸：不再担任责任单位：商务办" in after
    book = load_workbook(io.BytesIO(client.get(f"/organisation/export/?day={SUMMER}").content))
    assert book.sheetnames == ["机构和岗位", "工作组", "行业归口"]
    row = [cell.value for cell in list(book["行业归口"].iter_rows())[-1]]
    assert row[1:4] == ["商贸", "", "财政金融办"]


def test_without_industries_the_page_says_what_to_do(people: Cast) -> None:
    assert "由系统管理员在“机构岗位”中添加" in words(browser(people, "chief").get("/organisation/"))


def test_english_pages_of_industries_hold_no_chinese(people: Cast, trade: Industry) -> None:
    join(people, trade, "commerce")
    client = browser(people, "sysadmin")
    client.cookies["zb_language"] = "en"
    for path in ("/organisation/", f"{HOME}industries/{trade.pk}/", f"{HOME}industries/new/", HOME):
        main = client.get(path).content.decode().split("<main")[1].split("</main>")[0]
        without_values = re.sub(r'value="[^"]*"', "", main)
        assert re.findall(r"[\u4e00-\u9fff]+", without_values) == [], path


def test_an_industry_is_found_by_its_name(people: Cast, trade: Industry) -> None:
    assert "行业" in words(browser(people, "street_officer").get("/search/?q=商贸"))
