"""The list of a month's filings: its columns and filters."""

from django.utils.translation import gettext_lazy as _

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
