"""Which indicators a viewer may read: those of his groups and units, and those his street or centre answers for."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from zhuanban.indicators.models import IndicatorTerritory
from zhuanban.indicators.queries.shown import BoardRow
from zhuanban.indicators.queries.year import state_of_reading
from zhuanban.kit import clock
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.people.access import ALL, Scope, Viewer, in_force


@dataclass(frozen=True)
class Reach:
    """The scope of ``indicators.view`` and the indicators within reach by a territory of today."""

    scope: Scope
    by_territory: frozenset[int]

    def allows(self, *, indicator: int, group: int | None, unit: int | None) -> bool:
        """Whether an indicator of a group and department may be read."""
        return self.scope.allows(group=group, unit=unit) or indicator in self.by_territory

    def allows_row(self, row: BoardRow) -> bool:
        """The same for a row of a board, by its present owner whatever moment the board is known at."""
        group, unit = row.read_by
        return self.allows(indicator=row.indicator_id, group=group, unit=unit)

    def q(self, prefix: str = "") -> Q:
        """The same as a constant predicate; ``prefix`` leads to the indicator (``indicator__``)."""
        owned = self.scope.q(group=f"{prefix}group_id", unit=f"{prefix}dept_id")
        return owned | Q(**{f"{prefix}pk__in": sorted(self.by_territory)}) if self.by_territory else owned


def reach_of(viewer: Viewer) -> Reach:
    """How far a viewer reads indicators. One query in a request; none for who reads all or none of them."""
    scope = viewer.scope("indicators.view")
    # Where no right is limited to a unit, groups decide alone.
    if scope.is_everything or all(unit is ALL for _group, unit in scope.alternatives):
        return Reach(scope, frozenset())
    name = f"indicators.reach:{sorted(map(str, scope.alternatives))}"
    return Reach(scope, once_in_a_request(name, lambda: _by_territory(scope)))


def _by_territory(scope: Scope) -> frozenset[int]:
    state = state_of_reading()
    return _kept_by_territory(state, clock.today(), scope) if state else _read_by_territory(clock.today(), scope)


@lru_cache(maxsize=256)
def _kept_by_territory(state: str, today: date, scope: Scope) -> frozenset[int]:
    """On a page that only reads: kept until the boards change."""
    del state
    return _read_by_territory(today, scope)


def _read_by_territory(today: date, scope: Scope) -> frozenset[int]:
    found = IndicatorTerritory.objects.filter(in_force(today), scope.q(group="indicator__group_id", unit="unit_id"))
    return frozenset(found.values_list("indicator_id", flat=True))
