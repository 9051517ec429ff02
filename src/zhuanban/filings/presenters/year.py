"""The calendar of filings: the days of a month, the marks of units by month and week, and the rates over a year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.due_days import Week
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.filings.kinds.cadence import Timeliness, covered_month, weeks_of
from zhuanban.filings.models import Filing
from zhuanban.filings.presenters import month_title
from zhuanban.filings.queries import FilingRow, UnitPunctuality, cadence_of
from zhuanban.filings.queries.punctuality import MONTHS
from zhuanban.kit import clock, formats
from zhuanban.kit.spreadsheets.tables import Column, OutTable

GLYPHS = {
    "received": "●", "signed": "◐", "late": "▲", "overdue": "△", "locked": "■", "sent_back": "↩", "open": "○",
    "skipped": "–",
}  # fmt: skip
"""One shape for each state, so that no state is told by colour alone."""

_WORST = ("locked", "overdue", "sent_back", "late", "open", "signed", "received", "skipped")


def mark_words(mark: str) -> str:
    """The state that a mark stands for."""
    return {
        "received": pgettext("filing", "received, on time"),
        "signed": pgettext("filing", "signed, to be received"),
        "late": pgettext("filing", "filed late"),
        "overdue": pgettext("filing", "overdue"),
        "locked": pgettext("filing", "not filed, locked"),
        "sent_back": pgettext("filing", "sent back"),
        "open": pgettext("filing", "open"),
        "skipped": pgettext("filing", "not filed (optional)"),
    }[mark]


def mark_of(row: FilingRow) -> str:
    """The one state of a filing that the calendar shows."""
    standing = Timeliness(row.timeliness)
    if row.state == Filing.State.SENT_BACK:
        return "sent_back"
    if standing is Timeliness.LATE:
        return "late"
    if standing is Timeliness.ON_TIME:
        return "received" if row.state == Filing.State.RECEIVED else "signed"
    if standing is Timeliness.NOT_DUE:
        return "open"
    if row.is_optional:
        return "skipped"
    return "locked" if standing is Timeliness.MISSED else "overdue"


@dataclass(frozen=True)
class Mark:
    """What a cell of the matrix shows; ``glyph`` empty where nothing is owed yet."""

    glyph: str = ""
    kind: str = ""
    words: str = ""
    url: str = ""


def mark(rows: Iterable[FilingRow]) -> Mark:
    """One mark for a unit's filings of a month or week: the one that needs most attention."""
    by_kind = {mark_of(row): row for row in rows}
    kind = next((each for each in _WORST if each in by_kind), "")
    if not kind:
        return Mark(words=pgettext("filing", "not owed or not due yet"))
    row = by_kind[kind]
    more = f" ({_('extended to %(day)s') % {'day': formats.date_words(row.dates.extended_to, 'iso')}})" if row.dates.extended_to else ""
    words = f"{month_title(row.covered)}: {mark_words(kind)}{more}"
    return Mark(GLYPHS[kind], kind, words, reverse("filings:filing", args=[row.id]))


def legend() -> list[dict[str, str]]:
    """Every mark with its words."""
    return [{"glyph": glyph, "kind": kind, "words": mark_words(kind)} for kind, glyph in GLYPHS.items()]


@dataclass(frozen=True)
class UnitYear:
    """A unit's row: its marks by month and its rate with its denominator."""

    unit_id: int
    unit_name: str
    marks: tuple[Mark, ...]
    decided: int
    on_time: int
    late: int
    overdue: int
    missed: int
    rate_pct: int | None
    extended: int = 0

    @property
    def marks_words(self) -> str:
        """The marks as text, for a file."""
        return " ".join(each.glyph or "·" for each in self.marks)

    @property
    def needs_attention(self) -> bool:
        return self.overdue + self.missed > 0


def unit_year(unit: UnitPunctuality) -> UnitYear:
    return UnitYear(
        unit.unit_id, unit.unit_name, tuple(mark(unit.of_month(month)) for month in MONTHS), unit.decided,
        unit.count(Timeliness.ON_TIME), unit.count(Timeliness.LATE), unit.count(Timeliness.OVERDUE),
        unit.count(Timeliness.MISSED), unit.rate_pct, unit.extended,
    )  # fmt: skip


def week_rows(rows: Iterable[FilingRow], year: int, month: int) -> list[dict[str, Any]]:
    """Collaborating units by group with a mark for each week of a month."""
    found: dict[tuple[int, int], list[FilingRow]] = {}
    for row in rows:
        found.setdefault((row.group_id, row.unit_id), []).append(row)
    weeks = weeks_of(year, month)
    return [
        {
            "unit": own[0].unit_name,
            "group": own[0].group_name,
            "marks": [mark(row for row in own if row.covered == week) for week in weeks],
        }
        for own in found.values()
    ]


def week_heads(year: int, month: int) -> list[str]:
    """The weeks of a month by number."""
    return [_("W%(number)s") % {"number": week.number} for week in weeks_of(year, month)]


@dataclass(frozen=True)
class Entry:
    """What a day of the calendar says: so many of so many filed, or what is locked from then on."""

    label: str
    done: str
    kind: str
    url: str


@dataclass(frozen=True)
class Day:
    """A day of the month's page. ``note`` says where it is off, or worked on a weekend."""

    day: date
    inside: bool
    today: bool
    free: bool
    note: str
    entries: tuple[Entry, ...]


def grid_days(year: int, month: int) -> tuple[date, date]:
    """The Monday and the Sunday between which a month's page lies.

    >>> grid_days(2023, 7)
    (datetime.date(2023, 6, 26), datetime.date(2023, 8, 6))
    """
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def weeks_of_grid(
    year: int, month: int, rows: Iterable[FilingRow], calendar: WorkingCalendar
) -> list[list[Day]]:
    """The month's page: weeks of days with what is due and locked on them."""
    since, until = grid_days(year, month)
    due: dict[date, list[FilingRow]] = {}
    locks: dict[date, list[FilingRow]] = {}
    for row in rows:
        due.setdefault(row.dates.due_on, []).append(row)
        if not row.is_optional:
            locks.setdefault(row.dates.lock_on, []).append(row)
    days = [since + timedelta(days=step) for step in range((until - since).days + 1)]
    cells = [_day(each, month, due.get(each, []), locks.get(each, []), calendar) for each in days]
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]


def _day(day: date, month: int, due: list[FilingRow], locks: list[FilingRow], calendar: WorkingCalendar) -> Day:
    free, weekend = not calendar.is_working(day), day.weekday() >= 5
    note = pgettext("day", "off") if free else pgettext("day", "worked") if weekend else ""
    return Day(day, day.month == month, day == clock.today(), free, note, (*_due_entries(due), *_lock_entries(locks)))


def _by_covered(rows: list[FilingRow]) -> dict[Any, list[FilingRow]]:
    found: dict[Any, list[FilingRow]] = {}
    for row in rows:
        found.setdefault((row.is_optional, row.cadence, row.covered), []).append(row)
    return dict(sorted(found.items(), key=lambda each: (each[0][0], each[0][1], each[0][2].key)))


def _due_entries(rows: list[FilingRow]) -> Iterable[Entry]:
    for (optional, cadence, covered), own in _by_covered(rows).items():
        name = formats.say(cadence_of(key=cadence, covered=covered).name)
        if isinstance(covered, Week):
            name = f"{name} {_('W%(number)s') % {'number': covered.number}}"
        filed = sum(row.first_signed_on is not None for row in own)
        yield Entry(name, f"{filed}/{len(own)}", "optional" if optional else "due", _url(covered))


def _lock_entries(rows: list[FilingRow]) -> Iterable[Entry]:
    for (_optional, _cadence, covered), own in _by_covered(rows).items():
        missing = Counter(row.first_signed_on is None for row in own)[True]
        yield Entry(_("%(month)s locked") % {"month": _short(covered)}, str(missing) if missing else "", "lock", _url(covered))


def _short(covered: Any) -> str:
    return _("W%(number)s") % {"number": covered.number} if isinstance(covered, Week) else month_title(covered)


def _url(covered: Any) -> str:
    year, month = covered_month(covered)
    if isinstance(covered, Week):
        return f"{reverse('filings:calendar')}?month={year}-{month:02d}#weeks"
    return f"{reverse('filings:list')}?month={year}-{month:02d}"


def calendar_tables(
    units: list[UnitYear], weeks: list[dict[str, Any]], *, year: int, month: int, unit_of_report: str
) -> list[OutTable]:
    """The two matrices as sheets: units by months of the year, collaborating units by weeks of the month."""
    lines = [
        _("Unit of report: %(unit)s") % {"unit": unit_of_report},
        _("As of %(day)s") % {"day": formats.date_words(clock.today())},
        " ".join(f"{each['glyph']} {each['words']}" for each in legend()),
    ]
    months = [Column(str(number), width=6) for number in MONTHS]
    first = OutTable(
        title=_("Monthly filings by unit, %(year)s") % {"year": year},
        columns=[Column(_("Unit"), width=28), *months, Column(_("On time of filed or late"), width=20), Column(_("of them with more time"), "count", 0, 14), Column(_("On time %"), "count", 0, 10)],
        rows=[[unit.unit_name, *(each.glyph for each in unit.marks), f"{unit.on_time}/{unit.decided}", unit.extended, unit.rate_pct] for unit in units],
        lines=lines, sheet_name=_("Months"),
    )  # fmt: skip
    second = OutTable(
        title=_("Weekly filings by unit, %(month)s") % {"month": f"{year}-{month:02d}"},
        columns=[Column(_("Unit"), width=28), Column(_("Group"), width=28), *(Column(head, width=8) for head in week_heads(year, month))],
        rows=[[row["unit"], row["group"], *(each.glyph for each in row["marks"])] for row in weeks],
        lines=lines, sheet_name=_("Weeks"),
    )  # fmt: skip
    return [first, second]


