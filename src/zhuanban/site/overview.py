"""The overview: the whole zone at a glance for those who lead it, every figure leading to its page."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from zhuanban.alerts import queries as alerts
from zhuanban.calc.pace import time_progress_pct
from zhuanban.calc.periods import Period
from zhuanban.filings import queries as filings
from zhuanban.indicators import queries as indicators
from zhuanban.indicators.queries import Board, BoardRow
from zhuanban.kit import formats
from zhuanban.kit.policy import policy
from zhuanban.matters import queries as matters
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.site.changes import news

ACTION = "overview.view"
LEDGER = "problem"
HEADLINES = ("gdp", "ind_va_above", "fai", "retail_sales", "budget_revenue")
"""The series every zone is asked about first; those a plan lacks are replaced by its first ones."""
GAPS = 6
BAND = 3


@dataclass(frozen=True)
class Gap:
    """An indicator that is worse than the city, who answers for it, and how far that has come."""

    row: BoardRow
    url: str
    standing: str


@policy(ACTION)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The newest month with figures; at most ten queries of its own."""
    return render(request, "site/overview.html", facts(viewer_in(request)))


def facts(viewer: Viewer) -> dict[str, Any]:
    """Everything the page shows, within the viewer's reach."""
    year, month = indicators.newest_month(viewer=viewer, as_known=None)
    board = indicators.board(viewer=viewer, year=year, month=month, as_known=None)
    earlier = indicators.board(viewer=viewer, year=year, month=month - 1, as_known=None) if month > 1 else None
    levels = matters.open_by_level(viewer=viewer, ledger=LEDGER)
    return {
        "board": board,
        "period": Period.cumulative(year, month),
        "progress": time_progress_pct(month),
        "headlines": [_headline(row) for row in headlines(board)],
        "groups": _groups(board),
        "lights": [(light, board.counts[light]) for light in indicators.LIGHTS],
        "gaps": gaps(viewer, board),
        "scale": max((abs(row.gap_pp) for row in board.rows if row.gap_pp is not None), default=Decimal(1)),
        "changes": changes(board, earlier),
        "levels": _levels(levels),
        "open": sum(each.open for each in levels),
        "overdue": sum(each.overdue for each in levels),
        "ranks": _ranks(board),
        "filed": _filed(viewer, year, month),
        "alerts": _waiting(viewer, board),
        "news": news(viewer),
    }


def headlines(board: Board) -> list[BoardRow]:
    """Five series: those asked about first where the plan has them, then its first ones."""
    known = [row for code in HEADLINES if (row := board.row(code)) is not None]
    return [*known, *(row for row in board.rows if row not in known)][: len(HEADLINES)]


def _headline(row: BoardRow) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("indicators:indicator", args=[row.code]),
        "city": "" if row.city_growth_pct is None else _("city %(value)s") % {"value": formats.growth(row.city_growth_pct)},
        "target": "" if row.target is None or row.target.kind != "growth" or row.target.value is None
        else _("target %(value)s") % {"value": formats.growth(row.target.value)},
    }  # fmt: skip


def _groups(board: Board) -> list[dict[str, Any]]:
    order = {light: at for at, light in enumerate(indicators.LIGHTS)}
    found = []
    for group in board.groups:
        rows = sorted((row for row in board.rows if row.group_id == group.id), key=lambda row: order[row.light])
        found.append({
            "group": group, "rows": rows, "leader": "、".join(group.leader_names),
            "url": reverse("indicators:board") + f"?group={group.code}",
        })  # fmt: skip
    return found


def gaps(viewer: Viewer, board: Board) -> list[Gap]:
    """Where the distance to the city is largest on the worse side, and what has become of it."""
    worse = [row for row in board.rows if row.gap_pp is not None and row.gap_pp * (1 if row.polarity == "higher" else -1) < 0]
    worst = sorted(worse, key=lambda row: -abs(row.gap_pp or Decimal(0)))[:GAPS]
    wanted = [(row.indicator_id, row.period) for row in worst if row.period is not None]
    told: dict[int | None, alerts.AlertRow] = {}
    if viewer.can("alerts.view"):
        for alert in alerts.alerts_for(viewer=viewer, as_known=None, periods=wanted):
            if alert.indicator_id not in told or alert.matter_number:
                told[alert.indicator_id] = alert
    return [
        Gap(row, reverse("indicators:indicator", args=[row.code]), _standing(told.get(row.indicator_id))) for row in worst
    ]


def _standing(alert: alerts.AlertRow | None) -> str:
    if alert is None:
        return "–"
    if alert.matter_number:
        return _("matter %(number)s") % {"number": alert.matter_number}
    if alert.cause:
        return alert.cause if len(alert.cause) <= 40 else f"{alert.cause[:39]}…"
    return _("to be explained by %(day)s") % {"day": formats.date_words(alert.explain_due_on, "short")}


def changes(board: Board, earlier: Board | None) -> list[dict[str, Any]]:
    """Which lights are others than a month before, those that became worse first."""
    if earlier is None:
        return []
    order = {light: at for at, light in enumerate(indicators.LIGHTS)}
    before = {row.indicator_id: row.light for row in earlier.rows}
    moved: list[dict[str, Any]] = [
        {"row": row, "was": before[row.indicator_id], "url": reverse("indicators:indicator", args=[row.code])}
        for row in board.rows
        if before.get(row.indicator_id, row.light) != row.light and "grey" not in (row.light, before[row.indicator_id])
    ]
    return sorted(moved, key=lambda each: order[each["row"].light] - order[each["was"]])[:8]


def _levels(levels: tuple[matters.LevelCount, ...]) -> list[dict[str, Any]]:
    return [{"level": f"L{each.level}", "count": each.open, "overdue": each.overdue} for each in levels]


def _ranks(board: Board) -> list[dict[str, Any]]:
    """How many indicators are among the first three places of the city, the last three, and between."""
    ranked = [row for row in board.rows if row.rank is not None and row.rank_of]
    bands = Counter(_band(row.rank or 0, row.rank_of or 0) for row in ranked)
    names = (("first", _("first three")), ("between", _("between")), ("last", _("last three")))
    return [{"places": name, "count": bands[key]} for key, name in names] if ranked else []


def _band(rank: int, of: int) -> str:
    if rank <= BAND:
        return "first"
    return "last" if rank > of - BAND else "between"


def _filed(viewer: Viewer, year: int, month: int) -> dict[str, Any] | None:
    if not viewer.can("filings.view"):
        return None
    rows = filings.filings_of_month(viewer=viewer, year=year, month=month)
    filed = sum(1 for row in rows if row.first_signed_on is not None)
    return {"filed": filed, "all": len(rows), "missing": len(rows) - filed}


def _waiting(viewer: Viewer, board: Board) -> str:
    if not viewer.can("alerts.view"):
        return ""
    count = sum(alerts.counts(viewer=viewer, year=board.year).get(board.month, Counter())[state] for state in alerts.ACTIVE[:2])
    return ngettext("%(count)s alert waits for its explanation", "%(count)s alerts wait for their explanation", count) % {"count": count}
