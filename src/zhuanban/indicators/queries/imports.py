"""Imports: the catalogue a sheet is read against, staged and published sheets, closed months."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language, pgettext

from zhuanban.calc.periods import Period
from zhuanban.files.models import Attachment
from zhuanban.indicators.models import Figure, ImportBatch, Indicator, PeriodLock, Place
from zhuanban.indicators.queries.reach import Reach, reach_of
from zhuanban.indicators.queries.staged import differing, newest_of_kind, says_the_same, staged_rows, stored_beside
from zhuanban.indicators.queries.year import calendar_of
from zhuanban.indicators.sheets import CatalogueIndicator, CataloguePlace, FigureRow, SheetCatalogue
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit
from zhuanban.people.queries import office_unit, units


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
            CataloguePlace(
                place.code, place.kind, place.name_zh, place.name_en, tuple(place.aliases), may_record(viewer, place.kind)
            )
            for place in places
        ),
        default_place=place_code or zone,
        today=clock.shanghai(as_known or clock.now()).date(),
        locked_through=locked_through(viewer=viewer, as_known=as_known),
        previous_levels=_previous_levels(as_known or clock.now()),
    )


def may_record(viewer: Viewer, kind: str) -> bool:
    """Whether a viewer records figures of places of a kind: a department those of the zone, the city's and the peers' whoever
    imports for all, so that nobody moves the measure his own figures are held against."""
    return kind == Place.Kind.ZONE or viewer.scope("figures.import").is_everything


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
    """The newest hundred sheets within the viewer's reach. One query, without the sheets' rows."""
    found = ImportBatch.objects.filter(_within_reach(viewer), uploaded_at__lte=as_known or clock.now())
    return [_summary(batch) for batch in found.defer("staged").annotate(problems=F("staged__problems"))[:100]]


def _within_reach(viewer: Viewer) -> Q:
    """His own sheets; all of them for the statistician and the office; for whoever confirms for a unit, the published
    sheets that hold figures of that unit and of no other."""
    if any(viewer.scope(action).is_everything for action in ("figures.import", "figures.confirm")):
        return Q()
    own = Q(uploaded_by_id=viewer.user_id)
    scope = viewer.scope("figures.confirm")
    if scope.is_empty:
        return own
    figures = Figure.objects.filter(batch=OuterRef("pk"))
    inside = scope.q(group="indicator__group_id", unit="indicator__dept_id")
    return own | (Exists(figures.filter(inside)) & ~Exists(figures.exclude(inside)))


def _summary(batch: ImportBatch) -> ImportSummary:
    problems: list[dict[str, Any]] = batch.problems or []  # type: ignore[attr-defined]
    count = {kind: sum(1 for problem in problems if problem["severity"] == kind) for kind in ("error", "question")}
    return ImportSummary(
        batch.pk, batch.file_name, batch.state, batch.row_count, count["error"], count["question"],
        batch.uploaded_at, batch.uploaded_by_post, batch.published_at, batch.confirmed_by_post,
    )  # fmt: skip


def import_batch(*, viewer: Viewer, as_known: datetime | None, batch_id: int) -> ImportBatch | None:
    """One sheet, or None where there is none within the viewer's reach."""
    found = ImportBatch.objects.filter(_within_reach(viewer), pk=batch_id, uploaded_at__lte=as_known or clock.now())
    return found.first()


def earlier_upload(*, viewer: Viewer, as_known: datetime | None, sha256: str) -> ImportSummary | None:
    """The newest sheet within the viewer's reach with the very same content, the published one before others."""
    found = ImportBatch.objects.filter(
        _within_reach(viewer), file_sha256=sha256, uploaded_at__lte=as_known or clock.now()
    ).annotate(problems=F("staged__problems")).defer("staged")  # fmt: skip
    newest = max(found, key=lambda each: (each.state == ImportBatch.State.PUBLISHED, each.pk), default=None)
    return _summary(newest) if newest else None


def senders(*, viewer: Viewer, as_known: datetime | None) -> tuple[Unit, ...]:
    """The units whose sheets a viewer hands in: every one for whoever records for all, else his own."""
    del as_known
    if viewer.scope("figures.import").is_everything:
        return tuple(units(viewer=viewer))
    return tuple(unit for unit in units(viewer=viewer) if unit.pk == viewer.unit_id)


def upload_of(*, viewer: Viewer, as_known: datetime | None, batch: ImportBatch) -> Attachment | None:
    """The file of a sheet as it was handed in, for its recorder and for whoever records for all: it may hold more than
    what was read from it. None for others, and for sheets of which none was kept."""
    del as_known
    if batch.upload is None:
        return None
    own = viewer.user_id is not None and viewer.user_id == batch.uploaded_by_id
    return batch.upload if own or viewer.scope("figures.import").is_everything else None


def batches_within_reach(*, viewer: Viewer, as_known: datetime | None, ids: set[int]) -> frozenset[int]:
    """Which of some sheets the viewer may open."""
    if not viewer.can("figures.sheets"):
        return frozenset()
    found = ImportBatch.objects.filter(_within_reach(viewer), pk__in=ids, uploaded_at__lte=as_known or clock.now())
    return frozenset(found.values_list("pk", flat=True))


@dataclass(frozen=True)
class RowEffect:
    """One row of a sheet beside the stored figure of its kind; ``before`` is None where there is none yet."""

    state: str
    indicator_zh: str
    indicator_en: str
    place_zh: str
    place_en: str
    row: FigureRow
    before: Figure | None

    @property
    def indicator_name(self) -> str:
        return self.indicator_en if get_language() == "en" else self.indicator_zh

    @property
    def place_name(self) -> str:
        return self.place_en if get_language() == "en" else self.place_zh

    @property
    def differing(self) -> frozenset[str]:
        """The names of the values that differ from the stored ones: level, growth_pct, rank, rank_of."""
        if self.before is None:
            return frozenset()
        return differing(self.before, self.row)


@dataclass(frozen=True)
class BatchEffect:
    """What publishing a sheet does: rows that are new, that differ from what is stored, that say the same.

    ``overtaken``: figures of these rows were published by somebody else since the sheet was read.
    """

    rows: tuple[RowEffect, ...]
    overtaken: bool

    @property
    def changes(self) -> tuple[RowEffect, ...]:
        return tuple(row for row in self.rows if row.state == "changed")

    def count(self, state: str) -> int:
        return sum(1 for row in self.rows if row.state == state)

    @property
    def new(self) -> int:
        return self.count("new")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def same(self) -> int:
        return self.count("same")


def _seen(reach: Reach, indicator: Indicator) -> bool:
    return reach.allows(indicator=indicator.pk, group=indicator.group_id, unit=indicator.dept_id)


def batch_effect(*, viewer: Viewer, as_known: datetime | None, batch: ImportBatch) -> BatchEffect:
    """The sheet beside what was stored: now, or when it was published. The same rules as publishing.

    Rows of indicators that the viewer does not see are left out: what is stored of them is not his to read.
    """
    indicators, places = Indicator.objects.in_bulk(), Place.objects.in_bulk()
    reach = reach_of(viewer)
    staged = staged_rows(batch, only_right=bool(batch.left_out))
    rows = [row for row in staged if _seen(reach, indicators[row.indicator_id])]
    stored = stored_beside(rows, as_known=batch.published_at or as_known, besides=batch.pk)
    effects = []
    for each in rows:
        before = newest_of_kind(stored.get(each.key, []), each.row.status)
        state = "new" if before is None else "same" if says_the_same(before, each.row) else "changed"
        indicator, place = indicators[each.indicator_id], places[each.place_id]
        effects.append(
            RowEffect(
                state, indicator.name_zh, indicator.name_en, place.name_zh, place.name_en, each.row, before
            )  # fmt: skip
        )
    base = batch.staged.get("base", 0)
    overtaken = batch.state == ImportBatch.State.STAGED and any(
        figure.pk > base for each in rows for figure in stored.get(each.key, [])
    )
    return BatchEffect(tuple(effects), overtaken)
