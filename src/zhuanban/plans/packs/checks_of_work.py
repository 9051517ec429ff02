"""What must hold inside cadences, rules and the ladder."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhuanban.plans.packs import words
from zhuanban.plans.packs.entries import Cadence, Rule
from zhuanban.plans.packs.problems import PackProblem, nearest
from zhuanban.plans.packs.reading import Draft, Written

Findings = Iterator[PackProblem]

SETTINGS = (
    "roll",
    "due_time",
    "late_after_working_days",
    "lock_after_working_days",
    "month_offset",
    "window_working_days",
)


def findings(draft: Draft) -> Findings:
    for cadence in draft.lists.get("cadences", []):
        yield from cadence_complete(cadence)
    for rule in draft.lists.get("rules", []):
        yield from rule_known(rule)
    for expected, level in enumerate(draft.lists.get("ladder", [])):
        if level.entry.level != expected:
            yield level.problem("ladder_broken", "level", expected=expected, level=level.entry.level)


def cadence_complete(written: Written[Cadence]) -> Findings:
    entry = written.entry
    filing = entry.subject is words.Subject.FILING
    wanted = {words.Rhythm.WEEKLY: "weekday", words.Rhythm.MONTHLY: "day_of_month"}.get(entry.rhythm)
    if filing and wanted and getattr(entry, wanted) is None:
        facts = {"code": entry.code, "rhythm": entry.rhythm.value, "field": wanted}
        yield written.problem("cadence_incomplete", "rhythm", **facts)
    yield from known_keys(written, "settings", entry.settings, SETTINGS)


def rule_known(written: Written[Rule]) -> Findings:
    entry = written.entry
    if entry.code not in words.PARAMETERS:
        allowed = ", ".join(words.PARAMETERS)
        yield written.problem("not_one_of", "code", entry=written.label, field="code", value=entry.code, allowed=allowed)
        return
    yield from known_keys(written, "parameters", entry.parameters, words.PARAMETERS[entry.code])
    for name, setting in entry.parameters.items():
        if not isinstance(setting.value, Decimal):
            facts = {"entry": written.label, "field": f"parameters.{name}", "value": setting.value}
            yield written.problem("bad_number", "parameters", name, "value", **facts)


def known_keys(
    written: Written[Cadence] | Written[Rule], field: str, given: Iterable[str], known: tuple[str, ...]
) -> Findings:
    for name in given:
        if name not in known:
            near_zh, near_en = nearest(name, known)
            facts = {"rule": written.entry.code, "name": name, "near_zh": near_zh, "near_en": near_en}
            yield written.problem("parameter_unknown", field, name, **facts)
