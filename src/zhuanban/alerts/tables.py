"""The list of alerts: its columns and filters."""

from django.utils.translation import gettext_lazy as _

from zhuanban.kit.lists import ListColumn, Listing

ALERTS = Listing(
    key="alerts",
    title=_("Alerts"),
    address="alerts:list",
    filters=("month", "state", "rule", "group"),
    columns=(
        ListColumn("indicator", _("Subject"), lambda each: each.row.indicator_name, fixed=True, width=24),
        ListColumn("period", _("Period"), lambda each: each.period),
        ListColumn("message", _("What fired"), lambda each: each.row.message, sortable=False, width=48),
        ListColumn("rule", _("Rule"), lambda each: each.row.rule_name),
        ListColumn("group", _("Group"), lambda each: each.row.group_name, hidden=True),
        ListColumn("unit", _("Answers"), lambda each: each.row.unit_name),
        ListColumn("state", _("State"), lambda each: each.state),
        ListColumn("raised", _("Raised"), lambda each: each.row.raised_at, "date", hidden=True, descends=True),
        ListColumn("matter", _("Matter"), lambda each: each.row.matter_number, hidden=True),
        ListColumn("explain_by", _("Explain by"), lambda each: each.row.explain_due_on, "date"),
    ),
)
