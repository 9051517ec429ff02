"""Applying the Anshan pack: what is written, that twice is once, and what a later pack changes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.queries import rules
from zhuanban.filings.models import CadenceVersion
from zhuanban.filings.queries import cadences
from zhuanban.indicators.models import Indicator, LightThresholds, PeerMember, Place, Target
from zhuanban.indicators.queries import answers_for_indicator
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.matters.models import LedgerLadder, LedgerTerms
from zhuanban.matters.queries.terms import term_days
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import Grant, GroupLeader, GroupMember, Industry, Post, Unit, WorkGroup
from zhuanban.people.queries import answers_for_industry
from zhuanban.people.services import add_industry
from zhuanban.plans.models import AppliedPack
from zhuanban.plans.packs import Pack, builtin_folder, load_pack
from zhuanban.plans.packs.entries import Setting
from zhuanban.plans.packs.words import PARAMETERS, Authority, Trigger
from zhuanban.plans.queries import applied_pack
from zhuanban.plans.services import Change, PlaceName, ZoneNames, apply_pack
from zhuanban.trail.models import Entry
from zhuanban.trail.queries import verify
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db
SYSTEM = system_viewer()
APRIL = datetime(2023, 4, 6, 9, tzinfo=clock.SHANGHAI)
JUNE = datetime(2023, 6, 1, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(builtin_folder("anshan-2023"))


@pytest.fixture
def applied(pack: Pack) -> Pack:
    with clock.pinned(APRIL):
        apply_pack(pack, by=SYSTEM)
    return pack


def changed(pack: Pack, name: str, code: str, **update: object) -> Pack:
    entries = getattr(pack, name)
    new = tuple(one.model_copy(update=update) if one.code == code else one for one in entries)
    return pack.model_copy(update={name: new})


def without(pack: Pack, name: str, code: str) -> Pack:
    return pack.model_copy(update={name: tuple(one for one in getattr(pack, name) if one.code != code)})


def test_the_workspace_then_says_what_the_pack_says(applied: Pack):
    assert [group.code for group in WorkGroup.objects.all()] == [group.code for group in applied.groups]
    assert Unit.objects.count() == len(applied.units)
    assert Unit.objects.get(is_office=True).parent == Unit.objects.get(code="tech_econ_office")
    assert Post.objects.count() == len(applied.posts)
    assert [one.code for one in Indicator.objects.all()] == [one.code for one in applied.indicators]
    assert set(Indicator.objects.filter(active=False).values_list("code", flat=True)) == {
        "business_tax",
        "construction_business_tax",
    }
    assert Indicator.objects.filter(active=True, group__isnull=False).count() >= 36
    gdp = Indicator.objects.get(code="gdp")
    assert (gdp.group.code, gdp.dept.code, gdp.measure, gdp.frequency) == ("GENERAL", "tech_econ_office", "亿元", "quarter")
    assert (gdp.has_january, gdp.has_fourth_quarter, gdp.price_basis) == (False, True, "constant")


def test_every_indicator_owned_in_the_pack_has_that_owner_in_the_workspace(applied: Pack):
    stored = {one.code: (one.group, one.dept) for one in Indicator.objects.select_related("group", "dept")}
    owners = {code: (group and group.code, dept and dept.code) for code, (group, dept) in stored.items()}
    assert owners == {one.code: (one.group, one.dept) for one in applied.indicators}


def test_members_leaders_and_rights_hold_from_the_day_of_the_plan(applied: Pack):
    assert set(GroupMember.objects.values_list("valid_from", "valid_until")) == {(date(2023, 4, 4), None)}
    general = GroupMember.objects.filter(group__code="GENERAL", part="collaborating")
    assert general.count() == 16
    assert set(GroupLeader.objects.filter(post__code="deputy_director_c").values_list("group__code", flat=True)) == {
        "COMMERCE_CULT",
        "INVEST_PROMO",
    }
    rights = Grant.objects.filter(post__code="deputy_director_office").values_list("role", "group__code", "unit__code")
    assert set(rights) == {("leader", "SCI_INDUSTRY", None), ("office_head", None, None)}
    clerk = Grant.objects.get(post__code="commerce_office_clerk")
    assert (clerk.role, clerk.group, clerk.unit.code) == ("dept_clerk", None, "commerce_office")


def test_published_targets_belong_to_the_city_and_name_their_document(applied: Pack):
    target = Target.objects.get(indicator__code="fai", place__code="anshan", year=2023, kind="growth")
    assert (target.operator, target.value, target.authority) == ("about", Decimal(12), "鞍政发〔2023〕1号")
    assert target.in_force_from == date(2023, 2, 1)
    stretch = Target.objects.get(is_stretch=True)
    assert (stretch.indicator.code, stretch.operator, stretch.value) == ("fai", "at_least", Decimal(510))
    assert not Target.objects.filter(place__kind="zone").exists()


def test_peers_and_light_parameters_are_dated_with_their_authority(applied: Pack):
    assert PeerMember.objects.count() == 10
    unverified = PeerMember.objects.filter(authority__contains="待核实").values_list("place__code", flat=True)
    assert set(unverified) == {"anshan_edz", "qianshan_scenic"}
    thresholds = LightThresholds.objects.get()
    assert thresholds.in_force_from == date(2023, 4, 4)
    assert thresholds.parameters["last_places"] == 2
    assert Decimal(thresholds.parameters["red_gap_pp"]) == Decimal(5)


def test_the_parameters_of_alert_rules_come_from_the_pack_and_changes_are_dated(applied: Pack):
    rule = next(one for one in applied.rules if one.code == "below_city_average")
    wider = rule.model_copy(
        update={"parameters": {**rule.parameters, "tolerance_pp": Setting(value=Decimal("0.5"), authority="product_default")}}
    )
    rules_now = tuple(wider if one.code == rule.code else one for one in applied.rules)
    with clock.pinned(JUNE):
        summary = apply_pack(applied.model_copy(update={"rules": rules_now}), by=SYSTEM)
    assert summary.created == [Change("rule", "below_city_average")]
    versions = RuleVersion.objects.order_by("in_force_from").values_list("in_force_from", "parameters", "authority")
    assert list(versions) == [
        (date(2023, 4, 4), {"tolerance_pp": "0"}, applied.header.document_number),
        (JUNE.date(), {"tolerance_pp": "0.5"}, "product_default"),
    ]


def test_filing_days_and_terms_come_from_the_pack_and_changes_are_dated(applied: Pack):
    cadence = CadenceVersion.objects.get(cadence="monthly_filing")
    assert (cadence.cadence, cadence.in_force_from, cadence.authority) == (
        "monthly_filing", applied.header.in_force_from, applied.header.document_number,
    )  # fmt: skip
    assert cadence.parameters == cadences()["monthly_filing"].said()
    assert CadenceVersion.objects.get(cadence="weekly_ledger").parameters == cadences()["weekly_ledger"].said()
    terms = LedgerTerms.objects.get()
    assert (terms.ledger, terms.parameters, terms.authority) == ("problem", {"handle": 7}, "product_default")
    clocks = tuple(
        each.model_copy(update={"working_days": Setting(value=Decimal(5), authority=Authority.PRODUCT_DEFAULT)})
        if each.code == "lead_handler_reply" else each
        for each in applied.clocks
    )  # fmt: skip
    with clock.pinned(JUNE):
        changed = apply_pack(applied.model_copy(update={"clocks": clocks}), by=SYSTEM)
        assert [(each.kind, each.code) for each in changed.created] == [("terms", "problem")]
        assert term_days("problem", "handle", JUNE.date()) == 5
        assert term_days("problem", "handle", date(2023, 5, 31)) == 7
        assert term_days("problem", "review", JUNE.date()) == 3


def test_the_ladder_comes_from_the_pack_and_a_level_not_reached_by_being_overdue_waits_to_be_asked(applied: Pack):
    first = LedgerLadder.objects.get()
    assert (first.ledger, first.in_force_from, first.authority) == ("problem", applied.header.in_force_from, "product_default")
    assert first.parameters == {"l2_answer": 3, "l3_answer": 5, "l4_answer": 5}
    levels = tuple(
        each.model_copy(update={
            "triggers": (Trigger.MANUAL,),
            "answer_working_days": Setting(value=Decimal(2), authority=Authority.PLAN, clause="五(一)"),
        }) if each.level == 4 else each
        for each in applied.ladder
    )  # fmt: skip
    with clock.pinned(JUNE):
        changed = apply_pack(applied.model_copy(update={"ladder": levels}), by=SYSTEM)
    assert [(each.kind, each.code) for each in changed.created] == [("ladder", "problem")]
    version = LedgerLadder.objects.order_by("in_force_from").last()
    assert version is not None
    assert version.parameters == {"l2_answer": 3, "l3_answer": 5, "l4_answer": 2, "l4_overdue": 0}
    assert (version.in_force_from, version.authority) == (JUNE.date(), applied.header.document_number)


def test_a_pack_may_name_every_parameter_of_every_alert_rule():
    for code, rule in rules().items():
        assert set(PARAMETERS[code]) == set(rule.defaults)


def test_applying_twice_changes_nothing(applied: Pack):
    entries = Entry.objects.count()
    with clock.pinned(JUNE):
        summary = apply_pack(applied, by=SYSTEM)
    assert summary.is_unchanged
    assert Entry.objects.count() == entries
    assert AppliedPack.objects.count() == 1


def test_the_applied_pack_can_be_read_back_as_it_was(applied: Pack):
    assert applied_pack(viewer=SYSTEM) == applied


def test_the_summary_lists_units_whose_names_are_pending(pack: Pack):
    with clock.pinned(APRIL):
        summary = apply_pack(pack, by=SYSTEM)
    assert summary.name_pending == ["street_1", "street_2", "center_1", "center_2"]
    assert Change("indicator", "gdp") in summary.created
    assert (summary.changed, summary.retired, summary.left) == ([], [], [])


def test_a_changed_entry_is_updated_alone_and_the_trail_shows_it(applied: Pack):
    before = Entry.objects.count()
    with clock.pinned(JUNE):
        summary = apply_pack(changed(applied, "indicators", "vat", decimals=1), by=SYSTEM)
    assert summary.changed == [Change("indicator", "vat", ("decimals",))]
    assert (summary.created, summary.retired) == ([], [])
    vat = Indicator.objects.get(code="vat")
    assert vat.decimals == 1
    written = list(Entry.objects.filter(seq__gt=before).values_list("op", "tbl", "pk_text"))
    assert written == [
        ("update", "indicators_indicator", str(vat.pk)),
        ("insert", "plans_appliedpack", str(AppliedPack.objects.first().pk)),
    ]
    assert verify(deep=True).findings == []


def test_what_the_office_changed_in_the_workspace_stays(applied: Pack):
    with work(Actor("user", "user:1", "office"), "name of the street"):
        Unit.objects.filter(code="street_1").update(name_zh="甲街道", name_pending=False)
    with clock.pinned(JUNE):
        apply_pack(changed(applied, "units", "street_1", clause="四(八)"), by=SYSTEM)
    street = Unit.objects.get(code="street_1")
    assert (street.name_zh, street.name_pending, street.clause) == ("甲街道", False, "四(八)")


def test_entries_gone_from_the_pack_become_inactive_and_are_listed(applied: Pack):
    with clock.pinned(JUNE):
        summary = apply_pack(without(applied, "indicators", "park_laser_rev"), by=SYSTEM)
    assert summary.retired == [Change("indicator", "park_laser_rev")]
    assert Indicator.objects.get(code="park_laser_rev").active is False
    with clock.pinned(JUNE):
        back = apply_pack(applied, by=SYSTEM)
    assert Indicator.objects.get(code="park_laser_rev").active is True
    assert "park_laser_rev" in {change.code for change in back.changed}


def test_an_indicator_that_the_office_added_itself_is_left_alone(applied: Pack):
    with work(Actor("user", "user:1", "office"), "own indicator"):
        Indicator.objects.create(
            code="own", name_zh="自设指标", name_en="Own", measure="户", value_kind="count", basis="cumulative",
            frequency="month", polarity="higher",
        )  # fmt: skip
    with clock.pinned(JUNE):
        summary = apply_pack(without(applied, "indicators", "park_laser_rev"), by=SYSTEM)
    assert [change.code for change in summary.retired] == ["park_laser_rev"]
    assert Indicator.objects.get(code="own").active is True


def test_a_new_leader_begins_on_the_day_the_old_one_ends(applied: Pack):
    with clock.pinned(JUNE):
        summary = apply_pack(changed(applied, "groups", "INVEST_PROMO", leaders=("deputy_director_b",)), by=SYSTEM)
    led = GroupLeader.objects.filter(group__code="INVEST_PROMO").values_list("post__code", "valid_from", "valid_until")
    assert set(led) == {
        ("deputy_director_c", date(2023, 4, 4), date(2023, 6, 1)),
        ("deputy_director_b", date(2023, 6, 1), None),
    }
    assert Change("leader", "INVEST_PROMO/deputy_director_c") in summary.retired
    assert Change("grant", "deputy_director_c/leader/INVEST_PROMO") in summary.retired
    assert Change("grant", "deputy_director_b/leader/INVEST_PROMO") in summary.created


def test_a_change_taken_back_on_the_same_day_leaves_one_tie_in_force(applied: Pack):
    other = changed(applied, "groups", "INVEST_PROMO", leaders=("deputy_director_b",))
    with clock.pinned(JUNE):
        apply_pack(other, by=SYSTEM)
        apply_pack(applied, by=SYSTEM)
        apply_pack(other, by=SYSTEM)
    open_ties = GroupLeader.objects.filter(group__code="INVEST_PROMO", valid_until=None)
    assert [(tie.post.code, tie.valid_from) for tie in open_ties] == [("deputy_director_b", date(2023, 6, 1))]


def test_a_revised_target_is_a_new_version_and_the_old_one_stays(applied: Pack):
    targets = tuple(
        one.model_copy(update={"value": Decimal(11)})
        if (one.indicator, one.place, one.year, one.kind) == ("fai", "anshan", 2023, "growth")
        else one
        for one in applied.targets
    )
    with clock.pinned(JUNE):
        apply_pack(applied.model_copy(update={"targets": targets}), by=SYSTEM)
    versions = Target.objects.filter(indicator__code="fai", place__code="anshan", year=2023, kind="growth")
    assert list(versions.order_by("in_force_from").values_list("in_force_from", "value")) == [
        (date(2023, 2, 1), Decimal(12)),
        (date(2023, 6, 1), Decimal(11)),
    ]


def test_a_fictitious_zone_takes_the_structure_without_names_or_figures_of_the_real_place(pack: Pack):
    names = {place.code: PlaceName(f"peer_{i}", f"示例区{i}", f"Peer {i}") for i, place in enumerate(pack.places)}
    names["anshan_htz"] = PlaceName("zone", "示例高新区", "Example Zone", ("全区",))
    names["anshan"] = PlaceName("city", "示例市", "Example City", ("全市",))
    zone = ZoneNames("示例高新区专班", "Task force of Example Zone", "示例〔2023〕1号", names, {"street_1": ("一街", "Street 1")})
    with clock.pinned(APRIL):
        summary = apply_pack(pack, by=SYSTEM, zone_names=zone, since=date(2020, 1, 1))
    assert [place.name_zh for place in Place.objects.filter(kind__in=("zone", "city"))] == ["示例高新区", "示例市"]
    stored = "".join(place.name_zh + "".join(place.aliases) for place in Place.objects.all())
    assert "鞍山" not in stored
    assert Target.objects.count() == 0
    assert PeerMember.objects.filter(place__code="zone").exists()
    assert Unit.objects.get(code="street_1").name_zh == "一街"
    assert "street_1" not in summary.name_pending
    assert set(GroupMember.objects.values_list("valid_from", flat=True)) == {date(2020, 1, 1)}
    with clock.pinned(JUNE):
        assert apply_pack(pack, by=SYSTEM, zone_names=zone).is_unchanged


def test_who_may_not_apply_a_plan_is_refused_and_nothing_is_written(pack: Pack):
    clerk = Viewer(1, None, None, "商务办 · 经办人", Actor("user", "user:1", "商务办 · 经办人"))
    with pytest.raises(Refusal) as refused:
        apply_pack(pack, by=clerk)
    assert (refused.value.codes, refused.value.status) == (["not_allowed"], 403)
    assert (Unit.objects.count(), AppliedPack.objects.count()) == (0, 0)


def test_a_failure_in_the_middle_leaves_nothing_behind(pack: Pack):
    broken = changed(pack, "indicators", "sci_wages", dept="nowhere")
    with pytest.raises(Unit.DoesNotExist), clock.pinned(datetime(2023, 4, 6, tzinfo=UTC)):
        apply_pack(broken, by=SYSTEM)
    assert (Unit.objects.count(), Indicator.objects.count(), AppliedPack.objects.count()) == (0, 0, 0)


def test_industries_of_the_plan_are_answered_for_from_the_day_of_the_plan(applied: Pack):
    day = applied.header.in_force_from
    found = {code: answers_for_industry(viewer=SYSTEM, industry=code, day=day) for code in ("commerce", "industry")}
    assert {code: each and each.responsible and each.responsible.code for code, each in found.items()} == {
        "commerce": "commerce_office", "industry": "tech_econ_office",
    }  # fmt: skip


def test_a_plan_that_names_another_unit_for_an_industry_ends_the_first_that_day(applied: Pack):
    other = changed(applied, "industries", "commerce", responsible="finance_office", collaborating=("commerce_office",))
    with clock.pinned(JUNE):
        apply_pack(other, by=SYSTEM)
    days = (JUNE.date() - timedelta(days=1), JUNE.date())
    found = [answers_for_industry(viewer=SYSTEM, industry="commerce", day=day) for day in days]
    assert [each and each.responsible and each.responsible.code for each in found] == ["commerce_office", "finance_office"]
    assert [[unit.code for unit in each.collaborating] for each in found if each] == [[], ["commerce_office"]]
    assert verify(deep=True).findings == []


def test_a_plan_without_industries_leaves_those_of_the_office_alone_and_ends_its_own(applied: Pack):
    with clock.pinned(JUNE):
        mine = add_industry(name_zh="会展", name_en="Exhibitions", position=9, by=SYSTEM)
        summary = apply_pack(applied.model_copy(update={"industries": ()}), by=SYSTEM)
    assert Change("industry", "commerce") in summary.retired
    assert Change("duty", "commerce/commerce_office/responsible") in summary.retired
    assert set(Industry.objects.filter(active=True)) == {mine}


def test_territories_of_an_indicator_come_from_the_plan_and_end_when_it_names_them_no_more(applied: Pack):
    with clock.pinned(JUNE):
        apply_pack(changed(applied, "indicators", "fai", territories=("street_1", "center_1")), by=SYSTEM)
    july = JUNE + timedelta(days=30)
    with clock.pinned(july):
        summary = apply_pack(changed(applied, "indicators", "fai", territories=("street_1",)), by=SYSTEM)
    days = (JUNE.date() - timedelta(days=1), JUNE.date(), july.date())
    with clock.pinned(july):
        found = [answers_for_indicator(viewer=SYSTEM, code="fai", day=day, as_known=None) for day in days]
    assert [[each.unit.code for each in answers.territories] for answers in found if answers] == [[], ["street_1", "center_1"], ["street_1"]]
    assert Change("territory", "fai/center_1") in summary.retired
