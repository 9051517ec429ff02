"""The facts of one small month in which every case of the monthly analysis occurs."""

from datetime import date
from decimal import Decimal

from zhuanban.calc.lights import Light
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import Rank
from zhuanban.reports.briefs.facts import Earlier, Explanation, IndicatorFacts, MonthlyFacts, OpenMatter, TargetFacts

GENERAL, FISCAL, MICRO, INDUSTRY = "综合组", "财税金融组", "微型企业、个体工商户和园区服务组", "工业和科技组"
JUNE, MAY = Period.cumulative(2023, 6), Period.cumulative(2023, 5)


def growth_target(year: str, path: str, operator: str = "≥") -> TargetFacts:
    return TargetFacts(operator, Decimal(year), Decimal(path), is_growth=True)


GDP = IndicatorFacts(
    "gdp", "地区生产总值", GENERAL, "统计办", "亿元", JUNE, Light.YELLOW,
    level=Decimal("86.42"), growth_pct=Decimal("5.6"), city_growth_pct=Decimal("5.4"),
    earlier=Earlier(Period.cumulative(2023, 3), Decimal("5.4"), Rank(5, 10)), rank=Rank(4, 10),
    target=growth_target("6.0", "5.8"), base_share_pct=Decimal(48),
)  # fmt: skip

FAI = IndicatorFacts(
    "fai", "固定资产投资", GENERAL, "统计办", "亿元", JUNE, Light.RED,
    level=Decimal("38.62"), growth_pct=Decimal("-3.7"), city_growth_pct=Decimal("2.6"),
    earlier=Earlier(MAY, Decimal("-3.6"), Rank(7, 10)), rank=Rank(9, 10),
    target=growth_target("12.0", "11.0"),
    explanations=(Explanation("统计办", "两个重点项目用地手续未批复。", "已报市局，7月底前补齐"), Explanation("住建办", "雨期施工放缓")),
)  # fmt: skip

REVENUE = IndicatorFacts(
    "budget_revenue", "一般公共预算收入", FISCAL, "财政金融办", "万元", JUNE, Light.GREEN,
    level=Decimal(92640), level_places=0, growth_pct=Decimal("105.0"), status="快报",
    earlier=Earlier(MAY, Decimal("98.4")), provisional=True, target=growth_target("8.0", "8.0"),
)  # fmt: skip

VAT = IndicatorFacts("vat", "增值税", FISCAL, "税务局", "万元", JUNE, Light.GREY, target=growth_target("7.5", "7.0"))

INDIVIDUALS = IndicatorFacts(
    "individual_to_enterprise", "个转企", MICRO, "市场监管分局", "户", JUNE, Light.RED,
    level=Decimal(0), level_places=0, city_published=False,
    target=TargetFacts("≥", Decimal(40), Decimal(15), is_growth=False),
)  # fmt: skip

INDUSTRY_VA = IndicatorFacts(
    "ind_va_above", "规上工业增加值", INDUSTRY, "科技经济发展办", "%", JUNE, Light.GREEN,
    growth_pct=Decimal("0.2"), city_growth_pct=Decimal("0.24"), rank=Rank(2, 10, is_tied=True),
    earlier=Earlier(MAY, Decimal("-0.3"), Rank(2, 10)),
)  # fmt: skip

ENERGY = IndicatorFacts(
    "energy", "单位产值能耗", INDUSTRY, "科技经济发展办", "%", JUNE, Light.YELLOW,
    growth_pct=Decimal("-1.0"), city_growth_pct=Decimal("-2.0"), polarity=Polarity.LOWER,
    target=growth_target("-3.0", "-3.0", "≤"),
)  # fmt: skip

SOFTWARE = IndicatorFacts(
    "software_rev", "软件业营业收入", INDUSTRY, "高企服务部", "万元", MAY, Light.GREEN,
    level=Decimal("6310.5"), growth_pct=Decimal("0.04"), city_growth_pct=Decimal("0.0"),
)  # fmt: skip

WAGES = IndicatorFacts("sci_wages", "科研工资总额", INDUSTRY, "高企服务部", "万元", JUNE, Light.GREY, expected=False)

MATTERS = (
    OpenMatter("问〔2023〕15号", "限上零售企业退库，需补充培育对象", "商务办", date(2023, 7, 28), "已受理"),
    OpenMatter("问〔2023〕12号", "新建厂区供电线路迁改未完成", "住建办", date(2023, 7, 20), "办理中", "fai"),
    OpenMatter("问〔2023〕16号", "重点项目用地手续未批复", "自然资源分局", date(2023, 8, 31), "待复核"),
)

JUNE_FACTS = MonthlyFacts(
    zone_name="示例高新区", year=2023, month=6, as_known=date(2023, 7, 24), demo=True, report_unit="示例高新区专班办公室",
    groups=(GENERAL, FISCAL, MICRO, INDUSTRY),
    indicators=(GDP, FAI, REVENUE, VAT, INDIVIDUALS, INDUSTRY_VA, ENERGY, SOFTWARE, WAGES),
    matters=MATTERS, certificate="ZB-202306-0007", addressee="专班各成员单位",
)  # fmt: skip
