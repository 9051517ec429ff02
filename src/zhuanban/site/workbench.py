"""The workbench: what waits for the viewer, gathered from every room's to-do source, nearest deadline first."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.indicators import queries as indicators
from zhuanban.kit import clock
from zhuanban.kit.registries import Todo, todo_sources
from zhuanban.people.access import Viewer
from zhuanban.site import followed
from zhuanban.site.changes import news
from zhuanban.site.checklist import steps_of

_LAST = datetime.max.replace(tzinfo=UTC)


def _band(todo: Todo) -> int:
    """0 overdue, 1 today, 2 within a week, 3 later or without a deadline."""
    if todo.due_at is None:
        return 3
    if todo.due_at < clock.now():
        return 0
    days = (clock.shanghai(todo.due_at).date() - clock.today()).days
    return 1 if days == 0 else 2 if days < 7 else 3


def facts(viewer: Viewer) -> dict[str, Any]:
    """Everything the page shows: to-dos in bands by deadline."""
    todos = [todo for source in todo_sources for todo in source(viewer)]
    todos.sort(key=lambda todo: (todo.due_at or _LAST, todo.title))
    titles = {0: _("Overdue"), 1: _("Today"), 2: _("Within a week"), 3: _("Later")}
    bands = [
        {"title": titles[band], "overdue": band == 0, "today": band == 1, "todos": list(found)}
        for band, found in groupby(sorted(todos, key=_band), key=_band)
    ]
    return {
        "bands": bands,
        "count": len(todos),
        "overdue": sum(1 for todo in todos if _band(todo) == 0),
        **_figures(viewer),
        "steps": steps_of(viewer),
        "news": news(viewer),
    }


def _figures(viewer: Viewer) -> dict[str, Any]:
    """How the newest month stands within the viewer's reach, and what he follows; nothing for those who see no indicators."""
    if not viewer.can("indicators.view"):
        return {}
    year, month = indicators.newest_month(viewer=viewer, as_known=None)
    board = indicators.board(viewer=viewer, year=year, month=month, as_known=None)
    return {"lights": _lights(board), "followed": followed.card(viewer, board)}


def _lights(board: indicators.Board) -> dict[str, Any] | None:
    """How many lights of each colour the board has; None before its first figure."""
    if not board.arrived:
        return None
    return {
        "label": f"{board.year}-{board.month:02d}",
        "url": reverse("indicators:board"),
        "counts": [{"value": light, "count": board.counts[light]} for light in indicators.LIGHTS],
    }
