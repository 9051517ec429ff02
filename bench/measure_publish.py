"""Measures publishing 5,000 figures from one xlsx file with trail and alerts: seconds of reading, publishing, evaluating, memory."""

import io
import resource
import time
from datetime import date, datetime
from decimal import Decimal

from temporary import demo_workspace, machine, say

FIGURES = 5000
NEWEST = date(2023, 6, 30)


def workbook() -> bytes:
    """A sheet of 5,000 rows: monthly series of the zone, the city and the peers, all values changed by a little."""
    import xlsxwriter

    from zhuanban.indicators import queries
    from zhuanban.people.access import system_viewer
    from zhuanban.site.demo import history

    made, indicators = history.generator()
    catalogue = queries.sheet_catalogue(viewer=system_viewer("measurement"), as_known=None)
    names = {place.code: place.name_zh for place in catalogue.places}
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, ("地区", "年", "month_from", "month_to", "指标", "数值", "单位", "同比增长（%）", "来源"))
    row = 0
    # The plan year first, up to the demo's newest month: years that are over are not evaluated.
    for year in (2023, 2022, 2021):
        for figure in made.year(year, with_peers=True):
            if row == FIGURES:
                break
            if figure.level is None or figure.growth_pct is None or figure.period.end_on > NEWEST:
                continue
            row += 1
            indicator, period = indicators[figure.code], figure.period
            sheet.write_row(
                row, 0,
                (
                    names[figure.place], period.year, period.first_month, period.last_month, indicator.name_zh,
                    float(figure.level + Decimal(1)), indicator.measure, float(figure.growth_pct + Decimal("0.1")),
                    "测量",
                ),
            )  # fmt: skip
    book.close()
    if row != FIGURES:
        raise SystemExit(f"only {row} figures could be made")
    return stream.getvalue()


def main() -> None:
    with demo_workspace():
        from zhuanban.alerts.services import evaluate_deadlines
        from zhuanban.indicators import services
        from zhuanban.indicators.models import PeriodLock
        from zhuanban.kit import clock
        from zhuanban.kit.events import drain
        from zhuanban.site.demo import story
        from zhuanban.trail import queries as trail
        from zhuanban.trail.services import Actor, work

        with work(Actor("system", "measurement", "measurement"), "months of the demo open again"):
            PeriodLock.objects.all().delete()
        content = workbook()
        by = story.Cast().statistician
        before = trail.head_certificate().seq
        say(f"machine: {machine()}; sheet {len(content) / 1024:.0f} KB")
        with clock.pinned(datetime(2023, 7, 24, 15, 0, tzinfo=clock.SHANGHAI)):
            begun = begun_at = time.monotonic()
            batch = services.stage_sheet(by=by, file_name="measured.xlsx", content=content)
            staged = time.monotonic()
            services.publish_batch(batch_id=batch.pk, by=by, version=batch.version, answer="测量")
            published = time.monotonic()
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        child_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        say(
            f"staged {batch.row_count} rows in {staged - begun:.2f} s, published in {published - staged:.2f} s, "
            f"together {published - begun:.2f} s; {trail.head_certificate().seq - before} entries"
        )
        say(f"peak memory {peak_mb:.0f} MB (this process), {child_mb:.0f} MB (largest child)")
        months = set(batch.figures.values_list("year", "last_month"))
        begun = time.monotonic()
        tasks = drain()
        evaluated = time.monotonic() - begun
        say(f"alerts of the {len(months)} months concerned, in the worker: {tasks} tasks in {evaluated:.2f} s")
        begun = time.monotonic()
        with clock.pinned(datetime(2023, 7, 24, 15, 5, tzinfo=clock.SHANGHAI)):
            late = evaluate_deadlines()
        say(f"figures overdue, by the calendar of expected figures: {late} in {time.monotonic() - begun:.2f} s")
        say(f"published with trail and alerts evaluated: {published - staged + evaluated:.2f} s (goal 5 s), with reading {published - begun_at + evaluated:.2f} s")


if __name__ == "__main__":
    main()
