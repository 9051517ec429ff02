"""Which matters a viewer may see, as one constant predicate."""

from django.db.models import Q, QuerySet

from zhuanban.matters.models import Matter
from zhuanban.people.access import Scope, Viewer

VIEW = "matters.view"


def visible(viewer: Viewer) -> "QuerySet[Matter]":
    """The matters within the viewer's reach: by responsible unit, or by territory."""
    return Matter.objects.filter(within(viewer.scope(VIEW)))


def within(scope: Scope) -> Q:
    """A scope over both coordinates of a matter."""
    by_unit = scope.q(group="group_id", unit="unit_id", data_class="data_class")
    if scope.is_everything:
        return by_unit
    return by_unit | scope.q(group="group_id", unit="territory_id", data_class="data_class")


def responsible(scope: Scope) -> Q:
    """A scope over the responsible unit alone: who may act for it."""
    return scope.q(group="group_id", unit="unit_id", data_class="data_class")
