"""Making documents. Each one made is an entry of the trail, whose number the document prints."""

from dataclasses import replace
from datetime import datetime

from zhuanban.kit import clock
from zhuanban.kit.documents.render import render_docx
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.reports.briefs.monthly_analysis import compose
from zhuanban.reports.queries.monthly import monthly_facts
from zhuanban.trail.queries import entry_certificate
from zhuanban.trail.services import record_event, work


def monthly_analysis(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> bytes:
    """The month's analysis as a Word file, from the board as known at ``as_known``.

    That it was made is sealed first; the document prints that entry's certificate. Refusals: report_without_figures
    where no indicator has a figure for the month, not_allowed.
    """
    viewer.demand_any("reports.monthly")
    facts = monthly_facts(viewer=viewer, year=year, month=month, as_known=as_known)
    if not facts.reported:
        raise Refusal("report_without_figures", month=f"{year}-{month:02d}")
    with work(viewer.actor, f"生成 {year}-{month:02d} 月度分析"):
        seq = record_event("report", f"monthly_analysis {year}-{month:02d}", f"生成 {year}-{month:02d} 月度分析")
    certificate = entry_certificate(seq)
    assert certificate is not None, "the entry was just sealed"
    return render_docx(compose(replace(facts, certificate=certificate.text)), made_at=as_known or clock.now())
