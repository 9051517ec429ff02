"""The terms of a light: its inputs, the parameters of the rule, and the verdict with every clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.polarity import Polarity

Fact = Decimal | int


class Light(StrEnum):
    """Green, yellow, red, or grey for no verdict."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def severity(self) -> int:
        """Order of badness: grey 0, green 1, yellow 2, red 3.

        >>> Light.RED.severity > Light.YELLOW.severity > Light.GREEN.severity > Light.GREY.severity
        True
        """
        return ("grey", "green", "yellow", "red").index(self.value)


class CheckState(StrEnum):
    """Whether a clause of the rule applied, and if so whether it fired."""

    FIRED = "fired"
    NOT_FIRED = "not_fired"
    RESTING = "resting"


class Because(StrEnum):
    """What a resting clause lacks."""

    GROWTH_UNKNOWN = "growth_unknown"
    CITY_UNKNOWN = "city_unknown"
    CITY_NOT_PUBLISHED = "city_not_published"
    NO_TARGET = "no_target"
    RANK_UNKNOWN = "rank_unknown"
    TOO_FEW_PEERS = "too_few_peers"
    NO_PATH = "no_path"
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True)
class LightRule:
    """The parameters of the rule; every number is configuration with an authority, never a constant.

    `red_gap_pp`: percentage points below target beyond which red; `last_places`: how many places from the end are red;
    `last_places_min_peers`, `rank_min_peers`: peers with data from which the rank clauses apply; `good_half_pct`: share of
    the peers, rounded up, whose rank is good enough; `value_red_share_pct`: share of the year's target by which a
    value may lag its path before red.

    >>> LightRule.from_parameters({"red_gap_pp": "3.0"}).red_gap_pp
    Decimal('3.0')
    """

    red_gap_pp: Decimal = Decimal("5.0")
    last_places: int = 2
    last_places_min_peers: int = 5
    rank_min_peers: int = 3
    good_half_pct: Decimal = Decimal(50)
    value_red_share_pct: Decimal = Decimal(10)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, object]) -> "LightRule":
        """Build a rule from stored parameters; those not named keep their defaults.

        Errors: `KeyError` for a name the rule does not have, `decimal.InvalidOperation` or `ValueError` for no number.

        >>> LightRule.from_parameters({"red_gap_pp": 3, "last_places": "1"}).last_places
        1
        """
        known = {each.name for each in fields(cls)}
        unknown = sorted(set(parameters) - known)
        if unknown:
            raise KeyError(*unknown)
        rule = cls()
        for name, value in parameters.items():
            kind = type(getattr(rule, name))
            rule = replace(rule, **{name: kind(str(value))})
        return rule

    def parameters(self) -> dict[str, str | int]:
        """The parameters as stored: decimals as text.

        >>> LightRule().parameters()["red_gap_pp"]
        '5.0'
        """
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


DEFAULT_RULE = LightRule()


@dataclass(frozen=True)
class LightInputs:
    """What is known of an indicator for one period; None means not known (yet).

    `growth_pct`, `city_growth_pct`, `target_to_date_pct` in percent; `rank` of `rank_of` peers with data, 1 is best
    whatever the polarity; `level`, `path_level`, `year_target_level` in one measure, for value, count and stock targets.
    `expected` False: the series owes no figure for the period. `city_published` False: no city figure will ever come,
    so its absence makes nothing provisional. `growth_places`: published decimals of the rates, at which they compare.
    """

    growth_pct: Decimal | None = None
    city_growth_pct: Decimal | None = None
    target_to_date_pct: Decimal | None = None
    rank: int | None = None
    rank_of: int | None = None
    level: Decimal | None = None
    path_level: Decimal | None = None
    year_target_level: Decimal | None = None
    polarity: Polarity = Polarity.HIGHER
    expected: bool = True
    city_published: bool = True
    growth_places: int = 1


@dataclass(frozen=True)
class Reason:
    """A clause that fired: the light it asks for, its stable code, and the figures it compared."""

    light: Light
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Check:
    """One clause of the rule as it was checked; `because` says what a resting clause lacks."""

    light: Light
    code: str
    state: CheckState
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)
    because: Because | None = None


@dataclass(frozen=True)
class Verdict:
    """The light, whether it still waits for the city's figure, what fired, and every clause in order."""

    light: Light
    provisional: bool
    reasons: tuple[Reason, ...]
    checks: tuple[Check, ...]


def worst(lights: Iterable[Light]) -> Light:
    """The worst of several lights; grey only when there is nothing else.

    >>> worst([Light.GREEN, Light.GREY, Light.YELLOW]).value, worst([]).value
    ('yellow', 'grey')
    """
    return max(lights, key=lambda light: light.severity, default=Light.GREY)
