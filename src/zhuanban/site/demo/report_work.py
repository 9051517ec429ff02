"""The demo's monthly analyses: those of past months issued, the newest handed over for review."""

import json
from datetime import date
from functools import partial

from zhuanban.kit.documents.keeping import document_of
from zhuanban.reports import services
from zhuanban.reports.briefs.editing import passages
from zhuanban.reports.models import Report
from zhuanban.site.demo.cast import Cast
from zhuanban.site.demo.diary import Diary, at

_ISSUED = (3, 4, 5)
_ADDED = "专班办公室综合各组报送：重点单位生产经营总体平稳，个别行业订单不足，已列入问题台账跟踪。（演示数据）"


def note_all(cast: Cast, diary: Diary) -> None:
    """Put the reports into the diary: drafted on the 24th of the next month and issued on the 27th; June's is under review."""
    for month in _ISSUED:
        diary.note(at(date(2023, month + 1, 24), 10), partial(_draft, cast, month))
        diary.note(at(date(2023, month + 1, 27), 16), partial(_issue, cast, month))
    diary.note(at(date(2023, 7, 24), 8, 40), partial(_draft, cast, 6))


def _draft(cast: Cast, month: int) -> None:
    """Compose, put the office's words behind the last paragraph of the first section, hand over."""
    report = services.draft_report(year=2023, month=month, as_known=None, by=cast.statistician)
    first = [each for each in passages(document_of(report.composed)) if each.key.startswith("1-")][-1]
    report = services.rewrite_passage(
        report_id=report.pk, key=first.key, text=first.text + _ADDED, by=cast.statistician, version=report.version
    )
    services.submit_report(report_id=report.pk, by=cast.statistician, version=report.version)


def _issue(cast: Cast, month: int) -> None:
    report = Report.objects.get(year=2023, month=month)
    assert cast.reviewer.user_id not in json.loads(report.hands)
    services.issue_report(report_id=report.pk, by=cast.reviewer, version=report.version)
