"""The table of values of an indicator: every vintage, which of them counts, and what the newest months alone amount to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.calc.own_spans import OwnSpan, own_span
from zhuanban.calc.periods import Period
from zhuanban.calc.reporting import expected_periods
from zhuanban.calc.rounding import half_up_or_none
from zhuanban.calc.vintages import Vintage
from zhuanban.indicators import queries
from zhuanban.indicators.models import Indicator
from zhuanban.indicators.presenters.asked import Asked
from zhuanban.indicators.presenters.board import moment_words
from zhuanban.indicators.presenters.wording import period_title
from zhuanban.indicators.queries import FigureShown, IndicatorPage
from zhuanban.indicators.queries.year import KINDS
from zhuanban.kit import formats
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.kit.templatetags.zb import status_word
from zhuanban.people.access import Viewer

Versions = dict[tuple[str, Period], list[Vintage[Decimal | None]]]
"""The levels that counted one after the other, by kind of place and period."""


@dataclass(frozen=True)
class ValueShown:
    """One vintage: ``counts`` where nothing newer of its period took its place; ``own`` its newest months alone."""

    figure: FigureShown
    counts: bool
    sheet_url: str
    own: OwnSpan | None

    @property
    def own_note(self) -> str:
        """Which months are meant where the period does not say it, or why nothing is told."""
        if self.own is None:
            return ""
        if self.own.is_mixed:
            return _("not told: the figure before was revised later")
        return formats.period_words(self.own.span) if self.own.value is not None and not self.own.span.is_month else ""


def has_own_months(indicator: Indicator) -> bool:
    """Whether months can be told from its cumulative figures: not for balances, bare rates and single months."""
    return indicator.basis == Indicator.Basis.CUMULATIVE and KINDS[indicator.value_kind].adds_up


def values(page: IndicatorPage, viewer: Viewer) -> list[ValueShown]:
    """Every vintage of the year; the sheet it came from opens for those who may see that sheet."""
    ids = {figure.batch_id for figure in page.figures if figure.batch_id is not None}
    within = queries.batches_within_reach(viewer=viewer, as_known=page.board.as_known, ids=ids)
    counting = _counting(page.figures)
    own = _own_spans(page) if has_own_months(page.indicator) else {}
    return [
        ValueShown(
            figure, figure.id in counting,
            reverse("indicators:import_batch", args=[figure.batch_id]) if figure.batch_id in within else "",
            own.get((figure.place_kind, figure.period)) if figure.id in counting else None,
        )
        for figure in page.figures
    ]  # fmt: skip


def _counting(figures: Iterable[FigureShown]) -> frozenset[int]:
    """Of each period the figure that counts: the newest final one, else the newest flash. They come newest first."""
    found: dict[tuple[str, Period], int] = {}
    for figure in sorted(figures, key=lambda one: one.status == "flash"):
        if figure.status != "forecast":
            found.setdefault((figure.place_kind, figure.period), figure.id)
    return frozenset(found.values())


def _own_spans(page: IndicatorPage) -> dict[tuple[str, Period], OwnSpan | None]:
    """The newest months of every cumulative period, by kind of place."""
    versions = _versions(page.figures)
    periods = [each for each in expected_periods(queries.calendar_of(page.indicator), page.board.year) if each.is_cumulative]
    before = {period: periods[at - 1] if at else None for at, period in enumerate(periods)}
    return {
        (place, period): own_span(period, found, before[period], versions.get((place, earlier), []) if (earlier := before[period]) else [])
        for (place, period), found in versions.items()
        if period in before
    }


def _versions(figures: Iterable[FigureShown]) -> Versions:
    """Oldest first; a flash that came after a final figure never counted."""
    found: Versions = {}
    final: set[tuple[str, Period]] = set()
    for figure in sorted(figures, key=lambda one: (one.known_at, one.id)):
        key = (figure.place_kind, figure.period)
        if figure.status == "forecast" or (figure.status == "flash" and key in final):
            continue
        if figure.status != "flash":
            final.add(key)
        found.setdefault(key, []).append(Vintage(figure.level, figure.known_at))
    return found


def indicator_table(page: IndicatorPage, shown: Iterable[ValueShown], asked: Asked, *, unit_of_report: str, made_at: datetime) -> OutTable:
    """The table of values as a file; missing figures are empty cells."""
    measure = formats.measure_words(page.row.measure)
    places = max(page.row.decimals, 2)
    return OutTable(
        title=_("%(indicator)s: values and vintages of %(year)s") % {"indicator": page.row.name, "year": asked.year},
        lines=(
            _("Zone: %(zone)s · reported by: %(unit)s · made on %(day)s")
            % {"zone": page.board.zone_name, "unit": unit_of_report, "day": formats.date_words(made_at, "iso")},
            f"{moment_words(asked)} · " + _("unit of measure: %(measure)s, growth in percent") % {"measure": measure},
            _("Months alone are worked out from the cumulative figures, they are not published."),
        ),
        columns=[
            Column(_("Period"), width=16), Column(_("Place"), width=16), Column(_("Nature"), width=8), Column(_("Counts"), width=8),
            Column(_("Actual (%(measure)s)") % {"measure": measure}, "level", places, 14),
            Column(_("Months alone (%(measure)s)") % {"measure": measure}, "level", places, 14), Column(_("Remark"), width=18),
            Column(_("Growth (%)"), "growth"), Column(_("Rank"), "count", width=8), Column(_("Ranked places"), "count", width=8),
            Column(_("Ranked by"), width=12), Column(_("Known since"), width=18), Column(_("Source"), width=24),
            Column(_("Note"), width=24), Column(_("Recorded"), width=22), Column(_("Confirmed"), width=22),
        ],
        rows=[_row(each, places) for each in shown],
        sheet_name=page.row.name,
    )  # fmt: skip


def _row(value: ValueShown, places: int) -> list[Value]:
    figure, own = value.figure, value.own
    return [
        period_title(figure.period), figure.place_name, status_word(figure.status), _("yes") if value.counts else "",
        half_up_or_none(figure.level, places), half_up_or_none(own.value, places) if own else None, value.own_note,
        half_up_or_none(figure.growth_pct, 1), figure.rank, figure.rank_of, figure.rank_scope,
        formats.instant_words(figure.known_at), figure.source, figure.note, figure.recorded_by_post,
        figure.confirmed_by_post,
    ]  # fmt: skip
