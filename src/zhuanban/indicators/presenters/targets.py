"""How targets are written: on the page of the year, in the form, in its preview and in the workbook."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.rounding import half_up_or_none
from zhuanban.indicators.models import Target
from zhuanban.indicators.presenters.wording import amount, operator_sign, path_words, target_words
from zhuanban.indicators.queries import BoardRow, TargetLine
from zhuanban.indicators.services.targets import TargetPlan
from zhuanban.kit import formats
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value


def said(target: Target, row: BoardRow) -> str:
    """A target with its sign, figure and unit, or in words."""
    words = target_words(target)
    if not words:
        unit = "%" if target.kind == Target.Kind.GROWTH else f" {formats.measure_words(row.measure)}"
        words = f"{operator_sign(target.operator)}{amount(target.value, target.kind, row.decimals)}{unit}"
    return _("%(target)s (stretch)") % {"target": words} if target.is_stretch else words


def lines(found: Sequence[TargetLine]) -> list[dict[str, Any]]:
    """The table of the year."""
    return [
        {
            "row": line.row,
            "targets": [
                {"said": said(each, line.row), "path": "" if target_words(each) else path_words(each.path), "each": each}
                for each in line.in_force
            ],
            "ahead": [{"said": said(each, line.row), "each": each} for each in line.ahead],
            "needed": formats.growth(line.needed_pct),
        }
        for line in found
    ]


def initial(line: TargetLine, today: date) -> dict[str, Any]:
    """The form as it opens: the first target in force, or an empty one from today."""
    start: dict[str, Any] = {"since": today, "kind": "growth", "operator": "at_least", "path": "linear"}
    if line.in_force:
        now = line.in_force[0]
        start |= {
            "kind": now.kind, "operator": now.operator, "value": None if now.value is None else now.value.normalize(),
            "path": now.path, "is_stretch": now.is_stretch, "follows": now.follows.code if now.follows else "",
        }  # fmt: skip
        if now.path == Target.Path.EXPLICIT:
            start |= {f"month_{at}": Decimal(step).normalize() for at, step in enumerate(now.steps, 1) if step is not None}
    return start


def plan(found: TargetPlan, row: BoardRow) -> dict[str, Any]:
    """What a draft would set: the figure at the end of each month, and whether value and growth agree."""
    kind = found.fields["kind"]
    return {
        "months": [(at, "–" if value is None else amount(value, kind, row.decimals)) for at, value in enumerate(found.path, 1)],
        "before": "–" if row.target is None else target_words(row.target) or amount(row.target.value, row.target.kind, row.decimals),
        "mismatch": _mismatch(found),
    }


def _mismatch(found: TargetPlan) -> str:
    if found.mismatch is None:
        return ""
    return _(
        "The value target implies a growth of %(implied)s %% on the %(base)s on record, the growth target says %(stated)s %%. "
        "Check which of the two is meant before it is put in force."
    ) % {
        "implied": formats.growth(found.mismatch.implied_growth_pct),
        "base": formats.level(found.mismatch.recorded_base, 2),
        "stated": formats.growth(found.mismatch.stated_growth_pct),
    }


def history(found: Sequence[Target], row: BoardRow) -> list[dict[str, Any]]:
    """Every version, newest first."""
    return [
        {"said": said(each, row), "path": "" if target_words(each) else path_words(each.path), "each": each} for each in found
    ]


def sheet(found: Sequence[TargetLine], year: int, month: int, *, unit_of_report: str) -> OutTable:
    """The table of the year as a file."""
    return OutTable(
        title=_("Targets of %(year)s") % {"year": year},
        lines=(
            _("Reported by: %(post)s") % {"post": unit_of_report},
            _("What the rest of the year needs goes by the figures up to month %(month)s.") % {"month": month},
        ),
        columns=[
            Column(_("Indicator"), width=28), Column(pgettext("board", "Target"), width=24), Column(_("Path by month"), width=20),
            Column(_("In force from"), "date", width=14), Column(_("Decided by"), width=24),
            Column(_("Growth needed for the rest of the year, percent"), "growth", width=16), Column(_("Answers"), width=22),
        ],
        rows=[_row(line) for line in found],
        sheet_name=_("Targets"),
    )  # fmt: skip


def _row(line: TargetLine) -> list[Value]:
    first = line.in_force[0] if line.in_force else None
    return [
        line.row.name, "；".join(said(each, line.row) for each in line.in_force),
        "；".join(path_words(each.path) for each in line.in_force if not target_words(each)),
        first.in_force_from if first else None, first.authority if first else "", half_up_or_none(line.needed_pct, 1),
        line.row.dept_name,
    ]  # fmt: skip
