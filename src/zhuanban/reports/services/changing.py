"""Finding a report for a change, composing it anew, storing the change under its version. Internal to the services."""

from datetime import datetime
from typing import Any

from zhuanban.kit.documents.keeping import kept
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass
from zhuanban.reports.briefs.monthly_analysis import compose
from zhuanban.reports.models import Report
from zhuanban.reports.queries.monthly import monthly_facts
from zhuanban.reports.queries.reach import seen


def report_for(report_id: int, by: Viewer, version: int, *states: Report.State) -> Report:
    """The report, locked, if the viewer sees it and it is as he saw it.

    Refusals: report_unknown, report_moved_on where it is in none of ``states``, stale_version.
    """
    report = Report.objects.select_for_update().filter(seen(by), pk=report_id).first()
    if report is None:
        raise Refusal("report_unknown", status=404)
    if report.state not in states:
        raise Refusal("report_moved_on", status=409)
    if report.version != version:
        raise Refusal("stale_version", status=409)
    return report


def change(report: Report, **values: Any) -> Report:
    """Store the values under the report's version; whoever comes second is refused."""
    changed = Report.objects.filter(pk=report.pk, version=report.version).update(version=report.version + 1, **values)
    if not changed:
        raise Refusal("stale_version", status=409)
    report.refresh_from_db()
    return report


def composed_text(by: Viewer, year: int, month: int, known_at: datetime) -> str:
    """The month's analysis from what was known at a moment, as text to keep.

    A report of the office speaks for the whole zone, so whoever composes it must reach all of it: what his own reach
    leaves out would be missing without a word. Refusals: report_needs_whole_zone, report_without_figures.
    """
    if not all(by.scope(action).at(DataClass.INTERNAL).is_everything for action in ("indicators.view", "matters.view")):
        raise Refusal("report_needs_whole_zone", status=403)
    facts = monthly_facts(viewer=by, year=year, month=month, as_known=known_at)
    if not facts.reported:
        raise Refusal("report_without_figures", month=f"{year}-{month:02d}")
    return kept(compose(facts))
