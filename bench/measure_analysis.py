"""Measures the monthly analysis of sixty indicators: the Word file, drafting, issuing and reading a report of the office."""

import time
from collections.abc import Callable
from typing import Any

from temporary import demo_workspace, machine, quantile, say

ROUNDS = 5


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What ``act`` makes, and the seconds of this process's CPU that it took."""
    begun = time.process_time()
    made = act()
    return made, time.process_time() - begun


def main() -> None:
    with demo_workspace():
        from sixty_indicators import bring_to_sixty

        say(f"machine: {machine()}")
        say(f"rows on the board: {bring_to_sixty()}")
        from django.test import Client

        from zhuanban.people.models import User
        from zhuanban.reports import queries, services
        from zhuanban.reports.models import Report
        from zhuanban.site.demo.cast import Cast

        cast = Cast()
        files = [_timed(lambda: services.monthly_analysis(viewer=cast.statistician, year=2023, month=6, as_known=None)) for _ in range(ROUNDS)]
        say("Seconds of CPU:")
        say(f"Word file of the analysis: median {quantile([each[1] for each in files], 0.5):.2f} s, {len(files[0][0]) / 1024:.0f} KB")
        waiting = Report.objects.get(state=Report.State.REVIEW)
        report, took = _timed(lambda: services.issue_report(report_id=waiting.pk, by=cast.reviewer, version=waiting.version))
        say(f"issue: {took:.2f} s")
        draft, took = _timed(lambda: services.draft_report(year=2023, month=6, as_known=None, by=cast.statistician))
        say(f"draft: {took:.2f} s; text kept {len(draft.composed) / 1024:.0f} KB")
        _file, took = _timed(lambda: queries.word_file(viewer=cast.reviewer, report_id=report.pk))
        say(f"Word file of the issued report: {took:.2f} s")
        client = Client()
        client.force_login(User.objects.get(username="chief"))
        page, took = _timed(lambda: client.get(f"/reports/{report.pk}/"))
        say(f"page of the issued report: {took:.2f} s, {len(page.content) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
