"""A small catalogue and sheets written as text, for the tests of reading."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhuanban.calc.periods import Basis, Period
from zhuanban.calc.reporting import Frequency, ReportingCalendar
from zhuanban.indicators.sheets import (
    CatalogueIndicator,
    CataloguePlace,
    FigureRow,
    SheetCatalogue,
    SheetReading,
    read_figures,
)
from zhuanban.kit.spreadsheets import Cell, Sheet

MONTHLY = ReportingCalendar(has_january=False)
QUARTERLY = ReportingCalendar(Frequency.QUARTER)
BALANCE = ReportingCalendar(basis=Basis.POINT)


def _indicator(
    code: str, names: str, measure: str, calendar: ReportingCalendar = MONTHLY, kind: str = "flow"
) -> CatalogueIndicator:
    first, *aliases = names.split()
    return CatalogueIndicator(code, first, code.replace("_", " "), tuple(aliases), measure, kind, calendar)


INDICATORS = (
    _indicator("gdp", "地区生产总值 GDP 生产总值", "亿元", QUARTERLY),
    _indicator("fai", "固定资产投资 固投 固定资产投资增速", "亿元"),
    _indicator("ind_va_above", "规模以上工业增加值 规上工业增加值", "%", kind="rate_only"),
    _indicator("retail_sales", "社会消费品零售总额 社零", "亿元"),
    _indicator("above_quota_retail", "限额以上单位消费品零售额", "亿元"),
    _indicator("budget_revenue", "一般公共预算收入", "万元", ReportingCalendar()),
    _indicator("deposits", "金融机构存款余额 存款余额", "亿元", BALANCE, "stock"),
    _indicator("individual_to_enterprise", "个转企", "户", ReportingCalendar(), "count"),
    _indicator("fdi_registered", "注册资本项下利用外资", "万美元"),
    _indicator("primary_va", "第一产业增加值", "亿元", QUARTERLY),
    _indicator("secondary_va", "第二产业增加值", "亿元", QUARTERLY),
    _indicator("tertiary_va", "第三产业增加值", "亿元", QUARTERLY),
    _indicator("above_scale_industry_revenue", "规上工业营业收入", "亿元"),
    _indicator("above_scale_service_revenue", "规上服务业营业收入", "亿元"),
)
PLACES = (
    CataloguePlace("demo-zone", "zone", "示例高新区", "Example zone", ("高新区",)),
    CataloguePlace("demo-city", "city", "示例市", "Example city"),
    CataloguePlace("jia", "peer", "甲区", "District A"),
    CataloguePlace("yi", "peer", "乙区", "District B"),
    CataloguePlace("nation", "nation", "中国", "China"),
)
CATALOGUE = SheetCatalogue(INDICATORS, PLACES, "demo-zone", date(2023, 7, 24))


def sheet(rows: Sequence[Sequence[Any]], *, name: str = "", percent: frozenset[str] = frozenset()) -> Sheet:
    """A sheet from plain values; a float or int is a number cell, a date a date cell, None a blank."""
    built = [[_cell(value, r, c) for c, value in enumerate(row)] for r, row in enumerate(rows)]
    built = [[replace(cell, percent=cell.address in percent) for cell in row] for row in built]
    return Sheet(name, built, percent_known=True)


def _cell(value: Any, row: int, column: int) -> Cell:
    if value is None or value == "":
        return Cell("blank", "", row, column)
    if isinstance(value, date):
        return Cell("date", value.isoformat(), row, column, day=value)
    if isinstance(value, (int, float)):
        return Cell("number", str(value), row, column, number=Decimal(str(value)))
    return Cell("text", value, row, column)


def lines(text: str) -> list[list[str]]:
    """Rows written as lines, cells parted by |."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def read(text: str | Sheet, catalogue: SheetCatalogue = CATALOGUE, **options: Any) -> SheetReading:
    return read_figures([sheet(lines(text)) if isinstance(text, str) else text], catalogue, **options)


def brief(row: FigureRow) -> tuple[str, str, str, str | None, str | None]:
    """Indicator, place, period, level and growth."""
    return (
        row.indicator_code, row.place_key, row.period.key,
        None if row.level is None else format(row.level.normalize(), "f"),
        None if row.growth_pct is None else format(row.growth_pct.normalize(), "f"),
    )  # fmt: skip


def found(reading: SheetReading) -> list[tuple[str, str, str]]:
    """Severity, code and address of every problem."""
    return [(p.severity.value, p.code, p.address) for p in reading.problems]


def with_today(day: date) -> SheetCatalogue:
    return replace(CATALOGUE, today=day)


JUNE = Period.cumulative(2023, 6)
