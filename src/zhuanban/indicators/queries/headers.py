"""What was said about the columns of sheets, by the unit that sends them."""

from datetime import datetime

from django.db.models import Q

from zhuanban.indicators.models import HeaderMapping, ImportBatch
from zhuanban.indicators.sheets.said import ColumnSaid, HeaderSaid
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


def said_of_sender(*, viewer: Viewer, as_known: datetime | None, unit_id: int | None) -> tuple[HeaderSaid, ...]:
    """Everything said about the header lines of a unit's sheets, as the reading of sheets takes it. One query."""
    if not viewer.can("figures.import"):
        return ()
    found = HeaderMapping.objects.filter(of_unit(unit_id), said_at__lte=as_known or clock.now())
    return tuple(as_said(each) for each in found)


def as_said(mapping: HeaderMapping) -> HeaderSaid:
    """A remembered header line as the reading of sheets takes it."""
    line = tuple(mapping.header)
    columns = {int(column): ColumnSaid(**said) for column, said in mapping.said.items()}
    return HeaderSaid(line, max((text.count("\n") + 1 for text in line), default=1), columns)


def header_mappings(*, viewer: Viewer, as_known: datetime | None) -> list[HeaderMapping]:
    """What is remembered, newest first: all of it for whoever records for all, else that of the own unit. One query."""
    found = HeaderMapping.objects.filter(_within_reach(viewer), said_at__lte=as_known or clock.now())
    return list(found.select_related("unit"))


def header_mapping(*, viewer: Viewer, as_known: datetime | None, mapping_id: int) -> HeaderMapping | None:
    """One remembered header line within the viewer's reach."""
    found = HeaderMapping.objects.filter(_within_reach(viewer), pk=mapping_id, said_at__lte=as_known or clock.now())
    return found.first()


def mappings_of_batch(*, viewer: Viewer, as_known: datetime | None, batch: ImportBatch) -> list[HeaderMapping]:
    """What was said about the columns of a sheet that is being checked. One query, none where nothing was said."""
    signatures = batch.staged.get("said", [])
    if not signatures or not viewer.can("figures.sheets"):
        return []
    found = HeaderMapping.objects.filter(
        of_unit(batch.sender_id), signature__in=signatures, said_at__lte=as_known or clock.now()
    )
    return list(found.select_related("unit"))


def of_unit(unit_id: int | None) -> Q:
    """The predicate of what was said for a unit's sheets; None is a place of its own, for sheets of no unit. Internal."""
    return Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)


def _within_reach(viewer: Viewer) -> Q:
    if any(viewer.scope(action).is_everything for action in ("figures.import", "figures.confirm")):
        return Q()
    return Q(unit_id=viewer.unit_id) if viewer.can("figures.sheets") and viewer.unit_id else Q(pk__in=[])
