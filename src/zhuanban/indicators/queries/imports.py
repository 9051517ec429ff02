"""Imports: the catalogue a sheet is read against, staged and published sheets, closed months."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhuanban.calc.measures import measure_named
from zhuanban.calc.periods import Basis, Period
from zhuanban.indicators.models import Figure, ImportBatch, Indicator, PeriodLock, Place
from zhuanban.indicators.queries.board import calendar_of
from zhuanban.indicators.sheets.catalogue import ReadOptions, SheetCatalogue, SheetIndicator, SheetPlace
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import office_unit


@dataclass(frozen=True)
class ImportSummary:
    """One sheet in the list of imports."""

    id: int
    file_name: str
    state: str
    row_count: int
    errors: int
    questions: int
    uploaded_at: datetime
    uploaded_by_post: str
    published_at: datetime | None
    confirmed_by_post: str


def locked_through(*, viewer: Viewer, as_known: datetime | None) -> Period | None:
    """The newest closed month, or None."""
    del viewer
    locks = PeriodLock.objects.filter(locked_at__lte=as_known or clock.now())
    newest = locks.order_by("-year", "-month").first()
    return None if newest is None else Period.month(newest.year, newest.month)


def sheet_catalogue(*, viewer: Viewer, as_known: datetime | None) -> SheetCatalogue:
    """What a sheet is read against, as plain data: indicators, measures, calendars, places, today, closed months."""
    indicators = Indicator.objects.all()
    places = list(Place.objects.filter(active=True))
    through = locked_through(viewer=viewer, as_known=as_known)
    own = {kind: next((place.code for place in places if place.kind == kind), kind) for kind in ("zone", "city")}
    return SheetCatalogue(
        indicators=tuple(_sheet_indicator(indicator) for indicator in indicators),
        places=tuple(
            SheetPlace(place.code, (place.name_zh, place.name_en, *place.aliases)) for place in places
        ),
        today=clock.shanghai(as_known or clock.now()).date(),
        locked_through=(through.year, through.last_month) if through else None,
        zone_key=own["zone"],
        city_key=own["city"],
    )


def _sheet_indicator(indicator: Indicator) -> SheetIndicator:
    return SheetIndicator(
        code=indicator.code,
        names=(indicator.name_zh, indicator.name_en, *indicator.aliases),
        measure=measure_named(indicator.measure),
        calendar=calendar_of(indicator),
        rate_only=indicator.value_kind == Indicator.ValueKind.RATE_ONLY,
    )


def read_options(*, viewer: Viewer, as_known: datetime | None, file_name: str, place_code: str | None) -> ReadOptions:
    """What the reader of a sheet may look up: earlier levels, and which indicators the viewer may hand in.

    Raises Refusal ``import_place_unknown`` for a ``place_code`` that does not exist.
    """
    codes = set(Place.objects.filter(active=True).values_list("code", flat=True))
    if place_code is not None and place_code not in codes:
        raise Refusal("import_place_unknown", place=place_code, known="、".join(sorted(codes)))
    scope = viewer.scope("figures.import")
    owners = {
        indicator.code: indicator.dept.name if indicator.dept else office_name()
        for indicator in Indicator.objects.select_related("dept")
        if not scope.allows(group=indicator.group_id, unit=indicator.dept_id)
    }
    levels = _levels(as_known or clock.now())

    def previous(code: str, place: str, period: Period, basis: Basis) -> Decimal | None:
        """The newest earlier level of the same kind of span."""
        earlier = levels.get((code, place, period.is_month), {})
        before = [key for key in earlier if key <= (period.year, period.last_month)]
        return earlier[max(before)] if before else None

    return ReadOptions(
        file_name=file_name,
        place_key=place_code,
        previous_level=previous,
        not_allowed=lambda code: owners.get(code, ""),
    )


def office_name() -> str:
    """The office's name, for indicators that no unit owns."""
    office = office_unit(viewer=system_viewer("import"))
    return office.name if office else "—"


def _levels(known_at: datetime) -> dict[tuple[str, str, bool], dict[tuple[int, int], Decimal]]:
    """The newest stored levels by indicator, place and kind of span, by closing month."""
    found = (
        Figure.objects.filter(level__isnull=False, known_at__lte=known_at)
        .exclude(status=Figure.Status.FORECAST)
        .order_by("known_at", "id")
        .values_list("indicator__code", "place__code", "year", "first_month", "last_month", "level")
    )
    levels: dict[tuple[str, str, bool], dict[tuple[int, int], Decimal]] = {}
    for code, place, year, first, last, level in found:
        if level is not None:
            levels.setdefault((code, place, first == last), {})[(year, last)] = level
    return levels


def previous_level(*, viewer: Viewer, as_known: datetime | None, code: str, place: str) -> Decimal | None:
    """The newest stored level of one indicator at one place."""
    if viewer.scope("indicators.view").is_empty:
        return None
    return (
        Figure.objects.filter(
            indicator__code=code, place__code=place, level__isnull=False, known_at__lte=as_known or clock.now()
        )
        .exclude(status=Figure.Status.FORECAST)
        .order_by("-year", "-last_month", "-known_at")
        .values_list("level", flat=True)
        .first()
    )


def import_batches(*, viewer: Viewer, as_known: datetime | None) -> list[ImportSummary]:
    """The newest sheets: an importer sees his own, the statistician and the office see all."""
    found = ImportBatch.objects.filter(uploaded_at__lte=as_known or clock.now())
    if not _sees_all(viewer):
        found = found.filter(uploaded_by_id=viewer.user_id)
    return [_summary(batch) for batch in found[:100]]


def _sees_all(viewer: Viewer) -> bool:
    return any(viewer.scope(action).is_everything for action in ("figures.import", "figures.confirm"))


def _summary(batch: ImportBatch) -> ImportSummary:
    problems: list[dict[str, Any]] = batch.staged.get("problems", [])
    count = {kind: sum(1 for problem in problems if problem["severity"] == kind) for kind in ("error", "question")}
    return ImportSummary(
        batch.pk, batch.file_name, batch.state, batch.row_count, count["error"], count["question"],
        batch.uploaded_at, batch.uploaded_by_post, batch.published_at, batch.confirmed_by_post,
    )  # fmt: skip


def import_batch(*, viewer: Viewer, as_known: datetime | None, batch_id: int) -> ImportBatch | None:
    """One sheet, or None where there is none within the viewer's reach."""
    batch = ImportBatch.objects.filter(pk=batch_id, uploaded_at__lte=as_known or clock.now()).first()
    if batch is None or (not _sees_all(viewer) and batch.uploaded_by_id != viewer.user_id):
        return None
    return batch
