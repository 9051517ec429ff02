"""Entries of a pack against each other: codes, names, references, clauses, rings."""

from collections.abc import Callable, Iterator
from typing import Any

from zhuanban.plans.packs import checks_of_indicators, checks_of_work, words
from zhuanban.plans.packs.problems import PackProblem, nearest, problem
from zhuanban.plans.packs.reading import Draft, Written
from zhuanban.plans.packs.yaml_reading import Path

Findings = Iterator[PackProblem]

NOUNS = {
    "sources": ("来源", "source"),
    "places": ("地区", "place"),
    "units": ("单位", "unit"),
    "posts": ("职务", "post"),
    "groups": ("工作组", "group"),
    "industries": ("行业", "industry"),
    "indicators": ("指标", "indicator"),
    "rules": ("规则", "rule"),
}

# list → field → list that the field refers to; a dot steps into a nested entry
REFERENCES: dict[str, dict[str, str]] = {
    "units": {"parent": "units"},
    "posts": {"unit": "units"},
    "groups": {
        "leaders": "posts",
        "office_head": "posts",
        "responsible": "units",
        "collaborating.units": "units",
    },
    "industries": {"responsible": "units", "collaborating": "units"},
    "indicators": {"group": "groups", "dept": "units", "subset_of": "indicators", "successor": "indicators", "territories": "units"},
    "ladder": {"rules": "rules"},
    "peers": {"within": "places", "members": "places", "indicators": "indicators"},
    "targets": {"place": "places", "indicator": "indicators", "in_step_with": "indicators", "source": "sources"},
}
HEADER_REFERENCES = {
    "zone": "places",
    "city": "places",
    "task_force.chief": "posts",
    "task_force.deputies": "posts",
    "task_force.office_unit": "units",
    "task_force.host_unit": "units",
    "task_force.office_head": "posts",
}


def check_draft(draft: Draft) -> list[PackProblem]:
    """Everything that is wrong between the entries that could be read."""
    checks: tuple[Callable[[Draft], Findings], ...] = (
        codes_once,
        names_once,
        references_known,
        no_rings,
        clauses_cited,
        groups_complete,
        industries_complete,
        checks_of_indicators.findings,
        checks_of_work.findings,
    )
    return [found for check in checks for found in check(draft)]


def codes_once(draft: Draft) -> Findings:
    for written_list in draft.lists.values():
        first: dict[str, int] = {}
        for written in written_list:
            code = getattr(written.entry, "code", None)
            if code is None:
                continue
            if code in first:
                yield written.problem("code_twice", "code", code=code, first=first[code])
            first.setdefault(code, written.line("code"))


def names_once(draft: Draft) -> Findings:
    """Two codes under one name, or an alias of one that is a name of another, would make imports ambiguous."""
    for name in ("units", "places", "indicators", "groups", "posts", "industries"):
        first: dict[str, tuple[str, int]] = {}
        for written in draft.lists.get(name, []):
            entry = written.entry
            for word in sorted({entry.name_zh, *getattr(entry, "aliases", ())}):
                code, line = first.setdefault(word, (entry.code, written.line("name_zh")))
                if code != entry.code:
                    field = "name_zh" if word == entry.name_zh else "aliases"
                    yield written.problem("name_twice", field, code=entry.code, other=code, first=line, name=word)


def references_known(draft: Draft) -> Findings:
    for name, fields in REFERENCES.items():
        for written in draft.lists.get(name, []):
            for field, target in fields.items():
                yield from _reference(draft, written, field, target)
    if draft.header is not None:
        for field, target in HEADER_REFERENCES.items():
            yield from _reference(draft, draft.header, field, target)


def _reference(draft: Draft, written: Written[Any], field: str, target: str) -> Findings:
    path = tuple(field.split("."))
    value: Any = written.entry
    for part in path:
        value = getattr(value, part)
    if value is None:
        return
    known = draft.codes(target)
    codes = value if isinstance(value, tuple) else (value,)
    for index, code in enumerate(codes):
        inside: Path = (*path, index) if isinstance(value, tuple) else path
        if code in codes[:index]:
            yield written.problem("reference_twice", *inside, field=field, code=code)
        elif code not in known:
            near_zh, near_en = nearest(code, known)
            noun_zh, noun_en = NOUNS[target]
            facts = {"noun_zh": noun_zh, "noun_en": noun_en, "near_zh": near_zh, "near_en": near_en}
            yield written.problem(
                "reference_unknown", *inside, field=field, code=code, where=f"{target}.yaml", **facts
            )


def no_rings(draft: Draft) -> Findings:
    by_code = {written.entry.code: written for written in draft.lists.get("units", [])}
    reported: set[str] = set()
    for code, written in by_code.items():
        ring = _ring(code, by_code)
        if ring and not reported & set(ring):
            reported |= set(ring)
            yield written.problem("cycle", "parent", path=" → ".join([*ring, ring[0]]))


def _ring(start: str, by_code: dict[str, Written[Any]]) -> list[str]:
    """The codes met from `start` upwards until `start` comes again; empty when the way ends or rings elsewhere."""
    path = [start]
    while True:
        above = by_code[path[-1]].entry.parent
        if above == start:
            return path
        if above is None or above not in by_code or above in path:
            return []
        path.append(above)


def clauses_cited(draft: Draft) -> Findings:
    known = set(draft.header.entry.clauses) if draft.header else None
    for written in draft.all():
        entry = written.entry
        if hasattr(entry, "authority"):
            yield from _clause(written, entry.authority, entry.clause, known, ())
        for field in ("settings", "parameters"):
            for key, setting in getattr(entry, field, {}).items():
                yield from _clause(written, setting.authority, setting.clause, known, (field, key))
        for field in ("answer_working_days", "working_days"):
            setting = getattr(entry, field, None)
            if setting is not None:
                yield from _clause(written, setting.authority, setting.clause, known, (field,))
    if draft.header is not None:
        force = draft.header.entry.task_force
        yield from _clause(draft.header, force.authority, force.clause, known, ("task_force",))


def _clause(
    written: Written[Any],
    authority: words.Authority,
    clause: str | None,
    known: set[str] | None,
    inside: tuple[str, ...],
) -> Findings:
    label = written.label + "".join(f".{part}" for part in inside)
    if clause is None:
        if authority is words.Authority.PLAN:
            yield written.problem("clause_missing", *inside, entry=label)
    elif known is not None and clause not in known:
        near_zh, near_en = nearest(clause, known)
        line = written.line(*inside, "clause")
        facts = {"entry": label, "clause": clause, "near_zh": near_zh, "near_en": near_en}
        yield problem(written.file, line, "clause_unknown", **facts)


def groups_complete(draft: Draft) -> Findings:
    for written in draft.lists.get("groups", []):
        group = written.entry
        if not group.responsible:
            yield written.problem("group_without_dept", "responsible", code=group.code)
        mode, units = group.collaborating.mode, group.collaborating.units
        if mode is words.Collaboration.FIXED and not units:
            why = ("请列出协同单位", "list the units")
        elif mode is not words.Collaboration.FIXED and units:
            why = ("请删除所列单位或改为 fixed", "delete them or use 'fixed'")
        else:
            continue
        facts = {"code": group.code, "mode": mode.value, "why_zh": why[0], "why_en": why[1]}
        yield written.problem("collaboration_contradicts", "collaborating", **facts)


def industries_complete(draft: Draft) -> Findings:
    for written in draft.lists.get("industries", []):
        industry = written.entry
        if industry.responsible is not None and industry.responsible in industry.collaborating:
            yield written.problem("industry_unit_twice", "collaborating", code=industry.code, unit=industry.responsible)
