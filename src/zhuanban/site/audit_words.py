"""The record in the words of those who audit it: tables, operations, who acted, what a finding means."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TABLES: dict[str, Any] = {
    "alerts_alert": _("Alert"),
    "alerts_alertevent": _("Step of an alert"),
    "alerts_ruleversion": _("Parameters of an alert rule"),
    "files_attachment": _("Attachment"),
    "filings_cadenceversion": _("Terms of a filing"),
    "filings_extension": _("Request for more time"),
    "filings_filing": _("Filing"),
    "filings_consolidation": _("Consolidated filings"),
    "filings_frozenfiling": _("Frozen filing"),
    "filings_unitreminder": _("Reminder of a filing"),
    "indicators_figure": _("Figure"),
    "indicators_formerowner": _("Former owner of an indicator"),
    "indicators_headermapping": _("Remembered columns"),
    "indicators_importbatch": _("Imported sheet"),
    "indicators_indicator": _("Indicator"),
    "indicators_indicatorterritory": _("Territory of an indicator"),
    "indicators_lightthresholds": _("Parameters of the light rule"),
    "indicators_peermember": _("Peer"),
    "indicators_periodlock": _("Closed month"),
    "indicators_place": _("Place"),
    "indicators_target": _("Target"),
    "reports_report": _("Report of the office"),
    "matters_ledgerladder": _("Levels of a ledger"),
    "matters_ledgerterms": _("Terms of a ledger"),
    "matters_matter": pgettext_lazy("record", "Matter"),
    "matters_matterescalation": _("Level reached by a matter"),
    "matters_matterevent": _("Step of a matter"),
    "matters_matterevidence": _("Evidence of a matter"),
    "matters_matternumber": _("Numbers of matters"),
    "matters_matterrequest": _("Request about a matter"),
    "people_calendarday": _("Day of the working calendar"),
    "people_delegation": _("Acting for a post"),
    "people_grant": _("Right"),
    "people_groupleader": _("Lead of a group"),
    "people_groupmember": _("Part in a group"),
    "people_handover": _("Handover"),
    "people_industry": _("Industry"),
    "people_industryduty": _("Duty for an industry"),
    "people_post": _("Post"),
    "people_postholder": _("Holding of a post"),
    "people_securityrules": _("Security rules"),
    "people_unit": _("Unit"),
    "people_user": _("Account"),
    "people_workgroup": _("Working group"),
    "plans_appliedpack": _("Applied plan"),
}
"""Every audited table; a test holds the list against the models."""

READABLE = frozenset(
    {
        "alerts_ruleversion", "filings_cadenceversion", "indicators_formerowner", "indicators_indicator", "indicators_indicatorterritory", "indicators_lightthresholds", "indicators_peermember",
        "indicators_periodlock", "indicators_place", "indicators_target", "matters_ledgerladder", "matters_ledgerterms", "people_calendarday", "people_delegation", "people_grant",
        "people_groupleader", "people_groupmember", "people_industry", "people_industryduty", "people_post", "people_postholder", "people_securityrules",
        "people_unit", "people_user", "people_workgroup",
    }
)  # fmt: skip
"""Tables whose contents an audit administrator reads: who is who, who may what, which rules. Of business he sees that
something changed, by whom and which columns, not what it says: that stays with those who handle it."""

HIDDEN = frozenset({"password"})
"""Columns whose content nobody reads."""

OPERATIONS: dict[str, Any] = {
    "insert": pgettext_lazy("record", "added"),
    "update": pgettext_lazy("record", "changed"),
    "delete": pgettext_lazy("record", "deleted"),
    "epoch": pgettext_lazy("record", "sealed anew"),
    "export": pgettext_lazy("record", "exported"),
    "report": pgettext_lazy("record", "document made"),
    "sign": pgettext_lazy("record", "signed"),
    "factor": pgettext_lazy("record", "second factor"),
    "session": pgettext_lazy("record", "session"),
}

KINDS: dict[str, Any] = {
    "user": _("somebody signed in"),
    "system": _("the product itself"),
    "command": _("command line"),
    "unattributed": _("past the product"),
}

FINDINGS: dict[str, Any] = {
    "entries_missing": _("Entries are missing"),
    "link_broken": _("The link to the entry before is broken"),
    "entry_changed": _("The entry was changed"),
    "seal_forged": _("The seal does not fit"),
    "anchor_contradicts": _("An anchor says otherwise"),
    "unattributed_change": _("Changed past the product"),
    "head_differs": _("The head names another entry"),
    "anchors_damaged": _("The file of anchors is damaged"),
    "tail_cut": _("The newest entries are missing"),
    "table_missing": _("The table is missing"),
    "row_changed": _("The row was changed"),
    "row_inserted": _("The row was put in"),
    "row_deleted": _("The row was taken out"),
    "content_missing": _("The content of an entry is missing"),
    "content_changed": _("The content of an entry was changed"),
    "content_inserted": _("Content was put in that no entry knows"),
    "trigger_missing": _("A trigger is missing"),
}
