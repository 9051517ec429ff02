"""What other rooms and the pages may ask of alerts. Every query takes its viewer; what he may not see is absent."""

from zhuanban.alerts.queries.alerts import (
    ACTIVE,
    AlertPage,
    AlertRow,
    EventRow,
    alert_of_matter,
    alert_page,
    alerts,
    alerts_for,
    alerts_of_indicator,
    counts,
    waiting_alerts,
)
from zhuanban.alerts.queries.rules import (
    FiringChange,
    RuleInForce,
    explain_due,
    facts_of,
    firing_changes,
    rule_history,
    rule_in_force,
    rules,
    waits_days,
)

__all__ = [
    "ACTIVE",
    "AlertPage",
    "AlertRow",
    "EventRow",
    "FiringChange",
    "RuleInForce",
    "alert_of_matter",
    "alert_page",
    "alerts",
    "alerts_for",
    "alerts_of_indicator",
    "counts",
    "explain_due",
    "facts_of",
    "firing_changes",
    "rule_history",
    "rule_in_force",
    "rules",
    "waiting_alerts",
    "waits_days",
]
