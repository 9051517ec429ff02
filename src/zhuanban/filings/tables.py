"""The lists of a month's filings and of timeliness by unit: their columns and filters."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit.lists import ListColumn, Listing

FILINGS = Listing(
    key="filings",
    title=_("Filings by unit"),
    address="filings:list",
    filters=("month",),
    columns=(
        ListColumn("unit", _("Unit"), lambda each: each.row.unit_name, fixed=True, width=24),
        ListColumn("group", _("Group"), lambda each: each.row.group_name, width=20),
        ListColumn("state", _("State"), lambda each: each.state),
        ListColumn("timeliness", _("Timeliness"), lambda each: each.timeliness),
        ListColumn("signed_on", _("Signed on"), lambda each: each.row.first_signed_on, "date"),
        ListColumn("certificate", _("Certificate"), lambda each: each.row.certificate, sortable=False),
    ),
)

TIMELINESS = Listing(
    key="filing_timeliness",
    title=_("Timeliness by unit"),
    address="filings:timeliness",
    filters=("year", "group"),
    columns=(
        ListColumn("unit", _("Unit"), lambda each: each.unit_name, fixed=True, width=26),
        ListColumn("marks", _("Months"), lambda each: each.marks_words, sortable=False, width=40),
        ListColumn("decided", _("Filed or late"), lambda each: each.decided, "count"),
        ListColumn("on_time", pgettext_lazy("filing", "on time"), lambda each: each.on_time, "count"),
        ListColumn("extended", _("of them with more time"), lambda each: each.extended, "count"),
        ListColumn("late", pgettext_lazy("filing", "late"), lambda each: each.late, "count"),
        ListColumn("overdue", pgettext_lazy("filing", "overdue"), lambda each: each.overdue, "count"),
        ListColumn("missed", pgettext_lazy("filing", "not filed, locked"), lambda each: each.missed, "count"),
        ListColumn("rate", _("On time"), lambda each: each.rate_pct, "count", unit="%"),
    ),
)
