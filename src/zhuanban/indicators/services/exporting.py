"""What is taken out of the system is said in the record."""

from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work


def note_board_export(*, by: Viewer, year: int, month: int, of: str = "") -> None:
    """Say in the record that the figures of a month were taken out; ``of`` names the group, unit or indicator by its code."""
    by.demand_any("indicators.view")
    words = f"导出{year}年{month}月指标数据" + (f"（{of}）" if of else "")
    with work(by.actor, words):
        record_event("export", "board", words)
