"""Setting a ledger's terms: a new version of their history. What runs already keeps the days it has."""

from collections.abc import Mapping
from datetime import date

from zhuanban.kit.dated import define_version, withdraw_version, write_version
from zhuanban.kit.defining import Defined
from zhuanban.kit.remembering import forget
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.models import LedgerTerms
from zhuanban.matters.queries.terms import REMEMBERED
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def define_terms(
    *, ledger: str, terms: Mapping[str, int], since: date, today: date, authority: str, by: Viewer
) -> Defined[LedgerTerms]:
    """As a plan states them, working days by clock. KeyError for a clock the ledger lacks. Refusals: not_allowed."""
    by.demand("indicators.define")
    stored = _stored(ledger, terms)
    with work(by.actor, f"设定办理时限 {ledger}"):
        return define_version(LedgerTerms, {"ledger": ledger}, stored, since=since, today=today, authority=authority)


def set_terms(
    *, ledger: str, terms: Mapping[str, int], since: date, authority: str, reason: str, by: Viewer
) -> Defined[LedgerTerms]:
    """As the office decides. Refusals: not_allowed, since_past, required."""
    by.demand("office.set")
    with work(by.actor, f"调整办理时限 {ledger}"):
        made = write_version(
            LedgerTerms, {"ledger": ledger}, _stored(ledger, terms), since=since, authority=authority, reason=reason
        )
    forget(REMEMBERED)
    return made


def withdraw_terms(*, ledger: str, since: date, by: Viewer) -> None:
    """Take back what was decided for a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""
    by.demand("office.set")
    with work(by.actor, f"撤回办理时限 {ledger} 自{since}起的调整"):
        withdraw_version(LedgerTerms, {"ledger": ledger}, since=since)
    forget(REMEMBERED)


def _stored(ledger: str, terms: Mapping[str, int]) -> dict[str, int]:
    known = {clock.key for clock in ledger_of(ledger).clocks}
    if unknown := sorted(set(terms) - known):
        raise KeyError(*unknown)
    return {key: int(days) for key, days in terms.items()}
