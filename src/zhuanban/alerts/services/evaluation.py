"""Evaluating the rules for a month: alerts rise, follow corrected figures, and clear by data.

The natural key is rule, subject and period, so evaluating again with the same figures writes nothing.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.queries import RuleInForce, explain_due, facts_of, rule_in_force, rules
from zhuanban.alerts.queries.rules import Before, longest_row, periods_before
from zhuanban.alerts.rules.rule import Finding, RuleFacts
from zhuanban.alerts.services.telling import subject_of
from zhuanban.alerts.services.timeline import add_event
from zhuanban.calc.periods import Period
from zhuanban.calc.reporting import month_covered, plan_year
from zhuanban.calc.rounding import shown
from zhuanban.calc.words import Words
from zhuanban.indicators.queries import BoardRow, board, closing_months
from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.services import settle_notices
from zhuanban.trail.services import work

LONGEST_LAG_MONTHS = 2
"""A figure of one month may show on the boards of so many months after it (services report with a lag)."""


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation changed. ``raised`` counts alerts raised again after they had cleared; ``alerts`` are both."""

    raised: int = 0
    changed: int = 0
    cleared: int = 0
    alerts: tuple[int, ...] = field(default=(), compare=False)

    def __add__(self, other: "Evaluation") -> "Evaluation":
        return Evaluation(
            self.raised + other.raised, self.changed + other.changed, self.cleared + other.cleared,
            self.alerts + other.alerts,
        )  # fmt: skip


Key = tuple[str, int | str, int, int, int]
"""rule, indicator or what else it is about, year, first and last month."""

_AT_ONCE = 500
_LIGHT = ("light", "provisional")
_LIGHTS = {
    "red": ("红灯", "red"), "yellow": ("黄灯", "yellow"), "green": ("绿灯", "green"), "grey": ("无数据", "no data"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One subject over one period as a rule judges it; ``said`` is what the alert keeps beside the finding."""

    period: Period
    facts: RuleFacts
    group_id: int | None
    unit_id: int | None
    indicator_id: int | None = None
    about: str = ""
    name: Words = Words("", "")
    url: str = ""
    said: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


Asked = tuple[RuleInForce, Case]


def evaluate_month(*, year: int, month: int, by: Viewer | None = None) -> Evaluation:
    """Ask every rule about every indicator of the month's board and bring the alerts into line.

    A rule that rests leaves its alert as it is. Writes only where something changed; safe to repeat and to run twice
    at once.
    """
    viewer = by or system_viewer("alerts")
    in_force = [each for each in _rules_in_force() if each.rule.subject == "indicator"]
    rows = [row for row in board(viewer=viewer, year=year, month=month, as_known=None).rows if row.period is not None]
    most = longest_row(in_force)
    before = periods_before(viewer=viewer, year=year, month=month, most=most) if rows and most else {}
    cases = [_case_of(row, before) for row in rows]
    asked = [(each, case) for each in in_force for case in cases if not each.rule.rests(case.facts)]
    return bring_into_line(asked, f"研判预警 {year}-{month:02d}", viewer)


def _rules_in_force() -> list[RuleInForce]:
    return [rule_in_force(key=key, day=clock.today()) for key in rules()]


def _case_of(row: BoardRow, before: dict[int, Before]) -> Case:
    assert row.period is not None
    return Case(
        row.period, facts_of(row, before.get(row.indicator_id, ())), row.group_id, row.dept_id, row.indicator_id,
        said={
            "status": row.status, "source": row.source, "light": row.light,
            "provisional": "yes" if row.provisional else "",
        },
    )  # fmt: skip


def bring_into_line(asked: list[Asked], reason: str, viewer: Viewer) -> Evaluation:
    """Let every rule judge its case; raise, change and clear alerts where they say something else, in one work."""
    outcome = [(each, case, each.rule.evaluate(case.facts, each.parameters)) for each, case in asked]
    stored = _stored([case for _each, case in asked])
    due = [
        (each, case, finding)
        for each, case, finding in outcome
        if _differs(stored.get(_key(each, case)), case, finding)
    ]
    if not due:
        return Evaluation()
    with work(viewer.actor, reason):
        done = sum((_settle(each, case, finding, viewer) for each, case, finding in due), Evaluation())
        if done.alerts:
            publish("alerts.raised", {"alerts": list(done.alerts)})
    return done


def _key(each: RuleInForce, case: Case) -> Key:
    period = case.period
    return each.rule.key, case.indicator_id or case.about, period.year, period.first_month, period.last_month


def _stored(cases: list[Case]) -> dict[Key, Alert]:
    indicators = {case.indicator_id for case in cases if case.indicator_id}
    found: list[Alert] = []
    if indicators:
        years = {case.period.year for case in cases}
        found += Alert.objects.filter(indicator_id__in=indicators, year__in=years)
    abouts = [case.about for case in cases if case.about]
    for at in range(0, len(abouts), _AT_ONCE):
        found += Alert.objects.filter(about__in=abouts[at : at + _AT_ONCE])
    return {(a.rule, a.indicator_id or a.about, a.year, a.first_month, a.last_month): a for a in found}


def _differs(alert: Alert | None, case: Case, finding: Finding | None) -> bool:
    if alert is None:
        return finding is not None
    if finding is None:
        return alert.state not in (Alert.State.CLEARED, Alert.State.CLOSED)
    return alert.state == Alert.State.CLEARED or not _same_figures(alert, case, finding)


def _same_figures(alert: Alert, case: Case, finding: Finding) -> bool:
    """Whether the alert says what the rule says now, and of the light what the board says now."""
    if any(alert.facts.get(name) != value for name, value in finding.facts.items()):
        return False
    return all(alert.facts.get(name, case.said.get(name)) == case.said.get(name) for name in _LIGHT)


def _settle(each: RuleInForce, case: Case, finding: Finding | None, by: Viewer) -> Evaluation:
    period = case.period
    of_it: dict[str, Any] = {
        "rule": each.rule.key, "indicator_id": case.indicator_id, "about": case.about, "year": period.year,
        "first_month": period.first_month, "last_month": period.last_month,
    }  # fmt: skip
    alert = Alert.objects.select_for_update().filter(**of_it).first()
    if not _differs(alert, case, finding):
        return Evaluation()
    if alert is None:
        assert finding is not None
        return _raise(each, case, finding, by)
    if finding is None:
        return _clear(each, alert, case, by)
    return _follow(each, alert, case, finding, by)


def _written(each: RuleInForce, case: Case, finding: Finding) -> dict[str, Any]:
    return {
        "facts": {**finding.facts, **case.said},
        "parameters": _parameters(each),
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
    }


def _parameters(each: RuleInForce) -> dict[str, str]:
    return {name: f"{value:f}" for name, value in each.parameters.items()}


def _raise(each: RuleInForce, case: Case, finding: Finding, by: Viewer) -> Evaluation:
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                rule=each.rule.key,
                indicator_id=case.indicator_id,
                about=case.about,
                about_zh=case.name.zh,
                about_en=case.name.en,
                about_url=case.url,
                group_id=case.group_id,
                unit_id=case.unit_id,
                year=case.period.year,
                first_month=case.period.first_month,
                last_month=case.period.last_month,
                raised_at=clock.now(),
                explain_due_on=explain_due(clock.today(), each.parameters),
                **_written(each, case, finding),
            )
    except IntegrityError:
        # Another evaluation raised it a moment ago.
        return Evaluation()
    add_event(alert, AlertEvent.Verb.RAISED, by, finding.message.zh, finding.message.en)
    return Evaluation(raised=1, alerts=(alert.pk,))


def _follow(each: RuleInForce, alert: Alert, case: Case, finding: Finding, by: Viewer) -> Evaluation:
    again = alert.state == Alert.State.CLEARED
    light = _light_words(alert, case)
    for name, value in _written(each, case, finding).items():
        setattr(alert, name, value)
    if again:
        alert.state = Alert.State.OPEN
        alert.cleared_at = None
        alert.explain_due_on = explain_due(clock.today(), each.parameters)
    alert.version += 1
    alert.save()
    verb = AlertEvent.Verb.RAISED_AGAIN if again else AlertEvent.Verb.FACTS_CHANGED
    add_event(alert, verb, by, finding.message.zh + light.zh, finding.message.en + light.en)
    return Evaluation(raised=1, alerts=(alert.pk,)) if again else Evaluation(changed=1)


def _light_words(alert: Alert, case: Case) -> Words:
    """How the light changed since the alert was last written; empty where it did not."""
    was = (alert.facts.get("light"), alert.facts.get("provisional"))
    now = (case.said.get("light"), case.said.get("provisional"))
    if was[0] is None or was == now or now[0] is None:
        return Words("", "")
    told = [
        (zh + ("（待全市数据）" if provisional else ""), en + (" (city's figures awaited)" if provisional else ""))
        for light, provisional in (was, now)
        for zh, en in (_LIGHTS[str(light)],)
    ]
    return Words(f"；{told[0][0]}改判为{told[1][0]}", f"; {told[0][1]} is now {told[1][1]}")


def _clear(each: RuleInForce, alert: Alert, case: Case, by: Viewer) -> Evaluation:
    alert.state = Alert.State.CLEARED
    alert.cleared_at = clock.now()
    alert.version += 1
    alert.save(update_fields=["state", "cleared_at", "version"])
    words = _no_longer(each, alert, case)
    add_event(alert, AlertEvent.Verb.CLEARED, by, words.zh, words.en)
    settle_notices(subject_of(alert))
    return Evaluation(cleared=1)


def _no_longer(each: RuleInForce, alert: Alert, case: Case) -> Words:
    """What the rule read when it no longer fired, and whether its parameters had been changed since it fired."""
    if each.rule.subject != "indicator" and case.facts.deadline is None:
        return Words("已完成、改期或不再需要，规则不再触发", "It has come, has another day or is no longer asked for: the rule no longer fires")
    read = [(name, _read(getattr(case.facts, key), key)) for key, name in each.rule.reads]
    zh = "，".join(f"{name.zh}{value.zh}" for name, value in read)
    en = ", ".join(f"{name.en} {value.en}" for name, value in read)
    if alert.parameters == _parameters(each):
        return Words(f"按现有数据（{zh}），规则不再触发", f"With the present figures ({en}) the rule no longer fires")
    return Words(
        f"规则参数已调整，按现有数据（{zh}）不再触发",
        f"The rule's parameters were changed; with the present figures ({en}) it no longer fires",
    )


def _read(value: Any, key: str) -> Words:
    if isinstance(value, Decimal):
        text = f"{shown(value)}{'%' if key.endswith('_pct') else ''}"
        return Words(text, text)
    found = getattr(value, "words", None)
    return found if isinstance(found, Words) else Words(str(value), str(value))


def evaluate_newest_months() -> str:
    """The tick's step: the newest month with figures and the one before it."""
    months = closing_months(viewer=system_viewer("alerts"), as_known=None)[-2:]
    total = sum((evaluate_month(year=year, month=month) for year, month in months), Evaluation())
    return f"raised {total.raised}, changed {total.changed}, cleared {total.cleared}"


def on_figures_published(payload: dict[str, Any]) -> None:
    """Answer the event ``figures.published``: evaluate every month whose board may show the new figures.

    Months of plan years that are over are passed over: loading history asks nobody to explain years long past.
    """
    first_year = plan_year(month_covered(clock.today()))
    for year, month in sorted({each for pair in payload["months"] for each in _boards_showing(*pair)}):
        if year >= first_year:
            evaluate_month(year=year, month=month)


def _boards_showing(year: int, month: int) -> list[tuple[int, int]]:
    ordinals = range(year * 12 + month - 1, year * 12 + month + LONGEST_LAG_MONTHS)
    return [(ordinal // 12, ordinal % 12 + 1) for ordinal in ordinals]
