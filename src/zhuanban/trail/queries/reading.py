"""The record as those who audit it read it: page by page, and one entry with what it changed."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from zhuanban.kit import clock
from zhuanban.trail.models import CheckRun, Entry, Payload

PAGE = 50
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RecordFilter:
    """What to look for; empty means all. Days are those of the zone, both included; ``words`` stand in actor, reason or key."""

    since: date | None = None
    until: date | None = None
    table: str = ""
    pk: str = ""
    op: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class EntryRow:
    """One entry of the record in a list."""

    seq: int
    at: datetime
    actor_kind: str
    actor: str
    reason: str
    op: str
    table: str
    pk: str
    prev: str
    hash: str


@dataclass(frozen=True)
class EntryFacts:
    """One entry in full: the state after it and the state before, by column; None where there is or was no row.

    ``erased`` says that the content was lawfully taken out: then only its digest proves it.
    """

    row: EntryRow
    request: str
    mac: str
    after: dict[str, Any] | None
    before: dict[str, Any] | None
    erased: bool

    @property
    def changed(self) -> tuple[tuple[str, Any, Any], ...]:
        """Column, before and after, of every column whose value differs."""
        before, after = self.before or {}, self.after or {}
        return tuple(
            (name, before.get(name), after.get(name))
            for name in dict.fromkeys((*after, *before))
            if before.get(name) != after.get(name)
        )


def entries(*, wanted: RecordFilter, before: int | None = None, limit: int = PAGE) -> tuple[EntryRow, ...]:
    """Entries that fit, the newest first, those with a smaller number than ``before``. One query."""
    found = _found(wanted)
    if before is not None:
        found = found.filter(seq__lt=before)
    return tuple(_row(each) for each in found.order_by("-seq")[:limit])


def entry(*, seq: int) -> EntryFacts | None:
    """One entry with what it changed; None where there is none of that number. Four queries."""
    found = Entry.objects.filter(seq=seq).first()
    if found is None:
        return None
    earlier = Entry.objects.filter(tbl=found.tbl, pk_text=found.pk_text, seq__lt=seq) if found.tbl != "event" else None
    last = earlier.order_by("-seq").first() if earlier is not None else None
    bodies = dict(Payload.objects.filter(seq__in=[seq, last.seq if last else 0]).values_list("seq", "body"))
    return EntryFacts(
        row=_row(found), request=found.request, mac=found.mac,
        after=_state(bodies.get(seq)), before=_state(bodies.get(last.seq)) if last else None,
        erased=bool(found.state_digest) and seq not in bodies,
    )  # fmt: skip


def states_at(*, tables: Collection[str], at: datetime) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of ``tables`` that changed after an instant as they stood then, by table and key.

    A row that the record knows only from later on stands as it was first written; one whose content was lawfully taken
    out is left out. Meant for tables that change seldom. Two queries, one where nothing changed.
    """
    moment = (at - _EPOCH) // _MICROSECOND
    histories = (
        Entry.objects.filter(tbl__in=tables)
        .values("tbl", "pk_text")
        .annotate(last=Max("at_us"), then=Max("seq", filter=Q(at_us__lte=moment)), first=Min("seq"))
        .filter(last__gt=moment)
    )
    wanted = {each["then"] or each["first"]: (each["tbl"], each["pk_text"]) for each in histories}
    bodies = Payload.objects.filter(seq__in=wanted).values_list("seq", "body") if wanted else ()
    return {wanted[seq]: json.loads(body) for seq, body in bodies}


def recorded_tables() -> tuple[str, ...]:
    """The tables of which the record has entries, by name; events are not among them."""
    found = Entry.objects.exclude(tbl="event").values_list("tbl", flat=True).order_by("tbl").distinct()
    return tuple(found)


def check_runs(*, limit: int = 20) -> tuple[CheckRun, ...]:
    """The verifications ordered in the browser, the newest first."""
    return tuple(CheckRun.objects.all()[:limit])


def _found(wanted: RecordFilter) -> "QuerySet[Entry]":
    found = Entry.objects.all()
    if wanted.since is not None:
        found = found.filter(at_us__gte=_microseconds(wanted.since))
    if wanted.until is not None:
        found = found.filter(at_us__lt=_microseconds(wanted.until + timedelta(days=1)))
    exactly = {"tbl": wanted.table, "pk_text": wanted.pk, "op": wanted.op, "actor_kind": wanted.kind}
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    for word in wanted.words.split()[:5]:
        found = found.filter(Q(actor_label__icontains=word) | Q(reason__icontains=word) | Q(pk_text=word))
    return found


def _microseconds(day: date) -> int:
    return (datetime.combine(day, time(), clock.SHANGHAI) - _EPOCH) // _MICROSECOND


def _row(found: Entry) -> EntryRow:
    return EntryRow(
        seq=found.seq, at=_EPOCH + found.at_us * _MICROSECOND, actor_kind=found.actor_kind, actor=found.actor_label,
        reason=found.reason, op=found.op, table=found.tbl, pk=found.pk_text, prev=found.prev, hash=found.hash,
    )  # fmt: skip


def _state(body: str | None) -> dict[str, Any] | None:
    return None if body is None else dict(json.loads(body))
