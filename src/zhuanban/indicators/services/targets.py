"""What the office asks of a year: a target by value or growth, its path through the months, and its revisions.

A target is a history: a revision holds from its day on, boards as known before keep the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from zhuanban.calc.targets import TargetMismatch, explicit_path, target_mismatch
from zhuanban.indicators.models import Indicator, Place, Target
from zhuanban.indicators.queries.targets import history_path, opening_of, year_base
from zhuanban.indicators.queries.year import KINDS
from zhuanban.kit import clock
from zhuanban.kit.dated import demand_sayable
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.services import record_event, work

ACTION = "targets.set"
WITHOUT_FIGURE = (Target.Operator.NOT_BELOW_CITY_AVERAGE, Target.Operator.IN_STEP_WITH)
MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class TargetDraft:
    """A target as it is wished for. ``months`` are figures at the end of months, for an explicit path only."""

    indicator: str
    year: int
    kind: str
    operator: str
    value: Decimal | None
    path: str
    is_stretch: bool = False
    follows: str = ""
    months: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class TargetPlan:
    """A draft made sound: the row's fields, and ``mismatch`` where value and growth do not mean the same year (I-16)."""

    fields: dict[str, Any]
    path: tuple[Decimal | None, ...]
    mismatch: TargetMismatch | None


def plan_target(*, draft: TargetDraft, since: date, authority: str, reason: str, by: Viewer) -> TargetPlan:
    """What the draft would set, without setting it.

    Refusals, all at once: not_allowed; required, since_past; target_unknown, target_value_missing, target_value_not_asked,
    target_growth_only, target_path_history_missing, target_path_end, target_path_falls, target_follows_missing.
    """
    by.demand(ACTION)
    demand_sayable(since=since, authority=authority, reason=reason)
    indicator = Indicator.objects.filter(code=draft.indicator, active=True, context_only=False).first()
    zone = Place.objects.filter(kind=Place.Kind.ZONE, active=True).first()
    if indicator is None or zone is None or draft.kind not in Target.Kind.values or draft.operator not in Target.Operator.values:
        raise Refusal("target_unknown", where="indicator")
    if problems := _problems(draft, indicator):
        raise Refusal.of(problems)
    steps, path = _path(draft, indicator)
    followed = Indicator.objects.filter(code=draft.follows).first() if draft.operator == Target.Operator.IN_STEP_WITH else None
    fields = {
        "indicator": indicator, "place": zone, "year": draft.year, "kind": draft.kind, "is_stretch": draft.is_stretch,
        "in_force_from": since, "operator": draft.operator,
        "value": None if draft.operator in WITHOUT_FIGURE else draft.value,
        "path": draft.path if steps else Target.Path.LINEAR, "steps": steps, "follows": followed,
        "authority": authority.strip(), "reason": reason.strip(),
    }  # fmt: skip
    return TargetPlan(fields, path, _mismatch(draft, indicator))


def set_target(*, draft: TargetDraft, since: date, authority: str, reason: str, by: Viewer) -> Target:
    """Set a year's target from a day on. Refusals: as ``plan_target``. What holds from the same day already is replaced."""
    fields = plan_target(draft=draft, since=since, authority=authority, reason=reason, by=by).fields
    key = {name: fields.pop(name) for name in ("indicator", "place", "year", "kind", "is_stretch", "in_force_from")}
    with work(by.actor, f"设定{draft.year}年目标 {draft.indicator}：{reason.strip()}"):
        return Target.objects.update_or_create(**key, defaults=fields)[0]


def withdraw_target(*, target_id: int, by: Viewer) -> None:
    """Take back a revision whose day has not come. Refusals: not_allowed, setting_gone, setting_begun."""
    by.demand(ACTION)
    with work(by.actor, "撤回未生效的目标"):
        found = Target.objects.select_for_update().filter(pk=target_id).first()
        if found is None:
            raise Refusal("setting_gone", status=409)
        if found.in_force_from <= clock.today():
            raise Refusal("setting_begun", status=409)
        found.delete()


def note_targets_export(*, by: Viewer, year: int) -> None:
    """Say in the record that the targets of a year were taken out."""
    by.demand_any("indicators.view")
    with work(by.actor, f"导出{year}年目标"):
        record_event("export", "targets", f"导出{year}年目标")


def _problems(draft: TargetDraft, indicator: Indicator) -> list[Problem]:
    if draft.operator in WITHOUT_FIGURE:
        if draft.operator == Target.Operator.IN_STEP_WITH and not Indicator.objects.filter(code=draft.follows).exists():
            return [Problem("target_follows_missing", {}, "follows")]
        return [Problem("target_growth_only", {}, "kind")] if draft.kind != Target.Kind.GROWTH else []
    if draft.value is None or abs(draft.value) >= MOST:
        return [Problem("target_value_missing", {}, "value")]
    if draft.kind == Target.Kind.VALUE and indicator.value_kind == Indicator.ValueKind.RATE_ONLY:
        return [Problem("target_value_not_asked", {"indicator": indicator.name}, "kind")]
    return _path_problems(draft, indicator)


def _path_problems(draft: TargetDraft, indicator: Indicator) -> list[Problem]:
    assert draft.value is not None
    if draft.path == Target.Path.HISTORY:
        flows = draft.kind == Target.Kind.VALUE and not KINDS[indicator.value_kind].opens_at_balance
        if not flows or not history_path(indicator=indicator, year=draft.year):
            return [Problem("target_path_history_missing", {"indicator": indicator.name}, "path")]
    if draft.path == Target.Path.EXPLICIT:
        end = draft.months.get(12)
        if end is not None and end != draft.value:
            return [Problem("target_path_end", {"end": f"{end.normalize():f}", "target": f"{draft.value.normalize():f}"}, "month_12")]
        in_order = [draft.months[month] for month in sorted(draft.months)]
        counts_up = draft.kind == Target.Kind.VALUE and not KINDS[indicator.value_kind].opens_at_balance
        if counts_up and sorted([*in_order, draft.value]) != [*in_order, draft.value]:
            return [Problem("target_path_falls", {}, "path")]
    return []


def _path(draft: TargetDraft, indicator: Indicator) -> tuple[list[str | None], tuple[Decimal | None, ...]]:
    """The steps as stored, empty for a linear path, and the figures at the end of each month."""
    if draft.operator in WITHOUT_FIGURE or draft.value is None:
        return [], ()
    opening = opening_of(indicator=indicator, year=draft.year)
    if draft.path == Target.Path.HISTORY:
        shares = history_path(indicator=indicator, year=draft.year)
        kept = [None if share is None else f"{share:.6f}" for share in shares]
        return kept, tuple(None if share is None else draft.value * Decimal(share) / 100 for share in kept)
    if draft.kind == Target.Kind.GROWTH:
        named = dict(draft.months) if draft.path == Target.Path.EXPLICIT else {}
        figures = _carried(named, draft.value)
        return ([f"{value:f}" for value in figures] if named else []), figures
    named = dict(draft.months) if draft.path == Target.Path.EXPLICIT else {}
    figures = explicit_path(named, draft.value, opening)
    return ([f"{value:.6f}" for value in figures] if named else []), figures


def _carried(named: Mapping[int, Decimal], target: Decimal) -> tuple[Decimal, ...]:
    """Growth asked for month by month: one that is not named is that of the next one named, at the end the year's."""
    points = {**named, 12: target}
    return tuple(points[min(month for month in points if month >= at)] for at in range(1, 13))


def _mismatch(draft: TargetDraft, indicator: Indicator) -> TargetMismatch | None:
    """Value and growth of one year, and the base on record, must mean the same (I-16)."""
    other_kind = Target.Kind.GROWTH if draft.kind == Target.Kind.VALUE else Target.Kind.VALUE
    other = Target.objects.filter(
        indicator=indicator, year=draft.year, kind=other_kind, is_stretch=draft.is_stretch, value__isnull=False,
        place__kind=Place.Kind.ZONE,
    ).order_by("-in_force_from").first()  # fmt: skip
    base = year_base(indicator=indicator, year=draft.year)
    if other is None or other.value is None or draft.value is None or base is None:
        return None
    value, growth = (draft.value, other.value) if draft.kind == Target.Kind.VALUE else (other.value, draft.value)
    return target_mismatch(value, growth, base)
