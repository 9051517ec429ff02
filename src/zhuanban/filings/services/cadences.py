"""Setting what a kind of filing asks for: a new version of its history. Filings already listed keep their days."""

from collections.abc import Mapping
from datetime import date

from zhuanban.filings.models import CadenceVersion
from zhuanban.filings.queries import cadences
from zhuanban.filings.queries.cadences import REMEMBERED
from zhuanban.kit.dated import define_version, withdraw_version, write_version
from zhuanban.kit.defining import Defined
from zhuanban.kit.remembering import forget
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def define_cadence(
    *, cadence: str, settings: Mapping[str, str], since: date, today: date, authority: str, by: Viewer
) -> Defined[CadenceVersion]:
    """As a plan states it. KeyError for an unknown cadence or setting. Refusals: not_allowed."""
    by.demand("indicators.define")
    stored = _stored(cadence, settings)
    with work(by.actor, f"设定报送周期 {cadence}"):
        return define_version(
            CadenceVersion, {"cadence": cadence}, stored, since=since, today=today, authority=authority
        )


def set_cadence(
    *, cadence: str, settings: Mapping[str, str], since: date, authority: str, reason: str, by: Viewer
) -> Defined[CadenceVersion]:
    """As the office decides. Refusals: not_allowed, since_past, required."""
    by.demand("office.set")
    stored = _stored(cadence, settings)
    with work(by.actor, f"调整报送周期 {cadence}"):
        made = write_version(
            CadenceVersion, {"cadence": cadence}, stored, since=since, authority=authority, reason=reason
        )
    forget(REMEMBERED)
    return made


def withdraw_cadence(*, cadence: str, since: date, by: Viewer) -> None:
    """Take back what was decided for a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""
    by.demand("office.set")
    with work(by.actor, f"撤回报送周期 {cadence} 自{since}起的调整"):
        withdraw_version(CadenceVersion, {"cadence": cadence}, since=since)
    forget(REMEMBERED)


def _stored(cadence: str, settings: Mapping[str, str]) -> dict[str, str]:
    if unknown := sorted(set(settings) - set(cadences()[cadence].settable)):
        raise KeyError(*unknown)
    # Reading them once finds what is no number, no time and no way to roll.
    return cadences()[cadence].with_settings(settings, "").said()
