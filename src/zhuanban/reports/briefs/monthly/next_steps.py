"""五、下一步措施: who does what by when, from the matters that are not struck off."""

from zhuanban.kit.documents.model import Align, Block, Column, Heading, Note, Paragraph, Row, Table
from zhuanban.kit.documents.wording import full_date
from zhuanban.reports.briefs.facts import MonthlyFacts, OpenMatter

_COLUMNS = (
    Column("编号", Align.LEFT),
    Column("事项", Align.LEFT, wraps=True),
    Column("责任单位", Align.LEFT, wraps=True),
    Column("时限", Align.LEFT),
    Column("状态", Align.CENTER),
)
_SOON_DAYS = 7


def next_steps(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The section's blocks: counts, then the matters in order of their deadlines."""
    heading = Heading("五、下一步措施")
    if not facts.matters:
        return (heading, Paragraph("目前没有未销号事项。各责任单位按月调度要求继续跟进。"))
    ordered = sorted(facts.matters, key=lambda matter: (matter.due_on, matter.number))
    overdue = [matter for matter in ordered if matter.due_on < facts.as_known]
    soon = [matter for matter in ordered if 0 <= (matter.due_on - facts.as_known).days <= _SOON_DAYS]
    counts = f"未销号事项{len(ordered)}件，其中超期{len(overdue)}件，{_SOON_DAYS}日内到期{len(soon)}件"
    return (
        heading,
        Paragraph(f"{counts}。各责任单位按表2所列时限办理，办结后报专班办公室复核销号；超期事项先行说明原因。"),
        Table("表2　未销号事项", _COLUMNS, tuple(Row(_cells(matter, facts)) for matter in ordered)),
        Note(f"注：状态截至{full_date(facts.as_known)}。"),
    )


def _cells(matter: OpenMatter, facts: MonthlyFacts) -> tuple[str, ...]:
    late = (facts.as_known - matter.due_on).days
    state = f"{matter.state}\n超期{late}天" if late > 0 else matter.state
    return (matter.number, matter.title, matter.unit, full_date(matter.due_on), state)
