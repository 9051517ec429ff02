"""Setting the parameters of a rule: a new version of its history."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.queries import rules
from zhuanban.kit.defining import Defined, define
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work

ACTION = "indicators.define"
"""As for the parameters of lights: both say when an indicator is in trouble."""


def define_rule_parameters(
    *, rule: str, parameters: Mapping[str, Decimal], since: date, today: date, authority: str, by: Viewer
) -> Defined[RuleVersion]:
    """The newest version of a rule's parameters is the given one; those not named keep their defaults.

    The first version holds from ``since``, a later one from ``today``; the same again writes nothing. Alerts raised
    before keep the parameters they were raised with. Raises KeyError for an unknown rule or parameter. Refusals:
    not_allowed.
    """
    by.demand(ACTION)
    known = rules()[rule].defaults
    values = {
        "parameters": {name: f"{value:f}" for name, value in parameters.items() if known[name] is not None},
        "authority": authority,
    }
    newest = RuleVersion.objects.filter(rule=rule).order_by("-in_force_from").first()
    if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
        return Defined(newest, False, ())
    day = since if newest is None else max(today, newest.in_force_from)
    with work(by.actor, f"设定预警规则参数 {rule}"):
        return define(RuleVersion, {"rule": rule, "in_force_from": day}, values)
