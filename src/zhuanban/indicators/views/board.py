"""The monthly board and one indicator's page."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.indicators import queries, services
from zhuanban.indicators.presenters import board as boards
from zhuanban.indicators.presenters.answering import answering_card, day_asked
from zhuanban.indicators.presenters.asked import Asked, asked
from zhuanban.indicators.presenters.board_sheet import board_workbook
from zhuanban.indicators.presenters.indicator import indicator_context
from zhuanban.indicators.presenters.values import indicator_table, values
from zhuanban.indicators.queries.year import one_reading
from zhuanban.kit import clock, formats
from zhuanban.kit.downloads import download
from zhuanban.kit.lists.files import table_file
from zhuanban.kit.policy import policy
from zhuanban.people.access import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer whom the door let in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


@policy("indicators.view")
@require_GET
@one_reading()
def board(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    asks = asked(request.GET, viewer)
    year = queries.light_counts(viewer=viewer, year=asks.year, as_known=asks.as_known)
    found = year[asks.month - 1]
    context = {
        **boards.board_context(found, year, asks),
        **_frame(viewer, asks, found),
        "targets_url": reverse("indicators:targets"),
        "views_url": f"{reverse('list_views', args=['board'])}?{urlencode({'query': asks.filters()})}",
        "imports_url": reverse("indicators:imports") if viewer.can("figures.sheets") else "",
    }
    return render(request, "indicators/board.html", context)


def _frame(viewer: Viewer, asks: Asked, found: queries.Board) -> dict[str, Any]:
    """What stands around the table on screen and on paper."""
    legend = boards.legend(found, boards.chosen(found, asks))
    return {
        "breadcrumbs": [{"label": _("Monthly board")}],
        "moments": moments(asks.board(known=asks.known or asks.usual_moment), asks.board(known=""), asks),
        "now_url": asks.board(known=""),
        "all_url": asks.board(group="", unit="", light="", every=""),
        "export_url": asks.export(),
        "later": queries.revisions_since(viewer=viewer, year=asks.year, as_known=asks.as_known),
        "moment": boards.moment_words(asks),
        "legend": legend,
        "print_title": boards.title_of(found),
        "print_unit": _("Reported by: %(post)s") % {"post": viewer.label},
        "print_measures": legend,
        "rule_words": boards.rule_words(found),
        "cut_words": boards.cut_words(asks),
    }


def moments(then: str, now: str, asks: Asked) -> list[dict[str, Any]]:
    """The two ends of the switch between 当时所知 and 现在所知."""
    return [
        {"label": _("Known then"), "url": then, "current": bool(asks.known)},
        {"label": _("Known now"), "url": now, "current": not asks.known},
    ]


@policy("indicators.view")
@require_GET
@one_reading()
def board_export(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    asks = asked(request.GET, viewer)
    found = queries.board(viewer=viewer, year=asks.year, month=asks.month, as_known=asks.as_known)
    services.note_board_export(by=viewer, year=asks.year, month=asks.month)
    content = board_workbook(found, asks, unit_of_report=viewer.label, made_at=clock.now())
    return download(content, f"{boards.title_of(found)}.xlsx")


@policy("indicators.view")
@require_GET
@one_reading()
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    viewer = viewer_of(request)
    asks = asked(request.GET, viewer)
    page = queries.indicator_page(
        viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known
    )  # fmt: skip
    if page is None:
        raise Http404
    usual = clock.shanghai(asks.as_known or clock.now()).date()
    day = day_asked(request.GET.get("answers_on", ""), usual)
    answers = queries.answers_for_indicator(viewer=viewer, code=code, day=day, as_known=asks.as_known)
    context = {
        **indicator_context(page, asks, viewer),
        "answering": answering_card(answers) if answers else None,
        "breadcrumbs": [
            {"label": _("Monthly board"), "url": asks.board()},
            {"label": page.row.name},
        ],
        "moments": moments(
            asks.indicator(code, known=asks.known or asks.usual_moment), asks.indicator(code, known=""), asks
        ),
        "now_url": asks.indicator(code, known=""),
        "later": queries.revisions_since(viewer=viewer, year=asks.year, as_known=asks.as_known),
        "moment": boards.moment_words(asks),
        "print_unit": _("Reported by: %(post)s") % {"post": viewer.label},
        "rule_words": boards.rule_words(page.board),
        "cut_words": boards.cut_words(asks),
        "in_chinese": formats.in_chinese(),
    }
    return render(request, "indicators/indicator.html", context)


@policy("indicators.view")
@require_GET
def indicator_export(request: HttpRequest, code: str) -> HttpResponse:
    """The table of values, as a workbook or as ``csv``."""
    viewer = viewer_of(request)
    asks = asked(request.GET, viewer)
    page = queries.indicator_page(viewer=viewer, code=code, year=asks.year, month=asks.month, as_known=asks.as_known)
    if page is None:
        raise Http404
    services.note_board_export(by=viewer, year=asks.year, month=asks.month, of=code)
    table = indicator_table(page, values(page, viewer), asks, unit_of_report=viewer.label, made_at=clock.now())
    return table_file(table, "csv" if request.GET.get("file") == "csv" else "xlsx")
