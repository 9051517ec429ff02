"""Mandatory filings that are not signed: which are overdue, and which come due soon."""

from datetime import date

from django.db.models import Q

from zhuanban.filings.models import Filing
from zhuanban.filings.queries.cadences import cadences
from zhuanban.filings.queries.filings import FilingRow, rows_of
from zhuanban.filings.queries.reach import seen
from zhuanban.people.access import Viewer


def unsigned_mandatory() -> Q:
    """Filings that must be filed and never were. One that was filed and sent back is not overdue: the unit did file."""
    mandatory = [key for key, each in cadences().items() if each.is_mandatory]
    return Q(cadence__in=mandatory, first_signed_on=None)


def overdue_filings(*, viewer: Viewer, on: date) -> tuple[FilingRow, ...]:
    """The mandatory filings within reach that are late on a day and not filed, longest overdue first; locked ones too.

    Speaks of how they stand now: what was signed since ``on`` is not among them. One query.
    """
    late = Filing.objects.filter(unsigned_mandatory(), seen(viewer), late_on__lte=on)
    return rows_of(late.order_by("late_on", "group__position", "unit__position", "id"), today=on)
