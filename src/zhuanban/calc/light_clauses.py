"""The clauses of the light rule, red before yellow: what each compares, and what it lacks when it rests."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.light_terms import Because, Check, CheckState, Fact, Light, LightInputs, LightRule
from zhuanban.calc.rounding import ceiling, half_up


class Seen:
    """The inputs as readers see them: rounded to published precision and mirrored so that higher is better."""

    def __init__(self, inputs: LightInputs) -> None:
        self.inputs = inputs
        self.growth = self._rate(inputs.growth_pct)
        self.city = self._rate(inputs.city_growth_pct)
        self.target = self._rate(inputs.target_to_date_pct)
        self.behind: Decimal | None = None
        if inputs.level is not None and inputs.path_level is not None:
            self.behind = (inputs.path_level - inputs.level) * inputs.polarity.sign

    def _rate(self, pct: Decimal | None) -> Decimal | None:
        return None if pct is None else half_up(pct, self.inputs.growth_places) * self.inputs.polarity.sign

    def rate_facts(self, other: str) -> dict[str, Fact]:
        """The growth rate and what it was compared with, as published."""
        named = {"growth_pct": self.inputs.growth_pct, other: getattr(self.inputs, other)}
        return {name: value for name, value in named.items() if value is not None}


_Outcome = tuple[bool, dict[str, Fact]] | Because


@dataclass(frozen=True)
class Clause:
    """One clause: the light it asks for, its stable code, and the comparison that fires it or lets it rest."""

    light: Light
    code: str
    compare: Callable[[Seen, LightRule], _Outcome]

    def checked(self, seen: Seen, rule: LightRule) -> Check:
        """The clause applied to what is known."""
        outcome = self.compare(seen, rule)
        if isinstance(outcome, Because):
            return self.resting(outcome)
        fires, facts = outcome
        return Check(self.light, self.code, CheckState.FIRED if fires else CheckState.NOT_FIRED, facts)

    def resting(self, because: Because) -> Check:
        """The clause where it cannot apply."""
        return Check(self.light, self.code, CheckState.RESTING, {}, because)


def _rates(seen: Seen, other: Decimal | None, missing: Because) -> tuple[Decimal, Decimal] | Because:
    if seen.growth is None:
        return Because.GROWTH_UNKNOWN
    return missing if other is None else (seen.growth, other)


def _city_missing(seen: Seen) -> Because:
    return Because.CITY_UNKNOWN if seen.inputs.city_published else Because.CITY_NOT_PUBLISHED


def _falling_below_city(seen: Seen, rule: LightRule) -> _Outcome:
    rates = _rates(seen, seen.city, _city_missing(seen))
    if isinstance(rates, Because):
        return rates
    growth, city = rates
    return growth < 0 and growth < city, seen.rate_facts("city_growth_pct")


def _below_city_average(seen: Seen, rule: LightRule) -> _Outcome:
    rates = _rates(seen, seen.city, _city_missing(seen))
    if isinstance(rates, Because):
        return rates
    growth, city = rates
    return growth < city, {**seen.rate_facts("city_growth_pct"), "gap_pp": abs(growth - city)}


def _far_below_target(seen: Seen, rule: LightRule) -> _Outcome:
    rates = _rates(seen, seen.target, Because.NO_TARGET)
    if isinstance(rates, Because):
        return rates
    growth, target = rates
    facts = {**seen.rate_facts("target_to_date_pct"), "gap_pp": abs(growth - target), "red_gap_pp": rule.red_gap_pp}
    return growth < target - rule.red_gap_pp, facts


def _below_target(seen: Seen, rule: LightRule) -> _Outcome:
    rates = _rates(seen, seen.target, Because.NO_TARGET)
    if isinstance(rates, Because):
        return rates
    growth, target = rates
    return growth < target, {**seen.rate_facts("target_to_date_pct"), "gap_pp": abs(growth - target)}


def _ranked(seen: Seen, min_peers: int) -> tuple[int, int] | Because:
    place, peers = seen.inputs.rank, seen.inputs.rank_of
    if place is None or peers is None:
        return Because.RANK_UNKNOWN
    return (place, peers) if peers >= min_peers else Because.TOO_FEW_PEERS


def _last_places(seen: Seen, rule: LightRule) -> _Outcome:
    ranked = _ranked(seen, rule.last_places_min_peers)
    if isinstance(ranked, Because):
        return ranked
    place, peers = ranked
    return place > peers - rule.last_places, {"rank": place, "rank_of": peers, "last_places": rule.last_places}


def _lower_half(seen: Seen, rule: LightRule) -> _Outcome:
    ranked = _ranked(seen, rule.rank_min_peers)
    if isinstance(ranked, Because):
        return ranked
    place, peers = ranked
    good_places = ceiling(peers * rule.good_half_pct / 100)
    return place > good_places, {"rank": place, "rank_of": peers, "good_places": good_places}


def _path_facts(seen: Seen) -> dict[str, Fact]:
    named = {name: getattr(seen.inputs, name) for name in ("level", "path_level", "year_target_level")}
    return {name: value for name, value in named.items() if value is not None}


def _far_behind_path(seen: Seen, rule: LightRule) -> _Outcome:
    year = seen.inputs.year_target_level
    if seen.behind is None or not year:
        return Because.NO_PATH
    share_pct = seen.behind / abs(year) * 100
    facts = {**_path_facts(seen), "behind_pct": share_pct, "value_red_share_pct": rule.value_red_share_pct}
    return share_pct > rule.value_red_share_pct, facts


def _behind_path(seen: Seen, rule: LightRule) -> _Outcome:
    if seen.behind is None:
        return Because.NO_PATH
    return seen.behind > 0, _path_facts(seen)


CLAUSES = (
    Clause(Light.RED, "falling_below_city", _falling_below_city),
    Clause(Light.RED, "last_places", _last_places),
    Clause(Light.RED, "far_below_target", _far_below_target),
    Clause(Light.RED, "far_behind_path", _far_behind_path),
    Clause(Light.YELLOW, "below_city_average", _below_city_average),
    Clause(Light.YELLOW, "below_target", _below_target),
    Clause(Light.YELLOW, "lower_half", _lower_half),
    Clause(Light.YELLOW, "behind_path", _behind_path),
)
