"""The drawer of rules, and the parameters in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.rules.rule import Finding, Rule, RuleFacts
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.working_days import WorkingCalendar, after_working_days
from zhuanban.indicators.queries import BoardRow, board
from zhuanban.kit import clock
from zhuanban.kit.drawers import open_drawer
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All alert rules by key."""
    return open_drawer("zhuanban.alerts.rules", "RULE", Rule)


@dataclass(frozen=True)
class RuleInForce:
    """A rule with the parameters of a day; ``version`` is None where the product's defaults hold."""

    rule: Rule
    parameters: dict[str, Decimal]
    version: RuleVersion | None


def rule_in_force(*, key: str, day: date) -> RuleInForce:
    """The rule ``key`` as it stood on ``day``. Rules are open to everybody; KeyError for one that does not exist."""
    rule = rules()[key]
    version = RuleVersion.objects.filter(rule=key, in_force_from__lte=day).order_by("-in_force_from").first()
    set_here = {name: Decimal(str(value)) for name, value in version.parameters.items()} if version else {}
    return RuleInForce(rule, {**rule.defaults, **set_here}, version)


WAITS = "explain_within_working_days"
"""The parameter that every rule has: how long the department has for its explanation."""


def waits_days(parameters: dict[str, Decimal]) -> int:
    """Working days that the responsible department has for its explanation."""
    return int(parameters[WAITS])


def explain_due(start: date, parameters: dict[str, Decimal], calendar: WorkingCalendar | None = None) -> date:
    """The last day for the explanation of an alert raised on ``start``, by the office's calendar."""
    return after_working_days(start, waits_days(parameters), calendar or working_calendar()).on


def rule_history(*, viewer: Viewer, key: str) -> list[RuleVersion]:
    """Every version of a rule's parameters, newest first; open to every viewer."""
    del viewer
    return list(RuleVersion.objects.filter(rule=key).order_by("-in_force_from"))


@dataclass(frozen=True)
class FiringChange:
    """An indicator for which a rule would say something else with other parameters."""

    row: BoardRow
    before: Finding | None
    after: Finding | None


def firing_changes(
    *, viewer: Viewer, key: str, parameters: Mapping[str, Decimal], year: int, month: int
) -> list[FiringChange]:
    """For which indicators of a month's board the rule would begin or cease to fire, by the figures as known now."""
    now = rule_in_force(key=key, day=clock.today())
    rows = [row for row in board(viewer=viewer, year=year, month=month, as_known=None).rows if row.period is not None]
    asked = [(row, facts_of(row)) for row in rows]
    found = [
        FiringChange(row, now.rule.evaluate(facts, now.parameters), now.rule.evaluate(facts, parameters))
        for row, facts in asked
    ]
    return [each for each in found if (each.before is None) != (each.after is None)]


def facts_of(row: BoardRow) -> RuleFacts:
    """What the rules know of a row of the board."""
    return RuleFacts(row.growth_pct, row.city_growth_pct, Polarity(row.polarity))
