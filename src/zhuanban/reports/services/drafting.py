"""Drafting a report: composed from the figures, rewritten where the office says it better, handed over for review."""

import json
from datetime import datetime

from django.db import IntegrityError, transaction

from zhuanban.kit import clock
from zhuanban.kit.documents.keeping import document_of
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.reports.briefs.editing import passages
from zhuanban.reports.models import Report
from zhuanban.reports.services.changing import change, composed_text, report_for
from zhuanban.trail.services import work

LONGEST = 4000
"""Characters of a paragraph: more than a page of an official document."""


def draft_report(*, year: int, month: int, as_known: datetime | None, by: Viewer) -> Report:
    """Compose the month's analysis from what was known at ``as_known`` (None: now) as a draft of the office.

    Where one of the month is in force already, the draft corrects it. Refusals: not_allowed, report_needs_whole_zone,
    report_without_figures, report_draft_stands where a draft of the month is under way.
    """
    by.demand_any("reports.write")
    known_at = as_known or clock.now()
    with work(by.actor, f"起草 {year}-{month:02d} 月度分析"):
        if Report.objects.filter(year=year, month=month, state__in=(Report.State.DRAFT, Report.State.REVIEW)).exists():
            raise Refusal("report_draft_stands", status=409, month=f"{year}-{month:02d}")
        text = composed_text(by, year, month, known_at)
        try:
            with transaction.atomic():
                return Report.objects.create(
                    year=year, month=month, known_at=known_at, composed=text, hands=_hands("[]", by),
                    made_at=clock.now(), made_by_post=by.signature,
                    corrects=Report.objects.filter(year=year, month=month, state=Report.State.ISSUED).first(),
                )  # fmt: skip
        except IntegrityError as taken:
            raise Refusal("report_draft_stands", status=409, month=f"{year}-{month:02d}") from taken


def rewrite_passage(*, report_id: int, key: str, text: str, by: Viewer, version: int) -> Report:
    """Put the office's words in place of a composed paragraph; the composed words again, or none, undo it.

    Refusals: not_allowed, report_unknown, report_moved_on, stale_version, passage_unknown, passage_too_long.
    """
    by.demand_any("reports.write")
    text = " ".join(text.split())
    with work(by.actor, "改写月度分析段落"):
        report = report_for(report_id, by, version, Report.State.DRAFT)
        composed = {each.key: each.text for each in passages(document_of(report.composed))}
        if key not in composed:
            raise Refusal("passage_unknown", status=404)
        if len(text) > LONGEST:
            raise Refusal("passage_too_long", where="text", length=len(text), longest=LONGEST)
        words = json.loads(report.words)
        words.pop(key, None)
        if text and text != composed[key]:
            words[key] = {"text": text, "composed": composed[key], "by": by.signature}
        return change(report, words=_kept(words), hands=_hands(report.hands, by))


def recompose_report(*, report_id: int, by: Viewer, version: int) -> Report:
    """Compose a draft anew from what is known now. What the office wrote stays; the page says where the figures moved on.

    Refusals: as ``rewrite_passage``, and those of composing.
    """
    by.demand_any("reports.write")
    now = clock.now()
    with work(by.actor, "按最新数据重新生成月度分析"):
        report = report_for(report_id, by, version, Report.State.DRAFT)
        text = composed_text(by, report.year, report.month, now)
        standing = {each.key for each in passages(document_of(text))}
        words = {key: each for key, each in json.loads(report.words).items() if key in standing}
        return change(report, composed=text, known_at=now, words=_kept(words), hands=_hands(report.hands, by))


def submit_report(*, report_id: int, by: Viewer, version: int) -> Report:
    """Hand a draft over for review: draft → review. Refusals: not_allowed, report_unknown, report_moved_on, stale_version."""
    by.demand_any("reports.write")
    with work(by.actor, "提交月度分析审核"):
        report = report_for(report_id, by, version, Report.State.DRAFT)
        return change(
            report, state=Report.State.REVIEW, submitted_at=clock.now(), submitted_by_post=by.signature,
            returned_reason="", returned_by_post="", hands=_hands(report.hands, by),
        )  # fmt: skip


def _kept(words: dict[str, dict[str, str]]) -> str:
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


def _hands(before: str, by: Viewer) -> str:
    """The accounts that wrote, with this one: none of them issues the report."""
    found = set(json.loads(before))
    if by.user_id is not None:
        found.add(by.user_id)
    return json.dumps(sorted(found))
