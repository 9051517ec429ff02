"""The pack of the plan document 鞍高开发〔2023〕8号 against what the plan says."""

import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from zhuanban.calc.measures import measure_named
from zhuanban.plans.packs import Pack, builtin_folder, check_pack, load_pack
from zhuanban.plans.packs.words import Authority, Collaboration, Operator, Owner

FOLDER = builtin_folder("anshan-2023")
SHARED = Path(os.environ.get("ZHUANBAN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
PLAN = SHARED / "plan" / "anshan-2023-8.txt"
needs_plan = pytest.mark.skipif(not PLAN.is_file(), reason="the plan document is not here")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


def test_the_anshan_pack_is_clean():
    assert check_pack(FOLDER) == []


def test_the_eight_groups_stand_in_the_order_of_the_plan(pack: Pack):
    assert [(group.number, group.code, group.clause) for group in pack.groups] == [
        (1, "GENERAL", "四(一)"),
        (2, "HOUSING_AGRI", "四(二)"),
        (3, "FISCAL_FIN", "四(三)"),
        (4, "MICRO_PARK", "四(四)"),
        (5, "COMMERCE_CULT", "四(五)"),
        (6, "INVEST_PROMO", "四(六)"),
        (7, "SCI_INDUSTRY", "四(七)"),
        (8, "FOUNDATION", "四(八)"),
    ]


def test_leaders_are_posts_one_leads_two_groups_twice_and_the_foundation_group_has_none(pack: Pack):
    assert {group.code: group.leaders for group in pack.groups} == {
        "GENERAL": ("committee_director",),
        "HOUSING_AGRI": ("deputy_director_a",),
        "FISCAL_FIN": ("dev_center_director",),
        "MICRO_PARK": ("deputy_director_b",),
        "COMMERCE_CULT": ("deputy_director_c",),
        "INVEST_PROMO": ("deputy_director_c",),
        "SCI_INDUSTRY": ("deputy_director_office",),
        "FOUNDATION": (),
    }


def test_responsible_and_collaborating_departments_are_those_of_the_plan(pack: Pack):
    names = {unit.code: unit.name_zh for unit in pack.units}
    assert {group.code: [names[code] for code in group.responsible] for group in pack.groups} == {
        "GENERAL": ["科技经济发展办（统计办）"],
        "HOUSING_AGRI": ["自然资源和住建办", "农业农村办"],
        "FISCAL_FIN": ["财政金融办"],
        "MICRO_PARK": ["市场监管分局", "高企服务部"],
        "COMMERCE_CULT": ["商务办"],
        "INVEST_PROMO": ["招商中心"],
        "SCI_INDUSTRY": ["科技经济发展办（统计办）"],
        "FOUNDATION": [
            "第一街道（名称待填）",
            "第二街道（名称待填）",
            "第一中心（名称待填）",
            "第二中心（名称待填）",
        ],
    }
    assert {group.code: group.collaborating.mode for group in pack.groups} == {
        "GENERAL": Collaboration.ALL_MEMBERS,
        "HOUSING_AGRI": Collaboration.ON_CALL,
        "FISCAL_FIN": Collaboration.FIXED,
        "MICRO_PARK": Collaboration.ON_CALL,
        "COMMERCE_CULT": Collaboration.ON_CALL,
        "INVEST_PROMO": Collaboration.ON_CALL,
        "SCI_INDUSTRY": Collaboration.FIXED,
        "FOUNDATION": Collaboration.NONE,
    }
    science = next(group for group in pack.groups if group.code == "SCI_INDUSTRY")
    assert [names[code] for code in science.collaborating.units] == [
        "高新区税务局",
        "市场监管分局",
        "自然资源三分局",
        "生态环境分局",
        "行政审批局",
        "应急办",
        "高企服务部",
        "招商中心",
    ]


def test_only_the_names_of_two_streets_and_two_centres_are_pending(pack: Pack):
    pending = [unit.code for unit in pack.units if unit.name_pending]
    assert pending == ["street_1", "street_2", "center_1", "center_2"]


def test_every_group_but_the_last_owns_its_indicators(pack: Pack):
    owned = [one for one in pack.indicators if one.owner is Owner.GROUP and one.active_until is None]
    assert Counter(one.group for one in owned) == {
        "GENERAL": 2,
        "HOUSING_AGRI": 4,
        "FISCAL_FIN": 8,
        "MICRO_PARK": 7,
        "COMMERCE_CULT": 14,
        "INVEST_PROMO": 4,
        "SCI_INDUSTRY": 6,
    }
    assert len(owned) >= 36


def test_the_dictionary_of_the_plan_is_complete(pack: Pack):
    expected = [
        "gdp", "fai", "construction_output", "housing_sales_area", "real_estate_wages", "agri_output",
        "budget_revenue", "deposits", "loans", "vat", "cit", "pit", "property_tax", "business_tax",
        "construction_business_tax", "individual_to_enterprise", "retail_sales", "wholesale_rev", "retail_rev",
        "hotel_rev", "catering_rev", "leasing_rev", "leasing_wages", "resident_service_wages", "culture_rev",
        "culture_wages", "education_wages", "trade_total", "domestic_capital", "fdi_registered", "signed_100m",
        "promo_fai", "above_scale_new", "ind_va_above", "ind_va_below", "software_rev", "software_wages", "sci_rev",
        "sci_wages",
    ]  # fmt: skip
    codes = [one.code for one in pack.indicators]
    assert [code for code in expected if code not in codes] == []
    assert len([code for code in codes if code.startswith("park_")]) == 6


def test_business_tax_ended_in_april_2016_and_names_what_follows(pack: Pack):
    legacy = {one.code: (str(one.active_until), one.successor) for one in pack.indicators if one.active_until}
    assert legacy == {
        "business_tax": ("2016-04-30", "vat"),
        "construction_business_tax": ("2016-04-30", "construction_vat"),
    }


def test_wages_have_no_fourth_quarter_and_services_lag_a_month(pack: Pack):
    wages = [one for one in pack.indicators if one.code.endswith("_wages")]
    assert {one.has_fourth_quarter for one in wages} == {False}
    lagging = {one.code for one in pack.indicators if one.lag_months == 1 and not one.context}
    assert lagging == {"leasing_rev", "culture_rev", "software_rev", "sci_rev"}


def test_stocks_are_points_and_industry_is_published_as_a_rate(pack: Pack):
    by_code = {one.code: one for one in pack.indicators}
    assert {code: (by_code[code].value_kind, by_code[code].report_basis) for code in ("deposits", "loans")} == {
        "deposits": ("stock", "point"),
        "loans": ("stock", "point"),
    }
    assert (by_code["ind_va_above"].value_kind, by_code["ind_va_above"].price_basis) == ("rate_only", "constant")
    assert by_code["gdp"].price_basis == "constant"


def test_inputs_nobody_owns_are_listed_and_context_is_marked(pack: Pack):
    unowned = [one for one in pack.indicators if one.owner is Owner.UNOWNED]
    assert [one.code for one in unowned if not one.context] == [
        "freight_turnover",
        "passenger_turnover",
        "postal_volume",
        "premium_income",
        "telecom_volume",
        "water_environment_wages",
        "public_admin_wages",
        "eight_expenditures",
    ]
    assert [one.code for one in unowned if one.context] == [
        "primary_va",
        "secondary_va",
        "tertiary_va",
        "above_scale_industry_revenue",
        "above_scale_service_revenue",
        "above_quota_retail",
    ]


def test_every_measure_can_be_converted(pack: Pack):
    assert {one.measure for one in pack.indicators if measure_named(one.measure).zh != one.measure} == set()


def test_targets_are_the_published_ones_of_the_city_and_the_province_never_of_the_zone(pack: Pack):
    written = {
        (one.place, one.year, one.indicator): (one.operator, one.value)
        for one in pack.targets
        if one.kind == "growth"
    }
    assert {key[0] for key in written} == {"anshan", "liaoning"}
    assert {key[2]: value for key, value in written.items() if key[:2] == ("anshan", 2023)} == {
        "gdp": (Operator.ABOUT, Decimal(6)),
        "ind_va_above": (Operator.ABOUT, Decimal(7)),
        "fai": (Operator.ABOUT, Decimal(12)),
        "retail_sales": (Operator.ABOUT, Decimal(9)),
        "budget_revenue": (Operator.ABOUT, Decimal(8)),
        "domestic_capital": (Operator.EQUAL, Decimal(15)),
    }
    assert {key[2]: value for key, value in written.items() if key[:2] == ("anshan", 2024)} == {
        "gdp": (Operator.EQUAL, Decimal(6)),
        "ind_va_above": (Operator.EQUAL, Decimal(6)),
        "fai": (Operator.AT_LEAST, Decimal(10)),
        "retail_sales": (Operator.EQUAL, Decimal(9)),
        "budget_revenue": (Operator.AT_LEAST, Decimal(10)),
    }
    levels = [(one.indicator, one.value, one.stretch) for one in pack.targets if one.kind == "value"]
    assert levels == [("fai", Decimal(470), False), ("fai", Decimal(510), True)]


def test_seven_peers_exist_by_law_and_the_rest_is_marked_unverified(pack: Pack):
    peers = [place for place in pack.places if place.kind == "peer"]
    assert len([place for place in peers if place.verified and place.authority is Authority.LAW]) == 7
    assert [place.code for place in peers if not place.verified] == ["anshan_edz", "qianshan_scenic"]
    assert len(pack.peers[0].members) == 10


def test_the_duties_carry_the_days_of_the_plan_and_our_own_offsets_are_marked(pack: Pack):
    duties = {one.code: one for one in pack.cadences}
    assert (duties["leader_dispatch"].minimum, duties["leader_dispatch"].strength) == (1, "mandatory")
    assert (duties["weekly_ledger"].weekday, duties["weekly_ledger"].strength) == (5, "optional")
    assert (duties["monthly_filing"].day_of_month, duties["monthly_filing"].strength) == (20, "mandatory")
    settings = [setting for one in pack.cadences for setting in one.settings.values()]
    assert {setting.authority for setting in settings} == {Authority.PRODUCT_DEFAULT}
    clocks = [clock.working_days.authority for clock in pack.clocks]
    assert set(clocks) == {Authority.PRODUCT_DEFAULT}


def test_the_ladder_runs_from_the_street_to_the_chief(pack: Pack):
    assert [(step.code, step.addressee[0], step.informed) for step in pack.ladder] == [
        ("L0", "collaborating_unit", ()),
        ("L1", "responsible_dept", ()),
        ("L2", "responsible_leader", ("task_force_office",)),
        ("L3", "task_force_office", ("responsible_leader",)),
        ("L4", "chief", ("task_force_office",)),
    ]


@needs_plan
def test_no_person_named_in_the_plan_stands_in_the_pack():
    plan = PLAN.read_text(encoding="utf-8")
    titles = "|".join(("管委会主任", "管委会副主任", "发展服务中心主任"))
    persons = set(re.findall(rf"(?:{titles})[ ]*([\u4e00-\u9fff]{{2,3}})(?=\n|兼任)", plan))
    assert len(persons) == 6
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml"))
    assert [person for person in persons if person in text] == []


@needs_plan
def test_no_sentence_of_the_plan_stands_in_the_pack():
    plan = re.sub(r"\s", "", PLAN.read_text(encoding="utf-8"))
    sentences = [part for part in re.split(r"[。，；：、,;:]", plan) if len(part) >= 18]
    assert len(sentences) > 50
    text = re.sub(r"\s", "", "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")))
    assert [sentence for sentence in sentences if sentence in text] == []


@needs_plan
def test_every_unit_of_a_known_name_stands_in_the_plan(pack: Pack):
    plan = re.sub(r"\s", "", PLAN.read_text(encoding="utf-8")).replace("(", "（").replace(")", "）")
    named = [unit.name_zh for unit in pack.units if not unit.name_pending]
    assert [name for name in named if name not in plan] == []
