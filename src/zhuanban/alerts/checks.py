"""System checks of the room."""

from typing import Any

from django.core.checks import CheckMessage, Error

from zhuanban.alerts.queries import rules


def the_drawer_is_sound(**_: Any) -> list[CheckMessage]:
    """Every rule opens, has a unique key, and names an authority for each parameter."""
    try:
        drawer = rules()
    except AssertionError as fault:
        return [Error(str(fault), id="alerts.E001")]
    return [
        Error(f"rule {rule.key}: parameter {parameter.key} names no authority", id="alerts.E002")
        for rule in drawer.values()
        for parameter in rule.parameters
        if parameter.authority not in ("plan", "product_default") or (parameter.authority == "plan" and not parameter.clause)
    ]
