"""What an alert rule is: what it reads, its parameters with their authority, and the comparison that fires it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.polarity import Polarity
from zhuanban.calc.words import Words


@dataclass(frozen=True)
class Parameter:
    """One number of a rule: its default, and who says so (``plan`` with its clause, or ``product_default``).

    ``least``, ``most`` and ``decimals`` bound what the office may set.
    """

    key: str
    name: Words
    default: Decimal
    measure: Words
    authority: str
    clause: str = ""
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(100)
    decimals: int = 0


@dataclass(frozen=True)
class RuleFacts:
    """What the rules know of one indicator over one period. None = not reported, or not published yet.

    A rule that reads more adds a field here, and ``queries.rules.facts_of`` fills it from the board's row.
    """

    growth_pct: Decimal | None = None
    city_growth_pct: Decimal | None = None
    polarity: Polarity = Polarity.HIGHER


Parameters = Mapping[str, Decimal]


@dataclass(frozen=True)
class Finding:
    """A rule that fired: the facts as the alert keeps them, figures as text, and the sentence in both languages."""

    facts: dict[str, str]
    message: Words


@dataclass(frozen=True)
class Rule:
    """One rule of the drawer.

    ``reads`` names the facts without which the rule rests: a resting rule neither raises nor clears an alert.
    ``acts`` says who should act, ``misses`` what the rule does not see.
    """

    key: str
    name: Words
    clause: str
    reads: tuple[tuple[str, Words], ...]
    parameters: tuple[Parameter, ...]
    compare: Callable[[RuleFacts, Parameters], Finding | None]
    acts: Words
    misses: Words

    @property
    def defaults(self) -> dict[str, Decimal]:
        return {parameter.key: parameter.default for parameter in self.parameters}

    def rests(self, facts: RuleFacts) -> bool:
        """Whether something that the rule reads is unknown, so that it says nothing either way."""
        return any(getattr(facts, name) is None for name, _ in self.reads)

    def evaluate(self, facts: RuleFacts, parameters: Parameters | None = None) -> Finding | None:
        """The finding, or None where the rule rests or does not fire. Parameters not named keep their defaults."""
        if self.rests(facts):
            return None
        return self.compare(facts, {**self.defaults, **(parameters or {})})
