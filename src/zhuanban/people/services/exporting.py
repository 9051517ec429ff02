"""Exports are noted in the record before the bytes leave."""

from datetime import date

from django.http import HttpResponse

from zhuanban.kit.lists import ShownList, list_file
from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work


def note_organisation_export(*, by: Viewer, day: date) -> None:
    """Say in the record that the organisation of a day was taken out, and by whom."""
    by.demand_any("organisation.view")
    reason = f"导出组织架构 {day.isoformat()}"
    with work(by.actor, reason):
        record_event("export", "organisation", reason)


def file_of_list(shown: ShownList, *, by: Viewer, filters: str = "") -> HttpResponse:
    """A list as the file that its address asks for; the record says who took it out, how many rows, under which filters."""
    reason = f"导出列表 {shown.key} {len(shown.rows)} 行 {filters} {shown.asked.words}".strip()[:300]
    with work(by.actor, reason):
        record_event("export", "list", reason)
    return list_file(shown, unit_of_report=by.label, filters=filters)
