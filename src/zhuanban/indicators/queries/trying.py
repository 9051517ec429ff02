"""What a month's board would say under another rule or with other peers: nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhuanban.calc.lights import LightRule
from zhuanban.indicators.models import LightThresholds, PeerMember, Place
from zhuanban.indicators.queries.assembling import rows_of_month
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.indicators.queries.shown import BoardRow
from zhuanban.indicators.queries.year import YearFacts, facts_of_year
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class RowChange:
    """A row of the board as it is and as it would be."""

    before: BoardRow
    after: BoardRow


def with_rule(*, viewer: Viewer, year: int, month: int, rule: LightRule, as_known: None = None) -> list[RowChange]:
    """The rows whose light another rule would change."""
    facts = facts_of_year(year=year, as_known=as_known)
    changes = _changes(viewer, facts, replace(facts, rule=rule), month)
    return [each for each in changes if each.before.light != each.after.light]


def with_peers(
    *, viewer: Viewer, year: int, month: int, indicator_id: int | None, places: Iterable[int], as_known: None = None
) -> list[RowChange]:
    """The rows whose rank other peers would change; ``indicator_id`` None: the set for all indicators."""
    facts = facts_of_year(year=year, as_known=as_known)
    peers = {**facts.peers, indicator_id: frozenset(places)}
    changes = _changes(viewer, facts, replace(facts, peers=peers), month)
    return [each for each in changes if each.before.ranked != each.after.ranked]


def _changes(viewer: Viewer, now: YearFacts, then: YearFacts, month: int) -> list[RowChange]:
    reach = reach_of(viewer)
    pairs = zip(rows_of_month(now, month), rows_of_month(then, month), strict=True)
    return [RowChange(a, b) for a, b in pairs if reach.allows_row(a)]


def thresholds_history(*, viewer: Viewer, as_known: None = None) -> list[LightThresholds]:
    """Every version of the light rule, newest first; open to whoever sees lights."""
    del as_known
    seen = LightThresholds.objects.order_by("-in_force_from")
    return list(seen) if viewer.can("indicators.view") else []


def peers_of_year(*, viewer: Viewer, year: int, as_known: None = None) -> list[PeerMember]:
    """Who is ranked in a year or later, the general set first."""
    del as_known
    if not viewer.can("indicators.view"):
        return []
    rows = PeerMember.objects.exclude(until_year__lt=year).select_related("place", "indicator")
    return sorted(rows, key=_general_first)


def _general_first(member: PeerMember) -> tuple[bool, int, int, int]:
    indicator = member.indicator
    return indicator is not None, indicator.position if indicator else 0, member.place.position, member.from_year


def places_to_rank(*, viewer: Viewer, as_known: None = None) -> list[Place]:
    """Places that can be ranked, in their order."""
    del as_known
    wanted = Place.objects.filter(active=True).exclude(kind__in=[Place.Kind.CITY, Place.Kind.PROVINCE, Place.Kind.NATION])
    return list(wanted.order_by("position", "code")) if viewer.can("indicators.view") else []

