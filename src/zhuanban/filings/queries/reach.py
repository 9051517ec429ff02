"""Which filings an action lets a viewer see or act on. Internal to the room.

A monthly filing lies where its group and unit lie. A weekly one is its unit's own in whatever group it collaborates,
and is received by the department it is owed to.
"""

from django.db.models import Q

from zhuanban.filings.models import Filing
from zhuanban.people.access import ALL, Scope, Viewer

WEEKLY = {
    "filings.compile": "filings.weekly_write",
    "filings.sign": "filings.weekly_sign",
    "filings.receive": "filings.weekly_receive",
}
"""What the actions of monthly filings are called for weekly ones."""


def seen(viewer: Viewer) -> Q:
    """The filings that the viewer sees."""
    scope = viewer.scope("filings.view")
    if scope.is_everything:
        return Q()
    weekly = _of_units(scope).q(unit="unit_id") | _of_units(scope).q(unit="owed_to_id")
    return scope.q(group="group_id", unit="unit_id") | (Q(week__gt=0) & weekly)


def acted_on(viewer: Viewer, action: str) -> Q:
    """The filings on which ``action`` (named as for monthly filings) lets the viewer act."""
    weekly, column = _of_units(viewer.scope(WEEKLY[action])), _column(action)
    return (Q(week=0) & viewer.scope(action).q(group="group_id", unit="unit_id")) | (
        Q(week__gt=0) & weekly.q(unit=column)
    )


def sees(viewer: Viewer, filing: Filing) -> bool:
    """The same as ``seen`` for one filing at hand."""
    scope = viewer.scope("filings.view")
    own = _of_units(scope)
    return scope.allows(group=filing.group_id, unit=filing.unit_id) or (
        filing.week > 0 and any(own.allows(group=None, unit=unit) for unit in (filing.unit_id, filing.owed_to_id))
    )


def may(viewer: Viewer, action: str, *, weekly: bool, group_id: int, unit_id: int, owed_to_id: int | None) -> bool:
    """The same as ``acted_on`` for one filing at hand."""
    if not weekly:
        return viewer.scope(action).allows(group=group_id, unit=unit_id)
    unit = owed_to_id if _column(action) == "owed_to_id" else unit_id
    return _of_units(viewer.scope(WEEKLY[action])).allows(group=None, unit=unit)


def may_on(viewer: Viewer, action: str, filing: Filing) -> bool:
    """The same for a stored filing."""
    return may(
        viewer, action,
        weekly=filing.week > 0, group_id=filing.group_id, unit_id=filing.unit_id, owed_to_id=filing.owed_to_id,
    )  # fmt: skip


def _column(action: str) -> str:
    return "owed_to_id" if action == "filings.receive" else "unit_id"


def _of_units(scope: Scope) -> Scope:
    """What of a scope is limited to units, whatever the group, and what has no limit at all."""
    return Scope(frozenset((ALL, unit) for group, unit in scope.alternatives if unit is not ALL or group is ALL))
