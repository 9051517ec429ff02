"""What the pages of filings show."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period
from zhuanban.filings import queries
from zhuanban.filings.kinds.cadence import Covered, Timeliness, covered_words
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import FilingPage, FilingRow
from zhuanban.kit import clock, formats
from zhuanban.kit.registries import Todo
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.people.access import Viewer

_SHAPES = {
    Timeliness.NOT_DUE: "",
    Timeliness.ON_TIME: "check",
    Timeliness.LATE: "clock",
    Timeliness.OVERDUE: "clock",
    Timeliness.MISSED: "ban",
}


def state_words(state: str) -> str:
    """The state of a filing in the reader's language."""
    return {
        Filing.State.DUE: pgettext("filing", "to be compiled"),
        Filing.State.COMPILED: pgettext("filing", "compiled"),
        Filing.State.SIGNED: pgettext("filing", "signed, to be received"),
        Filing.State.RECEIVED: pgettext("filing", "received"),
        Filing.State.SENT_BACK: pgettext("filing", "sent back"),
    }[Filing.State(state)]


def timeliness_words(key: str) -> str:
    """How the filing stands against its dates."""
    return {
        Timeliness.NOT_DUE: pgettext("filing", "not due yet"),
        Timeliness.ON_TIME: pgettext("filing", "on time"),
        Timeliness.LATE: pgettext("filing", "late"),
        Timeliness.OVERDUE: pgettext("filing", "overdue"),
        Timeliness.MISSED: pgettext("filing", "not filed, locked"),
    }[Timeliness(key)]


def month_title(covered: Covered) -> str:
    """The month or week that a filing covers, in the reader's language."""
    return formats.say(covered_words(covered))


def month_options(months: tuple[tuple[int, int], ...], covered: Period) -> list[tuple[str, str]]:
    """The months to choose from; the one shown where there is none."""
    periods = [Period.month(year, month) for year, month in months] or [covered]
    return [(period.key, month_title(period)) for period in periods]


@dataclass(frozen=True)
class ShownFiling:
    """A row of the month's list."""

    row: FilingRow
    url: str
    state: str
    timeliness: str
    icon: str
    bad: bool
    may_be_reminded: bool = False
    reminded: bool = False


def may_be_reminded(row: FilingRow) -> bool:
    """Whether the office may remind the unit of this filing: it has to file it, has not, and still can."""
    return not row.is_optional and row.first_signed_on is None and row.timeliness != Timeliness.MISSED


def standing_words(row: FilingRow) -> str:
    """How a filing stands against its dates; one that nobody must file is not overdue. Says where more time was granted."""
    words = _standing(row)
    if row.dates.extended_to is None:
        return words
    return _("%(standing)s, extended to %(day)s") % {"standing": words, "day": formats.date_words(row.dates.extended_to, "iso")}


def _standing(row: FilingRow) -> str:
    if row.is_optional and row.timeliness in (Timeliness.OVERDUE, Timeliness.MISSED):
        return pgettext("filing", "not filed (optional)")
    return timeliness_words(row.timeliness)


def shown(row: FilingRow, *, reminding: bool = False, reminded: frozenset[int] = frozenset()) -> ShownFiling:
    """``reminding``: the viewer may remind units; ``reminded``: the units that were reminded by hand today."""
    standing = Timeliness(row.timeliness)
    return ShownFiling(
        row,
        reverse("filings:filing", args=[row.id]),
        state_words(row.state),
        standing_words(row),
        "" if row.is_optional and row.first_signed_on is None else _SHAPES[standing],
        standing in (Timeliness.OVERDUE, Timeliness.MISSED) and not row.is_optional,
        reminding and may_be_reminded(row) and row.unit_id not in reminded,
        may_be_reminded(row) and row.unit_id in reminded,
    )


def week_asked(text: str) -> Week:
    """The ISO week an address asks for (2023-W29); this week without one."""
    found = re.fullmatch(r"(20\d{2})-W([0-5]\d)", text)
    try:
        return Week.of(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else Week.of(clock.today())
    except ValueError:
        return Week.of(clock.today())


def week_before(week: Week) -> Week:
    return Week.of(week.day(1) - timedelta(days=7))


@dataclass(frozen=True)
class OwnFiling:
    """A weekly filing on its unit's page. ``next_step`` is what its reader can do with it now, in words."""

    shown: ShownFiling
    next_step: str
    can_say_no_change: bool


def own_filing(row: FilingRow, viewer: Viewer) -> OwnFiling:
    open_still = row.state in (Filing.State.DUE, Filing.State.SENT_BACK, Filing.State.COMPILED)
    locked = clock.today() >= row.dates.lock_on
    if not open_still or locked:
        return OwnFiling(shown(row), pgettext("filing", "Open"), False)
    step = pgettext("filing", "Write") if row.state != Filing.State.COMPILED else pgettext("filing", "Go on")
    return OwnFiling(shown(row), step, row.state != Filing.State.COMPILED and row.may(viewer, "filings.compile"))


@dataclass(frozen=True)
class Progress:
    """How far the month's filings are, each step counting those that went further."""

    total: int
    compiled: int
    signed: int
    received: int

    @property
    def waiting(self) -> int:
        """Signed and not received yet."""
        return self.signed - self.received


def progress(rows: tuple[FilingRow, ...]) -> Progress:
    count = Counter(row.state for row in rows)
    received = count[Filing.State.RECEIVED]
    signed = received + count[Filing.State.SIGNED]
    return Progress(len(rows), signed + count[Filing.State.COMPILED], signed, received)


def stages(page: FilingPage) -> list[dict[str, Any]]:
    """The track: due, compiled, signed, received."""
    frozen = page.frozen[0] if page.frozen else None
    signed = frozen is not None and page.row.state in (Filing.State.SIGNED, Filing.State.RECEIVED)
    received = page.row.state == Filing.State.RECEIVED
    compiled = page.row.state in (Filing.State.COMPILED, Filing.State.SIGNED, Filing.State.RECEIVED)
    steps: list[tuple[str, bool, datetime | None]] = [
        (pgettext("filing", "Compiled"), compiled, page.compiled_at if compiled else None),
        (pgettext("filing", "Signed and frozen"), signed, frozen.signed_at if frozen and signed else None),
        (pgettext("filing", "Received"), received, frozen.received_at if frozen and received else None),
    ]
    waiting = next((place for place, step in enumerate(steps) if not step[1]), None)
    return [
        {"label": label, "done": done, "current": place == waiting, "when": formats.date_words(at, "short") if at else ""}
        for place, (label, done, at) in enumerate(steps)
    ]


def name_of(entry: dict[str, Any], prefix: str = "name") -> str:
    """A stored name in the reader's language."""
    return str(entry.get(f"{prefix}_{'zh' if formats.in_chinese() else 'en'}") or "")


def _period(entry: dict[str, Any] | None) -> str:
    return "" if entry is None else str(entry["zh" if formats.in_chinese() else "en"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def draft(page: FilingPage) -> dict[str, Any] | None:
    """What would be frozen by a signature now; None before it was compiled."""
    if page.compiled is None:
        return None
    return {**page.compiled, "comment": page.comment, "no_change": page.no_change}


def content(stored: dict[str, Any]) -> dict[str, Any]:
    """The stored content of a filing in the reader's language, figures ready to be written."""
    return {
        "unit": name_of(stored["unit"]),
        "group": name_of(stored["group"]),
        "compiled_at": datetime.fromisoformat(stored["compiled_at"]),
        "comment": stored.get("comment", ""),
        "no_change": stored.get("no_change", False),
        "indicators": [_indicator(entry) for entry in stored["indicators"]],
        "alerts": [
            {
                "indicator": name_of(entry, "indicator"),
                "rule": name_of(entry, "rule"),
                "period": _period(entry["period"]),
                "message": name_of(entry, "message"),
                **{name: entry[name] for name in ("cause", "measure", "explained_by", "matter", "state")},
            }
            for entry in stored["alerts"]
        ],
        "matters": [
            {"number": entry["number"], "title": entry["title"], "state": name_of(entry, "state"), "due_on": entry["due_on"]}
            for entry in stored["matters"]
        ],
    }


def _indicator(entry: dict[str, Any]) -> dict[str, Any]:
    target = entry["target"]
    return {
        "name": name_of(entry),
        "measure": formats.measure_words(entry["measure"]),
        "period": _period(entry["period"]),
        "level": _number(entry["level"]),
        "decimals": entry["decimals"],
        "target": _number(target["to_date"]) if target else None,
        "target_places": 1 if target and target["kind"] == "growth" else entry["decimals"],
        **{name: _number(entry[name]) for name in ("growth_pct", "city_growth_pct", "gap_pp")},
        **{name: entry[name] for name in ("rank", "rank_of", "light", "provisional", "status")},
    }


_KIND = gettext_lazy("Filing")


def todos(viewer: Viewer) -> Iterator[Todo]:
    """Filings to compile, to sign, to receive, by their due day."""
    unsigned = (Filing.State.DUE.value, Filing.State.SENT_BACK.value)
    if viewer.can("filings.compile") or viewer.can("filings.weekly_write"):
        yield from _todos(viewer, "filings.compile", unsigned, gettext_lazy("Compile"))
    if viewer.can("filings.sign") or viewer.can("filings.weekly_sign"):
        yield from _todos(viewer, "filings.sign", (Filing.State.COMPILED.value,), gettext_lazy("Sign"))
    if viewer.can("filings.receive"):
        for row in queries.waiting_extensions(viewer=viewer):
            yield _todo(row, gettext_lazy("Answer"), _("asks for more time"))
    if viewer.can("filings.receive") or viewer.can("filings.weekly_receive"):
        yield from _todos(viewer, "filings.receive", (Filing.State.SIGNED.value,), gettext_lazy("Receive"))


def _todos(viewer: Viewer, action: str, states: tuple[str, ...], verb: Any) -> Iterator[Todo]:
    for row in queries.waiting_filings(viewer=viewer, action=action, states=states):
        yield _todo(row, verb, state_words(row.state))


def _todo(row: FilingRow, verb: Any, note: str) -> Todo:
    cadence = queries.cadence_of(key=row.cadence, covered=row.covered)
    return Todo(
        kind=_KIND,
        title=_("%(cadence)s for %(month)s: %(unit)s, %(group)s")
        % {
            "cadence": formats.say(cadence.name),
            "month": month_title(row.covered),
            "unit": row.unit_name,
            "group": row.group_name,
        },
        url=reverse("filings:filing", args=[row.id]),
        verb=verb,
        due_at=datetime.combine(row.dates.until, cadence.due_time, clock.SHANGHAI),
        note=note,
    )


def search(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Filings by unit, group and month."""
    if not viewer.can("filings.view"):
        return iter(())
    return fitting(query, (
        (
            (each.unit.name_zh, each.unit.name_en, each.group.name_zh, each.group.name_en, each.covered.key, month_title(each.covered)),
            Hit(f"{month_title(each.covered)} {each.group.name}", reverse("filings:filing", args=[each.pk]), f"{each.unit.name} · {state_words(each.state)}"),
        )
        for each in queries.findable_filings(viewer=viewer)
    ))  # fmt: skip


def holding_panel(viewer: Viewer, by: Any) -> str:
    """The monthly filings of a group or a unit for a month and the year's rate on time, for its page; empty without any."""
    if not viewer.can("filings.view") or by.as_known is not None:
        return ""
    units = queries.punctuality(viewer=viewer, year=by.year, group_id=by.group_id)
    shown_units = [each for each in units if by.unit_id in (None, each.unit_id)]
    rows = [row for each in shown_units for row in each.of_month(by.month)]
    decided = sum(each.decided for each in shown_units)
    in_time = sum(each.count(Timeliness.ON_TIME) for each in shown_units)
    if not rows and not decided:
        return ""
    context = {
        "month": Period.month(by.year, by.month), "year": by.year, "decided": decided, "in_time": in_time,
        "rows": [(row, state_words(row.state), timeliness_words(row.timeliness)) for row in rows],
    }  # fmt: skip
    return render_to_string("filings/holding_panel.html", context)
