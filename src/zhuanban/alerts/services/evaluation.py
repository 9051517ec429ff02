"""Evaluating the rules for a month: alerts rise, follow corrected figures, and clear by data.

The natural key is rule, indicator and period, so evaluating again with the same figures writes nothing.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.queries import RuleInForce, explain_due, facts_of, rule_in_force, rules
from zhuanban.alerts.rules.rule import Finding
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


Key = tuple[str, int, int, int, int]
"""rule, indicator, year, first and last month."""


def evaluate_month(*, year: int, month: int, by: Viewer | None = None) -> Evaluation:
    """Ask every rule about every indicator of the month's board and bring the alerts into line.

    A rule that rests leaves its alert as it is. Writes only where something changed; safe to repeat and to run twice
    at once.
    """
    viewer = by or system_viewer("alerts")
    in_force = [rule_in_force(key=key, day=clock.today()) for key in rules()]
    rows = [row for row in board(viewer=viewer, year=year, month=month, as_known=None).rows if row.period is not None]
    asked = [(each, row) for each in in_force for row in rows if not each.rule.rests(facts_of(row))]
    outcome = [(each, row, each.rule.evaluate(facts_of(row), each.parameters)) for each, row in asked]
    stored = _stored(rows)
    due = [(each, row, finding) for each, row, finding in outcome if _differs(stored.get(_key(each, row)), finding)]
    if not due:
        return Evaluation()
    with work(viewer.actor, f"研判预警 {year}-{month:02d}"):
        done = sum((_bring_into_line(each, row, finding, viewer) for each, row, finding in due), Evaluation())
        if done.alerts:
            publish("alerts.raised", {"alerts": list(done.alerts)})
    return done


def _key(each: RuleInForce, row: BoardRow) -> Key:
    period = _period(row)
    return each.rule.key, row.indicator_id, period.year, period.first_month, period.last_month


def _period(row: BoardRow) -> Period:
    assert row.period is not None
    return row.period


def _stored(rows: list[BoardRow]) -> dict[Key, Alert]:
    found = Alert.objects.filter(
        indicator_id__in=[row.indicator_id for row in rows], year__in={_period(row).year for row in rows}
    )
    return {(a.rule, a.indicator_id, a.year, a.first_month, a.last_month): a for a in found}


def _differs(alert: Alert | None, finding: Finding | None) -> bool:
    if alert is None:
        return finding is not None
    if finding is None:
        return alert.state not in (Alert.State.CLEARED, Alert.State.CLOSED)
    return alert.state == Alert.State.CLEARED or not _same_figures(alert, finding)


def _same_figures(alert: Alert, finding: Finding) -> bool:
    return all(alert.facts.get(name) == value for name, value in finding.facts.items())


def _bring_into_line(each: RuleInForce, row: BoardRow, finding: Finding | None, by: Viewer) -> Evaluation:
    rule, indicator_id, year, first_month, last_month = _key(each, row)
    alert = (
        Alert.objects.select_for_update()
        .filter(rule=rule, indicator_id=indicator_id, year=year, first_month=first_month, last_month=last_month)
        .first()
    )
    if not _differs(alert, finding):
        return Evaluation()
    if alert is None:
        assert finding is not None
        return _raise(each, row, finding, by)
    if finding is None:
        return _clear(each, alert, row, by)
    return _follow(each, alert, row, finding, by)


def _written(each: RuleInForce, row: BoardRow, finding: Finding) -> dict[str, Any]:
    return {
        "facts": {**finding.facts, "status": row.status, "source": row.source},
        "parameters": _parameters(each),
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
    }


def _parameters(each: RuleInForce) -> dict[str, str]:
    return {name: f"{value:f}" for name, value in each.parameters.items()}


def _raise(each: RuleInForce, row: BoardRow, finding: Finding, by: Viewer) -> Evaluation:
    period = _period(row)
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                rule=each.rule.key,
                indicator_id=row.indicator_id,
                group_id=row.group_id,
                unit_id=row.dept_id,
                year=period.year,
                first_month=period.first_month,
                last_month=period.last_month,
                raised_at=clock.now(),
                explain_due_on=explain_due(clock.today(), each.parameters),
                **_written(each, row, finding),
            )
    except IntegrityError:
        # Another evaluation raised it a moment ago.
        return Evaluation()
    add_event(alert, AlertEvent.Verb.RAISED, by, finding.message.zh, finding.message.en)
    return Evaluation(raised=1, alerts=(alert.pk,))


def _follow(each: RuleInForce, alert: Alert, row: BoardRow, finding: Finding, by: Viewer) -> Evaluation:
    again = alert.state == Alert.State.CLEARED
    for name, value in _written(each, row, finding).items():
        setattr(alert, name, value)
    if again:
        alert.state = Alert.State.OPEN
        alert.cleared_at = None
        alert.explain_due_on = explain_due(clock.today(), each.parameters)
    alert.version += 1
    alert.save()
    verb = AlertEvent.Verb.RAISED_AGAIN if again else AlertEvent.Verb.FACTS_CHANGED
    add_event(alert, verb, by, finding.message.zh, finding.message.en)
    return Evaluation(raised=1, alerts=(alert.pk,)) if again else Evaluation(changed=1)


def _clear(each: RuleInForce, alert: Alert, row: BoardRow, by: Viewer) -> Evaluation:
    alert.state = Alert.State.CLEARED
    alert.cleared_at = clock.now()
    alert.version += 1
    alert.save(update_fields=["state", "cleared_at", "version"])
    words = _no_longer(each, alert, row)
    add_event(alert, AlertEvent.Verb.CLEARED, by, words.zh, words.en)
    settle_notices(subject_of(alert))
    return Evaluation(cleared=1)


def _no_longer(each: RuleInForce, alert: Alert, row: BoardRow) -> Words:
    """What the rule read when it no longer fired, and whether its parameters had been changed since it fired."""
    facts = facts_of(row)
    read = [(name, f"{shown(getattr(facts, key))}{'%' if key.endswith('_pct') else ''}") for key, name in each.rule.reads]
    zh, en = "，".join(f"{name.zh}{value}" for name, value in read), ", ".join(f"{name.en} {value}" for name, value in read)
    if alert.parameters == _parameters(each):
        return Words(f"按现有数据（{zh}），规则不再触发", f"With the present figures ({en}) the rule no longer fires")
    return Words(
        f"规则参数已调整，按现有数据（{zh}）不再触发",
        f"The rule's parameters were changed; with the present figures ({en}) it no longer fires",
    )


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
