"""What must hold inside an indicator, a target and a set of peers."""

from collections.abc import Iterator

from zhuanban.calc.measures import MEASURES
from zhuanban.plans.packs import words
from zhuanban.plans.packs.entries import Group, Indicator, Target
from zhuanban.plans.packs.problems import PackProblem
from zhuanban.plans.packs.reading import Draft, Written
from zhuanban.plans.packs.words import Operator, ReportBasis, TargetKind, ValueKind

Findings = Iterator[PackProblem]


def findings(draft: Draft) -> Findings:
    groups: dict[str, Group] = {written.entry.code: written.entry for written in draft.lists.get("groups", [])}
    kinds: dict[str, words.UnitKind] = {written.entry.code: written.entry.kind for written in draft.lists.get("units", [])}
    for indicator in draft.lists.get("indicators", []):
        yield from territories_have_one(indicator, kinds)
        yield from owned(indicator, groups)
        yield from calendar_agrees(indicator)
        yield from basis_agrees(indicator)
        yield from measured(indicator)
        yield from dated(indicator)
    yield from targets(draft)
    for peers in draft.lists.get("peers", []):
        if peers.entry.until_year is not None and peers.entry.from_year > peers.entry.until_year:
            yield peers.problem("dates_reversed", "from_year", entry=peers.label)


def owned(written: Written[Indicator], groups: dict[str, Group]) -> Findings:
    entry = written.entry
    if entry.owner is words.Owner.UNOWNED:
        if entry.group or entry.dept:
            yield written.problem("owner_contradicts", "owner", code=entry.code)
        return
    if not (entry.group and entry.dept):
        yield written.problem("owner_missing", code=entry.code)
        return
    group = groups.get(entry.group)
    if group and entry.dept not in group.responsible:
        facts = {"code": entry.code, "dept": entry.dept, "group": entry.group}
        yield written.problem("dept_not_in_group", "dept", **facts)


def territories_have_one(written: Written[Indicator], kinds: dict[str, words.UnitKind]) -> Findings:
    """Unknown units are reported as references."""
    for index, code in enumerate(written.entry.territories):
        if kinds.get(code, words.UnitKind.STREET) not in {words.UnitKind.STREET, words.UnitKind.CENTER}:
            yield written.problem("territory_kind", "territories", index, code=written.entry.code, unit=code)


def calendar_agrees(written: Written[Indicator]) -> Findings:
    entry = written.entry
    monthly = entry.frequency is words.Frequency.MONTHLY
    wanted, other = ("has_january", "has_fourth_quarter") if monthly else ("has_fourth_quarter", "has_january")
    zh, en = ("月度", "monthly") if monthly else ("季度", "quarterly")
    if getattr(entry, wanted) is None:
        rule = (f"必须写明 {wanted}，否则会误报漏报。请写 true 或 false。", f"state '{wanted}', true or false; else gaps are reported that are none.")
    elif getattr(entry, other) is not None:
        rule = (f"{other} 不适用。请删除。", f"'{other}' does not apply. Delete it.")
    else:
        return
    field = other if getattr(entry, other) is not None else wanted
    facts = {"code": entry.code, "frequency_zh": zh, "frequency_en": en, "rule_zh": rule[0], "rule_en": rule[1]}
    yield written.problem("calendar_contradicts", field, **facts)


def basis_agrees(written: Written[Indicator]) -> Findings:
    entry = written.entry
    kind, basis = entry.value_kind, entry.report_basis
    if kind is ValueKind.STOCK and basis is not ReportBasis.POINT:
        why = ("余额和在册数是时点数", "a stock is read at a point in time")
    elif kind in {ValueKind.FLOW, ValueKind.RATE_ONLY} and basis is ReportBasis.POINT:
        why = ("流量没有时点值", "a flow has no value at a point in time")
    elif basis is ReportBasis.MONTH and entry.frequency is words.Frequency.QUARTERLY:
        why = ("季度指标没有当月数", "a quarterly indicator has no single month")
    else:
        return
    facts = {"code": entry.code, "kind": kind.value, "basis": basis.value, "why_zh": why[0], "why_en": why[1]}
    yield written.problem("basis_contradicts", "report_basis", **facts)


def measured(written: Written[Indicator]) -> Findings:
    entry = written.entry
    printed = [measure.zh for measure in MEASURES]
    if entry.measure not in printed:
        facts = {"entry": written.label, "field": "measure", "value": entry.measure, "allowed": "、".join(printed)}
        yield written.problem("not_one_of", "measure", **facts)
    elif (entry.measure == "%") != (entry.value_kind is ValueKind.RATE_ONLY):
        why = ("只发布增速的指标才用“%”", "'%' is the measure of indicators published as a rate only")
        facts = {"code": entry.code, "measure": entry.measure, "why_zh": why[0], "why_en": why[1]}
        yield written.problem("measure_contradicts", "measure", **facts)


def dated(written: Written[Indicator]) -> Findings:
    entry = written.entry
    if entry.active_from and entry.active_until and entry.active_from > entry.active_until:
        yield written.problem("dates_reversed", "active_from", entry=written.label)
    if entry.successor and not entry.active_until:
        yield written.problem("successor_contradicts", "successor", code=entry.code)


def targets(draft: Draft) -> Findings:
    measures = {written.entry.code: written.entry.measure for written in draft.lists.get("indicators", [])}
    first: dict[tuple[object, ...], int] = {}
    for written in draft.lists.get("targets", []):
        entry: Target = written.entry
        yield from operator_fits(written)
        yield from target_measured(written, measures.get(entry.indicator))
        key = (entry.place, entry.indicator, entry.year, entry.kind, entry.stretch)
        if key in first:
            yield written.problem("target_twice", first=first[key])
        first.setdefault(key, written.line())


def operator_fits(written: Written[Target]) -> Findings:
    entry = written.entry
    needs = {Operator.NOT_BELOW_CITY_AVERAGE: None, Operator.IN_STEP_WITH: "in_step_with"}.get(entry.operator, "value")
    for field in ("value", "in_step_with"):
        given = getattr(entry, field) is not None
        facts = {"entry": written.label, "operator": entry.operator.value, "field": field}
        if field == needs and not given:
            yield written.problem("target_incomplete", "operator", **facts)
        elif field != needs and given:
            yield written.problem("target_excess", field, **facts)


def target_measured(written: Written[Target], own: str | None) -> Findings:
    entry = written.entry
    if entry.kind is TargetKind.GROWTH and entry.measure not in {None, "%"}:
        why = ("增速目标以“%”计", "a growth target is in %")
    elif entry.kind is TargetKind.VALUE and entry.value is not None and own and entry.measure != own:
        why = (f"应为指标的计量单位“{own}”", f"the indicator is measured in {own}")
    else:
        return
    facts = {"code": entry.indicator, "measure": entry.measure, "why_zh": why[0], "why_en": why[1]}
    yield written.problem("measure_contradicts", "measure", **facts)
