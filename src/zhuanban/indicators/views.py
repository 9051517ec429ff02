"""The monthly board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhuanban.indicators import queries
from zhuanban.kit.policy import policy
from zhuanban.people.access import Viewer


@policy("indicators.view")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    year, month = queries.newest_month(viewer=viewer, as_known=None)
    found = queries.board(viewer=viewer, year=year, month=month, as_known=None)
    return render(request, "indicators/board.html", {"board": found})
