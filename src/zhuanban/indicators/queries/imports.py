"""Imports: the catalogue a sheet is read against, staged and published sheets, closed months."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from zhuanban.calc.periods import Period
from zhuanban.indicators.models import Figure, ImportBatch, Indicator, PeriodLock, Place
from zhuanban.indicators.queries.year import calendar_of
from zhuanban.indicators.sheets import CatalogueIndicator, CataloguePlace, SheetCatalogue
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
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

    @property
    def state_word(self) -> str:
        return state_word(self.state)


def state_word(state: str) -> str:
    """The state of a sheet in the reader's language."""
    return {
        "staged": pgettext("sheet", "being checked"),
        "published": pgettext("sheet", "published"),
        "cancelled": pgettext("sheet", "put away"),
    }[state]


def locked_through(*, viewer: Viewer, as_known: datetime | None) -> Period | None:
    """The newest closed month, or None."""
    del viewer
    locks = PeriodLock.objects.filter(locked_at__lte=as_known or clock.now())
    newest = locks.order_by("-year", "-month").first()
    return None if newest is None else Period.month(newest.year, newest.month)


def sheet_catalogue(*, viewer: Viewer, as_known: datetime | None, place_code: str | None = None) -> SheetCatalogue:
    """Everything a sheet is read against, as plain data: names, measures, calendars, places, rights, closed months.

    ``place_code`` is the place of rows that name none; the zone by default.
    Raises Refusal ``import_place_unknown`` for a place that does not exist.
    """
    places = list(Place.objects.filter(active=True))
    if place_code is not None and all(place.code != place_code for place in places):
        known = "、".join(place.code for place in places)
        raise Refusal("import_place_unknown", place=place_code, known=known)
    scope = viewer.scope("figures.import")
    office = office_unit(viewer=viewer)
    zone = next((place.code for place in places if place.kind == Place.Kind.ZONE), "")
    return SheetCatalogue(
        indicators=tuple(
            _indicator(each, scope.allows(group=each.group_id, unit=each.dept_id), office.name if office else "")
            for each in Indicator.objects.select_related("dept")
        ),
        places=tuple(
            CataloguePlace(place.code, place.kind, place.name_zh, place.name_en, tuple(place.aliases))
            for place in places
        ),
        default_place=place_code or zone,
        today=clock.shanghai(as_known or clock.now()).date(),
        locked_through=locked_through(viewer=viewer, as_known=as_known),
        previous_levels=_previous_levels(as_known or clock.now()),
    )


def _indicator(indicator: Indicator, allowed: bool, office: str) -> CatalogueIndicator:
    return CatalogueIndicator(
        code=indicator.code,
        name_zh=indicator.name_zh,
        name_en=indicator.name_en,
        aliases=tuple(indicator.aliases),
        measure=indicator.measure,
        value_kind=indicator.value_kind,
        calendar=calendar_of(indicator),
        allowed=allowed,
        owner=indicator.dept.name if indicator.dept else office,
    )


def _previous_levels(known_at: datetime) -> dict[tuple[str, str], Decimal]:
    """The newest stored level by indicator and place: a value 10,000 times off is asked about."""
    found = (
        Figure.objects.filter(level__isnull=False, known_at__lte=known_at)
        .exclude(status=Figure.Status.FORECAST)
        .order_by("year", "last_month", "known_at")
        .values_list("indicator__code", "place__code", "level")
    )
    return {(code, place): level for code, place, level in found if level is not None}


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


@dataclass(frozen=True)
class BatchEffect:
    """What publishing a sheet would do: rows that are new, that differ from what is stored, that say the same."""

    new: int
    changed: int
    same: int


def batch_effect(*, viewer: Viewer, as_known: datetime | None, batch: ImportBatch) -> BatchEffect:
    """The sheet beside what is stored now. Two queries."""
    del viewer
    rows: list[dict[str, Any]] = batch.staged.get("rows", [])
    years = {int(row["period"][:4]) for row in rows}
    codes = {row["indicator_code"] for row in rows}
    stored: dict[tuple[str, str, str], tuple[Decimal | None, Decimal | None]] = {}
    found = Figure.objects.filter(
        indicator__code__in=codes, year__in=years, known_at__lte=as_known or clock.now()
    ).exclude(batch_id=batch.pk).order_by("known_at", "id").select_related("indicator", "place")  # fmt: skip
    for figure in found:
        stored[(figure.indicator.code, figure.place.code, figure.period.key)] = (figure.level, figure.growth_pct)
    counts = {"new": 0, "changed": 0, "same": 0}
    for row in rows:
        before = stored.get((row["indicator_code"], row["place_key"], row["period"]))
        now = (_number(row["level"]), _number(row["growth_pct"]))
        counts["new" if before is None else "same" if before == now else "changed"] += 1
    return BatchEffect(**counts)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
