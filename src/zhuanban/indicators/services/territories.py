"""Which streets and centres answer for an indicator on their territory, from a day until a day."""

from datetime import date
from typing import Any

from zhuanban.indicators.models import Indicator, IndicatorTerritory
from zhuanban.kit.defining import Defined
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit
from zhuanban.people.services.structure import tie, untie
from zhuanban.trail.services import work

ACTION = "indicators.define"
KINDS = (Unit.Kind.STREET, Unit.Kind.CENTER)


def define_territory(*, indicator: str, unit: str, since: date, by: Viewer) -> Defined[IndicatorTerritory]:
    """Let a street or centre answer for an indicator from ``since``, unless it does already; its people then see it.

    Refusals: not_allowed, territory_kind.
    """
    by.demand(ACTION)
    key = _key(indicator, unit)
    if key["unit"].kind not in KINDS:
        raise Refusal("territory_kind", where="unit", unit=key["unit"].name)
    with work(by.actor, f"{unit} 属地负责指标 {indicator}"):
        return tie(IndicatorTerritory, key, since, {})


def end_territory(*, indicator: str, unit: str, on: date, by: Viewer) -> bool:
    """End a territory's part in an indicator on a day, the first without it. False: there was none in force."""
    by.demand(ACTION)
    with work(by.actor, f"{unit} 不再属地负责指标 {indicator}"):
        return untie(IndicatorTerritory, _key(indicator, unit), on)


def _key(indicator: str, unit: str) -> dict[str, Any]:
    return {"indicator": Indicator.objects.get(code=indicator), "unit": Unit.objects.get(code=unit)}
