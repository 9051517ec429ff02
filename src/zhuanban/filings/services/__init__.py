"""What may be done with filings: owed by the calendar, compiled, commented, signed, received, sent back."""

from zhuanban.filings.services.cadences import define_cadence, set_cadence, withdraw_cadence
from zhuanban.filings.services.consolidating import consolidate_month
from zhuanban.filings.services.exporting import note_calendar_export, note_consolidation_export
from zhuanban.filings.services.extending import answer_extension, ask_extension
from zhuanban.filings.services.no_change import file_no_change
from zhuanban.filings.services.owing import owe_filings, owe_filings_now, owe_weekly_filings
from zhuanban.filings.services.receiving import receive_filing, send_back_filing
from zhuanban.filings.services.reminding import remind_units, remind_units_now
from zhuanban.filings.services.reminding_by_hand import Reminded, remind_by_hand
from zhuanban.filings.services.signing import sign_filing
from zhuanban.filings.services.writing import comment_filing, compile_filing

__all__ = [
    "Reminded",
    "answer_extension",
    "ask_extension",
    "comment_filing",
    "compile_filing",
    "consolidate_month",
    "define_cadence",
    "file_no_change",
    "note_calendar_export",
    "note_consolidation_export",
    "owe_filings",
    "owe_filings_now",
    "owe_weekly_filings",
    "receive_filing",
    "remind_by_hand",
    "remind_units",
    "remind_units_now",
    "send_back_filing",
    "set_cadence",
    "sign_filing",
    "withdraw_cadence",
]
