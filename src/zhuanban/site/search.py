"""The search page, and the same results for the box on every page."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.kit.navigation import items
from zhuanban.kit.policy import policy
from zhuanban.kit.searching import LONGEST, Hit, Query, fitting, search
from zhuanban.people.access import Viewer, viewer_in

IN_BOX, ON_PAGE = 5, 50


@policy(None)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What fits ``q`` within the viewer's reach, by kind; with ``part=box`` only the list for the box."""
    text, in_box = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("part") == "box"
    found = search(viewer_in(request), text, most=IN_BOX if in_box else ON_PAGE) if text else []
    context = {
        "text": text, "found": found, "count": sum(len(each.hits) for each in found),
        "breadcrumbs": [{"label": _("Search")}],
    }  # fmt: skip
    return render(request, "site/search_box.html" if in_box else "site/search.html", context)


def find_pages(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """The pages that the viewer's rail has."""
    allowed = [item for item in items if item.action is None or viewer.can(item.action)]
    return fitting(query, (((str(item.label),), Hit(str(item.label), reverse(item.url_name))) for item in allowed))
