"""System checks of the room."""

from typing import Any

from django.core.checks import CheckMessage, Error

from zhuanban.alerts.queries.rules import WAITS, rules


def the_drawer_is_sound(**_: Any) -> list[CheckMessage]:
    """Every rule opens, has a unique key, names an authority for each parameter, and says how long it waits."""
    try:
        drawer = rules()
    except AssertionError as fault:
        return [Error(str(fault), id="alerts.E001")]
    unlimited = [rule.key for rule in drawer.values() if WAITS not in rule.defaults]
    found: list[CheckMessage] = [Error(f"rule {key} lacks the parameter {WAITS}", id="alerts.E003") for key in unlimited]
    found += [
        Error(f"rule {rule.key}: parameter {parameter.key} names no authority", id="alerts.E002")
        for rule in drawer.values()
        for parameter in rule.parameters
        if parameter.authority not in ("plan", "product_default") or (parameter.authority == "plan" and not parameter.clause)
    ]
    return found
