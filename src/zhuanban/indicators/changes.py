"""What changed in the indicators: figures that were published, lights that are others than before."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zhuanban.calc.periods import Period
from zhuanban.indicators import queries
from zhuanban.indicators.models import Figure, Place
from zhuanban.indicators.queries.reach import reach_of
from zhuanban.kit import formats
from zhuanban.kit.changes import Change, gathered
from zhuanban.people.access import Viewer

_FIGURES = gettext_lazy("Figures")
_LIGHT = pgettext_lazy("news", "Light")
_ORDER = {light: place for place, light in enumerate(queries.LIGHTS)}


def told(viewer: Viewer, since: datetime, limit: int, alike: int) -> Iterator[Change]:
    """Publications after an instant, each one line, and the lights that are others by now than the reader saw then.

    One query for the publications; the two boards are only made where any figure came.
    """
    published = list(_published(viewer, since, limit))
    yield from published
    if Figure.objects.filter(reach_of(viewer).q("indicator__"), known_at__gt=since).exists():
        yield from _lights(viewer, since, alike)


def _published(viewer: Viewer, since: datetime, limit: int) -> Iterator[Change]:
    found = (
        Figure.objects.filter(reach_of(viewer).q("indicator__"), known_at__gt=since)
        .exclude(recorded_by_id=viewer.user_id or 0)
        .values("known_at", "batch", is_zone=_is_zone())
        .annotate(count=Count("pk"), newest=Max(F("year") * 100 + F("last_month")))
        .order_by("-known_at", "-is_zone")
    )
    for each in found[:limit]:
        year, month = divmod(each["newest"], 100)
        words = formats.period_words(Period.cumulative(year, month))
        title = (
            ngettext("%(count)s figure of the zone published, to %(period)s %(year)s", "%(count)s figures of the zone published, to %(period)s %(year)s", each["count"])
            if each["is_zone"]
            else ngettext("%(count)s figure of the city and the peers published, to %(period)s %(year)s", "%(count)s figures of the city and the peers published, to %(period)s %(year)s", each["count"])
        ) % {"count": each["count"], "period": words, "year": year}  # fmt: skip
        yield Change(_FIGURES, title, reverse("indicators:board") + f"?month={year}-{month:02d}", each["known_at"])


def _is_zone() -> Combinable:
    return ExpressionWrapper(Q(place__kind=Place.Kind.ZONE), output_field=BooleanField())


def _lights(viewer: Viewer, since: datetime, alike: int) -> list[Change]:
    """The board as it opened then against the one that opens now; those that became worse first."""
    then, now = (_board(viewer, at) for at in (since, None))
    was = {row.indicator_id: row.light for row in then.rows}
    moved = [
        row for row in now.rows
        if row.known_at is not None and "grey" not in (row.light, was.get(row.indicator_id, "grey")) and was[row.indicator_id] != row.light
    ]  # fmt: skip
    moved.sort(key=lambda row: _ORDER[row.light] - _ORDER[was[row.indicator_id]])
    found = [
        Change(
            _LIGHT, row.name, reverse("indicators:indicator", args=[row.code]) + "#why", row.known_at or since,
            was=was[row.indicator_id], now=row.light,
        )
        for row in moved
    ]  # fmt: skip
    worse = sum(_ORDER[row.light] < _ORDER[was[row.indicator_id]] for row in moved)

    def together(count: int) -> tuple[str, str]:
        said = _("%(count)s lights changed: %(worse)s worse, %(better)s better") % {"count": count, "worse": worse, "better": count - worse}
        return said, reverse("indicators:board")

    newest = sorted(found, key=lambda change: change.at, reverse=True)
    return gathered(newest, together, alike)


def _board(viewer: Viewer, as_known: datetime | None) -> queries.Board:
    year, month = queries.newest_month(viewer=viewer, as_known=as_known)
    return queries.board(viewer=viewer, year=year, month=month, as_known=as_known)
