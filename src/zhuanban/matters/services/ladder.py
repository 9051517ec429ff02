"""Setting a ledger's way up: a new version of its history. Days that levels already have are never moved by it."""

from collections.abc import Mapping
from datetime import date

from zhuanban.kit.dated import define_version, withdraw_version, write_version
from zhuanban.kit.defining import Defined
from zhuanban.kit.remembering import forget
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.models import LedgerLadder
from zhuanban.matters.queries.ladder import REMEMBERED
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def define_ladder(
    *, ledger: str, days: Mapping[str, int], since: date, today: date, authority: str, by: Viewer
) -> Defined[LedgerLadder]:
    """As a plan states it, working days by key of a level. KeyError for a key the ladder lacks. Refusals: not_allowed."""
    by.demand("indicators.define")
    stored = _stored(ledger, days)
    with work(by.actor, f"设定上报层级 {ledger}"):
        return define_version(LedgerLadder, {"ledger": ledger}, stored, since=since, today=today, authority=authority)


def set_ladder(
    *, ledger: str, days: Mapping[str, int], since: date, authority: str, reason: str, by: Viewer
) -> Defined[LedgerLadder]:
    """As the office decides. Refusals: not_allowed, since_past, required."""
    by.demand("office.set")
    with work(by.actor, f"调整上报层级 {ledger}"):
        made = write_version(
            LedgerLadder, {"ledger": ledger}, _stored(ledger, days), since=since, authority=authority, reason=reason
        )
    forget(REMEMBERED)
    return made


def withdraw_ladder(*, ledger: str, since: date, by: Viewer) -> None:
    """Take back what was decided for a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""
    by.demand("office.set")
    with work(by.actor, f"撤回上报层级 {ledger} 自{since}起的调整"):
        withdraw_version(LedgerLadder, {"ledger": ledger}, since=since)
    forget(REMEMBERED)


def _stored(ledger: str, days: Mapping[str, int]) -> dict[str, int]:
    if unknown := sorted(set(days) - set(ledger_of(ledger).ladder.days)):
        raise KeyError(*unknown)
    return {key: int(value) for key, value in days.items()}
