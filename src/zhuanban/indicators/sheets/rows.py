"""From one data row to its figures: every column read, values of one place and period put together."""

from dataclasses import dataclass, field
from decimal import Decimal

from zhuanban.calc.errors import NotConvertible
from zhuanban.calc.measures import Dimension, Measure, convert
from zhuanban.calc.periods import Period
from zhuanban.indicators.sheets.amounts import Amount, growth_in, level_in, rank_in
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator
from zhuanban.indicators.sheets.figures import FigureRow, Severity
from zhuanban.indicators.sheets.layout import ValueColumn
from zhuanban.indicators.sheets.row_context import Carried, RowContext, period_of
from zhuanban.kit.spreadsheets.cells import Cell

Key = tuple[str, str, Period]


@dataclass
class PercentCell:
    """One growth cell of a column whose notation is judged as a whole."""

    cell: Cell
    plain: Decimal | None
    percent_format: bool
    value: Decimal


@dataclass
class _Draft:
    """A figure being put together."""

    indicator: CatalogueIndicator
    level: Decimal | None = None
    growth: Decimal | None = None
    prior: Decimal | None = None
    rank: int | None = None
    rank_of: int | None = None
    forecast: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    broken: bool = False


@dataclass
class ReadRow:
    """What one row gave: its figures and the growth cells met, by column."""

    figures: list[FigureRow] = field(default_factory=list)
    percents: dict[int, PercentCell] = field(default_factory=dict)


def read_row(context: RowContext, carried: Carried) -> ReadRow:
    """The figures of one row; a row without any value gives none."""
    out = ReadRow()
    values = [(column, context.sheet.cell(context.row, column.column)) for column in context.layout.values]
    if all(cell.is_blank for _, cell in values):
        _remember(context, carried)
        return out
    own_indicator = None if all(c.indicator for c, _ in values) else context.indicator(carried)
    place = context.place(carried)
    own, exact, readable = context.own_period()
    if place is None or not readable:
        return out
    drafts: dict[Key, _Draft] = {}
    for column, cell in values:
        if not cell.is_blank:
            _take(context, column, cell, column.indicator or own_indicator, place, (own, exact), drafts, out)
    status, note, source = context.status(), context.text("note"), context.text("source") or context.options.source
    for (code, place_key, period), draft in drafts.items():
        if draft.level is None and draft.growth is None:
            continue
        _check_against_prior(context, draft)
        is_row_place = place_key == place
        out.figures.append(
            FigureRow(
                code, place_key, period, draft.level, draft.growth, draft.rank, draft.rank_of,
                context.text("rank_scope") if is_row_place else "",
                "forecast" if draft.forecast else status, source, note, draft.cells, context.sheet.name, context.row + 1,
            )
        )  # fmt: skip
    return out


def _remember(context: RowContext, carried: Carried) -> None:
    for name in ("code", "indicator", "place"):
        cell = context.cell(name)
        if not cell.is_blank:
            carried.texts[name] = cell


def _take(
    context: RowContext,
    column: ValueColumn,
    cell: Cell,
    indicator: CatalogueIndicator | None,
    place: str,
    own: tuple[Period | None, bool],
    drafts: dict[Key, _Draft],
    out: ReadRow,
) -> None:
    """Read one value cell into the figure it belongs to."""
    if indicator is None:
        return
    where = context.catalogue.city if column.city else place
    if where is None:
        return
    period = period_of(*own, column, context.layout, indicator, single=context.is_single_month())
    if period is None:
        context.problems.error("sheet_period_missing", cell, indicator=indicator.name_zh)
        return
    draft = drafts.setdefault((indicator.code, where, period), _Draft(indicator))
    reader = {"level": _level, "growth": _growth, "rank": _rank, "rank_of": _rank, "prior": _level}[column.field]
    reader(context, column, cell, draft, out)


def _level(context: RowContext, column: ValueColumn, cell: Cell, draft: _Draft, out: ReadRow) -> None:
    measure, said_in = context.measure(column, draft.indicator)
    if measure.dimension is Dimension.PERCENT and (
        draft.indicator.unit.dimension is not Dimension.PERCENT or draft.indicator.rate_only
    ):
        if column.field == "level" and context.is_doubtful(measure, draft.indicator):
            facts = {"indicator": draft.indicator.name_zh, "measure": draft.indicator.unit.zh}
            context.problems.error("sheet_percent_of_amount", cell, **facts)
        elif column.field == "level":
            _growth(context, column, cell, draft, out)
        return
    amount = level_in(cell, measure)
    if not _noted(context, cell, amount, measure=measure.zh, unit=amount.unit) or amount.value is None:
        return
    if draft.indicator.rate_only:
        context.problems.add(Severity.NOTICE, "sheet_level_of_rate_indicator", cell, indicator=draft.indicator.name_zh)
        return
    level = _converted(context, amount.value, measure, said_in or cell, draft.indicator)
    if level is None:
        return
    draft.forecast = draft.forecast or amount.forecast
    if column.field == "prior":
        draft.prior = level
    else:
        draft.level = level
        draft.cells["level"] = cell.address


def _converted(
    context: RowContext, value: Decimal, measure: Measure, said_in: Cell, indicator: CatalogueIndicator
) -> Decimal | None:
    try:
        return convert(value, measure, indicator.unit)
    except NotConvertible:
        facts = {"unit": measure.zh, "measure": indicator.unit.zh, "indicator": indicator.name_zh}
        context.problems.error("sheet_unit_not_convertible", said_in, **facts)
        return None


def _growth(context: RowContext, column: ValueColumn, cell: Cell, draft: _Draft, out: ReadRow) -> None:
    amount = growth_in(cell)
    if not _noted(context, cell, amount, measure="%") or amount.value is None:
        return
    draft.growth = amount.value
    draft.forecast = draft.forecast or amount.forecast
    draft.cells["growth_pct"] = cell.address
    out.percents[column.column] = PercentCell(cell, amount.plain, amount.percent_format, amount.value)


def _rank(context: RowContext, column: ValueColumn, cell: Cell, draft: _Draft, out: ReadRow) -> None:
    del out
    amount = rank_in(cell)
    if not _noted(context, cell, amount, measure="位") or amount.value is None:
        return
    if column.field == "rank_of":
        draft.rank_of = int(amount.value)
        draft.cells["rank_of"] = cell.address
        return
    draft.rank = int(amount.value)
    draft.rank_of = amount.of or draft.rank_of
    draft.cells["rank"] = cell.address


def _noted(context: RowContext, cell: Cell, amount: Amount, **facts: str) -> bool:
    """Note what the cell's reading found; False where there is nothing to go on with."""
    if amount.problem:
        context.problems.error(amount.problem, cell, text=cell.text[:60], **facts)
        return False
    if amount.notice:
        context.problems.add(
            Severity.NOTICE, amount.notice, cell, text=cell.text[:60], value=str(amount.value), **facts
        )
    return True


def _check_against_prior(context: RowContext, draft: _Draft) -> None:
    """Levels of both years beside an official growth: the official one stays, a difference is told."""
    if draft.level is None or draft.growth is None or not draft.prior or draft.prior <= 0 or draft.level < 0:
        return
    ratio = (draft.level / draft.prior - 1) * 100
    if abs(ratio - draft.growth) > Decimal("0.3"):
        cell = draft.cells.get("growth_pct", "")
        home = context.sheet.cell(context.row, 0)
        place = next((c for c in context.sheet.rows[context.row] if c.address == cell), home)
        context.problems.add(
            Severity.NOTICE, "sheet_growth_differs_from_levels", place, growth=str(draft.growth), ratio=f"{ratio:.1f}"
        )
