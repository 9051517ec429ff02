"""The demo's problem matters, opened, moved through the ledger and passed up its levels by its services."""

from datetime import timedelta
from functools import partial

from zhuanban.alerts.services import evaluate_deadlines, open_matter_from_alert
from zhuanban.matters.models import Matter
from zhuanban.matters.services import (
    answer_request,
    ask_request,
    climb_overdue_matters,
    escalate_matter,
    move_matter,
    register_matter,
)
from zhuanban.people.models import Unit, WorkGroup
from zhuanban.site.demo.alert_work import alert_of
from zhuanban.site.demo.cast import Cast
from zhuanban.site.demo.diary import Diary, at, moment
from zhuanban.site.demo.evidence import upload
from zhuanban.site.demo.plots import ASK, GRANT, PLOTS, REFUSE, REPORT_UP, Move, Plot


def note_all(cast: Cast, diary: Diary) -> None:
    """Put every matter and every move into the diary."""
    for plot in PLOTS:
        diary.note(moment(plot.when), partial(_open, cast, diary, plot))
    first, last = (moment(each.when).date() for each in (PLOTS[0], PLOTS[-1]))
    for days in range((last - first).days + 1):
        diary.note(at(first + timedelta(days=days), 0, 5), climb_overdue_matters)
    diary.note(at(last, 0, 15), evaluate_deadlines)


def _open(cast: Cast, diary: Diary, plot: Plot) -> None:
    matter = _from_alert(cast, plot, *plot.alert) if plot.alert else _registered(cast, plot)
    for move in plot.moves:
        diary.note(moment(move.when), partial(_move, cast, matter.pk, move))


def _registered(cast: Cast, plot: Plot) -> Matter:
    return register_matter(
        by=cast.post(plot.post),
        title=plot.title,
        description=_marked(plot.description),
        group_id=WorkGroup.objects.get(code=plot.group).pk,
        unit_id=Unit.objects.get(code=plot.unit).pk,
        source=plot.source,
    )


def _from_alert(cast: Cast, plot: Plot, indicator: str, last_month: int) -> Matter:
    alert = alert_of(indicator, last_month)
    return open_matter_from_alert(
        alert_id=alert.pk,
        by=cast.post(plot.post),
        version=alert.version,
        title=plot.title,
        description=_marked(f"{alert.message_zh}。{plot.description}"),
    )


def _move(cast: Cast, pk: int, move: Move) -> None:
    matter = Matter.objects.get(pk=pk)
    if move.verb == REPORT_UP:
        escalate_matter(matter_id=pk, by=cast.post(move.post), version=matter.version, reason=move.text)
        return
    if move.verb.startswith(ASK):
        ask_request(
            kind=move.verb.removeprefix(ASK), matter_id=pk, by=cast.post(move.post), version=matter.version,
            text=move.text, until=moment(f"{move.until} 00:00").date() if move.until else None,
        )  # fmt: skip
        return
    if move.verb in (GRANT, REFUSE):
        waiting = matter.requests.get(answered__isnull=True)
        answer_request(
            request_id=waiting.pk, granted=move.verb == GRANT, by=cast.post(move.post), version=matter.version, text=move.text
        )  # fmt: skip
        return
    files = [upload(move.file)] if move.file else []
    move_matter(
        move.verb, matter_id=pk, by=cast.post(move.post), version=matter.version, text=move.text, attachments=files,
        satisfaction=move.satisfaction,
    )  # fmt: skip


def _marked(text: str) -> str:
    return f"{text}（演示数据）"
