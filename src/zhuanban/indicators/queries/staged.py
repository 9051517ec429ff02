"""A staged sheet beside what is stored: which row is new, which differs, which says the same.

The preview counts by these rules and publishing writes by them, so that the two never disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhuanban.calc.periods import Period
from zhuanban.calc.rounding import half_up_or_none
from zhuanban.indicators.models import Figure, ImportBatch, Indicator, Place
from zhuanban.indicators.sheets import FigureRow

Key = tuple[int, int, int, int, int]
"""indicator, place, year, first month, last month."""

TEXTS = ("indicator_code", "place_key", "status", "source", "note", "rank_scope", "sheet")
NUMBERS = ("rank", "rank_of", "row")
_FINAL = (Figure.Status.OFFICIAL.value, Figure.Status.REVISED.value)


@dataclass(frozen=True)
class StagedRow:
    """One figure of a staged sheet, in the terms of the database."""

    indicator_id: int
    place_id: int
    row: FigureRow

    @property
    def key(self) -> Key:
        period = self.row.period
        return self.indicator_id, self.place_id, period.year, period.first_month, period.last_month


def staged_rows(batch: ImportBatch, *, only_right: bool = False) -> list[StagedRow]:
    """The rows of a staged sheet with the database's ids; ``only_right``: those that no error keeps back."""
    bodies = batch.staged.get("rows", [])
    return _with_ids(decode_row(body) for body in bodies if not only_right or body.get("right", False))


def _with_ids(rows: Iterable[FigureRow]) -> list[StagedRow]:
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    places = dict(Place.objects.values_list("code", "pk"))
    return [StagedRow(indicators[row.indicator_code], places[row.place_key], row) for row in rows]


def beside_stored(rows: Iterable[FigureRow]) -> list[tuple[FigureRow, Figure]]:
    """The rows that have a stored figure of their kind, each with the newest of them."""
    staged = _with_ids(rows)
    stored = stored_beside(staged)
    pairs = ((each.row, newest_of_kind(stored.get(each.key, []), each.row.status)) for each in staged)
    return [(row, figure) for row, figure in pairs if figure is not None]


def decode_row(body: Mapping[str, Any]) -> FigureRow:
    """A staged row as the sheet reported it."""
    return FigureRow(
        **{name: body[name] for name in (*TEXTS, *NUMBERS)},
        period=Period.from_key(body["period"]),
        level=_decimal(body["level"]),
        growth_pct=_decimal(body["growth_pct"]),
        cells=body["cells"],
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def stored_beside(
    rows: Iterable[StagedRow], *, as_known: datetime | None = None, besides: int | None = None
) -> dict[Key, list[Figure]]:
    """The figures stored for the rows' indicators and years; ``besides`` leaves out those of one sheet. One query."""
    found = Figure.objects.filter(
        indicator_id__in={row.indicator_id for row in rows}, year__in={row.row.period.year for row in rows}
    )
    if as_known is not None:
        found = found.filter(known_at__lte=as_known)
    if besides is not None:
        found = found.exclude(batch_id=besides)
    stored: dict[Key, list[Figure]] = {}
    for figure in found.only(
        "indicator_id", "place_id", "year", "first_month", "last_month", "level", "growth_pct", "rank", "rank_of",
        "rank_scope", "status", "known_at",
    ):  # fmt: skip
        key = (figure.indicator_id, figure.place_id, figure.year, figure.first_month, figure.last_month)
        stored.setdefault(key, []).append(figure)
    return stored


def newest_of_kind(earlier: Iterable[Figure], status: str) -> Figure | None:
    """The newest stored figure that a new one of ``status`` would stand against: official and revised are one kind."""
    kind = _FINAL if status in _FINAL else (status,)
    return max((f for f in earlier if f.status in kind), key=lambda figure: (figure.known_at, figure.pk), default=None)


def said(row: FigureRow) -> dict[str, Any]:
    """The values a row states, at stored precision. What a sheet is silent about is not taken back: it is not here."""
    values = {
        "level": half_up_or_none(row.level, 6),
        "growth_pct": half_up_or_none(row.growth_pct, 4),
        "rank": row.rank,
        "rank_of": row.rank_of,
    }
    return {name: value for name, value in values.items() if value is not None}


def differing(figure: Figure, row: FigureRow) -> frozenset[str]:
    """Which values that a row states are not a stored figure's: other ones, or ones it did not have yet."""
    return frozenset(name for name, value in said(row).items() if getattr(figure, name) != value)


def revised(figure: Figure, row: FigureRow) -> frozenset[str]:
    """Which stored values a row changes; a value added to a figure that had none is no revision."""
    return frozenset(name for name in differing(figure, row) if getattr(figure, name) is not None)


def says_the_same(figure: Figure, row: FigureRow) -> bool:
    """Whether a stored figure already says all that the row says."""
    return not differing(figure, row)


def kept_unsaid(figure: Figure, row: FigureRow) -> frozenset[str]:
    """Level or growth that stays as stored because the row is silent about it, while it revises the other of the two."""
    pair = {"level", "growth_pct"}
    if not revised(figure, row) & pair:
        return frozenset()
    return frozenset(name for name in pair - said(row).keys() if getattr(figure, name) is not None)
