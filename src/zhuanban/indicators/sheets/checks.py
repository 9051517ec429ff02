"""What only shows when all figures of a file lie side by side, or beside what is stored."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from zhuanban.calc.percents import PercentNotation, percent_notation
from zhuanban.calc.periods import Basis, Period
from zhuanban.calc.reporting import is_expected
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, SheetCatalogue
from zhuanban.indicators.sheets.figures import FigureRow, Severity, SheetProblem
from zhuanban.indicators.sheets.rows import PercentCell

_SLIP_FROM = Decimal(500)
_TEN_THOUSAND = Decimal(10_000)


def check_percents(cells: list[PercentCell], sheet: str) -> list[SheetProblem]:
    """One notation per growth column: 0.052 and 5.2 side by side, or percent cells beside plain numbers, are refused."""
    formatted = [c for c in cells if c.percent_format and c.value]
    plain = [c for c in cells if c.plain]
    if formatted and plain:
        fewer = min(formatted, plain, key=len)
        more = formatted if fewer is plain else plain
        return [_percent_problem(Severity.ERROR, "sheet_percent_mixed", c, more[0], sheet) for c in fewer]
    if formatted and all(abs(c.value) >= 100 for c in formatted):
        return [_percent_problem(Severity.QUESTION, "sheet_percent_hundredfold", c, c, sheet) for c in formatted]
    values = [c.plain for c in plain]
    notation = percent_notation(values)
    small = [c for c in plain if c.plain is not None and abs(c.plain) < 1]
    if notation is PercentNotation.MIXED:
        whole = next(c for c in plain if c.plain is not None and abs(c.plain) >= 1)
        odd = [c for c in small if percent_notation([c.plain, whole.plain, *_whole(values)]) is PercentNotation.MIXED]
        return [_percent_problem(Severity.ERROR, "sheet_percent_mixed", c, whole, sheet) for c in odd]
    if notation is PercentNotation.FRACTION or (len(plain) >= 3 and len(small) == len(plain)):
        return [_percent_problem(Severity.QUESTION, "sheet_percent_maybe_fraction", plain[0], plain[-1], sheet)]
    return []


def _whole(values: list[Decimal | None]) -> list[Decimal]:
    return [v for v in values if v is not None and abs(v) >= 1]


def _percent_problem(severity: Severity, code: str, cell: PercentCell, other: PercentCell, sheet: str) -> SheetProblem:
    facts = {"text": cell.cell.text, "other": other.cell.text, "other_address": other.cell.address}
    return SheetProblem(severity, code, cell.cell.address, cell.cell.row + 1, facts, sheet)


def check_rows(rows: list[FigureRow], catalogue: SheetCatalogue) -> tuple[list[FigureRow], list[SheetProblem]]:
    """Rows without their repetitions, and the problems of periods, rights, repetitions and units."""
    indicators = {i.code: i for i in catalogue.indicators}
    places = {place.code: place for place in catalogue.places}
    kept, problems = _without_repetitions(rows)
    for row in kept:
        indicator = indicators[row.indicator_code]
        problems += _period_problems(row, indicator, catalogue)
        if not indicator.allowed:
            facts = {"indicator": indicator.name_zh, "owner": indicator.owner or "–"}
            problems.append(_at(row, Severity.ERROR, "sheet_indicator_of_other_unit", **facts))
        elif (place := places.get(row.place_key)) and not place.allowed:
            problems.append(_at(row, Severity.ERROR, "sheet_place_of_the_office", place=place.name_zh))
    # What is stored of another unit's indicator is not told, not even in a question.
    shut = {place.code for place in catalogue.places if not place.allowed}
    own = [row for row in kept if indicators[row.indicator_code].allowed and row.place_key not in shut]
    return kept, problems + _slips(own, indicators, catalogue)


def _at(row: FigureRow, severity: Severity, code: str, **facts: object) -> SheetProblem:
    address = row.cells.get("level") or row.cells.get("growth_pct") or ""
    return SheetProblem(severity, code, address, row.row, facts, row.sheet)


def _without_repetitions(rows: Iterable[FigureRow]) -> tuple[list[FigureRow], list[SheetProblem]]:
    kept: dict[tuple[str, str, Period, str], FigureRow] = {}
    problems = []
    for row in rows:
        first = kept.setdefault(row.identity, row)
        if first is row:
            continue
        facts = {"first_row": first.row, "first_sheet": first.sheet, "period": row.period.title_zh}
        if (first.level, first.growth_pct, first.rank) == (row.level, row.growth_pct, row.rank):
            problems.append(_at(row, Severity.NOTICE, "sheet_row_repeated", **facts))
        elif _complete_each_other(first, row):
            kept[row.identity] = _joined(first, row)
        else:
            problems.append(_at(row, Severity.ERROR, "sheet_row_contradicts", **facts))
    return list(kept.values()), problems


def _complete_each_other(first: FigureRow, second: FigureRow) -> bool:
    """A row with the level and one with the growth (指标, 指标增速) say one thing together."""
    pairs = ((first.level, second.level), (first.growth_pct, second.growth_pct), (first.rank, second.rank))
    return all(a is None or b is None or a == b for a, b in pairs)


def _joined(first: FigureRow, second: FigureRow) -> FigureRow:
    return FigureRow(
        first.indicator_code, first.place_key, first.period,
        first.level if first.level is not None else second.level,
        first.growth_pct if first.growth_pct is not None else second.growth_pct,
        first.rank or second.rank, first.rank_of or second.rank_of, first.rank_scope or second.rank_scope,
        first.status, first.source or second.source, first.note or second.note,
        {**second.cells, **first.cells}, first.sheet, first.row,
    )  # fmt: skip


def _period_problems(row: FigureRow, indicator: CatalogueIndicator, catalogue: SheetCatalogue) -> list[SheetProblem]:
    problems = []
    period, facts = row.period, {"period": row.period.title_zh, "indicator": indicator.name_zh}
    today = catalogue.today
    if period.end_on > today and (row.status != "forecast" or period.year > today.year):
        problems.append(_at(row, Severity.ERROR, "sheet_period_in_future", today=today.isoformat(), **facts))
    locked = catalogue.locked_through
    if locked is not None and (period.year, period.last_month) <= (locked.year, locked.last_month):
        problems.append(_at(row, Severity.ERROR, "sheet_period_locked", through=locked.title_zh, **facts))
    if not (period.is_cumulative or period.is_month or period.is_quarter):
        problems.append(_at(row, Severity.ERROR, "sheet_period_odd", **facts))
    elif not is_expected(indicator.calendar, _reported(period, indicator)):
        problems.append(_at(row, Severity.QUESTION, "sheet_period_not_expected", **facts))
    return problems


def _reported(period: Period, indicator: CatalogueIndicator) -> Period:
    """The period of the indicator's own basis that closes with this one; joint January–February stays joint."""
    basis = indicator.calendar.basis
    return period if period.is_joint and basis is Basis.MONTH else period.on_basis(basis)


def _slips(
    rows: list[FigureRow], indicators: dict[str, CatalogueIndicator], catalogue: SheetCatalogue
) -> list[SheetProblem]:
    """Levels that stand 10,000 times off: against the last stored one, or against the others of the file."""
    levels: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in rows:
        if row.level:
            levels[row.indicator_code, row.place_key].append(abs(row.level))
    problems = []
    for row in rows:
        key = row.indicator_code, row.place_key
        stored = catalogue.previous_levels.get(key)
        others = median(levels[key]) if len(levels[key]) >= 4 else None
        factor = _slip(row.level, stored if stored else others)
        if factor:
            facts = {
                "indicator": indicators[row.indicator_code].name_zh,
                "factor": factor,
                "against": "stored" if stored else "file",
            }
            problems.append(_at(row, Severity.QUESTION, "sheet_unit_slip", **facts))
    return problems


def _slip(level: Decimal | None, reference: Decimal | None) -> str:
    """×10000 or ÷10000 where a level is 500 times and more away: no figure moves so far, a unit does."""
    if not level or not reference:
        return ""
    ratio = abs(level / reference)
    if ratio >= _SLIP_FROM:
        return "×10⁸" if ratio >= _SLIP_FROM * _TEN_THOUSAND else "×10⁴"
    if ratio <= 1 / _SLIP_FROM:
        return "÷10⁸" if ratio <= 1 / (_SLIP_FROM * _TEN_THOUSAND) else "÷10⁴"
    return ""
