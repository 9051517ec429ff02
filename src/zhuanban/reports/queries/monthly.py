"""The facts of reports, read from the rooms below at one moment."""

from datetime import datetime

from zhuanban.alerts import queries as alerts
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.indicators import queries as indicators
from zhuanban.indicators.queries import Board, BoardRow
from zhuanban.kit import clock, workspace
from zhuanban.matters import queries as matters
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass
from zhuanban.people.queries import office_unit
from zhuanban.reports.briefs.facts import (
    Earlier,
    Explanation,
    IndicatorFacts,
    MonthlyFacts,
    OpenMatter,
    TargetFacts,
)

_OPERATORS = {"at_least": "≥", "about": "约", "equal": "="}
_STATUS = {"flash": "快报", "forecast": "预计", "revised": "修订"}


def monthly_facts(*, viewer: Viewer, year: int, month: int, as_known: datetime | None) -> MonthlyFacts:
    """Everything the monthly analysis says, as known at ``as_known`` (None: now)."""
    board = indicators.board(viewer=viewer, year=year, month=month, as_known=as_known)
    day = clock.shanghai(as_known or clock.now()).date()
    office = office_unit(viewer=viewer)
    return MonthlyFacts(
        zone_name=board.zone_zh,
        year=year,
        month=month,
        as_known=day,
        demo=workspace.config().is_demo,
        report_unit=office.name_zh if office else "",
        groups=tuple(group.name_zh for group in board.groups),
        indicators=_indicators(viewer, board, as_known),
        matters=_matters(viewer, as_known),
        rule=indicators.rule_on(day)[0],
    )


def _indicators(viewer: Viewer, board: Board, as_known: datetime | None) -> tuple[IndicatorFacts, ...]:
    shares = indicators.base_shares_pct(viewer=viewer, year=board.year, month=board.month, as_known=as_known)
    groups = {group.id: group.name_zh for group in board.groups}
    written = _explanations(viewer, board, as_known)
    return tuple(
        IndicatorFacts(
            code=row.code,
            name=row.name_zh,
            group=groups.get(row.group_id or 0, ""),
            dept=row.dept_zh,
            measure=row.measure,
            period=row.period or Period.cumulative(board.year, board.month),
            light=row.verdict.light,
            level=row.level,
            level_places=row.decimals,
            growth_pct=row.growth_pct,
            earlier=_earlier(row),
            city_growth_pct=row.city_growth_pct,
            rank=row.ranked,
            target=_target(row),
            base_share_pct=shares.get(row.indicator_id),
            provisional=row.provisional,
            expected=row.due_period is not None,
            city_published=row.city_published,
            status=_STATUS.get(row.status, ""),
            polarity=Polarity(row.polarity),
            explanations=written.get(row.indicator_id, ()),
        )
        for row in board.rows
    )


def _earlier(row: BoardRow) -> Earlier | None:
    if row.period_before is None:
        return None
    return Earlier(row.period_before, row.growth_before_pct, row.ranked_before)


def _target(row: BoardRow) -> TargetFacts | None:
    target = row.target
    if target is None or target.value is None:
        return None
    return TargetFacts(_OPERATORS[target.operator], target.value, target.to_date, target.kind == "growth")


def _explanations(viewer: Viewer, board: Board, as_known: datetime | None) -> dict[int, tuple[Explanation, ...]]:
    """What the units had written about the alerts of the periods that the board shows."""
    shown = [(row.indicator_id, row.period) for row in board.rows if row.period is not None]
    found: dict[int, tuple[Explanation, ...]] = {}
    for alert in alerts.alerts_for(viewer=viewer, as_known=as_known, periods=shown):
        if alert.cause and alert.indicator_id is not None:
            written, before = Explanation(alert.unit_zh, alert.cause, alert.measure), found.get(alert.indicator_id, ())
            # What several rules raised is explained once.
            found[alert.indicator_id] = before if written in before else (*before, written)
    return found


def _matters(viewer: Viewer, as_known: datetime | None) -> tuple[OpenMatter, ...]:
    return tuple(
        OpenMatter(each.number, each.title, each.unit_zh, each.due_on, each.state_zh, each.indicator_code)
        for each in matters.open_matters(viewer=viewer, as_known=as_known, up_to=DataClass.INTERNAL)
    )
