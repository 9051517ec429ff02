"""Applying a pack: the workspace's organisation, indicators, peers and targets come to say what the pack says.

The pack applied before is the base of comparison: only what the pack itself changed since then is written, so what the
office changed in the workspace (the name of a street, say) stays. Nothing is deleted.
"""

import json
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar, cast

from zhuanban.alerts import services as alerts
from zhuanban.filings import services as filings
from zhuanban.indicators import services as indicators
from zhuanban.kit import clock
from zhuanban.kit.defining import Defined
from zhuanban.matters import services as matters
from zhuanban.people import services as people
from zhuanban.people.access import Viewer
from zhuanban.plans import queries
from zhuanban.plans.models import AppliedPack
from zhuanban.plans.packs.entries import Pack, Setting
from zhuanban.plans.packs.renaming import ZoneNames, renamed
from zhuanban.plans.services import rows
from zhuanban.trail.services import work

K = TypeVar("K", bound=Hashable)
Define = Callable[..., Defined[Any]]


@dataclass(frozen=True)
class Change:
    """One thing that was written: its kind, its code, and the fields that changed (none: it is new or has ended)."""

    kind: str
    code: str
    fields: tuple[str, ...] = ()


@dataclass
class ApplySummary:
    """What an application wrote. ``retired`` entries are gone from the pack and inactive or ended, never deleted.

    ``left`` are published targets gone from the pack: they are history and stay. ``name_pending`` are units whose
    names the plan does not give.
    """

    created: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    retired: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    name_pending: list[str] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        return not (self.created or self.changed or self.retired or self.left)

    def note(self, kind: str, code: str, defined: Defined[Any]) -> None:
        if defined.is_new:
            self.created.append(Change(kind, code))
        elif defined.changed:
            self.changed.append(Change(kind, code, defined.changed))


@dataclass
class _Application:
    pack: Pack
    before: Pack | None
    by: Viewer
    since: date
    today: date
    summary: ApplySummary


def apply_pack(
    pack: Pack, *, by: Viewer, zone_names: ZoneNames | None = None, since: date | None = None
) -> ApplySummary:
    """Write a pack into the workspace, all or nothing, and say what that changed.

    ``zone_names`` puts the structure under fictitious names and leaves published targets of renamed places out.
    ``since`` is the day from which the first application holds (the plan's own date when not given); later
    applications hold from today. Applying the same pack twice writes nothing. Refusals: ``not_allowed``.
    """
    by.demand("plans.apply")
    wanted = renamed(pack, zone_names) if zone_names else pack
    before = queries.applied_pack(viewer=by)
    today = clock.today()
    first_day = since or wanted.header.in_force_from
    run = _Application(wanted, before, by, today if before else first_day, today, ApplySummary())
    run.summary.name_pending = [unit.code for unit in wanted.units if unit.name_pending]
    if before == wanted:
        return run.summary
    with work(by.actor, f"应用方案包 {wanted.header.code}"):
        _apply_entries(run)
        _apply_ties(run)
        _apply_histories(run)
        _remember(run)
    return run.summary


def _apply_entries(run: _Application) -> None:
    kinds: tuple[tuple[str, Callable[[Pack], Mapping[str, Any]], Define], ...] = (
        ("unit", rows.unit_rows, people.define_unit),
        ("group", rows.group_rows, people.define_group),
        ("industry", rows.industry_rows, people.define_industry),
        ("post", rows.post_rows, people.define_post),
        ("place", rows.place_rows, indicators.define_place),
        ("indicator", rows.indicator_rows, indicators.define_indicator),
    )
    for kind, rows_of, define in kinds:
        wanted = rows_of(run.pack)
        before = rows_of(run.before) if run.before else {}
        for code, fields in wanted.items():
            old = before.get(code)
            news = {name: value for name, value in fields.items() if old is None or old[name] != value}
            if news:
                run.summary.note(kind, code, define(code=code, by=run.by, **news))
        for code in before.keys() - wanted.keys():
            if not define(code=code, by=run.by, active=False).is_unchanged:
                run.summary.retired.append(Change(kind, code))


def _apply_ties(run: _Application) -> None:
    sorts: tuple[tuple[str, Callable[[Pack], set[Any]], Callable[..., bool], Define], ...] = (
        ("member", rows.members, people.end_member, partial(people.define_member, on_call=False)),
        ("duty", rows.duties, people.end_duty, people.define_duty),
        ("territory", rows.territories, indicators.end_territory, indicators.define_territory),
        ("leader", rows.leaders, people.end_leader, people.define_leader),
        ("grant", rows.grants, people.end_grant, people.define_grant),
    )
    for kind, ties, end, define in sorts:
        for tie in _gone(ties, run):
            if end(**tie._asdict(), on=run.today, by=run.by):
                run.summary.retired.append(_tie(kind, tie))
        for tie in _new(ties, run):
            run.summary.note(kind, _tie(kind, tie).code, define(**tie._asdict(), since=run.since, by=run.by))


def _apply_histories(run: _Application) -> None:
    targets, old_targets = rows.targets(run.pack), rows.targets(run.before) if run.before else {}
    for key, fields in targets.items():
        if old_targets.get(key) != fields:
            made = indicators.define_target(**key._asdict(), **fields, today=run.today, by=run.by)
            run.summary.note("target", _tie("target", key).code, made)
    run.summary.left += [_tie("target", key) for key in _sorted(old_targets.keys() - targets.keys())]
    _apply_peers(run)
    _apply_rules(run)
    _apply_terms(run)


def _apply_rules(run: _Application) -> None:
    for rule, settings in _changed(rows.rule_parameters, run):
        dated = _dated(settings, run)
        values = {name: setting.value for name, setting in settings.items()}
        if rule == rows.LIGHT_RULE:
            run.summary.note("thresholds", rule, indicators.define_thresholds(parameters=values, **dated))
            continue
        exact = {name: Decimal(str(value)) for name, value in values.items()}
        run.summary.note("rule", rule, alerts.define_rule_parameters(rule=rule, parameters=exact, **dated))


def _apply_terms(run: _Application) -> None:
    for cadence, settings in _changed(rows.cadence_settings, run):
        said = {name: str(setting.value) for name, setting in settings.items()}
        run.summary.note(
            "cadence", cadence, filings.define_cadence(cadence=cadence, settings=said, **_dated(settings, run))
        )
    for ledger, clocks in _changed(rows.ledger_terms, run):
        days = {clock: int(str(setting.value)) for clock, setting in clocks.items()}
        run.summary.note("terms", ledger, matters.define_terms(ledger=ledger, terms=days, **_dated(clocks, run)))
    for ledger, levels in _changed(rows.ledger_ladders, run):
        days = {key: int(str(setting.value)) for key, setting in levels.items()}
        run.summary.note("ladder", ledger, matters.define_ladder(ledger=ledger, days=days, **_dated(levels, run)))


def _changed(rows_of: Callable[[Pack], dict[str, dict[str, Setting]]], run: _Application) -> list[tuple[str, dict[str, Setting]]]:
    before = rows_of(run.before) if run.before else {}
    return [(code, settings) for code, settings in rows_of(run.pack).items() if settings and before.get(code) != settings]


def _dated(settings: dict[str, Setting], run: _Application) -> dict[str, Any]:
    authority = rows.authority_of(settings, run.pack)
    return {"since": run.since, "today": run.today, "authority": authority, "by": run.by}


def _apply_peers(run: _Application) -> None:
    wanted, before = rows.peers(run.pack), rows.peers(run.before) if run.before else {}
    for key, fields in wanted.items():
        if before.get(key) != fields:
            counted = indicators.define_peer(**key._asdict(), **fields, by=run.by)
            run.summary.note("peer", _tie("peer", key).code, counted)
    for key in before.keys() - wanted.keys():
        fields = {**before[key], "until_year": run.pack.header.plan_year - 1}
        if not indicators.define_peer(**key._asdict(), **fields, by=run.by).is_unchanged:
            run.summary.retired.append(_tie("peer", key))


def _remember(run: _Application) -> None:
    header = run.pack.header
    AppliedPack.objects.create(
        code=header.code,
        plan_year=header.plan_year,
        document_number=header.document_number,
        content=json.loads(run.pack.model_dump_json()),
        in_force_from=run.since,
        applied_at=clock.now(),
        applied_by_post=run.by.signature,
    )


def _gone(ties: Callable[[Pack], set[K]], run: _Application) -> list[K]:
    return _sorted(ties(run.before) - ties(run.pack)) if run.before else []


def _new(ties: Callable[[Pack], set[K]], run: _Application) -> list[K]:
    return _sorted(ties(run.pack) - (ties(run.before) if run.before else set()))


def _sorted(ties: AbstractSet[K]) -> list[K]:
    return sorted(ties, key=str)


def _tie(kind: str, parts: Any) -> Change:
    return Change(kind, "/".join(str(part) for part in cast("tuple[object, ...]", parts) if part is not None))
