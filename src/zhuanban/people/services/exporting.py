"""Exports are noted in the record before the bytes leave."""

from datetime import date

from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work


def note_organisation_export(*, by: Viewer, day: date) -> None:
    """Say in the record that the organisation of a day was taken out, and by whom."""
    by.demand_any("organisation.view")
    reason = f"导出组织架构 {day.isoformat()}"
    with work(by.actor, reason):
        record_event("export", "organisation", reason)
