"""Requests for more time, and reminders by hand, as the pages show them."""

from dataclasses import dataclass
from datetime import date, datetime

from zhuanban.filings.models import Extension, Filing, UnitReminder
from zhuanban.filings.queries.filings import FilingRow, rows_of
from zhuanban.filings.queries.reach import acted_on, seen
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class ExtensionFacts:
    """One request and its answer. ``state``: waiting, granted, declined, or lapsed where the filing was signed first."""

    state: str
    until: date
    reason: str
    asked_at: datetime
    asked_by_post: str
    asked_by_id: int | None
    granted_until: date | None
    answer: str
    answered_at: datetime | None
    answered_by_post: str

    @property
    def waits(self) -> bool:
        return self.state == Extension.State.WAITING


@dataclass(frozen=True)
class ReminderFacts:
    """A reminder by hand: when, by which post."""

    at: datetime
    by_post: str


def extensions_of(*, viewer: Viewer, filing_id: int) -> tuple[ExtensionFacts, ...]:
    """The requests about one filing within reach, newest first. One query."""
    seen_ones = Filing.objects.filter(seen(viewer), pk=filing_id)
    return tuple(
        ExtensionFacts(
            each.state, each.until, each.reason, each.asked_at, each.asked_by_post, each.asked_by_id, each.granted_until,
            each.answer, each.answered_at, each.answered_by_post,
        )
        for each in Extension.objects.filter(filing__in=seen_ones).order_by("-id")
    )  # fmt: skip


def reminders_of(*, viewer: Viewer, filing_id: int) -> tuple[ReminderFacts, ...]:
    """The reminders by hand of one filing within reach, newest first. One query."""
    seen_ones = Filing.objects.filter(seen(viewer), pk=filing_id)
    return tuple(ReminderFacts(each.at, each.by_post) for each in UnitReminder.objects.filter(filing__in=seen_ones).order_by("-id"))


def units_reminded_today(*, viewer: Viewer) -> frozenset[int]:
    """The units that were reminded by hand today. One query; empty for whoever may not remind."""
    if not viewer.can("filings.receive"):
        return frozenset()
    return frozenset(UnitReminder.objects.filter(on=clock.today()).values_list("unit_id", flat=True))


def waiting_extensions(*, viewer: Viewer) -> tuple[FilingRow, ...]:
    """The filings whose request for more time the viewer may answer, nearest day first; at most 100. One query."""
    asked = Extension.objects.filter(state=Extension.State.WAITING).exclude(asked_by_id=viewer.user_id or 0)
    found = Filing.objects.filter(acted_on(viewer, "filings.receive"), pk__in=asked.values("filing_id"))
    return rows_of(found.order_by("late_on", "id")[:100], today=clock.today())
