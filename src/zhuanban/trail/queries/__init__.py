"""Reading and verifying the record. It knows no viewer: whoever shows what is read here does so behind an own permission."""

from zhuanban.trail.queries.reading import (
    PAGE,
    EntryFacts,
    EntryRow,
    RecordFilter,
    check_runs,
    entries,
    entry,
    recorded_tables,
    states_at,
)
from zhuanban.trail.queries.verifying import (
    Certificate,
    Finding,
    Verification,
    anchor_head,
    entry_certificate,
    entry_reason,
    head_certificate,
    newest_hash_of,
    verify,
)

__all__ = [
    "PAGE",
    "Certificate",
    "EntryFacts",
    "EntryRow",
    "Finding",
    "RecordFilter",
    "Verification",
    "anchor_head",
    "check_runs",
    "entries",
    "entry",
    "entry_certificate",
    "entry_reason",
    "head_certificate",
    "newest_hash_of",
    "recorded_tables",
    "states_at",
    "verify",
]
