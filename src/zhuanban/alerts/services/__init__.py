"""What may be done with alerts: evaluated by the product, answered by people. All writes of the room."""

from zhuanban.alerts.services.answers import (
    acknowledge_alert,
    close_alert,
    explain_alert,
    open_matter_from_alert,
)
from zhuanban.alerts.services.deadlines import evaluate_deadlines, evaluate_deadlines_now
from zhuanban.alerts.services.evaluation import (
    Evaluation,
    evaluate_month,
    evaluate_newest_months,
    on_figures_published,
)
from zhuanban.alerts.services.overdue import Overdue, OverdueSource, overdue_sources
from zhuanban.alerts.services.parameters import define_rule_parameters, set_rule_parameters, withdraw_rule_parameters

__all__ = [
    "Evaluation",
    "Overdue",
    "OverdueSource",
    "acknowledge_alert",
    "close_alert",
    "define_rule_parameters",
    "evaluate_deadlines",
    "evaluate_deadlines_now",
    "evaluate_month",
    "evaluate_newest_months",
    "explain_alert",
    "on_figures_published",
    "open_matter_from_alert",
    "overdue_sources",
    "set_rule_parameters",
    "withdraw_rule_parameters",
]
