"""What a pack says, as the rows of the lower rooms: by kind and code, references still as codes. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from zhuanban.filings.queries import cadences
from zhuanban.indicators.services.definitions import IndicatorFields, PlaceFields
from zhuanban.matters.queries import ladder_keys
from zhuanban.people.services.structure import GroupFields, PostFields, UnitFields
from zhuanban.plans.packs.entries import Pack, Setting, Unit
from zhuanban.plans.packs.words import Authority, Collaboration, Comparability, Role, Trigger

LIGHT_RULE = "indicator_default"


class Member(NamedTuple):
    group: str
    unit: str
    part: str


class Duty(NamedTuple):
    industry: str
    unit: str
    part: str


class Territory(NamedTuple):
    indicator: str
    unit: str


class Leader(NamedTuple):
    group: str
    post: str


class Grant(NamedTuple):
    post: str
    role: str
    group: str | None
    unit: str | None


class TargetKey(NamedTuple):
    place: str
    indicator: str
    year: int
    kind: str
    is_stretch: bool


class PeerKey(NamedTuple):
    place: str
    indicator: str | None
    from_year: int


def unit_rows(pack: Pack) -> dict[str, UnitFields]:
    """Units, every parent before its sections."""
    positions = {unit.code: position for position, unit in enumerate(pack.units, start=1)}
    return {
        unit.code: {
            "name_zh": unit.name_zh,
            "name_en": unit.name_en,
            "kind": unit.kind.value,
            "parent": unit.parent,
            "position": positions[unit.code],
            "active": True,
            "is_office": unit.code == pack.header.task_force.office_unit,
            "name_pending": unit.name_pending,
            "clause": unit.clause or "",
        }
        for unit in _parents_first(pack.units)
    }


def _parents_first(units: tuple[Unit, ...]) -> Iterator[Unit]:
    by_code = {unit.code: unit for unit in units}

    def height(unit: Unit) -> int:
        return 0 if unit.parent is None else 1 + height(by_code[unit.parent])

    yield from sorted(units, key=height)


def group_rows(pack: Pack) -> dict[str, GroupFields]:
    return {
        group.code: {
            "name_zh": group.name_zh,
            "name_en": group.name_en,
            "position": group.number,
            "active": True,
            "clause": group.clause or "",
        }
        for group in pack.groups
    }


def industry_rows(pack: Pack) -> dict[str, GroupFields]:
    return {
        industry.code: {
            "name_zh": industry.name_zh,
            "name_en": industry.name_en,
            "position": position,
            "active": True,
            "clause": industry.clause or "",
        }
        for position, industry in enumerate(pack.industries, start=1)
    }


def post_rows(pack: Pack) -> dict[str, PostFields]:
    """Posts under their first role; all roles become grants."""
    return {
        post.code: {
            "name_zh": post.name_zh,
            "name_en": post.name_en,
            "unit": post.unit,
            "role": post.roles[0].value,
            "position": position,
            "active": True,
        }
        for position, post in enumerate(pack.posts, start=1)
    }


def members(pack: Pack) -> set[Member]:
    """Who is in which group. Units that a leader calls when needed are not members: any unit may be called."""
    found: set[Member] = set()
    everyone = [unit.code for unit in pack.units if unit.kind in pack.header.task_force.member_kinds]
    for group in pack.groups:
        found |= {Member(group.code, unit, "responsible") for unit in group.responsible}
        listed = group.collaborating.units
        if group.collaborating.mode is Collaboration.ALL_MEMBERS:
            listed = tuple(unit for unit in everyone if unit not in group.responsible)
        found |= {Member(group.code, unit, "collaborating") for unit in listed}
    return found


def duties(pack: Pack) -> set[Duty]:
    """Which unit answers for which industry."""
    return {
        Duty(industry.code, unit, part)
        for industry in pack.industries
        for part, units in (("responsible", (industry.responsible,)), ("collaborating", industry.collaborating))
        for unit in units
        if unit is not None
    }


def territories(pack: Pack) -> set[Territory]:
    """Which street or centre answers for which indicator."""
    return {Territory(entry.code, unit) for entry in pack.indicators for unit in entry.territories}


def leaders(pack: Pack) -> set[Leader]:
    return {Leader(group.code, post) for group in pack.groups for post in group.leaders}


def grants(pack: Pack) -> set[Grant]:
    """A leader acts in the groups he leads, a unit's people for their unit, the office and administrators everywhere."""
    found: set[Grant] = set()
    for post in pack.posts:
        for role in post.roles:
            if role is Role.LEADER:
                led = (group.code for group in pack.groups if post.code in group.leaders)
                found |= {Grant(post.code, role.value, group, None) for group in led}
            elif role in {Role.DEPT_HEAD, Role.DEPT_CLERK, Role.TERRITORY_OFFICER}:
                found.add(Grant(post.code, role.value, None, post.unit))
            else:
                found.add(Grant(post.code, role.value, None, None))
    return found


def place_rows(pack: Pack) -> dict[str, PlaceFields]:
    return {
        place.code: {
            "name_zh": place.name_zh,
            "name_en": place.name_en,
            "kind": place.kind.value,
            "aliases": list(place.aliases),
            "position": position,
            "active": True,
            "verified": place.verified,
        }
        for position, place in enumerate(pack.places, start=1)
    }


def indicator_rows(pack: Pack) -> dict[str, IndicatorFields]:
    return {
        entry.code: {
            "name_zh": entry.name_zh,
            "name_en": entry.name_en,
            "aliases": list(entry.aliases),
            "group": entry.group,
            "dept": entry.dept,
            "measure": entry.measure,
            "decimals": entry.decimals,
            "value_kind": entry.value_kind.value,
            "basis": entry.report_basis.value,
            "price_basis": entry.price_basis.value,
            "comparable_scope": entry.comparability is Comparability.COMPARABLE_SCOPE,
            "city_published": entry.city_published,
            "frequency": entry.frequency.value,
            "has_january": bool(entry.has_january),
            "has_fourth_quarter": entry.has_fourth_quarter is not False,
            "lag_months": entry.lag_months,
            "due_day": entry.due_day,
            "polarity": entry.polarity.value,
            "source": entry.source_zh,
            "clause": entry.clause or "",
            "active": entry.active_until is None,
            "active_until": entry.active_until,
            "context_only": entry.context,
            "position": position,
        }
        for position, entry in enumerate(pack.indicators, start=1)
    }


def targets(pack: Pack) -> dict[TargetKey, dict[str, Any]]:
    """Published targets with the document as authority, in force from the day it was published."""
    sources = {source.code: source for source in pack.sources}
    found: dict[TargetKey, dict[str, Any]] = {}
    for target in pack.targets:
        source = sources[target.source]
        key = TargetKey(target.place, target.indicator, target.year, target.kind.value, target.stretch)
        found[key] = {
            "operator": target.operator.value,
            "value": target.value,
            "follows": target.in_step_with,
            "authority": source.document_number or source.name_zh,
            "since": source.published_on or date(target.year, 1, 1),
        }
    return found


def peers(pack: Pack) -> dict[PeerKey, dict[str, Any]]:
    verified = {place.code: place.verified for place in pack.places}
    return {
        PeerKey(member, indicator, peer_set.from_year): {
            "until_year": peer_set.until_year,
            "authority": peer_set.name_zh if verified[member] else f"{peer_set.name_zh}（待核实）",
        }
        for peer_set in pack.peers
        for indicator in (peer_set.indicators or (None,))
        for member in peer_set.members
    }


def rule_parameters(pack: Pack) -> dict[str, dict[str, Setting]]:
    """The parameters that the pack gives each rule, the light rule's and the alerts'."""
    return {rule.code: dict(rule.parameters) for rule in pack.rules if rule.parameters}


CLOCKS = {"problem": {"lead_handler_reply": "handle"}}
"""Which clock of a ledger a plan's clock speaks of. The plan's other clocks have no stage in the ledger yet."""


def cadence_settings(pack: Pack) -> dict[str, dict[str, Setting]]:
    """What the pack says about each kind of filing the product has, as numbers that can be set."""
    known = cadences()
    found: dict[str, dict[str, Setting]] = {}
    for entry in pack.cadences:
        if entry.code in known:
            settings = {name: each for name, each in entry.settings.items() if name in known[entry.code].said()}
            if entry.day_of_month is not None:
                day = Setting(value=Decimal(entry.day_of_month), authority=Authority.PLAN, clause=entry.clause)
                settings["day_of_month"] = day
            if entry.weekday is not None:
                settings["weekday"] = Setting(value=Decimal(entry.weekday), authority=Authority.PLAN, clause=entry.clause)
            found[entry.code] = settings
    return found


def ledger_terms(pack: Pack) -> dict[str, dict[str, Setting]]:
    """Working days by ledger and clock, where the pack speaks of one that the ledger has."""
    days = {entry.code: entry.working_days for entry in pack.clocks}
    return {
        ledger: {clock: days[code] for code, clock in clocks.items() if code in days}
        for ledger, clocks in CLOCKS.items()
    }


LADDERS = ("problem",)
"""The ledgers that the plan's way up holds for."""


def ledger_ladders(pack: Pack) -> dict[str, dict[str, Setting]]:
    """Working days by ledger and level, where the pack speaks of a level that the ledger's ladder has.

    A level that the pack does not let be reached by being overdue is never reached so.
    """
    return {ledger: _ladder_days(pack, set(ladder_keys(ledger=ledger))) for ledger in LADDERS}


def _ladder_days(pack: Pack, known: set[str]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for entry in pack.ladder:
        overdue, answer = f"l{entry.level}_overdue", f"l{entry.level}_answer"
        if answer in known and entry.answer_working_days is not None:
            found[answer] = entry.answer_working_days
        if overdue in known and Trigger.OVERDUE not in entry.triggers:
            found[overdue] = Setting(value=Decimal(0), authority=entry.authority, clause=entry.clause)
    return found


def authority_of(settings: Mapping[str, Setting], pack: Pack) -> str:
    """Who says so: ``product_default`` where all values are the product's, else the pack's document."""
    if all(setting.authority is Authority.PRODUCT_DEFAULT for setting in settings.values()):
        return Authority.PRODUCT_DEFAULT.value
    return pack.header.document_number or pack.header.code
