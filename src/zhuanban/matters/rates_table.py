"""The rates of the ledger in words and as a spreadsheet: each with its numerator and its denominator."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhuanban.calc.ledger_rates import Share, total
from zhuanban.calc.rounding import half_up_or_none
from zhuanban.kit import clock, formats, workspace
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.matters.queries import RatesRow

RATES = (
    # rate of the tally, its numerator, its denominator, its name
    ("resolved_rate", "resolved", "accepted", gettext_lazy("Resolution rate")),
    ("struck_off_rate", "struck_off", "accepted", gettext_lazy("Strike-off rate")),
    ("on_time_rate", "on_time", "resolved", gettext_lazy("On-time rate")),
    ("satisfied_rate", "satisfied", "surveyed", gettext_lazy("Satisfaction rate")),
    ("sent_back_rate", "sent_back", "ever_resolved", gettext_lazy("Sent-back rate")),
    ("reopened_rate", "reopened", "ever_struck_off", gettext_lazy("Reopening rate")),
)
_PARTS = {
    "accepted": pgettext_lazy("rates", "Accepted"),
    "resolved": pgettext_lazy("rates", "Resolved"),
    "struck_off": pgettext_lazy("rates", "Struck off"),
    "on_time": pgettext_lazy("rates", "Resolved in time"),
    "explained": pgettext_lazy("rates", "Closed by explanation"),
    "surveyed": pgettext_lazy("rates", "Asked"),
    "satisfied": pgettext_lazy("rates", "Content"),
    "ever_resolved": pgettext_lazy("rates", "Ever resolved"),
    "sent_back": pgettext_lazy("rates", "Sent back"),
    "ever_struck_off": pgettext_lazy("rates", "Ever struck off"),
    "reopened": pgettext_lazy("rates", "Reopened"),
}
_BY = {
    "unit": gettext_lazy("Responsible unit"),
    "territory": gettext_lazy("Territory"),
    "group": gettext_lazy("Group"),
}


def by_words(by: str) -> str:
    """By what the rates are told."""
    return str(_BY[by])


def part_words(chosen: Mapping[str, Any]) -> str:
    """The count behind which a list stands, with its span; empty where the list is none of the rates'."""
    if not chosen["part"]:
        return ""
    days = " – ".join(formats.date_words(day, "iso") for day in (chosen["since"], chosen["until"]) if day)
    return _("%(part)s, of those accepted %(days)s") % {"part": _PARTS[chosen["part"]], "days": days}


def rates_table(
    rows: Sequence[RatesRow], *, by: str, since: date, until: date, unit_of_report: str
) -> OutTable:  # fmt: skip
    """One line per unit, territory or group and one for all: of each rate the numerator, the denominator and the percentage."""
    config = workspace.config()
    columns = [Column(by_words(by), width=20), Column(str(_PARTS["accepted"]), "count")]
    for _rate, part, whole, name in RATES:
        columns += [
            Column(str(_PARTS[part]), "count"), Column(_("of: %(whole)s") % {"whole": _PARTS[whole]}, "count"),
            Column(f"{name} (%)", "growth"),
        ]  # fmt: skip
    columns.append(Column(str(_PARTS["explained"]), "count"))
    lines = [
        _("Unit of report: %(unit)s") % {"unit": unit_of_report},
        _("Accepted %(since)s – %(until)s, as of %(day)s") % {
            "since": formats.date_words(since, "iso"), "until": formats.date_words(until, "iso"),
            "day": formats.date_words(clock.today(), "iso"),
        },
    ]  # fmt: skip
    if config.is_demo:
        lines.append(_("Demo data, all invented"))
    told = [(row.name or _("None named"), row.tally) for row in rows]
    told.append((_("Total"), total(row.tally for row in rows)))
    return OutTable(
        title=f"{config.name_zh if formats.in_chinese() else config.name_en} {_('Rates of the matter ledger')}",
        columns=columns,
        rows=[
            [name, tally.accepted, *(each for rate in RATES for each in _of(getattr(tally, rate[0]))), tally.explained]
            for name, tally in told
        ],
        lines=lines,
        sheet_name=_("Rates"),
    )


def _of(share: Share) -> tuple[Value, Value, Value]:
    return share.part, share.whole, half_up_or_none(share.percent)
