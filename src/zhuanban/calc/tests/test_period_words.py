"""Worked example I-41 on wording, and its neighbours."""

from decimal import Decimal

import pytest

from zhuanban.calc.doc_numbers import document_number_key
from zhuanban.calc.errors import CalcError, InvalidPeriod, PeriodWithoutYear, UnknownPeriodWording
from zhuanban.calc.growth_wording import GrowthRead, parse_growth
from zhuanban.calc.period_words import find_period, parse_period
from zhuanban.calc.periods import Period

JANUARY_TO_APRIL = """
1-4月 | 1—4月份 | 1~4月 | 1～4月 | 1–4月 | 1月-4月 | 1至4月 | 1月至4月 | 一至四月 | 前4个月 | 前四个月 | 4月累计 | 1-4月累计 | 累计1-4月
2023年1-4月 | 2023年4月累计 | ２０２３年１－４月 | 2023年前４个月 | 2023年 1—4 月份 | 截至4月末累计 | 2023年1月—2023年4月 | 202301-202304
2023.1-4 | 2023.01-2023.04 | 2023-01..04 | Jan-Apr 2023 | January to April 2023 | Jan–Apr, 2023 | 2023 Jan-Apr | YTD Apr 2023
"""
ONE_MONTH = "4月 | 4月份 | 四月 | 2023年4月 | 2023-04 | 202304 | 2023.4 | 2023/4 | 2023-4 | ２０２３年４月 | Apr 2023 | April 2023 | 2023M04 | 4月末"
DATES = "2023-04-30 | 2023-04-01 | 2023-04-01 00:00:00 | 2023/4/30 | 2023年4月30日"
OTHERS = [
    ("1-2月", Period.joint(2023)),
    ("上半年", Period.cumulative(2023, 6)),
    ("2023H1", Period.cumulative(2023, 6)),
    ("下半年", Period(2023, 7, 12)),
    ("一季度", Period.quarter(2023, 1)),
    ("2023年第二季度", Period.quarter(2023, 2)),
    ("2023Q1", Period.quarter(2023, 1)),
    ("Q3 2023", Period.quarter(2023, 3)),
    ("前三季度", Period.cumulative(2023, 9)),
    ("1-3季度", Period.cumulative(2023, 9)),
    ("全年", Period.full_year(2023)),
    ("2023年度", Period.full_year(2023)),
    ("1-12月", Period.full_year(2023)),
    ("十二月", Period.month(2023, 12)),
    ("2022年12月", Period.month(2022, 12)),
]


def _wordings(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]


@pytest.mark.parametrize("wording", _wordings(JANUARY_TO_APRIL))
def test_I_41_every_wording_of_january_to_april_is_one_period(wording: str) -> None:
    assert parse_period(wording, year=2023) == Period.cumulative(2023, 4)


@pytest.mark.parametrize("wording", _wordings(ONE_MONTH) + _wordings(DATES))
def test_I_41_a_month_named_alone_is_that_month(wording: str) -> None:
    assert parse_period(wording, year=2023) == Period.month(2023, 4)


@pytest.mark.parametrize(("wording", "period"), OTHERS)
def test_I_41_named_spans_are_their_months(wording: str, period: Period) -> None:
    assert parse_period(wording, year=2023) == period


@pytest.mark.parametrize(
    ("wording", "error"),
    [
        ("2023", UnknownPeriodWording),
        ("13月", UnknownPeriodWording),
        ("2023-13", UnknownPeriodWording),
        ("2023-01-04", UnknownPeriodWording),
        ("本月", UnknownPeriodWording),
        ("", UnknownPeriodWording),
        ("4-1月", InvalidPeriod),
    ],
)
def test_a_wording_that_would_have_to_be_guessed_is_refused(wording: str, error: type[CalcError]) -> None:
    with pytest.raises(error):
        parse_period(wording, year=2023)


def test_months_without_a_year_ask_for_the_year() -> None:
    with pytest.raises(PeriodWithoutYear) as refused:
        parse_period("1-4月")
    assert refused.value.facts == {"text": "1-4月"}


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("示例高新区2023年1—6月主要经济指标完成情况表.xlsx", Period.cumulative(2023, 6)),
        ("主要经济指标（２０２３年上半年）", Period.cumulative(2023, 6)),
        ("zone_2023-06.csv", Period.month(2023, 6)),
        ("zone 2023-06.csv", Period.month(2023, 6)),
        ("Report Jan-Jun 2023 of the zone", Period.cumulative(2023, 6)),
        ("Main indicators, Jan-Jun 2023", Period.cumulative(2023, 6)),
        ("指标表（制表日期2023年7月1日）", None),
        ("2023年1—6月指标表（制表日期2023年7月1日）", Period.cumulative(2023, 6)),
        ("指标表2023-07-01.xlsx", None),
        ("鞍高开发〔2023〕8号", None),
        ("指标台账（终稿）", None),
    ],
)
def test_a_title_gives_up_its_period(title: str, period: Period | None) -> None:
    assert find_period(title) == period


@pytest.mark.parametrize(
    ("wording", "pct", "is_bad_style"),
    [
        ("下降2.3%", "-2.3", False),
        ("增长-2.3%", "-2.3", True),
        ("增长5.2%", "5.2", False),
        ("同比增长５．２％", "5.2", False),
        ("−2.3", "-2.3", False),
        ("负增长2.3%", "-2.3", True),
        ("持平", "0", False),
        ("增长1.05倍", "105", False),
        ("增长到2.05倍", "105", False),
    ],
)
def test_I_41_growth_in_words_is_read_and_bad_style_is_marked(wording: str, pct: str, is_bad_style: bool) -> None:
    read = parse_growth(wording)
    assert (read.pct, read.is_bad_style) == (Decimal(pct), is_bad_style)


def test_a_blank_growth_is_not_reported_and_a_contradiction_is_refused() -> None:
    assert parse_growth("—") == GrowthRead(None)
    for wording in ("下降-2.3%", "2.3个百分点", "增长", "大幅增长"):
        with pytest.raises(CalcError):
            parse_growth(wording)


@pytest.mark.parametrize(
    "spelling",
    [
        "鞍高开发〔2023〕8号",
        "鞍高开发﹝2023﹞8 号",
        "鞍高开发[2023]8号",
        "鞍高开发(2023)8号",
        "鞍高开发（2023）第08号",
        "鞍高开发【２０２３】８号",
    ],
)
def test_I_41_one_document_number_whatever_the_brackets(spelling: str) -> None:
    assert document_number_key(spelling) == "鞍高开发〔2023〕8号"
