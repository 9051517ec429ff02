"""Defining what is measured: places, indicators, published targets, light thresholds, peers.

Every function writes inside ``work`` and changes nothing when the facts are so already. Targets and thresholds are
histories: another value becomes a new version from the day of the change, the old one stays.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NotRequired, TypedDict, Unpack

from zhuanban.calc.lights import LightRule
from zhuanban.indicators.models import FormerOwner, Indicator, LightThresholds, PeerMember, Place, Target
from zhuanban.kit import clock
from zhuanban.kit.dated import define_version
from zhuanban.kit.defining import Defined, define
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit, WorkGroup
from zhuanban.trail.services import work

ACTION = "indicators.define"


class PlaceFields(TypedDict, total=False):
    name_zh: str
    name_en: str
    kind: str
    aliases: list[str]
    position: int
    active: bool
    verified: bool


class IndicatorFields(TypedDict, total=False):
    name_zh: str
    name_en: str
    aliases: list[str]
    group: str | None
    dept: str | None
    measure: str
    decimals: int
    value_kind: str
    basis: str
    price_basis: str
    comparable_scope: bool
    city_published: bool
    frequency: str
    has_january: bool
    has_fourth_quarter: bool
    lag_months: int
    due_day: int
    polarity: str
    source: str
    clause: str
    active: bool
    active_until: date | None
    context_only: bool
    position: int


class TargetFields(TypedDict):
    operator: str
    value: Decimal | None
    authority: str
    follows: NotRequired[str | None]


def define_place(*, code: str, by: Viewer, **fields: Unpack[PlaceFields]) -> Defined[Place]:
    """Make the place ``code`` carry the given fields."""
    by.demand(ACTION)
    with work(by.actor, f"设定地区 {code}"):
        return define(Place, {"code": code}, fields)


def define_indicator(*, code: str, by: Viewer, **fields: Unpack[IndicatorFields]) -> Defined[Indicator]:
    """Make the indicator ``code`` carry the given fields; ``group`` and ``dept`` are codes, or None for unowned.

    Whoever answered for it until today is kept as its former owner.
    """
    by.demand(ACTION)
    values: dict[str, Any] = dict(fields)
    if "group" in fields:
        values["group"] = WorkGroup.objects.get(code=fields["group"]) if fields["group"] else None
    if "dept" in fields:
        values["dept"] = Unit.objects.get(code=fields["dept"]) if fields["dept"] else None
    with work(by.actor, f"设定指标 {code}"):
        _keep_owner(code, values)
        return define(Indicator, {"code": code}, values)


def _keep_owner(code: str, values: Mapping[str, Any]) -> None:
    """Note the owner that is about to change. Several changes on one day: who answered until that day counts."""
    before = Indicator.objects.filter(code=code).select_related("group", "dept").first()
    if before is None or all(values.get(name, getattr(before, name)) == getattr(before, name) for name in ("group", "dept")):
        return
    owner = {"group": before.group, "dept": before.dept}
    FormerOwner.objects.get_or_create(indicator=before, until=clock.today(), defaults=owner)


def define_target(
    *,
    indicator: str,
    place: str,
    year: int,
    kind: str,
    is_stretch: bool,
    since: date,
    today: date,
    by: Viewer,
    **fields: Unpack[TargetFields],
) -> Defined[Target]:
    """The newest version of a year's target carries the given operator, value and authority.

    The first version is in force from ``since``; another value makes a version in force from ``today``.
    """
    by.demand(ACTION)
    key: dict[str, Any] = {
        "indicator": Indicator.objects.get(code=indicator),
        "place": Place.objects.get(code=place),
        "year": year,
        "kind": kind,
        "is_stretch": is_stretch,
    }
    newest = Target.objects.filter(**key).order_by("-in_force_from").first()
    followed = Indicator.objects.filter(code=fields["follows"]).first() if fields.get("follows") else None
    values: dict[str, Any] = {**fields, "follows": followed}
    with work(by.actor, f"设定 {year} 年目标 {indicator} {place}"):
        begun_on = _version_day(newest, values, since, today)
        return define(Target, {**key, "in_force_from": begun_on}, values)


def define_thresholds(
    *, parameters: Mapping[str, object], since: date, today: date, authority: str, by: Viewer
) -> Defined[LightThresholds]:
    """The newest version of the light rule's parameters is the given one; names not given keep the rule's defaults."""
    by.demand(ACTION)
    stored = LightRule.from_parameters(parameters).parameters()
    with work(by.actor, "设定亮灯规则参数"):
        return define_version(LightThresholds, {}, stored, since=since, today=today, authority=authority)


def define_peer(
    *, place: str, indicator: str | None, from_year: int, until_year: int | None, authority: str, by: Viewer
) -> Defined[PeerMember]:
    """Count a place in the ranking of an indicator (None: of every one) from a year to a year (None: without end)."""
    by.demand(ACTION)
    key: dict[str, Any] = {
        "place": Place.objects.get(code=place),
        "indicator": Indicator.objects.get(code=indicator) if indicator else None,
        "from_year": from_year,
    }
    with work(by.actor, f"设定同类地区 {place}"):
        return define(PeerMember, key, {"until_year": until_year, "authority": authority})


def _version_day(
    newest: Target | None, values: Mapping[str, object], since: date, today: date
) -> date:
    """The day of the version to write: the newest one's when nothing changes, else the day of the change."""
    if newest is None:
        return since
    if all(getattr(newest, name) == value for name, value in values.items()):
        return newest.in_force_from
    return max(today, newest.in_force_from)
