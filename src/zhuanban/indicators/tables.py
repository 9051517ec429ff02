"""The list of imported sheets and its columns; the board as a list whose readings can be kept."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit.lists import ListColumn, Listing

BOARD = Listing(
    key="board", title=_("Monthly board"), address="indicators:board", columns=(), filters=("group", "unit", "every", "light")
)
"""A kept reading has no month: it opens with the newest one."""

EXPECTED = Listing(
    key="expected",
    title=_("Expected figures"),
    address="indicators:expected",
    filters=("month", "state", "unit", "group"),
    columns=(
        ListColumn("indicator", _("Indicator"), lambda each: each.name, fixed=True, width=28),
        ListColumn("period", _("Period"), lambda each: each.period),
        ListColumn("unit", _("Owes it"), lambda each: each.unit, width=24),
        ListColumn("group", _("Group"), lambda each: each.group, hidden=True, width=20),
        ListColumn("due", pgettext_lazy("expected", "Due"), lambda each: each.due_on, "date"),
        ListColumn("arrived", _("Arrived"), lambda each: each.arrived_on, "date"),
        ListColumn("state", _("State"), lambda each: each.state_word),
        ListColumn("measure", _("Unit of measure"), lambda each: each.measure, hidden=True, width=10),
        ListColumn("source", _("Source"), lambda each: each.source, hidden=True, width=24),
    ),
)
"""A kept reading has no month of its own unless one was chosen: it opens with the month of today."""

SHEETS = Listing(
    key="sheets",
    title=_("Sheets"),
    address="indicators:imports",
    columns=(
        ListColumn("file", _("File"), lambda each: each.file_name, fixed=True, width=30),
        ListColumn("state", _("State"), lambda each: each.state_word),
        ListColumn("rows", _("Rows"), lambda each: each.row_count, "count", total=True, descends=True),
        ListColumn("errors", _("Errors"), lambda each: each.errors, "count", descends=True),
        ListColumn("questions", _("Questions"), lambda each: each.questions, "count", descends=True),
        ListColumn("uploaded", _("Uploaded"), lambda each: each.uploaded_at, "date", descends=True, width=18),
        ListColumn("confirmed", _("Confirmed"), lambda each: each.confirmed_by_post),
    ),
)
