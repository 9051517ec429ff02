"""Setting the parameters of a rule: a new version of its history."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.queries import rules
from zhuanban.kit.defining import define
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def set_rule_parameters(
    *, rule: str, parameters: Mapping[str, Decimal], in_force_from: date, authority: str, by: Viewer, reason: str = ""
) -> RuleVersion:
    """Let ``parameters`` hold from a day on; those not named keep their defaults. The same again writes nothing.

    Alerts raised before keep the parameters they were raised with. Raises KeyError for an unknown rule or parameter.
    """
    known = rules()[rule].defaults
    values = {name: f"{value:f}" for name, value in parameters.items() if known[name] is not None}
    with work(by.actor, f"set alert rule {rule}"):
        defined = define(
            RuleVersion,
            {"rule": rule, "in_force_from": in_force_from},
            {"parameters": values, "authority": authority, "reason": reason},
        )
    return defined.row
