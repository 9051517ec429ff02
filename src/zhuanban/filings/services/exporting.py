"""Exports are noted in the record before the bytes leave."""

from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work


def note_calendar_export(*, by: Viewer, year: int, month: int) -> None:
    """Say in the record that the marks of units were taken out as a file, and by whom."""
    by.demand_any("filings.view")
    reason = f"导出报送日历 {year}-{month:02d}"
    with work(by.actor, reason):
        record_event("export", "filing_calendar", reason)


def note_consolidation_export(*, by: Viewer, certificate: str, kind: str) -> None:
    """Say in the record that a frozen gathering was taken out as a file, and by whom."""
    by.demand_any("filings.consolidated")
    reason = f"导出汇总报送 {certificate} {kind}"
    with work(by.actor, reason):
        record_event("export", "consolidation", reason)
