"""The drawer of rules, and the parameters in force on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.rules.rule import Rule
from zhuanban.kit.drawers import open_drawer


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
