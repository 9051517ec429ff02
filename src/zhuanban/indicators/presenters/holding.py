"""The page of a working group and the page of a unit: what it holds, who answers, and both as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.polarity import Polarity
from zhuanban.indicators.models import Indicator
from zhuanban.indicators.presenters import board as boards
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.queries import BoardRow, GroupHolds, UnitHolds
from zhuanban.indicators.queries.holding import groups_of
from zhuanban.indicators.queries.shown import Board
from zhuanban.kit import formats
from zhuanban.kit.registries import panels_for
from zhuanban.people.access import Viewer
from zhuanban.people.models import GroupMember, Unit
from zhuanban.people.queries import PostOnDay


def group_context(found: GroupHolds, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Everything the page of a group draws, besides the frame."""
    group = found.group
    rows = [
        {"name": _("Leader"), "lines": [{"text": _post(post)} for post in found.leaders]},
        {"name": _("Responsible units"), "lines": [_unit(each.unit, asked, each.posts) for each in found.responsible]},
        {"name": _("Collaborating units"), "lines": [_unit(each.unit, asked, on_call=each.on_call) for each in found.collaborating]},
    ]
    clause = _("plan, clause %(clause)s") % {"clause": group.clause} if group.clause else ""
    return {**_shared(found, "group", group.name, asked, viewer), "answers": rows, "kind": _("Working group"), "clause": clause}


def unit_context(found: UnitHolds, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Everything the page of a unit draws, besides the frame."""
    unit, groups = found.unit, groups_of(as_known=asked.as_known)
    parts: dict[str, list[GroupMember]] = {}
    for tie in found.ties:
        parts.setdefault(tie.part, []).append(tie)

    def group_lines(part: str) -> list[dict[str, str]]:
        return [_group(groups[tie.group_id], asked, on_call=tie.on_call) for tie in parts.get(part, [])]

    rows = [
        {"name": pgettext("structure", "Posts"), "lines": [{"text": _post(post, within=unit)} for post in found.posts]},
        {"name": _("Leads"), "lines": [_group(group, asked) for group in found.leads]},
        {"name": _("Responsible in"), "lines": group_lines(GroupMember.Part.RESPONSIBLE)},
        {"name": _("Collaborates in"), "lines": group_lines(GroupMember.Part.COLLABORATING)},
        {"name": _("Sections"), "lines": [_unit(each, asked) for each in found.sections]},
    ]
    shown = [row for at, row in enumerate(rows) if at == 0 or row["lines"]]
    return {
        **_shared(found, "unit", unit.name, asked, viewer), "answers": shown, "kind": _("Unit"),
        "territory_rows": boards.rows_drawn(found.territory, boards.scale_of(found.territory), asked),
    }  # fmt: skip


def _shared(found: GroupHolds | UnitHolds, page: str, name: str, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    board = found.board
    beside = found.territory if isinstance(found, UnitHolds) else ()

    def address(**changes: object) -> str:
        return asked.page(page, found.by.code, **changes)

    legend = boards.legend(board, board.rows)
    return {
        "asked": asked,
        "board": board,
        "name": name,
        "page_name": page,
        "groups": boards.groups_shown(board, [row for row in board.rows if row not in beside], asked),
        "months": boards.month_strip(found.year, asked, address),
        "facts": facts(board.rows),
        "legend": legend,
        "panels": panels_for(page, viewer, found.by),
        "export_url": asked.page(f"{page}_export", found.by.code),
        "board_url": asked.board(**{page: found.by.code}),
        "organisation_url": reverse("people:organisation"),
        "now_url": address(known=""),
        "then_url": address(known=asked.known or asked.usual_moment),
        "print_title": title_of(board, name),
        "print_measures": legend,
        "moment": boards.moment_words(asked),
        "rule_words": boards.rule_words(board),
        "cut_words": boards.cut_words(asked),
    }


def title_of(board: Board, name: str) -> str:
    """The title on paper and in spreadsheets."""
    return _("%(title)s: %(name)s") % {"title": boards.title_of(board), "name": name}


def facts(rows: Iterable[BoardRow]) -> list[dict[str, Any]]:
    """What the month says of the held indicators, counted."""
    held = list(rows)
    known = [row for row in held if row.figure_id is not None]
    aimed = [ahead for row in known if (ahead := row.ahead_pp(row.target)) is not None]
    beside = [row for row in known if row.gap_pp is not None]
    moved = [row for row in known if row.rank_change is not None]
    up, down = sum(1 for row in moved if (row.rank_change or 0) > 0), sum(1 for row in moved if (row.rank_change or 0) < 0)
    return [
        _fact(_("Indicators"), len(held), _("%(count)s with figures") % {"count": len(known)}),
        _fact(_("Behind the path"), sum(1 for ahead in aimed if ahead < 0), _of(len(aimed), _("of %(count)s with a path"))),
        _fact(_("Worse than the city"), sum(1 for row in beside if _worse(row, row.gap_pp)), _of(len(beside), _("of %(count)s with the city's figure"))),
        _fact(_("Moved up in rank"), up, _of(len(moved), _("of %(count)s with a rank before"))),
        _fact(_("Moved down in rank"), down, _of(len(moved), _("of %(count)s with a rank before"))),
    ]


def _fact(name: str, figure: int, note: str) -> dict[str, Any]:
    return {"name": name, "figure": figure, "note": note}


def _of(count: int, words: str) -> str:
    return words % {"count": count}


def _worse(row: BoardRow, gap: Any) -> bool:
    return bool(gap * Polarity(row.polarity).sign < 0)


def _post(post: PostOnDay, *, within: Unit | None = None) -> str:
    name = post.post.name_within(within) if within else post.post.label
    return _("%(name)s (%(note)s)") % {"name": name, "note": pgettext("post", "vacant")} if post.is_vacant else name


def _unit(unit: Unit, asked: Asked, posts: Iterable[PostOnDay] = (), *, on_call: bool = False) -> dict[str, str]:
    notes = [*([_("when called")] if on_call else []), *(_post(post, within=unit) for post in posts)]
    return {"text": unit.name, "href": asked.page("unit", unit.code) if unit.active else "", "note": _(", ").join(notes)}


def _group(group: Any, asked: Asked, *, on_call: bool = False) -> dict[str, str]:
    return {
        "text": group.name, "href": asked.page("group", group.code) if group.active else "",
        "note": _("when called") if on_call else "",
    }  # fmt: skip


def unowned_rows(found: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Indicators that nobody answers for, and what each of them lacks."""
    return [
        {
            "indicator": each,
            "measure": formats.measure_words(each.measure),
            "frequency": _("quarterly") if each.frequency == Indicator.Frequency.QUARTER else _("monthly"),
            "lacks": _("group and department") if each.group is None and each.dept is None else _("group") if each.group is None else _("department in charge"),
            "has": (each.group or each.dept or ""),
        }
        for each in found
    ]
