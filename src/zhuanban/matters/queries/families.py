"""Which units count as one house: a unit, its sections, and the unit it is a section of."""

from django.db.models import Q

from zhuanban.people.models import Unit


def family_of(unit_id: int | None) -> frozenset[int]:
    """The units in which nobody is a second person towards ``unit_id``; empty for None. One query.

    The task force office sits inside a department: what that department handles is not reviewed by its own section.
    """
    if unit_id is None:
        return frozenset()
    rows = Unit.objects.filter(Q(pk=unit_id) | Q(parent_id=unit_id) | Q(sections=unit_id)).values_list("pk", flat=True)
    return frozenset(rows)
