"""Setting the parameters of a rule: a new version of its history."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhuanban.alerts.models import RuleVersion
from zhuanban.alerts.queries import rules
from zhuanban.kit.dated import define_version, withdraw_version, write_version
from zhuanban.kit.defining import Defined
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
    stored = {name: f"{value:f}" for name, value in parameters.items() if known[name] is not None}
    with work(by.actor, f"设定预警规则参数 {rule}"):
        return define_version(RuleVersion, {"rule": rule}, stored, since=since, today=today, authority=authority)


def set_rule_parameters(
    *, rule: str, parameters: Mapping[str, Decimal], since: date, authority: str, reason: str, by: Viewer
) -> Defined[RuleVersion]:
    """As the office decides, from a day on. KeyError as above. Refusals: not_allowed, since_past, required."""
    by.demand("office.set")
    known = rules()[rule].defaults
    stored = {name: f"{value:f}" for name, value in parameters.items() if known[name] is not None}
    with work(by.actor, f"调整预警规则参数 {rule}"):
        return write_version(RuleVersion, {"rule": rule}, stored, since=since, authority=authority, reason=reason)


def withdraw_rule_parameters(*, rule: str, since: date, by: Viewer) -> None:
    """Take back what was decided for a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""
    by.demand("office.set")
    with work(by.actor, f"撤回预警规则 {rule} 自{since}起的调整"):
        withdraw_version(RuleVersion, {"rule": rule}, since=since)
