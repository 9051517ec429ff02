"""The list of imported sheets and its columns; the board as a list whose readings can be kept."""

from django.utils.translation import gettext_lazy as _

from zhuanban.kit.lists import ListColumn, Listing

BOARD = Listing(
    key="board", title=_("Monthly board"), address="indicators:board", columns=(), filters=("group", "unit", "every", "light")
)
"""A kept reading has no month: it opens with the newest one."""

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
