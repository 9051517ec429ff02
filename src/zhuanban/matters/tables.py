"""The ledger as the list of its page, and as the spreadsheet people expect."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhuanban.kit import clock, formats, workspace
from zhuanban.kit.lists import ListColumn, Listing
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.queries import MatterRow

LEDGER = Listing(
    key="matters",
    title=gettext_lazy("Matter ledger"),
    address="matters:ledger",
    order="-number",
    size=25,
    filters=("state", "unit", "group", "territory", "level", "overdue", "waiting", "part", "since", "until"),
    blank=("state",),
    columns=(
        ListColumn("number", gettext_lazy("Number"), lambda row: row.number, fixed=True, descends=True),
        ListColumn("title", pgettext_lazy("ledger column", "Matter"), lambda row: row.title),
        ListColumn("unit", gettext_lazy("Responsible unit"), lambda row: row.unit_name),
        ListColumn("group", gettext_lazy("Group"), lambda row: row.group_name, hidden=True),
        ListColumn("territory", gettext_lazy("Territory"), lambda row: row.territory_name, hidden=True, sortable=False),
        ListColumn("raised_by", gettext_lazy("Raised by"), lambda row: row.raised_by_post, hidden=True, sortable=False),
        ListColumn("raised_on", gettext_lazy("Raised on"), lambda row: _day(row.raised_at), "date", hidden=True, descends=True),
        ListColumn("handler", gettext_lazy("Handler"), lambda row: row.handler_post, hidden=True, sortable=False),
        ListColumn("state", gettext_lazy("State"), lambda row: row.state_name),
        ListColumn("level", gettext_lazy("Level"), lambda row: row.level_name, hidden=True, descends=True),
        ListColumn("due_on", gettext_lazy("Due"), lambda row: row.due_on, "date"),
        ListColumn("days_over", pgettext_lazy("ledger column", "Overdue"), lambda row: row.days_over or None, sortable=False),
    ),
)
"""What a page orders by is in ``queries.ledger``."""

_DATES = ("raised_on", "due_on", "struck_off_on")
_WIDE = {"title": 28, "description": 48, "unit": 18, "group": 18, "raised_by": 22, "handler": 22, "level": 18}

_VALUES: dict[str, Callable[[MatterRow], Value]] = {
    "number": lambda row: row.number,
    "source": lambda row: row.source_name,
    "territory": lambda row: row.territory_name,
    "title": lambda row: row.title,
    "description": lambda row: row.description,
    "urgency": lambda row: row.urgency_name,
    "raised_by": lambda row: row.raised_by_post,
    "raised_on": lambda row: _day(row.raised_at),
    "group": lambda row: row.group_name,
    "unit": lambda row: row.unit_name,
    "handler": lambda row: row.handler_post,
    "due_on": lambda row: row.due_on,
    "level": lambda row: row.level_name,
    "state": lambda row: row.state_name,
    "is_struck_off": lambda row: _("no") if row.is_open else _("yes"),
    "struck_off_on": lambda row: _day(row.closed_at) if row.closed_at else None,
    "days_over": lambda row: row.days_over or None,
}


def ledger_table(rows: Sequence[MatterRow], *, ledger: str, unit_of_report: str, filters: str) -> OutTable:
    """Rows of one ledger under the ledger's own headings; columns that nothing fills yet are left out."""
    known = ledger_of(ledger)
    chinese = formats.in_chinese()
    columns = [column for column in known.columns if column.key in _VALUES]
    heads = [
        Column(
            column.name_zh if chinese else column.name_en,
            "date" if column.key in _DATES else "count" if column.key == "days_over" else "text",
            width=_WIDE.get(column.key, 12),
        )
        for column in columns
    ]
    config = workspace.config()
    lines = [
        _("Unit of report: %(unit)s") % {"unit": unit_of_report},
        _("As of %(day)s · %(count)s matters") % {"day": formats.date_words(clock.today()), "count": len(rows)},
    ]
    if filters:
        lines.append(_("Filters: %(filters)s") % {"filters": filters})
    if config.is_demo:
        lines.append(_("Demo data, all invented"))
    title = f"{config.name_zh if chinese else config.name_en} {known.name_zh if chinese else known.name_en}"
    return OutTable(
        title=title,
        columns=[Column(_("No."), "count", width=6), *heads],
        rows=[[at, *[_VALUES[column.key](row) for column in columns]] for at, row in enumerate(rows, 1)],
        lines=lines,
        sheet_name=known.name_zh if chinese else known.name_en,
    )


def _day(instant: datetime) -> date:
    return clock.shanghai(instant).date()
