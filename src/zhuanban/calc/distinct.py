"""Totals that count a thing once, rates with the right denominator, sums on one scope."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from zhuanban.calc.growth import HUNDRED, growth_pct

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True)
class Shared(Generic[Group]):
    """One thing with its value and every group that answers for it."""

    key: str
    value: Decimal
    groups: frozenset[Group]


def group_totals(things: Iterable[Shared[Group]]) -> dict[Group, Decimal]:
    """The sum of each group; a shared thing counts in each of its groups.

    >>> group_totals([Shared("P1", Decimal(5), frozenset({6, 7}))]) == {6: Decimal(5), 7: Decimal(5)}
    True
    """
    totals: dict[Group, Decimal] = {}
    for thing in things:
        for group in thing.groups:
            totals[group] = totals.get(group, Decimal(0)) + thing.value
    return totals


def distinct_total(things: Iterable[Shared[Group]]) -> Decimal:
    """The sum over distinct things: what a zone reports, never the sum of its groups' sums.

    >>> distinct_total([Shared("P1", Decimal(5), frozenset({6, 7})), Shared("P2", Decimal("4.2"), frozenset({7}))])
    Decimal('9.2')
    """
    return sum({thing.key: thing.value for thing in things}.values(), Decimal(0))


def share_pct(part: int, whole: int) -> Decimal | None:
    """A share in percent, unrounded; None over an empty whole. The caller names numerator and denominator.

    >>> share_pct(80, 100), share_pct(3, 0) is None
    (Decimal('80.0'), True)
    """
    return Decimal(part) / whole * HUNDRED if whole else None


def cohort_rate_pct(entered: Mapping[str, int], reached: Mapping[str, int], year: int) -> Decimal | None:
    """The share of one year's entrants that reached a stage, whoever else reached it in the same year.

    Meaning: `entered` maps a thing to the year it entered, `reached` to the year it reached the stage; numerator and
    denominator are the entrants of `year`. None: nobody entered.

    >>> cohort_rate_pct({"a": 2023, "b": 2023, "c": 2022}, {"a": 2023, "c": 2023}, 2023)
    Decimal('50.0')
    """
    cohort = [key for key, entry in entered.items() if entry == year]
    return share_pct(sum(key in reached for key in cohort), len(cohort))


@dataclass(frozen=True)
class Unit:
    """One reporting unit: its value now and its base; `base` None: it did not exist a year ago."""

    value: Decimal
    base: Decimal | None


def same_scope_growth_pct(units: Iterable[Unit]) -> Decimal | None:
    """Growth over units, each with its base beside its value; a new unit without a base adds its increment.

    Meaning: a unit that enters with a base brings both into the totals, so an entry alone is no growth.

    >>> f"{same_scope_growth_pct([Unit(Decimal(1050), Decimal(1000)), Unit(Decimal(900), Decimal(600))]):.1f}"
    '21.9'
    """
    listed = list(units)
    value = sum((unit.value for unit in listed), Decimal(0))
    base = sum((unit.base for unit in listed if unit.base is not None), Decimal(0))
    return growth_pct(value, base)


def statistical_investment(booked_expenditure: Decimal | None) -> Decimal | None:
    """Investment as statistics count it: booked expenditure, land included; never physical progress × plan.

    None: nothing booked was reported, and progress must not stand in for it.
    Source: 固定资产投资统计报表制度 (财务支出法).

    >>> statistical_investment(Decimal(4200)), statistical_investment(None) is None
    (Decimal('4200'), True)
    """
    return booked_expenditure
