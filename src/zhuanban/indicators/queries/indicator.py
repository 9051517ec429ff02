"""One indicator's page: its row, its year, its peers and every vintage of its values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language

from zhuanban.calc.periods import Period
from zhuanban.indicators.models import Figure, Indicator, LightThresholds, Target
from zhuanban.indicators.queries.board import light_counts
from zhuanban.indicators.queries.known import FIELDS, Known, Places, newest, places
from zhuanban.indicators.queries.reach import Reach, reach_of
from zhuanban.indicators.queries.shown import Board, BoardRow
from zhuanban.indicators.queries.targets import levels_of_year
from zhuanban.indicators.queries.year import state_of_record
from zhuanban.kit import clock
from zhuanban.people.access import Viewer


@dataclass(frozen=True)
class FigureShown:
    """One vintage as the table of values shows it, with who recorded and who confirmed it."""

    id: int
    place_zh: str
    place_en: str
    place_kind: str
    period: Period
    level: Decimal | None
    growth_pct: Decimal | None
    rank: int | None
    rank_of: int | None
    rank_scope: str
    status: str
    known_at: datetime
    source: str
    note: str
    recorded_by_post: str
    confirmed_by_post: str
    confirmed_at: datetime | None
    batch_id: int | None
    batch_cell: str

    @property
    def place_name(self) -> str:
        return self.place_en if get_language() == "en" else self.place_zh


@dataclass(frozen=True)
class PeerShown:
    """One place's growth over the shown period; ``is_zone`` marks our own."""

    name_zh: str
    name_en: str
    growth_pct: Decimal | None
    is_zone: bool

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page of one indicator shows for one month.

    ``months`` are its periods up to that month, ``course`` those of the whole year. ``base`` are the cumulative levels of
    the year before by month.
    """

    indicator: Indicator
    row: BoardRow
    board: Board
    months: tuple[BoardRow, ...]
    course: tuple[BoardRow, ...]
    base: dict[int, Decimal]
    peers: tuple[PeerShown, ...]
    figures: tuple[FigureShown, ...]
    targets: tuple[Target, ...]
    thresholds: LightThresholds | None


def indicator_page(*, viewer: Viewer, code: str, year: int, month: int, as_known: datetime | None) -> IndicatorPage | None:
    """The page, or None where there is no such indicator within the viewer's reach."""
    whole = light_counts(viewer=viewer, year=year, as_known=as_known)
    boards = whole[:month]
    row = boards[-1].row(code)
    if row is None:
        return None
    indicator = Indicator.objects.select_related("group", "dept").get(pk=row.indicator_id)
    known_at = as_known or clock.now()
    where = places()
    course = tuple(found for each in whole if (found := each.row(code)) and found.due_period is not None)
    return IndicatorPage(
        indicator=indicator,
        row=row,
        board=boards[-1],
        months=_one_per_period(tuple(each for each in course if _closes_by(each, month))),
        course=_one_per_period(course),
        base=levels_of_year(year - 1, as_known, indicator).get(indicator.pk, {}),
        peers=_peers(row, where, known_at),
        figures=_figures(row.indicator_id, year, known_at),
        targets=tuple(
            Target.objects.filter(indicator=indicator, year=year, in_force_from__lte=clock.shanghai(known_at).date())
            .select_related("place")
            .order_by("place__position", "-in_force_from")
        ),
        thresholds=boards[-1].rule_version,
    )


def _closes_by(row: BoardRow, month: int) -> bool:
    return row.due_period is not None and row.due_period.last_month <= month


def _one_per_period(rows: tuple[BoardRow, ...]) -> tuple[BoardRow, ...]:
    """A quarterly series repeats its row on the boards between; keep each period once."""
    by_period = {row.due_period: row for row in rows}
    return tuple(by_period.values())


def _peers(row: BoardRow, where: Places, known_at: datetime) -> tuple[PeerShown, ...]:
    if row.period is None:
        return ()
    vintages: dict[int, list[Known]] = {}
    found = Figure.objects.filter(
        indicator_id=row.indicator_id,
        year=row.period.year,
        first_month=row.period.first_month,
        last_month=row.period.last_month,
        known_at__lte=known_at,
    )
    for values in found.values_list(*FIELDS):
        known = Known(*values)
        vintages.setdefault(known.place_id, []).append(known)
    shown = []
    for place_id, group in vintages.items():
        place, counted = where.by_id.get(place_id), newest(group)
        if place is not None and place.kind in ("zone", "peer") and counted is not None:
            shown.append(PeerShown(place.name_zh, place.name_en, counted.growth_pct, place.kind == "zone"))
    return tuple(sorted(shown, key=lambda peer: (peer.growth_pct is None, -(peer.growth_pct or 0))))


def _figures(indicator_id: int, year: int, known_at: datetime) -> tuple[FigureShown, ...]:
    found = (
        Figure.objects.filter(
            indicator_id=indicator_id, year=year, known_at__lte=known_at, place__kind__in=["zone", "city"]
        )
        .select_related("place", "batch")
        .order_by("-last_month", "place__position", "-known_at")
    )
    return tuple(
        FigureShown(
            id=figure.pk, place_zh=figure.place.name_zh, place_en=figure.place.name_en, place_kind=figure.place.kind,
            period=figure.period, level=figure.level, growth_pct=figure.growth_pct, rank=figure.rank,
            rank_of=figure.rank_of, rank_scope=figure.rank_scope, status=figure.status, known_at=figure.known_at,
            source=figure.source, note=figure.note, recorded_by_post=figure.recorded_by_post,
            confirmed_by_post=figure.batch.confirmed_by_post if figure.batch else "",
            confirmed_at=figure.batch.confirmed_at if figure.batch else None,
            batch_id=figure.batch_id, batch_cell=figure.batch_cell,
        )
        for figure in found
    )  # fmt: skip


def revisions_since(*, viewer: Viewer, year: int, as_known: datetime | None) -> int:
    """How many figures of the year were recorded after ``as_known``: what the banner of 当时所知 counts."""
    if as_known is None or not viewer.can("indicators.view"):
        return 0
    return _later(state_of_record(), year, as_known, reach_of(viewer))


@lru_cache(maxsize=256)
def _later(state: str, year: int, as_known: datetime, reach: Reach) -> int:
    """Kept until the boards change, for everybody of one reach."""
    del state
    return Figure.objects.filter(reach.q("indicator__"), year=year, known_at__gt=as_known, known_at__lte=clock.now()).count()
