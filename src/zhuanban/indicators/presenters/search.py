"""Indicators in the search."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from zhuanban.indicators import queries
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.people.access import Viewer


def page_of(kind: str) -> Callable[[Viewer, str], str]:
    """The way to the page of a group or unit, for whoever sees indicators."""
    return lambda viewer, code: reverse(f"indicators:{kind}", args=[code]) if viewer.can("indicators.view") else ""


def find(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Indicators by name in both languages, other names and code."""
    if not viewer.can("indicators.view"):
        return iter(())
    return fitting(query, (
        (
            (each.name_zh, each.name_en, each.code, *each.aliases),
            Hit(each.name, reverse("indicators:indicator", args=[each.code]), each.dept.name if each.dept else ""),
        )
        for each in queries.findable_indicators(viewer=viewer, as_known=None)
    ))  # fmt: skip
