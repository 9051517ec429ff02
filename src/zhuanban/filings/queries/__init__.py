"""What other rooms and the pages may ask of filings. Every query takes its viewer; what he may not see is absent."""

from zhuanban.filings.queries.cadences import cadence_history, cadence_of, cadence_on, cadences
from zhuanban.filings.queries.certificates import CertificateCheck, verify_certificate
from zhuanban.filings.queries.extensions import (
    ExtensionFacts,
    ReminderFacts,
    extensions_of,
    reminders_of,
    units_reminded_today,
    waiting_extensions,
)
from zhuanban.filings.queries.filings import (
    FilingPage,
    FilingRow,
    FrozenVersion,
    filing_page,
    filings_of_month,
    findable_filings,
    may_on_filing,
    months_with_filings,
    own_week,
    waiting_filings,
    weekly_filings_of_month,
)
from zhuanban.filings.queries.gathering import FrozenConsolidation, consolidation, consolidations, gathered_month
from zhuanban.filings.queries.overdue import overdue_filings
from zhuanban.filings.queries.punctuality import UnitPunctuality, filings_between, punctuality

__all__ = [
    "CertificateCheck",
    "ExtensionFacts",
    "FilingPage",
    "FilingRow",
    "FrozenConsolidation",
    "FrozenVersion",
    "ReminderFacts",
    "UnitPunctuality",
    "cadence_history",
    "cadence_of",
    "cadence_on",
    "cadences",
    "consolidation",
    "consolidations",
    "extensions_of",
    "filing_page",
    "filings_between",
    "filings_of_month",
    "findable_filings",
    "gathered_month",
    "may_on_filing",
    "months_with_filings",
    "overdue_filings",
    "own_week",
    "punctuality",
    "reminders_of",
    "units_reminded_today",
    "verify_certificate",
    "waiting_extensions",
    "waiting_filings",
    "weekly_filings_of_month",
]
