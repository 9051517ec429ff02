"""What of a compiled filing has become confidential since: such matters stand in no document."""

from typing import Any

from zhuanban.matters.models import Matter
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass


def confidential_since(*, viewer: Viewer, compiled: dict[str, Any] | None) -> frozenset[str]:
    """The numbers of compiled matters that are more than internal by now."""
    del viewer
    numbers = [each["number"] for each in (compiled or {}).get("matters", ())]
    if not numbers:
        return frozenset()
    found = Matter.objects.filter(number__in=numbers, data_class__gt=DataClass.INTERNAL)
    return frozenset(found.values_list("number", flat=True))


def without_confidential(*, viewer: Viewer, compiled: dict[str, Any] | None) -> dict[str, Any] | None:
    """What was compiled, as it may still be shown."""
    hidden = confidential_since(viewer=viewer, compiled=compiled)
    if compiled is None or not hidden:
        return compiled
    return {**compiled, "matters": [each for each in compiled["matters"] if each["number"] not in hidden]}
