"""The monthly board as its template draws it: filters, groups, rows, the month strip."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuanban.calc.pace import time_progress_pct
from zhuanban.calc.periods import Period
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.wording import ahead_words, amount, own_period, ranks_otherwise, target_words
from zhuanban.indicators.queries import LIGHTS, Board, BoardGroup, BoardRow, TargetShown
from zhuanban.kit import clock, formats
from zhuanban.kit.office import authority_words
from zhuanban.kit.templatetags.zb import light_word


@dataclass(frozen=True)
class GroupShown:
    """One group with its rows as drawn; ``href`` is its page."""

    name: str
    href: str
    note: str
    counts: Counter[str]
    rows: list[SafeString]


def chosen(board: Board, asked: Asked, *, light: bool = True) -> list[BoardRow]:
    """The rows that the filters of the address leave; ``light`` False leaves the light filter out."""
    return [
        row
        for row in board.rows
        if asked.group in ("", row.group_code)
        and asked.unit in ("", row.dept_code)
        and asked.every in ("", row.frequency)
        and (not light or asked.light in ("", row.light))
    ]


def board_context(board: Board, year: list[Board], asked: Asked) -> dict[str, Any]:
    """Everything the page shows besides the frame."""
    within = chosen(board, asked, light=False)
    rows = chosen(board, asked)
    period = Period.cumulative(board.year, board.month)
    return {
        "asked": asked,
        "board": board,
        "period": period,
        "title": period.title_zh if formats.in_chinese() else period.title_en,
        "progress": time_progress_pct(board.month),
        "groups": groups_shown(board, rows, asked),
        "row_count": len(rows),
        "revised": sum(1 for row in rows if row.is_revised),
        "months": month_strip(year, asked),
        "years": years_of(asked),
        "picks": _picks(Counter(row.light for row in within), asked),
        "filters": _filters(board, asked),
        "chips": _chips(board, asked),
        "filter_words": filter_words(board, asked),
    }


def groups_shown(board: Board, rows: Sequence[BoardRow], asked: Asked) -> list[GroupShown]:
    """The rows under their groups, as drawn."""
    scale = scale_of(board.rows)
    by_group: dict[int | None, list[BoardRow]] = {}
    for row in rows:
        by_group.setdefault(row.group_id, []).append(row)
    return [
        GroupShown(
            group.name, asked.page("group", group.code), _group_note(group), Counter(row.light for row in found),
            rows_drawn(found, scale, asked),
        )
        for group in board.groups
        if (found := by_group.get(group.id))
    ]  # fmt: skip


def scale_of(rows: Iterable[BoardRow]) -> Decimal:
    """The largest gap to the city of a table: the scale of its column of bars."""
    return max((abs(row.gap_pp) for row in rows if row.gap_pp is not None), default=Decimal(1))


def rows_drawn(rows: Iterable[BoardRow], scale: Decimal, asked: Asked) -> list[SafeString]:
    """Rows as the table of a board draws them."""
    language = get_language() or ""
    return [_drawn(_Line(row), asked.month, scale, asked.year, asked.known, language) for row in rows]


def cut_words(asked: Asked) -> str:
    """The moment up to which figures are counted, for the foot of a page on paper."""
    return _("figures known up to %(moment)s") % {"moment": formats.instant_words(asked.as_known or clock.now())}


def _group_note(group: BoardGroup) -> str:
    comma = "、" if formats.in_chinese() else ", "
    parts = [comma.join(group.unit_names)]
    if group.leaders:
        parts.append(_("led by %(leaders)s") % {"leaders": comma.join(group.leader_names)})
    return " · ".join(part for part in parts if part)


class _Line:
    """A row as a cache key: rows are made once for their facts, so that being the same object is being equal."""

    def __init__(self, row: BoardRow) -> None:
        self.row = row

    def __hash__(self) -> int:
        return id(self.row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Line) and other.row is self.row


@lru_cache(maxsize=4096)
def _drawn(line: _Line, month: int, scale: Decimal, year: int, known: str, language: str) -> SafeString:
    """One row of the table, drawn once for its facts, the column's scale and the language."""
    del language
    row = line.row
    target = row.target
    growth_target = next((each for each in (row.target, row.also) if each and each.kind == "growth"), None)
    where = Asked(year, month, known).indicator(row.code)
    return render_to_string(
        "indicators/board_row.html",
        {
            "row": row,
            "href": where,
            "measure": formats.measure_words(row.measure),
            "own_period": own_period(row, month),
            "targets": [_target(each, row) for each in (row.target, row.also) if each],
            "rank_by": row.rank_scope if ranks_otherwise(row.rank_scope) else "",
            "scale": scale,
            "pace": _pace(row, growth_target if row.trend_is_growth else target),
        },
    )


def _target(target: TargetShown, row: BoardRow) -> dict[str, Any]:
    """A target's cells: its figure or words, its path to date, how far ahead of it or behind."""
    return {
        "figure": amount(target.value, target.kind, row.decimals) if target.value is not None else "",
        "path": amount(target.to_date, target.kind, row.decimals) if target.to_date is not None else "",
        "percent": target.kind == "growth",
        "about": target.operator == "about",
        "words": target_words(target),
        "ahead": row.ahead_pp(target),
        "ahead_words": ahead_words(row.ahead_pp(target)),
    }


def _pace(row: BoardRow, target: TargetShown | None) -> Decimal | None:
    """The path in the picture of the year so far, where both speak of growth or both of levels."""
    return target.to_date if target and row.trend_is_growth == (target.kind == "growth") else None


def month_strip(
    year: Sequence[Board], asked: Asked, address: Callable[..., str] | None = None
) -> list[dict[str, Any]]:
    """The twelve months: picker, history and legend at once. A month counts as published with its first figure.

    ``address(month=…)`` is where another month of the page stands, the board's without it.
    """
    address = address or asked.board
    published = set(asked.months)
    strip = []
    for board in year:
        current = board.month == asked.month
        shown = current or (board.year, board.month) in published
        quiet = board.month == 1 and board.arrived == 0
        strip.append(
            {
                "label": formats.period_words(Period.cumulative(board.year, board.month)),
                "url": address(month=board.month) if shown else "",
                "current": current,
                "note": _("not published alone") if quiet else "",
                **{light: board.counts[light] for light in LIGHTS},
            }
        )
    return strip


def years_of(asked: Asked) -> list[tuple[str, str]]:
    """The newest month with figures of each year, for the choice of the year."""
    newest = {year: (year, month) for year, month in asked.months}
    newest.setdefault(asked.year, (asked.year, asked.month))
    newest[asked.year] = (asked.year, asked.month)
    return [(f"{y}-{m:02d}", str(y)) for y, m in sorted(newest.values(), reverse=True)]


def _picks(counts: Counter[str], asked: Asked) -> list[dict[str, Any]]:
    everything = {
        "light": "", "label": _("All"), "count": sum(counts.values()), "href": asked.board(light=""),
        "current": not asked.light,
    }  # fmt: skip
    return [
        everything,
        *(
            {"light": light, "label": "", "count": counts[light], "href": asked.board(light=light),
             "current": asked.light == light}
            for light in LIGHTS
        ),
    ]  # fmt: skip


def _filters(board: Board, asked: Asked) -> list[dict[str, Any]]:
    everything = ("", _("all"))
    units = {row.dept_code: row.dept_name for row in board.rows if row.dept_code}
    return [
        {"name": "group", "label": _("Group"), "value": asked.group,
         "options": [everything, *((group.code, group.name) for group in board.groups)]},
        {"name": "unit", "label": _("Responsible unit"), "value": asked.unit, "options": [everything, *units.items()]},
        {"name": "every", "label": _("Frequency"), "value": asked.every,
         "options": [("", _("monthly and quarterly")), *_frequencies().items()]},
    ]  # fmt: skip


def _frequencies() -> dict[str, str]:
    return {"month": _("monthly"), "quarter": _("quarterly")}


def _chosen_names(board: Board, asked: Asked) -> list[tuple[str, str]]:
    named = {
        "group": next((group.name for group in board.groups if group.code == asked.group), asked.group),
        "unit": next((row.dept_name for row in board.rows if row.dept_code == asked.unit), asked.unit),
        "every": _frequencies().get(asked.every, ""),
    }
    return [(name, words) for name, words in named.items() if words]


def _chips(board: Board, asked: Asked) -> list[dict[str, str]]:
    return [{"label": words, "href": asked.board(**{name: ""})} for name, words in _chosen_names(board, asked)]


def filter_words(board: Board, asked: Asked) -> str:
    """The filters in words, for paper and spreadsheets."""
    words = [words for _name, words in _chosen_names(board, asked)] or [_("all groups, monthly and quarterly")]
    if asked.light:
        words.append(light_word(asked.light))
    return ("、" if formats.in_chinese() else ", ").join(words)


def moment_words(asked: Asked) -> str:
    """当时所知 or 现在所知 in words."""
    if asked.as_known is None:
        return _("as known now")
    return _("as known on %(moment)s") % {"moment": formats.instant_words(asked.as_known)}


def title_of(board: Board) -> str:
    """The title on paper and in spreadsheets."""
    period = Period.cumulative(board.year, board.month)
    words = period.title_zh if formats.in_chinese() else period.title_en
    return _("Main economic indicators, %(period)s") % {"period": words}


def legend(board: Board, rows: Sequence[BoardRow]) -> str:
    """Units of the columns, the size of the ranking, and how many figures were revised."""
    words = [_("growth and city: %, gap: percentage points")]
    if board.peers:
        words.append(_("rank by growth among %(peers)s places") % {"peers": board.peers})
    revised = sum(1 for row in rows if row.is_revised)
    if revised:
        words.append(_("◥ revised: %(count)s") % {"count": revised})
    return " · ".join(words)


def rule_words(board: Board) -> str:
    """The version of the light rule that the board was judged by."""
    version = board.rule_version
    if version is None:
        return _("Light rule: the product's default")
    facts = {"day": formats.date_words(version.in_force_from, "iso"), "authority": authority_words(version.authority)}
    return _("Light rule in force from %(day)s, %(authority)s") % facts
