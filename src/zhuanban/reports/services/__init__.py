"""What can be done with reports."""

from zhuanban.reports.services.drafting import draft_report, recompose_report, rewrite_passage, submit_report
from zhuanban.reports.services.filing_out import monthly_analysis
from zhuanban.reports.services.issuing import issue_report, send_back_report, withdraw_report

__all__ = [
    "draft_report",
    "issue_report",
    "monthly_analysis",
    "recompose_report",
    "rewrite_passage",
    "send_back_report",
    "submit_report",
    "withdraw_report",
]
