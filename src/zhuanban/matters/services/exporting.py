"""Exports are noted in the record before the bytes leave."""

from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work


def note_export(*, by: Viewer, count: int, filters: str) -> None:
    """Say in the record that a list of matters was taken out: by whom, how many, under which filters."""
    by.demand_any("matters.view")
    reason = f"导出事项台账 {count} 件 {filters}".strip()
    with work(by.actor, reason[:300]):
        record_event("export", "matters", reason[:300])
