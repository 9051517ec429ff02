"""The names by which indicators are found."""

from datetime import datetime

from zhuanban.indicators.models import Indicator
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.people.access import Viewer


def findable_indicators(*, viewer: Viewer, as_known: datetime | None) -> tuple[Indicator, ...]:
    """The active indicators within reach; names have no vintages. One query, and that of
    ``reach_of``."""
    del as_known
    found = Indicator.objects.filter(reach_of(viewer).q(), active=True, context_only=False)
    return tuple(found.select_related("dept"))
