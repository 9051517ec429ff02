"""Which reports a viewer sees. Internal to the room."""

from django.db.models import Q

from zhuanban.people.access import Viewer
from zhuanban.reports.models import Report

_UNDER_WAY = (Report.State.DRAFT, Report.State.REVIEW)


def seen(viewer: Viewer) -> Q:
    """Issued ones, also ended, for whoever reads reports; those under way only for who writes or issues them."""
    if not viewer.can("reports.view"):
        return Q(pk__in=())
    if viewer.can("reports.write") or viewer.can("reports.issue"):
        return Q()
    return ~Q(state__in=_UNDER_WAY)
