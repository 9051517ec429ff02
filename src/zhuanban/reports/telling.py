"""Telling those who read the office's reports that one was issued."""

from typing import Any

from zhuanban.calc.words import Words
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import everybody
from zhuanban.people.services import notify
from zhuanban.reports.frozen import number_words
from zhuanban.reports.models import Report

KIND = "report"


def on_report_issued(payload: dict[str, Any]) -> None:
    """Answer the event of a report that was issued."""
    report = Report.objects.filter(pk=payload["report"], state=Report.State.ISSUED).first()
    if report is None:
        return
    told = {
        viewer.user_id
        for viewer in everybody(viewer=system_viewer("reports")).viewers
        if viewer.user_id is not None and viewer.can("reports.view")
    }
    number, month = number_words(report.number_year, report.number), f"{report.year}-{report.month:02d}"
    notify(
        kind=KIND, key=f"report:{report.pk}", subject=f"report:{report.pk}", users=told,
        text=Words(f"{number}已签发：{month}月度分析", f"{number}: the analysis of {month} was issued"),
        url=f"/reports/{report.pk}/",
    )  # fmt: skip
