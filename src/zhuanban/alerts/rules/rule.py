"""What an alert rule is: what it reads, its parameters with their authority, and the comparison that fires it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
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
class OnPath:
    """Where an indicator stands against its target. ``kind``: growth (percent) or another kind, in the indicator's measure.

    ``path`` is what the target asks for by the shown period, ``target`` what it asks for by the end of the year.
    """

    kind: str
    actual: Decimal
    path: Decimal
    target: Decimal

    @property
    def words(self) -> Words:
        return Words(f"实际{self.actual:f}，序时{self.path:f}", f"actual {self.actual:f}, path {self.path:f}")


@dataclass(frozen=True)
class Deadline:
    """Something that was due on a day and has not come by ``on``."""

    due_on: date
    on: date

    @property
    def words(self) -> Words:
        return Words(f"应于{self.due_on:%Y-%m-%d}前", f"due {self.due_on:%Y-%m-%d}")


@dataclass(frozen=True)
class RuleFacts:
    """What the rules know of one subject over one period. None = not reported, or not published yet.

    ``before`` are growth of the zone and of the city in the periods before, newest first, as far as both are known.
    ``deadline`` is None for what has come. A rule that reads more adds a field here, and ``queries.rules`` fills it.
    """

    growth_pct: Decimal | None = None
    city_growth_pct: Decimal | None = None
    polarity: Polarity = Polarity.HIGHER
    rank: int | None = None
    rank_of: int | None = None
    on_path: OnPath | None = None
    before: tuple[tuple[Decimal, Decimal], ...] = ()
    deadline: Deadline | None = None


EXPLAIN = Parameter(
    "explain_within_working_days", Words("说明时限", "time to explain"), Decimal(3), Words("个工作日", "working days"),
    "product_default", most=Decimal(30),
)  # fmt: skip
"""The parameter that every rule has: how long the responsible unit has for its explanation."""

Parameters = Mapping[str, Decimal]


@dataclass(frozen=True)
class Shown:
    """One fact that the page of an alert shows: its name and how it is written (growth, signed, rank, level, day)."""

    key: str
    name: Words
    form: str
    unit: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule that fired: the facts as the alert keeps them, figures as text, and the sentence in both languages."""

    facts: dict[str, str]
    message: Words


@dataclass(frozen=True)
class Rule:
    """One rule of the drawer.

    ``subject`` is what it judges: an ``indicator`` of a month's board, an indicator's ``data``, a ``matter``, a ``filing``.
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
    shows: tuple[Shown, ...] = ()
    subject: str = "indicator"

    @property
    def defaults(self) -> dict[str, Decimal]:
        return {parameter.key: parameter.default for parameter in self.parameters}

    def rests(self, facts: RuleFacts) -> bool:
        """Whether something that the rule reads is unknown, so that it says nothing either way."""
        return any(getattr(facts, name) is None for name, _ in self.reads)

    def evaluate(self, facts: RuleFacts, parameters: Parameters | None = None) -> Finding | None:
        """The finding, or None where the rule rests or does not fire. Parameters not named keep their defaults."""
        if self.rests(facts) and self.subject == "indicator":
            return None
        return self.compare(facts, {**self.defaults, **(parameters or {})})
