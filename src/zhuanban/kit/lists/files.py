"""A list as a file: every row of the reading, the columns as shown, under title, unit of report, day and filters."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuanban.kit import clock, formats, workspace
from zhuanban.kit.downloads import download
from zhuanban.kit.lists.shown import ShownList
from zhuanban.kit.spreadsheets.csv_writer import csv_bytes
from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.kit.spreadsheets.writer import workbook_bytes

CSV = "text/csv; charset=utf-8"


def list_file(shown: ShownList, *, unit_of_report: str, filters: str = "") -> HttpResponse:
    """The list in the kind of file that its address asks for. ``filters`` says in words what narrows it."""
    return table_file(_table(shown, _lines(shown, unit_of_report, filters)), shown.asked.file)


def table_file(table: OutTable, kind: str) -> HttpResponse:
    """A table as ``csv``, or else as a workbook, named after its sheet and the day."""
    name = f"{table.sheet_name} {clock.today().isoformat()}"
    if kind == "csv":
        return download(csv_bytes(table), f"{name}.csv", CSV)
    return download(workbook_bytes([table], made_at=clock.now()), f"{name}.xlsx")


def _table(shown: ShownList, lines: Sequence[str]) -> OutTable:
    columns = [each for each in shown.columns if each.value]
    return OutTable(
        title=f"{_workspace_name()} {shown.title}",
        columns=[Column(_header(each.name, each.unit), each.kind, each.decimals, each.width) for each in columns],
        rows=([column.in_file(row) for column in columns] for row in shown.rows),
        lines=lines,
        sheet_name=shown.title,
    )


def _lines(shown: ShownList, unit_of_report: str, filters: str) -> list[str]:
    count = len(shown.rows)
    rows = ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}
    lines = [
        _("Unit of report: %(unit)s") % {"unit": unit_of_report},
        _("As of %(day)s · %(rows)s") % {"day": formats.date_words(clock.today()), "rows": rows},
    ]
    said = " · ".join(each for each in (filters, shown.asked.words) if each)
    lines += [_("Filters: %(filters)s") % {"filters": said}] if said else []
    lines += [_("Demo data, all invented")] if workspace.config().is_demo else []
    return lines


def _workspace_name() -> str:
    config = workspace.config()
    return config.name_zh if formats.in_chinese() else config.name_en


def _header(name: object, unit: object) -> str:
    return _("%(name)s (%(unit)s)") % {"name": name, "unit": unit} if unit else str(name)
