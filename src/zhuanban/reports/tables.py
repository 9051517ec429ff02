"""The list of reports: its columns and filters."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit.lists import ListColumn, Listing

REPORTS = Listing(
    key="reports",
    title=_("Reports"),
    address="reports:list",
    filters=("state",),
    columns=(
        ListColumn("month", _("Month"), lambda each: each.month, fixed=True, width=14),
        ListColumn("number", _("Number"), lambda each: each.number, width=26),
        ListColumn("state", pgettext_lazy("report", "State"), lambda each: each.state),
        ListColumn("known_on", _("Figures known on"), lambda each: each.known_on, "date"),
        ListColumn("issued_on", _("Issued on"), lambda each: each.issued_on, "date", descends=True),
        ListColumn("issued_by", _("Issued by"), lambda each: each.issued_by, width=30),
        ListColumn("certificate", _("Certificate"), lambda each: each.certificate, sortable=False, width=24),
    ),
)
