"""The month's filings gathered by group, with what is missing named; and the gathered texts that were frozen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhuanban.filings.kinds.cadence import timeliness
from zhuanban.filings.models import Consolidation, Filing, FrozenFiling
from zhuanban.filings.queries.cadences import monthly_cadences
from zhuanban.filings.queries.confidential import without_confidential
from zhuanban.filings.queries.frozen_text import consolidated_words, content_of, is_intact
from zhuanban.kit import clock
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit, WorkGroup

_CONTENT = ("indicators", "alerts", "matters", "comment", "no_change", "signed_by", "signed_at", "is_late", "number")


@dataclass(frozen=True)
class FrozenConsolidation:
    """A frozen gathering of a month. ``content`` is empty and ``intact`` False where the text was damaged."""

    id: int
    year: int
    month: int
    number: int
    content: dict[str, Any]
    sha256: str
    certificate: str
    frozen_at: datetime
    frozen_by_post: str
    intact: bool


def gathered_month(*, viewer: Viewer, year: int, month: int) -> dict[str, Any]:
    """The mandatory monthly filings of a month by group: of received ones the frozen content, of others how they stand.

    ``counts``: owed, received, late (received, signed late), missing. A matter that became confidential since the
    signature is left out. Refusals: not_allowed. Three queries and one per filing with matters.
    """
    viewer.demand_any("filings.consolidated")
    owed = list(
        Filing.objects.filter(cadence__in=monthly_cadences(), year=year, month=month, week=0)
        .select_related("unit", "group").defer("compiled")
        .order_by("group__position", "group_id", "unit__position", "id")
    )  # fmt: skip
    received = _received(owed)
    groups: dict[int, dict[str, Any]] = {}
    for filing in owed:
        group = groups.setdefault(filing.group_id, {**_named(filing.group), "filings": [], "missing": []})
        if filing.pk in received:
            group["filings"].append(_filed(viewer, filing, received[filing.pk]))
        else:
            group["missing"].append(_missing(filing))
    counts = {
        "owed": len(owed),
        "received": len(received),
        "late": sum(frozen.is_late for frozen in received.values()),
        "missing": len(owed) - len(received),
    }
    return {"schema": 1, "covered": f"{year}-{month:02d}", "counts": counts, "groups": list(groups.values())}


def _received(owed: list[Filing]) -> dict[int, FrozenFiling]:
    """The received version of each filing that is received."""
    pks = [filing.pk for filing in owed if filing.state == Filing.State.RECEIVED]
    found = FrozenFiling.objects.filter(filing_id__in=pks, received_at__isnull=False).order_by("filing_id", "number")
    return {frozen.filing_id: frozen for frozen in found}


def _named(thing: Unit | WorkGroup) -> dict[str, str]:
    return {"code": thing.code, "name_zh": thing.name_zh, "name_en": thing.name_en}


def _filed(viewer: Viewer, filing: Filing, frozen: FrozenFiling) -> dict[str, Any]:
    content = without_confidential(viewer=viewer, compiled=content_of(frozen.body)) or {}
    return {
        "unit": _named(filing.unit),
        "certificate": frozen.certificate,
        "sha256": frozen.sha256,
        "remark": frozen.receive_remark,
        **{name: content[name] for name in _CONTENT if name in content},
    }


def _missing(filing: Filing) -> dict[str, Any]:
    standing = timeliness(filing.dates, filing.first_signed_on, clock.today())
    return {"unit": _named(filing.unit), "state": filing.state, "timeliness": standing.value}


def consolidations(*, viewer: Viewer, year: int, month: int) -> tuple[FrozenConsolidation, ...]:
    """The frozen gatherings of a month, newest first. One query, and one per certificate for its seal."""
    if not viewer.can("filings.consolidated"):
        return ()
    return tuple(_frozen(found) for found in Consolidation.objects.filter(year=year, month=month))


def consolidation(*, viewer: Viewer, consolidation_id: int) -> FrozenConsolidation | None:
    """One frozen gathering; None where there is none or the viewer may not read it."""
    if not viewer.can("filings.consolidated"):
        return None
    found = Consolidation.objects.filter(pk=consolidation_id).first()
    return None if found is None else _frozen(found)


def _frozen(found: Consolidation) -> FrozenConsolidation:
    return FrozenConsolidation(
        found.pk, found.year, found.month, found.number, content_of(found.body), found.sha256, found.certificate,
        found.frozen_at, found.frozen_by_post, is_intact(found, consolidated_words),
    )  # fmt: skip
