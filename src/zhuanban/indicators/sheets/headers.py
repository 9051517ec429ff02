"""What a header says: the field of a column, its unit, its period, its indicator."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from zhuanban.calc.errors import CalcError, PeriodWithoutYear
from zhuanban.calc.measures import Dimension, Measure, measure_named
from zhuanban.calc.period_words import parse_period
from zhuanban.calc.periods import Period
from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, SheetCatalogue

RowField = Literal[
    "indicator", "code", "unit", "place", "year", "month", "month_from", "month_to", "period", "rank_scope", "status",
    "source", "note", "unused",
]  # fmt: skip
ValueField = Literal["level", "growth", "rank", "rank_of", "prior"]
Hint = Literal["cumulative", "month", ""]

_ROW_NAMES: dict[RowField, str] = {
    "indicator": "指标 指标名称 主要指标 主要经济指标 经济指标 指标项目 项目 项目名称 名称 indicator indicatorname",
    "code": "指标代码 指标编码 代码 code indicatorcode",
    "unit": "单位 计量单位 unit measure",
    "place": "地区 地区名称 县区 区县 县市区 县(市)区 县(市、区) 各县区 区域 行政区 region place county area",
    "year": "年 年份 年度 year",
    "month": "月 月份 month",
    "month_from": "起始月 起月 开始月 月份起 monthfrom",
    "month_to": "截止月 截至月 止月 终止月 结束月 月份止 monthto",
    "period": "报告期 期间 period 时期 所属期 数据期 统计期 时间 年月 数据时间",
    "rank_scope": "位次范围 排名范围 rankscope",
    "status": "状态 性质 数据性质 数据状态 status",
    "source": "来源 数据来源 资料来源 source sourceref",
    "note": "备注 note 说明 注 附注 remark remarks",
    "unused": "序号 no 编号 责任单位 责任部门 牵头单位 牵头部门 责任领导 填报单位 parent 上级 上级地区 级别 dept group 组别",
}
_ROW_FIELDS = {name: field for field, names in _ROW_NAMES.items() for name in names.split()}
_VALUE_NAMES: dict[tuple[ValueField, Hint], str] = {
    ("level", "cumulative"): (
        "本月累计 累计 本期累计 累计值 累计数 累计完成 累计完成额 本年累计 自年初累计 累计总量 累计额 本月止累计 1-n月 1-本月 1至本月 1-本月累计 1至本月累计 ytd"
    ),
    ("level", "month"): "当月 本月 当月值 本月值 本月数 当月数 本月完成 当月完成 当月总量 本月总量 当月额",
    (
        "level",
        "",
    ): "value level 数值 值 总量 绝对额 绝对量 绝对值 完成值 完成数 完成额 完成 本期 本期值 本期数 实绩 余额 期末余额 月末余额 实际完成",
    ("growth", ""): (
        "增速 同比 增长 增长% 同比增长 同比增速 增长率 增幅 同比增减 同比增幅 同比增长率 比上年增长 比上年同期增长 比去年同期增长 比同期增长 增减 ±% "
        "yoy yoypct growth growthpct growthrate 较上年同期增长 较上年同期 比上年同期 比上年"
    ),
    (
        "growth",
        "cumulative",
    ): "累计增速 累计同比 累计增长 累计同比增长 累计同比增速 累计增幅 本月累计增速 本月累计同比 本月累计增长",
    ("growth", "month"): "当月增速 当月同比 本月增速 本月同比 当月增长 本月增长 当月同比增长 当月同比增速 当月增幅",
    ("rank", ""): "位次 全市位次 排名 全市排名 排位 rank 增速位次 增速排名 全市增速位次 增速全市位次 在全市位次 名次",
    ("rank_of", ""): "参排数 参评数 参评个数 排名总数 位次总数 rankof 参排个数",
    (
        "prior",
        "",
    ): "上年同期 去年同期 同期 上年同期值 上年同期数 去年同期值 去年同期数 上年同期累计 去年同期累计 prior priorvalue base 基数 同期基数",
}
_VALUE_FIELDS = {name: meaning for meaning, names in _VALUE_NAMES.items() for name in names.split()}
_CITY = re.compile(r"^(?:全市平均水平|全市平均|全市|市平均|city)")
_CITY_FIELDS = {"": "growth", "水平": "growth", "平均": "growth", "growth": "growth", "growthpct": "growth"}
_GROWTH_WORDS = {name for (field, _), names in _VALUE_NAMES.items() if field == "growth" for name in names.split()} - {"±%"}
_GROWTH_TAIL = re.compile(f"(?:累计|当月|本月)?(?:{'|'.join(map(re.escape, sorted(_GROWTH_WORDS, key=len, reverse=True)))})$")
"""The growth words of the table above, behind the name of an indicator or a period."""
_BRACKET = re.compile(r"[(\[【﹝〔]([^()\[\]【】﹝﹞〔〕]{1,12})[)\]】﹞〕]")
_TAIL = re.compile(r"[_/:,、-]([^_/:,、-]{1,8})$")
_UNITS_AT_END = (re.compile(f"{_BRACKET.pattern}$"), _TAIL)
_UNIT_WORD = re.compile(r"^(?:计量)?单位:?")


@dataclass(frozen=True)
class Meaning:
    """What one header cell (or two over each other) means; empty where it was not understood."""

    text: str
    row_field: RowField | None = None
    value_field: ValueField | None = None
    hint: Hint = ""
    city: bool = False
    measure: Measure | None = None
    period: Period | None = None
    period_text: str = ""
    indicator: CatalogueIndicator | None = None

    @property
    def known(self) -> bool:
        return self.row_field is not None or self.value_field is not None

    @property
    def key(self) -> tuple[object, ...]:
        """Two columns of one key are a doubled header."""
        indicator = self.indicator.code if self.indicator else ""
        if self.row_field:
            return (self.row_field,)
        return self.value_field, self.hint, self.city, self.period, self.period_text, indicator


def header_text(text: str) -> str:
    """A header without spaces, line breaks and width of signs."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return re.sub("[‐‑‒–—―−~〜]+", "-", plain)


def split_unit(text: str) -> tuple[str, Measure | None]:
    """Header text without the unit written in it, and the unit.

    >>> split_unit("社会消费品零售总额_亿元")[0], split_unit("增速(%)")[0], split_unit("累计（万元）")[1].zh
    ('社会消费品零售总额', '增速', '万元')
    """
    plain = header_text(text)
    for pattern in (_BRACKET, _TAIL):
        for found in reversed(list(pattern.finditer(plain))):
            measure = unit_named(found.group(1))
            if measure is not None:
                return plain[: found.start()] + plain[found.end() :], measure
    if plain.endswith(("%", "±%")) and len(plain) > 2:
        return plain.rstrip("%").rstrip("±"), measure_named("%")
    return plain, None


def unit_named(text: str) -> Measure | None:
    """The measure of a unit as sheets write it; of several (亿元、%) the first; None where it is none."""
    plain = _UNIT_WORD.sub("", header_text(text)).replace("±", "").removeprefix(",")
    for piece in [plain, *re.split(r"[、,;/]|和|或", plain)]:
        try:
            return measure_named(piece) if piece else None
        except CalcError:
            continue
    return None


def meaning_of(text: str, catalogue: SheetCatalogue, year: int | None = None) -> Meaning:
    """What one header says by itself."""
    whole = header_text(text).replace("_", "")
    bare, measure = split_unit(text)
    for name in (whole, bare.replace("_", "").replace(":", "")):
        meaning = _by_table(name, text)
        if meaning is not None:
            return _unless_amount(replace(meaning, measure=measure))
    indicator = _indicator(text, bare, catalogue)
    if indicator is not None:
        return _unless_amount(replace(indicator, measure=measure))
    period = _period_header(bare, year)
    if period is not None:
        return _unless_amount(replace(period, text=text, measure=measure))
    return Meaning(text, measure=measure)


def _unless_amount(meaning: Meaning) -> Meaning:
    """A change in 亿元 or 百分点 (增减（亿元）) is no growth rate: the column stays unread and is named as such.

    Only a unit at the very end is the column's own: 社会消费品零售总额（亿元）增速 is a rate.
    """
    measure = meaning.measure
    if meaning.value_field != "growth" or measure is None or measure.dimension is Dimension.PERCENT:
        return meaning
    at_end = [found for pattern in _UNITS_AT_END if (found := pattern.search(header_text(meaning.text)))]
    if any(unit_named(found.group(1)) == measure for found in at_end):
        return Meaning(meaning.text, measure=measure)
    return meaning


def combined(parent: Meaning, child: Meaning, catalogue: SheetCatalogue, year: int | None = None) -> Meaning:
    """What two header rows say together: the upper names the indicator, the period or the place, the lower the field."""
    together = meaning_of(parent.text + child.text, catalogue, year)
    if together.known and together.indicator is None and not together.period_text:
        return replace(together, measure=child.measure or parent.measure)
    city = parent.city or child.city or bool(_CITY.match(header_text(parent.text)))
    if child.value_field is None:
        return child if child.known else parent if parent.known else child
    return replace(
        child,
        hint=child.hint or parent.hint,
        city=city,
        measure=child.measure or parent.measure,
        period=child.period or parent.period,
        period_text=child.period_text or parent.period_text,
        indicator=child.indicator or parent.indicator,
        text=f"{parent.text} {child.text}",
    )


def _by_table(name: str, text: str) -> Meaning | None:
    if name in _ROW_FIELDS:
        return Meaning(text, row_field=_ROW_FIELDS[name])
    if name in _VALUE_FIELDS:
        field, hint = _VALUE_FIELDS[name]
        return Meaning(text, value_field=field, hint=hint)
    city = _CITY.match(name)
    if city:
        rest = name[city.end() :]
        if rest in _CITY_FIELDS:
            return Meaning(text, value_field="growth", city=True)
        if rest in _VALUE_FIELDS and _VALUE_FIELDS[rest][0] in ("level", "growth"):
            field, hint = _VALUE_FIELDS[rest]
            return Meaning(text, value_field=field, hint=hint, city=True)
    return None


def _indicator(text: str, bare: str, catalogue: SheetCatalogue) -> Meaning | None:
    """A header that names an indicator: its level, or its growth where the words say so."""
    tail = _GROWTH_TAIL.search(bare)
    hint: Hint = "month" if tail and tail.group().startswith(("当月", "本月")) else ""
    if tail and tail.start():
        named = catalogue.indicator(bare[: tail.start()])
        if named is not None:
            return Meaning(text, value_field="growth", indicator=named, hint=hint)
    for ending, field, of in (
        ("累计", "level", "cumulative"),
        ("当月", "level", "month"),
        ("位次", "rank", ""),
        ("排名", "rank", ""),
    ):
        named = catalogue.indicator(bare.removesuffix(ending)) if bare.endswith(ending) else None
        if named is not None:
            return Meaning(text, value_field=field, indicator=named, hint=of)  # type: ignore[arg-type]
    named = catalogue.indicator(bare) or catalogue.indicator(text)
    if named is not None:
        return Meaning(text, value_field="level", indicator=named)
    if tail and tail.start():
        return Meaning(text, value_field="growth", hint=hint)
    return None


def _period_header(bare: str, year: int | None) -> Meaning | None:
    """A header that is a period (1-6月, 2023年6月, 上半年), maybe with a field behind it (1-6月增速)."""
    tail = _GROWTH_TAIL.search(bare)
    field: ValueField = "growth" if tail else "level"
    words = bare[: tail.start()] if tail else re.sub("(?:总量|完成|数|值|额|累计完成)$", "", bare)
    if not re.search(r"[月季年q]|jan|\d{4}-\d{2}", words):
        return None
    hint: Hint = "month" if re.search("当月|单月", words) else ""
    try:
        return Meaning(bare, value_field=field, period=parse_period(words, year), hint=hint)
    except PeriodWithoutYear:
        return Meaning(bare, value_field=field, period_text=words, hint=hint)
    except CalcError:
        return None
