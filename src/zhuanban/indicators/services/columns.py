"""Saying which column of a sheet is which, remembered for the unit that sends it, and forgetting it."""

from dataclasses import asdict

from django.db.models import F

from zhuanban.indicators import queries
from zhuanban.indicators.models import HeaderMapping, ImportBatch
from zhuanban.indicators.queries.headers import as_said, of_unit
from zhuanban.indicators.services.staging import encode, kept_file, newest_figure_id, read_admitted
from zhuanban.indicators.sheets import SheetCatalogue
from zhuanban.indicators.sheets.said import KINDS, ColumnSaid, HeaderSaid, said_measure, said_period
from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.spreadsheets.cells import column_letters
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def say_columns(*, batch_id: int, by: Viewer, version: int, said: HeaderSaid) -> ImportBatch:
    """Read a staged sheet anew by what its recorder says about the columns of a header line, and remember it.

    It counts for later sheets of the same unit with the same header line. Nothing said about any column takes back what
    was remembered about the line. Refusals: batch_not_staged, stale_version, upload_gone, columns_kind_unknown,
    columns_indicator_unknown, columns_measure_unknown, columns_period_unreadable, columns_no_header; those of reading.
    """
    by.demand_any("figures.import")
    batch = ImportBatch.objects.select_related("upload").get(pk=batch_id)
    if batch.state != ImportBatch.State.STAGED:
        raise Refusal("batch_not_staged", status=409, state=batch.get_state_display())
    if batch.version != version:
        raise Refusal("stale_version", status=409)
    upload = queries.upload_of(viewer=by, as_known=None, batch=batch)
    if upload is None:
        raise Refusal("upload_gone", status=409)
    place = batch.staged.get("place") or None
    _check(said, queries.sheet_catalogue(viewer=by, as_known=None, place_code=place))
    others = tuple(
        each for each in queries.said_of_sender(viewer=by, as_known=None, unit_id=batch.sender_id)
        if each.signature != said.signature
    )  # fmt: skip
    newest = newest_figure_id()
    reading = read_admitted(
        kept_file(upload), file_name=batch.file_name, by=by, place_code=place, said=(said, *others) if said.columns else others
    )
    with work(by.actor, f"说明表头 {batch.file_name}"[:300]):
        _remember(batch.sender_id, said, by)
        taken = ImportBatch.objects.filter(pk=batch.pk, version=version).update(
            version=F("version") + 1, source=reading.source[:200], row_count=len(reading.rows),
            staged={**encode(reading), "base": newest, "place": place or ""},
        )  # fmt: skip
        if not taken:
            raise Refusal("stale_version", status=409)
    batch.refresh_from_db()
    return batch


def forget_columns(*, mapping_id: int, by: Viewer, version: int) -> None:
    """Take back what is remembered about a header line; sheets published by it stay. Refusals: not_allowed, stale_version."""
    by.demand_any("figures.import")
    mapping = queries.header_mapping(viewer=by, as_known=None, mapping_id=mapping_id)
    if mapping is None or mapping.version != version:
        raise Refusal("stale_version", status=409)
    with work(by.actor, "删除已记住的表头说明"):
        if not HeaderMapping.objects.filter(pk=mapping.pk, version=version).delete()[0]:
            raise Refusal("stale_version", status=409)


def _remember(unit_id: int | None, said: HeaderSaid, by: Viewer) -> None:
    known = HeaderMapping.objects.filter(of_unit(unit_id), signature=said.signature)
    earlier = known.first()
    if not said.columns:
        known.delete()
        return
    if earlier is not None and as_said(earlier) == said:
        return
    values = {
        "header": list(said.line),
        "said": {str(column): asdict(each) for column, each in sorted(said.columns.items())},
        "said_at": clock.now(),
        "said_by_id": by.user_id,
        "said_by_post": by.signature,
    }
    if earlier is None:
        HeaderMapping.objects.create(unit_id=unit_id, signature=said.signature, **values)
    else:
        known.update(version=F("version") + 1, **values)


def _check(said: HeaderSaid, catalogue: SheetCatalogue) -> None:
    if not said.line:
        raise Refusal("columns_no_header")
    known = {indicator.code for indicator in catalogue.indicators}
    problems = [problem for column, each in said.columns.items() for problem in _problems(column, each, known)]
    if problems:
        raise Refusal.of(problems)


def _problems(column: int, said: ColumnSaid, known: set[str]) -> list[Problem]:
    letters = column_letters(column)
    found = []
    if said.kind not in KINDS:
        found.append(Problem("columns_kind_unknown", {"column": letters}, f"kind_{column}"))
    if said.indicator and said.indicator not in known:
        found.append(Problem("columns_indicator_unknown", {"column": letters}, f"indicator_{column}"))
    if said.measure and said_measure(said.measure) is None:
        found.append(Problem("columns_measure_unknown", {"column": letters, "text": said.measure}, f"measure_{column}"))
    if said.period and said_period(said.period) is None:
        found.append(Problem("columns_period_unreadable", {"column": letters, "text": said.period}, f"period_{column}"))
    return found
