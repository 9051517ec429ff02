"""The rates of a ledger: what became of the matters accepted in a span of days, and the list behind every number."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from zhuanban.calc.ledger_rates import LedgerTally
from zhuanban.kit import clock, formats
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.ledgers.contract import Ledger
from zhuanban.matters.models import Matter, MatterEvent
from zhuanban.matters.queries.reach import visible
from zhuanban.people.access import Viewer

BY = ("unit", "territory", "group")
"""What the rates can be told by. Never by person."""

ACCEPTED = "accepted"
PARTS = (
    ACCEPTED, "resolved", "struck_off", "on_time", "explained", "surveyed", "satisfied", "ever_resolved", "sent_back",
    "ever_struck_off", "reopened",
)  # fmt: skip
"""The counts of a tally, each with its list."""

_ACCEPTING = ("accept", "assign")
_CONTENT = ("satisfied", "fairly_satisfied")
_SENT_BACK = ("send_back", "not_content")


@dataclass(frozen=True)
class RatesRow:
    """The tally of one unit, territory or group; ``key`` is its number, None where the matters name none."""

    key: int | None
    name_zh: str
    name_en: str
    tally: LedgerTally

    @property
    def name(self) -> str:
        return self.name_zh if formats.in_chinese() else self.name_en


def ledger_rates(*, viewer: Viewer, ledger: str, by: str, since: date, until: date) -> tuple[RatesRow, ...]:
    """The tallies of what was accepted between two days, both included, by a key of ``BY``, in the plan's order. One query."""
    named = by if by in BY else BY[0]
    known = ledger_of(ledger)
    seen = accepted_between(visible(viewer).filter(ledger=ledger), since, until)
    of_part = _conditions(known)
    told = {f"is_{part}": Case(When(of_part[part], then=Value(1)), default=Value(0)) for part in PARTS}
    names = (f"{named}_id", f"{named}__name_zh", f"{named}__name_en", f"{named}__position")
    rows = with_resolved_day(seen, known).annotate(**told).order_by().values_list(*names, *told)
    counts: dict[tuple[int, int | None, str, str], Counter[str]] = {}
    for key, name_zh, name_en, position, *flags in rows:
        place = (2**31 if position is None else position, key, name_zh or "", name_en or "")
        counts.setdefault(place, Counter()).update(dict(zip(PARTS, flags, strict=True)))
    ordered = sorted(counts, key=lambda place: (place[0], place[1] or 0))
    return tuple(RatesRow(key, zh, en, LedgerTally(**counts[(at, key, zh, en)])) for at, key, zh, en in ordered)


def accepted_between(found: "QuerySet[Matter]", since: date | None, until: date | None) -> "QuerySet[Matter]":
    """Those first accepted between two days, both included; where assigning did both steps at once, on its day."""
    first = MatterEvent.objects.filter(matter=OuterRef("pk"), verb__in=_ACCEPTING).order_by("id").values("at")[:1]
    found = found.annotate(first_accepted=Subquery(first)).filter(first_accepted__isnull=False)
    if since:
        found = found.filter(first_accepted__gte=_midnight(since))
    if until and until < date.max:
        found = found.filter(first_accepted__lt=_midnight(until + timedelta(days=1)))
    return found.exclude(state="rejected")


def in_part(found: "QuerySet[Matter]", ledger: str, part: str) -> "QuerySet[Matter]":
    """Those of the accepted that a count of the tally counts; all of them for a part that is none."""
    known = ledger_of(ledger)
    return with_resolved_day(found, known).filter(_conditions(known).get(part, Q()))


def with_resolved_day(found: "QuerySet[Matter]", ledger: Ledger) -> "QuerySet[Matter]":
    """With the day of the newest resolution, in the office's own time."""
    last = (
        MatterEvent.objects.filter(matter=OuterRef("pk"), verb__in=_resolving(ledger))
        .order_by("-id")
        .annotate(day=TruncDate("at", tzinfo=clock.SHANGHAI))
    )
    return found.annotate(resolved_day=Subquery(last.values("day")[:1]))


def _conditions(ledger: Ledger) -> dict[str, Q]:
    resolved = Q(state__in=_resolved_states(ledger))
    ever_resolved, ever_struck_off = _did(_resolving(ledger)), _did(("strike_off",))
    return {
        ACCEPTED: Q(pk__isnull=False),
        "resolved": resolved,
        "struck_off": Q(state="struck_off"),
        "on_time": resolved & Q(resolved_day__lte=F("due_on")),
        "explained": resolved & Q(outcome="explained"),
        "surveyed": ~Q(satisfaction=""),
        "satisfied": Q(satisfaction__in=_CONTENT),
        "ever_resolved": ever_resolved,
        "sent_back": ever_resolved & _did(_SENT_BACK),
        "ever_struck_off": ever_struck_off,
        "reopened": ever_struck_off & _did(("reopen",)),
    }


def _did(verbs: Sequence[str]) -> Q:
    return Q(Exists(MatterEvent.objects.filter(matter=OuterRef("pk"), verb__in=verbs)))


def _resolving(ledger: Ledger) -> tuple[str, ...]:
    return tuple(move.verb for move in ledger.transitions if move.outcome)


def _resolved_states(ledger: Ledger) -> tuple[str, ...]:
    """The states in which the responsible unit has done its part."""
    return tuple(state.key for state in ledger.states if state.clock in ("review", "visit", "strike_off")) + ("struck_off",)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
