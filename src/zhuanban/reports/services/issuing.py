"""Issuing a report under a number, sending a draft back, withdrawing what was issued."""

import json
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhuanban.kit import clock
from zhuanban.kit.documents.keeping import kept
from zhuanban.kit.documents.model import Document, Note
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.reports.frozen import number_words, sealed_words, sha256_of, text_of
from zhuanban.reports.models import Report
from zhuanban.reports.services.changing import change, report_for
from zhuanban.trail.queries import entry_certificate
from zhuanban.trail.services import record_event, work


def issue_report(*, report_id: int, by: Viewer, version: int) -> Report:
    """Freeze a reviewed report under the next number of the year: review → issued; one that it corrects is superseded.

    Refusals: not_allowed, report_unknown, report_moved_on, stale_version, report_own_words for whoever wrote in it.
    """
    by.demand_any("reports.issue")
    with work(by.actor, "签发月度分析"):
        report = report_for(report_id, by, version, Report.State.REVIEW)
        if by.user_id is not None and by.user_id in json.loads(report.hands):
            raise Refusal("report_own_words", status=403)
        now = clock.now()
        year = clock.shanghai(now).year
        taken = Report.objects.filter(number_year=year).aggregate(newest=Max("number"))["newest"] or 0
        body = kept(_final(report, year, taken + 1))
        digest = sha256_of(body)
        seq = record_event("sign", f"report:{year}-{taken + 1}", sealed_words(digest))
        certificate = entry_certificate(seq)
        assert certificate is not None
        try:
            with transaction.atomic():
                if report.corrects is not None:
                    _end(report.corrects, Report.State.SUPERSEDED, by, f"由{number_words(year, taken + 1)}更正")
                change(
                    report, state=Report.State.ISSUED, number_year=year, number=taken + 1, body=body, sha256=digest,
                    certificate_seq=seq, certificate=certificate.text, issued_at=now, issued_by_post=by.signature,
                )  # fmt: skip
        except IntegrityError as second:
            raise Refusal("stale_version", status=409) from second
        publish("reports.issued", {"report": report.pk})
    return report


def _final(report: Report, year: int, number: int) -> Document:
    text = text_of(report)
    blocks = text.blocks
    if report.corrects is not None:
        blocks = (*blocks, Note(f"本报告更正{number_words(report.corrects.number_year, report.corrects.number)}，以本报告为准。"))
    return replace(text, blocks=blocks, number=number_words(year, number), dated=clock.today())


def send_back_report(*, report_id: int, by: Viewer, version: int, reason: str) -> Report:
    """Send a draft back to its writers with a reason: review → draft. Refusals: required, and as ``issue_report``."""
    by.demand_any("reports.issue")
    with work(by.actor, "退回月度分析"):
        report = report_for(report_id, by, version, Report.State.REVIEW)
        return change(
            report, state=Report.State.DRAFT, returned_reason=_reason(reason), returned_by_post=by.signature
        )


def withdraw_report(*, report_id: int, by: Viewer, version: int, reason: str) -> Report:
    """Withdraw an issued report with a reason: issued → withdrawn. It stays readable and says so.

    Refusals: required, not_allowed, report_unknown, report_moved_on, stale_version.
    """
    by.demand_any("reports.issue")
    with work(by.actor, "撤回月度分析"):
        report = report_for(report_id, by, version, Report.State.ISSUED)
        return _end(report, Report.State.WITHDRAWN, by, _reason(reason))


def _end(report: Report, state: Report.State, by: Viewer, reason: str) -> Report:
    return change(report, state=state, ended_at=clock.now(), ended_by_post=by.signature, end_reason=reason)


def _reason(text: str) -> str:
    if not (reason := text.strip()):
        raise Refusal("required", where="reason")
    return reason
