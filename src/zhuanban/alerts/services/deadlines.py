"""Evaluating what was due: figures that did not come, matters and filings that are late."""

from collections.abc import Iterator
from datetime import date

from zhuanban.alerts.models import Alert
from zhuanban.alerts.queries import ACTIVE, RuleInForce, rule_in_force, rules
from zhuanban.alerts.rules.rule import Deadline, RuleFacts
from zhuanban.alerts.services.evaluation import Asked, Case, Evaluation, bring_into_line
from zhuanban.alerts.services.overdue import Overdue, overdue_sources
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.calc.words import Words
from zhuanban.calc.working_days import rolled
from zhuanban.indicators.queries import BoardRow, board
from zhuanban.kit import clock
from zhuanban.matters import queries as matters
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar

_YEAR = 12
DATA_DUE_DAY = 20
"""Figures of a month are with the office by this day of the next one, when the department's report is due (plan, 五(二))."""


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
    """Every figure owed on the newest board whose day has passed, and those of older boards that were late."""
    newest = _newest_owed(today)
    months = {(newest.year, newest.last_month)}
    months |= set(Alert.objects.filter(rule="data_overdue", state__in=ACTIVE).values_list("year", "last_month"))
    begun = _begun(viewer, newest)
    seen: set[tuple[int, Period]] = set()
    for year, month in sorted(months):
        for row in board(viewer=viewer, year=year, month=month, as_known=None).rows:
            # Whoever answers for nothing is asked for nothing; what nobody has reported yet is not late.
            owed = row.due_period if row.dept_id is not None and row.indicator_id in begun else None
            if owed is not None and (row.indicator_id, owed) not in seen:
                seen.add((row.indicator_id, owed))
                yield _of_row(row, owed, Deadline(_due_on(year, month), today))


def _begun(viewer: Viewer, newest: Period) -> set[int]:
    """The indicators of which anything was reported for the newest owed month or the year before it."""
    found: set[int] = set()
    for step in range(_YEAR):
        month = months_earlier(newest.year, newest.last_month, step)
        rows = board(viewer=viewer, year=month.year, month=month.last_month, as_known=None).rows
        found |= {row.indicator_id for row in rows if row.figure_id is not None}
    return found


def _of_row(row: BoardRow, owed: Period, deadline: Deadline) -> Case:
    facts = RuleFacts() if row.figure_id is not None else RuleFacts(deadline=deadline)
    return Case(owed, facts, row.group_id, row.dept_id, row.indicator_id)


def _newest_owed(today: date) -> Period:
    """The newest month whose figures had to be there before today."""
    covered = months_earlier(today.year, today.month, 1)
    return covered if today > _due_on(covered.year, covered.last_month) else months_earlier(today.year, today.month, 2)


def _due_on(year: int, month: int) -> date:
    """The working day on which the figures of a month's board are due."""
    following = months_earlier(year, month, -1)
    return rolled(date(following.year, following.last_month, DATA_DUE_DAY), working_calendar()).on


def overdue_matters(viewer: Viewer, today: date) -> Iterator[Overdue]:
    """Matters past their unit's day; of each its number, never what it says."""
    for row in matters.overdue_matters(viewer=viewer, on=today):
        yield Overdue(
            f"matter:{row.number}", Words(f"事项{row.number}", f"Matter {row.number}"), f"/matters/{row.number}/",
            row.group_id, row.unit_id, Period.month(row.due_on.year, row.due_on.month), row.due_on,
        )  # fmt: skip
