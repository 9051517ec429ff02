"""The drawer of rules, and the parameters in force on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.rules.behind_path import GROWTH
from zhuanban.alerts.rules.rule import Finding, OnPath, Rule, RuleFacts
from zhuanban.calc.periods import months_earlier
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.working_days import WorkingCalendar, after_working_days
from zhuanban.indicators.queries import BoardRow, board
from zhuanban.kit import clock
from zhuanban.kit.drawers import open_drawer
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

Before = tuple[tuple[Decimal, Decimal], ...]
"""Growth of the zone and of the city in earlier periods, newest first."""


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
    if now.rule.subject != "indicator":
        return []
    most = max(longest_row([now]), int(parameters.get("periods", Decimal(1))) - 1)
    before = periods_before(viewer=viewer, year=year, month=month, most=most) if most else {}
    rows = [row for row in board(viewer=viewer, year=year, month=month, as_known=None).rows if row.period is not None]
    asked = [(row, facts_of(row, before.get(row.indicator_id, ()))) for row in rows]
    found = [
        FiringChange(row, now.rule.evaluate(facts, now.parameters), now.rule.evaluate(facts, parameters))
        for row, facts in asked
    ]
    return [each for each in found if (each.before is None) != (each.after is None)]


def facts_of(row: BoardRow, before: Before = ()) -> RuleFacts:
    """What the rules know of a row of the board; ``before`` are growth and city's growth of the periods before."""
    return RuleFacts(
        growth_pct=row.growth_pct, city_growth_pct=row.city_growth_pct, polarity=Polarity(row.polarity),
        rank=row.rank, rank_of=row.rank_of, on_path=_on_path(row), before=before,
    )  # fmt: skip


def _on_path(row: BoardRow) -> OnPath | None:
    target = row.target
    if target is None or target.value is None or target.to_date is None:
        return None
    actual = row.growth_pct if target.kind == GROWTH else row.level
    return None if actual is None else OnPath(target.kind, actual, target.to_date, target.value)


def periods_before(*, viewer: Viewer, year: int, month: int, most: int) -> dict[int, Before]:
    """Growth of the zone and of the city in the periods before a month's board, for each indicator, newest first.

    At most ``most`` periods each, over as many boards; those of which one of the figures is unknown are not counted.
    """
    shown = {row.indicator_id: row.period for row in board(viewer=viewer, year=year, month=month, as_known=None).rows}
    found: dict[int, list[tuple[Decimal, Decimal]]] = {}
    for step in range(1, most + 3):
        earlier = months_earlier(year, month, step)
        for row in board(viewer=viewer, year=earlier.year, month=earlier.last_month, as_known=None).rows:
            if row.period is None or row.period == shown.get(row.indicator_id):
                continue
            shown[row.indicator_id] = row.period
            if row.growth_pct is not None and row.city_growth_pct is not None:
                found.setdefault(row.indicator_id, []).append((row.growth_pct, row.city_growth_pct))
    return {indicator: tuple(pairs[:most]) for indicator, pairs in found.items()}


def longest_row(in_force: Iterable[RuleInForce]) -> int:
    """How many periods before the present one any rule looks at."""
    return max((int(each.parameters["periods"]) - 1 for each in in_force if "periods" in each.parameters), default=0)
