"""Publishing a staged sheet in one short transaction: rows become figures, nothing older is touched."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F

from zhuanban.calc.periods import Period
from zhuanban.indicators import queries
from zhuanban.indicators.models import Figure, ImportBatch, Indicator, PeriodLock, Place
from zhuanban.indicators.queries.imports import may_record
from zhuanban.indicators.queries.partly import LeftRow, open_questions, part_of
from zhuanban.indicators.queries.staged import (
    StagedRow,
    newest_of_kind,
    revised,
    said,
    says_the_same,
    staged_rows,
    stored_beside,
)
from zhuanban.kit import actions, clock
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def publish_batch(
    *, batch_id: int, by: Viewer, version: int, answer: str = "", leaving_out: int | None = None
) -> ImportBatch:
    """Publish a staged sheet: one new figure per row that says something new; equal values are passed over.

    A sheet with errors is published whole or not at all, unless ``leaving_out`` says how many rows with errors its
    recorder has seen and leaves out; they stand with their reasons at the sheet and in the record.

    A value that differs from a stored official one becomes a revision with its own vintage; what a row is silent about
    stays as stored, and a value added to a figure that had none is no revision. ``answer`` is the
    recorder's word where the reading raised questions. Afterwards the lights and alerts of the months concerned are
    evaluated anew.
    Refusals: batch_has_errors, batch_left_out_differs, batch_nothing_right, batch_questions_open, batch_not_staged, batch_already_stored, figures_conflict, period_locked, not_allowed,
    stale_version.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    part = part_of(batch)
    left = part.left if leaving_out is not None else ()
    _check_publishable(batch, by, version, answer, left=len(left), leaving_out=leaving_out)
    rows = part.right if left else staged_rows(batch)
    if not rows:
        raise Refusal("batch_nothing_right")
    _check_rows(rows, by)
    with work(by.actor, _reason(batch, left)):
        _take(
            batch, version, state=ImportBatch.State.PUBLISHED, published_at=clock.now(), answer=answer.strip()[:300],
            left_out=[each.as_kept() for each in left],
        )  # fmt: skip
        _one_after_the_other(rows)
        figures = _new_figures(batch, rows, by, clock.now())
        if not figures:
            raise Refusal("batch_already_stored", status=409)
        Figure.objects.bulk_create(figures, batch_size=500)
        publish("figures.published", {"months": _months(figures), "batch": batch.pk})
    batch.refresh_from_db()
    return batch


def cancel_batch(*, batch_id: int, by: Viewer, version: int) -> None:
    """Put a staged sheet away without publishing it. Refusals: batch_not_staged, not_allowed, stale_version."""
    by.demand_any("figures.import")
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != ImportBatch.State.STAGED:
        raise Refusal("batch_not_staged", status=409, state=batch.get_state_display())
    with work(by.actor, f"取消导入 {batch.file_name}"[:300]):
        _take(batch, version, state=ImportBatch.State.CANCELLED)


def confirm_batch(*, batch_id: int, by: Viewer, version: int) -> None:
    """A second person vouches for published figures. Refusals: confirmer_is_recorder, batch_already_confirmed."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != ImportBatch.State.PUBLISHED:
        raise Refusal("batch_not_published", status=409)
    if batch.confirmed_at is not None:
        raise Refusal("batch_already_confirmed", status=409, by=batch.confirmed_by_post)
    if by.user_id == batch.uploaded_by_id:
        raise Refusal("confirmer_is_recorder", status=403)
    scope = by.scope("figures.confirm")
    owners = Indicator.objects.filter(figures__batch=batch).values_list("group_id", "dept_id").distinct()
    for group_id, dept_id in owners:
        if not scope.allows(group=group_id, unit=dept_id):
            by.demand("figures.confirm", group=group_id, unit=dept_id)
    with work(by.actor, f"确认数据 {batch.file_name}"[:300]):
        _take(
            batch, version, confirmed_at=clock.now(), confirmed_by_id=by.user_id, confirmed_by_post=by.signature
        )  # fmt: skip


def lock_period(*, year: int, month: int, by: Viewer, reason: str) -> PeriodLock:
    """Close all months up to and including one for sheets.

    Refusals: period_lock_backwards, period_lock_ahead, not_allowed.
    """
    by.demand("figures.lock")
    if Period.month(year, month).end_on >= clock.today():
        raise Refusal("period_lock_ahead", period=f"{year}-{month:02d}")
    through = queries.locked_through(viewer=by, as_known=None)
    if through and (year, month) <= (through.year, through.last_month):
        raise Refusal("period_lock_backwards", status=409, through=f"{through.year}-{through.last_month:02d}")
    with work(by.actor, f"关闭 {year}-{month:02d} 及以前月份"):
        return PeriodLock.objects.create(
            year=year, month=month, locked_at=clock.now(), locked_by_post=by.signature, reason=reason[:300]
        )


def _reason(batch: ImportBatch, left: Sequence[LeftRow]) -> str:
    """The record's word, with the numbers of the rows that were left out."""
    if not left:
        return f"发布数据 {batch.file_name}"[:300]
    rows = "、".join(each.where for each in left)
    return f"部分发布数据 {batch.file_name}，未发布第{rows}行（共{len(left)}行）"[:300]


def _check_publishable(
    batch: ImportBatch, by: Viewer, version: int, answer: str, *, left: int, leaving_out: int | None
) -> None:
    by.demand_any("figures.import")
    if batch.state != ImportBatch.State.STAGED:
        raise Refusal("batch_not_staged", status=409, state=batch.get_state_display())
    if batch.version != version:
        raise Refusal("stale_version", status=409)
    severities = [problem["severity"] for problem in batch.staged["problems"]]
    if leaving_out is not None and leaving_out != left:
        raise Refusal("batch_left_out_differs", status=409, count=left)
    if "error" in severities and not left:
        raise Refusal("batch_has_errors", count=severities.count("error"))
    questions = open_questions(batch, without_refused=bool(left))
    if questions and not answer.strip():
        raise Refusal("batch_questions_open", where="answer", count=questions)


def _check_rows(rows: list[StagedRow], by: Viewer) -> None:
    """Rights and closed months may have changed since the preview: they are checked again."""
    owners = {pk: (group, dept) for pk, group, dept in Indicator.objects.values_list("pk", "group_id", "dept_id")}
    for indicator_id in {row.indicator_id for row in rows}:
        group_id, dept_id = owners[indicator_id]
        by.demand("figures.import", group=group_id, unit=dept_id)
    kinds = dict(Place.objects.values_list("pk", "kind"))
    if not all(may_record(by, kinds[row.place_id]) for row in rows):
        raise Refusal("not_allowed", status=403, needed=actions.action("figures.import").name)
    through = queries.locked_through(viewer=by, as_known=None)
    for staged in rows:
        period = staged.row.period
        if through and (period.year, period.last_month) <= (through.year, through.last_month):
            raise Refusal(
                "period_locked", through=f"{through.year}-{through.last_month:02d}", period=period.title_zh, status=409
            )


def _take(batch: ImportBatch, version: int, **changes: object) -> None:
    """Change the batch if nobody else did since ``version``."""
    taken = ImportBatch.objects.filter(pk=batch.pk, version=version).update(version=F("version") + 1, **changes)
    if not taken:
        raise Refusal("stale_version", status=409)


def _one_after_the_other(rows: Iterable[StagedRow]) -> None:
    """Of sheets with figures of one indicator the second waits until the first is published, and then sees its figures.

    PostgreSQL reads what was committed, so without it both would find the place empty; SQLite writes one at a time anyway.
    """
    touched = Indicator.objects.filter(pk__in={row.indicator_id for row in rows}).order_by("pk")
    list(touched.select_for_update(no_key=True).values_list("pk"))


def _new_figures(batch: ImportBatch, rows: list[StagedRow], by: Viewer, known_at: datetime) -> list[Figure]:
    stored = stored_beside(rows)
    figures = []
    for staged in rows:
        earlier = stored.get(staged.key, [])
        if any(figure.pk > batch.staged["base"] for figure in earlier):
            raise Refusal("figures_conflict", status=409)
        figure = _figure(batch, staged, by, known_at, earlier)
        if figure is not None:
            figures.append(figure)
    return figures


def _figure(
    batch: ImportBatch, staged: StagedRow, by: Viewer, known_at: datetime, earlier: Iterable[Figure]
) -> Figure | None:
    """The new vintage of a row; None where the newest stored one of its kind says the same."""
    row = staged.row
    status = row.status or Figure.Status.OFFICIAL
    newest = newest_of_kind(earlier, status)
    values = said(row)
    if newest is not None:
        if says_the_same(newest, row):
            return None
        if status == Figure.Status.OFFICIAL:
            status = Figure.Status.REVISED if revised(newest, row) else newest.status
        values = {name: values.get(name, getattr(newest, name)) for name in ("level", "growth_pct", "rank", "rank_of")}
    return Figure(
        indicator_id=staged.indicator_id, place_id=staged.place_id, year=row.period.year,
        first_month=row.period.first_month, last_month=row.period.last_month, **values,
        rank_scope=(row.rank_scope or (newest.rank_scope if newest else ""))[:60], status=status,
        known_at=known_at, source=(row.source or batch.source or batch.file_name)[:200], note=row.note[:300],
        batch=batch, batch_cell=str(row.cells.get("level") or row.cells.get("growth_pct") or "")[:20],
        recorded_by_id=by.user_id, recorded_by_post=by.signature,
    )  # fmt: skip


def _months(figures: Iterable[Figure]) -> list[list[int]]:
    """The closing months of the figures; whoever listens knows which boards show them."""
    return [list(pair) for pair in sorted({(figure.year, figure.last_month) for figure in figures})]
