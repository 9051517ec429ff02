"""What the office may set about matters: the terms of each ledger, and its way up."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhuanban.calc.words import Words
from zhuanban.calc.working_days import after_working_days
from zhuanban.kit.formats import date_words, say
from zhuanban.kit.office import DatedSettings, Effect, Preview, Setting, SettingVersion, versions_of
from zhuanban.matters import queries
from zhuanban.matters.drawer import ledger_of, ledgers, level_words
from zhuanban.matters.ledgers.contract import Ledger
from zhuanban.matters.ledgers.ladder import Level
from zhuanban.matters.queries.ladder import ladder_history
from zhuanban.matters.queries.terms import term, terms_history
from zhuanban.matters.services.ladder import set_ladder, withdraw_ladder
from zhuanban.matters.services.terms import set_terms, withdraw_terms
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar

_DAYS = Words("个工作日", "working days")
_EXPLAINS_LADDER = gettext_lazy(
    "When an overdue matter is passed up, and how long each level has. Counted from the day of the level below; days already given stay."
)
_SHOWN = 100
_EXPLAINS = gettext_lazy("How long each stage of a matter may take. A matter keeps the days it already has.")


def settings() -> Iterator[DatedSettings]:
    """One set of terms per ledger, and one ladder where it has more than the responsible unit."""
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
        if ledger.ladder.upper:
            yield _ladder_settings(ledger)


def _ladder_settings(ledger: Ledger) -> DatedSettings:
    return DatedSettings(
        key=f"ladder-{ledger.key}",
        section=gettext_lazy("Terms of matters"),
        name=Words(f"{ledger.name_zh}上报层级", f"{ledger.name_en}: levels"),
        explains=_EXPLAINS_LADDER,
        settings=tuple(each for level in ledger.ladder.upper for each in _of_level(level)),
        versions=lambda: versions_of(ladder_history(viewer=system_viewer("office"), ledger=ledger.key), ledger.ladder.days),
        preview=partial(_preview_ladder, ledger.key),
        write=partial(_write_ladder, ledger.key),
        withdraw=partial(withdraw_ladder, ledger=ledger.key),
    )


def _of_level(level: Level) -> tuple[Setting, Setting]:
    zh, en = f"{level.code}{level.name_zh}", f"{level.code} {level.name_en}"
    return (
        Setting(
            level.overdue_key, Words(f"逾期多久上报{zh}（0：不自动）", f"Overdue until passed up to {en} (0: never)"), _DAYS, Decimal(0), Decimal(60)
        ),
        Setting(level.answer_key, Words(f"{zh}处理时限", f"Time to answer: {en}"), _DAYS, Decimal(1), Decimal(60)),
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


def _preview_ladder(ledger_key: str, viewer: Viewer, values: Mapping[str, str], since: date) -> Preview:
    """Which open matters would stand on another level on the day; the first hundred by name."""
    days = {key: int(value) for key, value in values.items()}
    changes = queries.level_changes(viewer=viewer, ledger=ledger_key, days=days, since=since)
    ladder = ledger_of(ledger_key).ladder
    effects = tuple(
        Effect(
            f"{each.number} {each.title}", level_words(ladder.level(each.before)),
            level_words(ladder.level(each.after)), reverse("matters:matter", args=[each.number]),
        )
        for each in changes[:_SHOWN]
    )  # fmt: skip
    note = ngettext(
        "%(count)s open matter would stand on another level on %(day)s. Days that levels already have stay.",
        "%(count)s open matters would stand on another level on %(day)s. Days that levels already have stay.",
        len(changes),
    ) % {"count": len(changes), "day": date_words(since, "iso")}
    if len(changes) > _SHOWN:
        note = _("%(note)s The first %(shown)s are listed.") % {"note": note, "shown": _SHOWN}
    return Preview(effects, note)


def _write_ladder(ledger: str, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    days = {key: int(value) for key, value in values.items()}
    set_ladder(ledger=ledger, days=days, since=since, authority=authority, reason=reason, by=by)


def _write(ledger: str, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    terms = {key: int(days) for key, days in values.items()}
    set_terms(ledger=ledger, terms=terms, since=since, authority=authority, reason=reason, by=by)
