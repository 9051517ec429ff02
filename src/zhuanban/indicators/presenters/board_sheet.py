"""The board as a spreadsheet, with title, unit, date and moment above the table."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from zhuanban.calc.periods import Period
from zhuanban.calc.rounding import half_up_or_none
from zhuanban.indicators.models import Target
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.board import chosen, filter_words, moment_words, rule_words, title_of
from zhuanban.indicators.presenters.wording import period_title, rank_basis, target_words
from zhuanban.indicators.queries import Board, BoardRow
from zhuanban.indicators.sheets import SheetCatalogue
from zhuanban.kit import clock, formats
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.kit.templatetags.zb import light_word, status_word


def board_workbook(
    board: Board, asked: Asked, *, unit_of_report: str, made_at: datetime, title: str = "", rows: Sequence[BoardRow] | None = None
) -> bytes:  # fmt: skip
    """The rows that the filters leave, or ``rows``, as .xlsx; missing figures are empty cells."""
    shown = chosen(board, asked) if rows is None else rows
    filters = [filter_words(board, asked)] if rows is None else []
    table = OutTable(
        title=title or title_of(board),
        lines=(
            _("Zone: %(zone)s · reported by: %(unit)s · made on %(day)s")
            % {"zone": board.zone_name, "unit": unit_of_report, "day": formats.date_words(made_at, "iso")},
            " · ".join([*filters, moment_words(asked), rule_words(board)]),
            _("Unit of measure: in the column; growth and city in percent, gap in percentage points"),
        ),
        columns=_columns(),
        rows=_rows(board, shown),
        sheet_name=_("Board"),
    )
    return workbook_bytes([table], made_at=made_at)


def _columns() -> list[Column]:
    return [
        Column(_("Group"), width=24), Column(_("Indicator"), width=30), Column(_("Unit of measure"), width=10),
        Column(_("Responsible unit"), width=24), Column(_("Period"), width=14),
        Column(_("Target of the year, growth (%)"), "growth"), Column(_("Target of the year, amount"), "level", 2, 14),
        Column(_("Path to date, growth (%)"), "growth"), Column(_("Path to date, amount"), "level", 2, 14),
        Column(_("Target in words"), width=16), Column(_("Ahead of the path, growth (percentage points)"), "growth"),
        Column(_("Ahead of the path, amount (percentage points of the year's target)"), "growth"), Column(_("Actual"), "level", 2, 14), Column(_("Growth (%)"), "growth"),
        Column(_("City (%)"), "growth"), Column(_("Gap to the city (percentage points)"), "growth"),
        Column(_("Rank"), "count", width=8), Column(_("Ranked places"), "count", width=8),
        Column(_("Ranked by"), width=12), Column(_("Places moved up"), "count", width=8), Column(_("Light"), width=8),
        Column(_("Awaits the city's figure"), width=10), Column(_("Status"), width=8), Column(_("Revised"), width=8),
        Column(_("Source"), width=24),
    ]  # fmt: skip


def _rows(board: Board, rows: Sequence[BoardRow]) -> Iterator[list[Value]]:
    names = {group.id: group.name for group in board.groups}
    for row in rows:
        yield [
            names.get(row.group_id or 0, row.group_name), row.name, formats.measure_words(row.measure), row.dept_name,
            period_title(row.period) if row.period else "", *_target(row),
            half_up_or_none(row.level, max(row.decimals, 2)), _rate(row.growth_pct), _rate(row.city_growth_pct),
            row.gap_pp, row.rank, row.rank_of, rank_basis(row), row.rank_change, light_word(row.light),
            _("yes") if row.provisional else "", status_word(row.status or "none"),
            _("yes") if row.is_revised else "", row.source,
        ]  # fmt: skip


def _rate(value: Decimal | None) -> Decimal | None:
    return half_up_or_none(value, 1)


def _target(row: BoardRow) -> list[Value]:
    """Both targets side by side: of growth and of the amount, with their paths, words and how far ahead of the paths."""
    of = {target.kind: target for target in (row.also, row.target) if target}
    growth, value = of.get(Target.Kind.GROWTH), of.get(Target.Kind.VALUE)
    return [
        growth.value if growth else None, value.value if value else None, growth.to_date if growth else None,
        half_up_or_none(value.to_date, max(row.decimals, 2)) if value else None,
        "；".join(words for target in of.values() if (words := target_words(target))), row.ahead_pp(growth), row.ahead_pp(value),
    ]  # fmt: skip


def sample_workbook(catalogue: SheetCatalogue, month: Period) -> bytes:
    """An empty sheet with the viewer's own indicators, ready to be filled in. It holds no figure."""
    period = Period.cumulative(month.year, month.last_month)
    city = [Column("全市增速%", "growth")] if all(place.allowed for place in catalogue.places) else []
    columns = (
        Column("指标", width=30), Column("单位", width=10), Column("本月累计", "level", 2, 14),
        Column("增速%", "growth"), *city, Column("位次", "count", 0, 8), Column("来源", width=20), Column("备注", width=24),
    )  # fmt: skip
    table = OutTable(
        title=f"{period.title_zh}主要指标",
        columns=columns,
        rows=(
            (indicator.name_zh, indicator.measure, *(None for _column in columns[2:-2]), "", "")
            for indicator in catalogue.indicators
            if indicator.allowed and indicator.calendar.active_until is None
        ),
        sheet_name=period.label_zh,
    )  # fmt: skip
    return workbook_bytes([table], made_at=clock.now())
