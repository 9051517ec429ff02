"""What the office may set about matters: the terms of each ledger."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuanban.calc.words import Words
from zhuanban.calc.working_days import after_working_days
from zhuanban.kit.formats import date_words, say
from zhuanban.kit.office import DatedSettings, Effect, Preview, Setting, SettingVersion, versions_of
from zhuanban.matters import queries
from zhuanban.matters.drawer import ledger_of, ledgers
from zhuanban.matters.ledgers.contract import Ledger
from zhuanban.matters.queries.terms import term, terms_history
from zhuanban.matters.services.terms import set_terms, withdraw_terms
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar

_DAYS = Words("个工作日", "working days")
_EXPLAINS = gettext_lazy("How long each stage of a matter may take. A matter keeps the days it already has.")


def settings() -> Iterator[DatedSettings]:
    """One set of terms per ledger."""
    for ledger in ledgers().values():
        yield DatedSettings(
            key=f"terms-{ledger.key}",
            section=gettext_lazy("Terms of matters"),
            name=Words(f"{ledger.name_zh}办理时限", f"{ledger.name_en}: terms"),
            explains=_EXPLAINS,
            settings=_settings(ledger),
            versions=partial(_versions, ledger),
            preview=partial(_preview, ledger.key),
            write=partial(_write, ledger.key),
            withdraw=partial(withdraw_terms, ledger=ledger.key),
        )


def _settings(ledger: Ledger) -> tuple[Setting, ...]:
    return tuple(
        Setting(each.key, Words(each.name_zh, each.name_en), _DAYS, Decimal(0), Decimal(120)) for each in ledger.clocks
    )


def _versions(ledger: Ledger) -> list[SettingVersion]:
    defaults = {each.key: each.terms[-1].working_days for each in ledger.clocks}
    return versions_of(terms_history(viewer=system_viewer("office"), ledger=ledger.key), defaults)


def _preview(ledger_key: str, viewer: Viewer, values: Mapping[str, str], since: date) -> Preview:
    """The last day of each stage that would begin on the day, now and then."""
    ledger, calendar = ledger_of(ledger_key), working_calendar()
    effects = [
        Effect(
            _("%(clock)s, begun on %(day)s: last day") % {
                "clock": say(Words(each.name_zh, each.name_en)), "day": date_words(since, "iso"),
            },
            date_words(term(ledger_key, each.key, since).on, "week"),
            date_words(after_working_days(since, int(values[each.key]), calendar).on, "week"),
        )
        for each in ledger.clocks
    ]  # fmt: skip
    note = _("%(count)s open matters keep the days they have; what begins from %(day)s on takes the new terms.") % {
        "count": queries.open_count(viewer=viewer, ledger=ledger_key), "day": date_words(since, "iso"),
    }  # fmt: skip
    return Preview(tuple(each for each in effects if each.before != each.after), note)


def _write(ledger: str, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    terms = {key: int(days) for key, days in values.items()}
    set_terms(ledger=ledger, terms=terms, since=since, authority=authority, reason=reason, by=by)
