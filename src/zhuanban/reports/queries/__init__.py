"""What pages and other rooms may ask of reports."""

from zhuanban.reports.queries.monthly import monthly_facts
from zhuanban.reports.queries.standing import (
    Standing,
    findable_reports,
    report,
    reports,
    says_the_same,
    waiting_reports,
    word_file,
)

__all__ = [
    "Standing",
    "findable_reports",
    "monthly_facts",
    "report",
    "reports",
    "says_the_same",
    "waiting_reports",
    "word_file",
]
