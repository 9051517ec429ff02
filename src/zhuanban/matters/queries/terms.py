"""The terms of the ledgers in working days, as they stand on a day, and the days they end on."""

from datetime import date

from zhuanban.calc.working_days import DueDay, WorkingCalendar, after_working_days
from zhuanban.kit.dated import version_on
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.models import LedgerTerms
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

REMEMBERED = "matters.terms"


def term(ledger: str, clock_key: str, start: date, calendar: WorkingCalendar | None = None) -> DueDay:
    """The last day of a ledger's term that starts on a day, by the office's calendar."""
    return after_working_days(start, term_days(ledger, clock_key, start), calendar or working_calendar())


def term_days(ledger: str, clock_key: str, on: date) -> int:
    """The working days of a clock that starts on a day: what the office set, else the drawer's."""
    versions = once_in_a_request(REMEMBERED, lambda: list(LedgerTerms.objects.all()))
    version = version_on((each for each in versions if each.ledger == ledger), on)
    if version is not None and clock_key in version.parameters:
        return int(version.parameters[clock_key])
    return ledger_of(ledger).clock(clock_key).working_days(on)


def terms_history(*, viewer: Viewer, ledger: str) -> list[LedgerTerms]:
    """Every version of a ledger's terms, newest first; open to every viewer."""
    del viewer
    return list(LedgerTerms.objects.filter(ledger=ledger).order_by("-in_force_from"))
