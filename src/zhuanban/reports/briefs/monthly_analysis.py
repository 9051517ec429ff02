"""月度经济运行分析: the month's analysis, from figures known at one moment."""

from zhuanban.kit.documents.model import Block, Document, Note
from zhuanban.kit.documents.wording import full_date
from zhuanban.reports.briefs.facts import MonthlyFacts
from zhuanban.reports.briefs.kind import Brief
from zhuanban.reports.briefs.monthly.features import features
from zhuanban.reports.briefs.monthly.next_steps import next_steps
from zhuanban.reports.briefs.monthly.outlook import outlook
from zhuanban.reports.briefs.monthly.overview import overview
from zhuanban.reports.briefs.monthly.problems import problems

DEMO_HEAD = "演示数据　全部数字均为虚构"


def compose(facts: MonthlyFacts) -> Document:
    """The analysis as a document in five sections.

    The text is official Chinese whatever the reader's language. Every phrase about growth, ranks and the city comes
    from ``calc.wording``; a figure that was not reported is named as such and never written as zero; no forecast.
    """
    day = full_date(facts.as_known)
    return Document(
        title=f"{facts.zone_name}{facts.period.title_zh}\n经济运行分析报告",
        subtitle=f"（按截至{day}所知数据编制）",
        number=facts.number,
        addressee=facts.addressee,
        blocks=(
            *overview(facts),
            *features(facts),
            *problems(facts),
            *outlook(facts),
            *next_steps(facts),
            *_provenance(facts, day),
        ),
        signatory=facts.report_unit,
        dated=facts.as_known,
        running_head=DEMO_HEAD if facts.demo else "",
    )


def _provenance(facts: MonthlyFacts, day: str) -> tuple[Block, ...]:
    lines = [f"编报单位：{facts.report_unit}。数据截至{day}，其后的修订不改变本报告。"]
    if facts.certificate:
        lines.append(f"凭证号：{facts.certificate}。")
    return (Note("".join(lines)),)


BRIEF = Brief(
    key="monthly_analysis",
    name_zh="月度经济运行分析报告",
    name_en="Monthly analysis of economic operation",
    compose=compose,
)
