"""What the office decides about judging: the light rule's parameters, and which places are ranked."""

from collections.abc import Mapping
from datetime import date

from zhuanban.calc.lights import LightRule
from zhuanban.calc.reporting import month_covered, plan_year
from zhuanban.indicators.models import Indicator, LightThresholds, PeerMember, Place
from zhuanban.kit import clock
from zhuanban.kit.dated import demand_sayable, withdraw_version, write_version
from zhuanban.kit.defining import Defined
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work

ACTION = "office.set"


def set_thresholds(
    *, parameters: Mapping[str, object], since: date, authority: str, reason: str, by: Viewer
) -> Defined[LightThresholds]:
    """The light rule from a day on; boards as known before keep the rule of their day.

    Refusals: not_allowed, since_past, required.
    """
    by.demand(ACTION)
    stored = LightRule.from_parameters(parameters).parameters()
    with work(by.actor, "调整亮灯规则参数"):
        return write_version(LightThresholds, {}, stored, since=since, authority=authority, reason=reason)


def withdraw_thresholds(*, since: date, by: Viewer) -> None:
    """Take back what was decided for a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""
    by.demand(ACTION)
    with work(by.actor, f"撤回亮灯规则自{since}起的调整"):
        withdraw_version(LightThresholds, {}, since=since)


def first_open_year() -> int:
    """The plan year that runs: ranks of the years before it stay as they were published."""
    return plan_year(month_covered(clock.today()))


def count_peer(
    *, place: str, indicator: str | None, from_year: int, authority: str, reason: str, by: Viewer
) -> PeerMember:
    """Rank a place from a year on, for one indicator or (None) for all without peers of their own.

    Refusals: not_allowed, required, choice_unknown, peer_year_past, peer_counted_already.
    """
    with work(by.actor, f"{place} 自{from_year}年起纳入排名：{reason.strip()}"):
        found, about = may_count_peer(
            place=place, indicator=indicator, from_year=from_year, authority=authority, reason=reason, by=by
        )
        return PeerMember.objects.create(place=found, indicator=about, from_year=from_year, authority=authority.strip())


def may_count_peer(
    *, place: str, indicator: str | None, from_year: int, authority: str, reason: str, by: Viewer
) -> tuple[Place, Indicator | None]:
    """The place and the indicator, if the place can be ranked from that year on. Refusals: as ``count_peer``."""
    by.demand(ACTION)
    demand_sayable(since=clock.today(), authority=authority, reason=reason)
    found = Place.objects.filter(code=place, active=True).first()
    about = Indicator.objects.filter(code=indicator, active=True).first() if indicator else None
    problems: list[Problem] = []
    if found is None:
        problems.append(Problem("choice_unknown", {}, "place"))
    if indicator and about is None:
        problems.append(Problem("choice_unknown", {}, "indicator"))
    if from_year < first_open_year():
        problems.append(Problem("peer_year_past", {"year": first_open_year()}, "from_year"))
    if problems:
        raise Refusal.of(problems)
    assert found is not None
    if PeerMember.objects.filter(place=found, indicator=about).exclude(until_year__lt=from_year).exists():
        raise Refusal("peer_counted_already", where="place", status=409, place=found.name)
    return found, about


def end_peer(*, member_id: int, last_year: int, reason: str, by: Viewer) -> PeerMember:
    """Rank a place for the last time in a year; one that was to begin later is no longer ranked at all.

    Refusals: not_allowed, required, choice_unknown, peer_year_past.
    """
    by.demand(ACTION)
    demand_sayable(since=clock.today(), authority="-", reason=reason)
    if last_year < first_open_year() - 1:
        raise Refusal("peer_year_past", where="last_year", year=first_open_year())
    with work(by.actor, f"调整排名范围 {last_year}：{reason.strip()}"):
        member = PeerMember.objects.select_for_update().filter(pk=member_id).first()
        if member is None or (member.until_year is not None and member.until_year < first_open_year()):
            raise Refusal("choice_unknown", status=404)
        if last_year < member.from_year:
            PeerMember.objects.filter(pk=member_id).delete()
        else:
            member.until_year = last_year
            member.save(update_fields=["until_year"])
    return member
