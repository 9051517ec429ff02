"""Evaluating what was due: figures that did not come, matters and filings that are late."""

from collections.abc import Iterator
from datetime import date

from zhuanban.alerts.models import Alert
from zhuanban.alerts.queries import ACTIVE, RuleInForce, rule_in_force, rules
from zhuanban.alerts.rules.rule import Deadline, RuleFacts
from zhuanban.alerts.services.evaluation import Asked, Case, Evaluation, bring_into_line
from zhuanban.alerts.services.overdue import Overdue, overdue_sources
from zhuanban.calc.periods import Period
from zhuanban.calc.reporting import month_due
from zhuanban.calc.words import Words
from zhuanban.indicators.queries import ExpectedFigure, calendar_of, expected_figures, owed_figures
from zhuanban.kit import clock
from zhuanban.matters import queries as matters
from zhuanban.people.access import Viewer, system_viewer


def evaluate_deadlines(*, by: Viewer | None = None) -> Evaluation:
    """Ask the rules about everything that was due before today; what has come meanwhile clears. Safe to repeat."""
    viewer, today = by or system_viewer("alerts"), clock.today()
    asked: list[Asked] = []
    for key, rule in rules().items():
        if rule.subject != "indicator":
            each = rule_in_force(key=key, day=today)
            asked += [(each, case) for case in _cases(each, viewer, today)]
    return bring_into_line(asked, "研判逾期预警", viewer)


def evaluate_deadlines_now() -> str:
    """The tick's step."""
    done = evaluate_deadlines()
    return f"raised {done.raised}, changed {done.changed}, cleared {done.cleared}"


def _cases(each: RuleInForce, viewer: Viewer, today: date) -> Iterator[Case]:
    if each.rule.subject == "data":
        yield from _of_figures(viewer, today)
        return
    late = {source_item.about: source_item for source_item in _overdue(each.rule.subject, viewer, today)}
    yield from (_of(item, today) for item in late.values())
    active = Alert.objects.filter(rule=each.rule.key, state__in=ACTIVE)
    yield from (_come(alert) for alert in active if alert.about not in late)


def _overdue(subject: str, viewer: Viewer, today: date) -> Iterator[Overdue]:
    for source in overdue_sources:
        if source.subject == subject:
            yield from source.found(viewer, today)


def _of(item: Overdue, today: date) -> Case:
    return Case(
        item.period, RuleFacts(deadline=Deadline(item.due_on, today)), item.group_id, item.unit_id, about=item.about,
        name=item.name, url=item.url,
    )  # fmt: skip


def _come(alert: Alert) -> Case:
    """What was late and is no more."""
    return Case(
        alert.period, RuleFacts(), alert.group_id, alert.unit_id, alert.indicator_id, alert.about,
        Words(alert.about_zh, alert.about_en), alert.about_url,
    )  # fmt: skip


def _of_figures(viewer: Viewer, today: date) -> Iterator[Case]:
    """Of every indicator the newest figure whose day has passed, by the calendar of expected figures, and the older ones
    that were late. What nobody has reported yet is not late."""
    due = [each for each in owed_figures(viewer=viewer, as_known=None) if each.due_on < today]
    seen = {(each.indicator.pk, each.period) for each in due}
    for year, month in sorted(_months_of_alerts()):
        for each in expected_figures(viewer=viewer, as_known=None, year=year, month=month):
            if (each.indicator.pk, each.period) not in seen:
                seen.add((each.indicator.pk, each.period))
                due.append(each)
    yield from (_of_expected(each, today) for each in due if each.state != "not_begun")


def _months_of_alerts() -> set[tuple[int, int]]:
    """The months in which the figures fell due that alerts speak of."""
    active = Alert.objects.filter(rule="data_overdue", state__in=ACTIVE, indicator__isnull=False).select_related("indicator")
    months = (month_due(calendar_of(alert.indicator), alert.period) for alert in active if alert.indicator is not None)
    return {(month.year, month.last_month) for month in months}


def _of_expected(each: ExpectedFigure, today: date) -> Case:
    facts = RuleFacts() if each.arrived_on is not None else RuleFacts(deadline=Deadline(each.due_on, today))
    return Case(each.period, facts, each.group.pk if each.group else None, each.unit.pk, each.indicator.pk)


def overdue_matters(viewer: Viewer, today: date) -> Iterator[Overdue]:
    """Matters past their unit's day; of each its number, never what it says."""
    for row in matters.overdue_matters(viewer=viewer, on=today):
        yield Overdue(
            f"matter:{row.number}", Words(f"事项{row.number}", f"Matter {row.number}"), f"/matters/{row.number}/",
            row.group_id, row.unit_id, Period.month(row.due_on.year, row.due_on.month), row.due_on,
        )  # fmt: skip
