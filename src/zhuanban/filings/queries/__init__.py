"""What other rooms and the pages may ask of filings. Every query takes its viewer; what he may not see is absent."""

from zhuanban.filings.queries.cadences import cadence_history, cadence_of, cadence_on, cadences
from zhuanban.filings.queries.certificates import CertificateCheck, verify_certificate
from zhuanban.filings.queries.filings import (
    FilingPage,
    FilingRow,
    FrozenVersion,
    filing_page,
    filings_of_month,
    findable_filings,
    months_with_filings,
    waiting_filings,
)

__all__ = [
    "CertificateCheck",
    "FilingPage",
    "FilingRow",
    "FrozenVersion",
    "cadence_history",
    "cadence_of",
    "cadence_on",
    "cadences",
    "filing_page",
    "filings_of_month",
    "findable_filings",
    "months_with_filings",
    "verify_certificate",
    "waiting_filings",
]
