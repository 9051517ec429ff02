"""The pages of a working group and of a unit, and both as spreadsheets."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.calc.periods import Period
from zhuanban.indicators import queries, services
from zhuanban.indicators.presenters import holding
from zhuanban.indicators.presenters.answering import day_asked
from zhuanban.indicators.presenters.asked import Asked, asked
from zhuanban.indicators.presenters.board import years_of
from zhuanban.indicators.presenters.board_sheet import board_workbook
from zhuanban.indicators.presenters.wording import period_title
from zhuanban.indicators.queries.year import one_reading
from zhuanban.indicators.views.board import moments, viewer_of
from zhuanban.kit import clock
from zhuanban.kit.downloads import download
from zhuanban.kit.policy import policy
from zhuanban.people.access import Viewer


@policy("indicators.view")
@require_GET
@one_reading()
def group(request: HttpRequest, code: str) -> HttpResponse:
    viewer, asks, day = _asked(request)
    found = queries.group_holds(viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known, day=day)
    if found is None:
        raise Http404
    return _page(request, viewer, asks, day, holding.group_context(found, asks, viewer))


@policy("indicators.view")
@require_GET
@one_reading()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    viewer, asks, day = _asked(request)
    found = queries.unit_holds(viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known, day=day)
    if found is None:
        raise Http404
    return _page(request, viewer, asks, day, holding.unit_context(found, asks, viewer))


@policy("indicators.view")
@require_GET
def group_export(request: HttpRequest, code: str) -> HttpResponse:
    viewer, asks, day = _asked(request)
    found = queries.group_holds(viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known, day=day)
    if found is None:
        raise Http404
    return _file(viewer, asks, found, found.group.name)


@policy("indicators.view")
@require_GET
def unit_export(request: HttpRequest, code: str) -> HttpResponse:
    viewer, asks, day = _asked(request)
    found = queries.unit_holds(viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known, day=day)
    if found is None:
        raise Http404
    return _file(viewer, asks, found, found.unit.name)


@policy("indicators.view")
@require_GET
def unowned(request: HttpRequest) -> HttpResponse:
    """Indicators that nobody answers for; to who does not read every indicator there is no such page."""
    viewer = viewer_of(request)
    if not viewer.scope("indicators.view").is_everything:
        raise Http404
    found = queries.unowned_indicators(viewer=viewer, as_known=None)
    context = {
        "breadcrumbs": [{"label": _("Monthly board"), "url": reverse("indicators:board")}, {"label": _("Indicators without an owner")}],
        "rows": holding.unowned_rows(found),
        "print_unit": _("Reported by: %(post)s") % {"post": viewer.label},
    }
    return render(request, "indicators/unowned.html", context)


def _asked(request: HttpRequest) -> tuple[Viewer, Asked, date]:
    """Who asks, for which month and moment, and on which day somebody answers: that of the moment, or as asked."""
    viewer = viewer_of(request)
    asks = asked(request.GET, viewer)
    usual = clock.shanghai(asks.as_known or clock.now()).date()
    return viewer, asks, day_asked(request.GET.get("answers_on", ""), usual)


def _page(request: HttpRequest, viewer: Viewer, asks: Asked, day: date, context: dict[str, Any]) -> HttpResponse:
    frame = {
        "breadcrumbs": [{"label": _("Monthly board"), "url": asks.board()}, {"label": context["name"]}],
        "moments": moments(context["then_url"], context["now_url"], asks),
        "years": years_of(asks),
        "period": period_title(Period.cumulative(asks.year, asks.month)),
        "day": day,
        "later": queries.revisions_since(viewer=viewer, year=asks.year, as_known=asks.as_known),
        "print_unit": _("Reported by: %(post)s") % {"post": viewer.label},
    }
    return render(request, "indicators/holding.html", {**context, **frame})


def _file(viewer: Viewer, asks: Asked, found: Any, name: str) -> HttpResponse:
    title = holding.title_of(found.board, name)
    services.note_board_export(by=viewer, year=asks.year, month=asks.month, of=found.by.code)
    content = board_workbook(
        found.board, asks, unit_of_report=viewer.label, made_at=clock.now(), title=title, rows=found.board.rows
    )
    return download(content, f"{title}.xlsx")
