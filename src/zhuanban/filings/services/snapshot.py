"""The snapshot of live data that a filing is compiled from. Figures are text, exactly as stored; missing is null."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from zhuanban.alerts.queries import AlertRow, alerts_for
from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.filings.kinds.cadence import Covered, covered_days
from zhuanban.filings.models import Filing
from zhuanban.indicators.queries import BoardRow, board
from zhuanban.matters.queries import MatterRow, matters_between, open_matters
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import DataClass


def snapshot(filing: Filing, at: datetime) -> dict[str, Any]:
    """What the filing says of its month or week: the group's indicators of this unit, their alerts, its matters.

    A weekly filing shows the figures of the month before, the newest that can be known.

    The same data give the same snapshot, whoever compiles it: it reads with the product's own reach.
    """
    viewer = system_viewer("filings")
    month = _month_of_figures(filing)
    rows = [
        row
        for row in board(viewer=viewer, year=month.year, month=month.last_month, as_known=None).rows
        if row.group_id == filing.group_id and row.dept_id in (filing.unit_id, None)
    ]
    periods = [(row.indicator_id, row.period) for row in rows if row.period is not None]
    covered = filing.covered
    return {
        "schema": 1,
        "cadence": filing.cadence,
        "covered": covered.key,
        "plan_year": covered.year,
        "unit": _named(filing.unit),
        "group": _named(filing.group),
        "due_on": filing.due_on.isoformat(),
        # Only where the office granted more time, so that the text of all others stays as it was.
        **({"extended_to": filing.extended_to.isoformat()} if filing.extended_to else {}),
        "compiled_at": at.isoformat(timespec="seconds"),
        "indicators": [_indicator(row) for row in rows],
        "alerts": [_alert(row) for row in alerts_for(viewer=viewer, as_known=None, periods=periods)],
        "matters": _matters(viewer, filing, covered),
    }


def _month_of_figures(filing: Filing) -> Period:
    covered = filing.covered
    return months_earlier(filing.year, filing.month, 1) if isinstance(covered, Week) else covered


def _named(thing: Any) -> dict[str, str]:
    return {"code": thing.code, "name_zh": thing.name_zh, "name_en": thing.name_en}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _period(period: Period | None) -> dict[str, str] | None:
    return None if period is None else {"key": period.key, "zh": period.label_zh, "en": period.label_en}


def _indicator(row: BoardRow) -> dict[str, Any]:
    target = row.target
    return {
        "code": row.code,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "measure": row.measure,
        "decimals": row.decimals,
        "period": _period(row.period),
        "level": _text(row.level),
        "growth_pct": _text(row.growth_pct),
        "city_growth_pct": _text(row.city_growth_pct),
        "gap_pp": _text(row.gap_pp),
        "rank": row.rank,
        "rank_of": row.rank_of,
        "target": target and {"kind": target.kind, "value": _text(target.value), "to_date": _text(target.to_date)},
        "light": row.light,
        "provisional": row.provisional,
        "reasons": [reason.code for reason in row.verdict.reasons],
        "status": row.status,
        "source": row.source,
        "known_at": row.known_at.isoformat(timespec="seconds") if row.known_at else None,
    }


def _alert(row: AlertRow) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "rule_zh": row.rule_zh,
        "rule_en": row.rule_en,
        "indicator": row.indicator_code,
        "indicator_zh": row.indicator_zh,
        "indicator_en": row.indicator_en,
        "period": _period(row.period),
        "message_zh": row.message_zh,
        "message_en": row.message_en,
        "state": row.state,
        "cause": row.cause,
        "measure": row.measure,
        "explained_by": row.explained_by_post,
        "matter": row.matter_number,
    }


def _matters(viewer: Viewer, filing: Filing, covered: Covered) -> list[dict[str, Any]]:
    """What moved in the month or week and what is still open, each once, by number."""
    # A filing is read by all who may see filings: what is confidential beyond that stays in the ledger.
    here: dict[str, Any] = {"unit_id": filing.unit_id, "group_id": filing.group_id, "up_to": DataClass.INTERNAL}
    since, until = covered_days(covered)
    moved = matters_between(viewer=viewer, since=since, until=until, **here)
    still = open_matters(viewer=viewer, as_known=None, **here)
    once = {row.number: row for row in (*moved, *still)}
    return [_matter(once[number]) for number in sorted(once)]


def _matter(row: MatterRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "state": row.state,
        "state_zh": row.state_zh,
        "state_en": row.state_en,
        "due_on": row.due_on.isoformat(),
        "is_open": row.is_open,
    }
