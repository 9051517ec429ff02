"""What people do with an alert: acknowledge, explain, open a matter from it, close it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.alerts.queries import ACTIVE, rules
from zhuanban.alerts.services.telling import subject_of
from zhuanban.alerts.services.timeline import add_event
from zhuanban.kit import clock, formats
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.matters.services import register_matter
from zhuanban.people.access import Viewer
from zhuanban.people.queries import own_units
from zhuanban.people.services import settle_notices
from zhuanban.trail.services import work

if TYPE_CHECKING:
    from zhuanban.matters.models import Matter


SOURCE = "data_anomaly"
MOST_TITLE, MOST_TEXT = 120, 4000


def _alert(alert_id: int, by: Viewer, action: str) -> Alert:
    """The alert, locked, if the viewer sees it; refused where ``action`` does not reach it."""
    reach = by.scope("alerts.view").q(group="group_id", unit="unit_id")
    alert = Alert.objects.select_for_update().filter(reach, pk=alert_id).first()
    if alert is None:
        raise Refusal("alert_unknown", status=404)
    if not by.scope(action).allows(group=alert.group_id, unit=alert.unit_id):
        raise Refusal("alert_not_yours", status=403, unit=alert.unit.name if alert.unit else "—")
    return alert


def _still_active(alert: Alert) -> None:
    if alert.state == Alert.State.CLEARED:
        raise Refusal("alert_cleared", status=409, when=formats.instant_words(alert.cleared_at))
    if alert.state == Alert.State.CLOSED:
        raise Refusal(
            "alert_closed", status=409, when=formats.instant_words(alert.closed_at), who=alert.closed_by_post
        )


def _same_version(alert: Alert, version: int) -> None:
    if alert.version != version:
        raise Refusal("stale_version", status=409)


def _change(alert: Alert, **values: Any) -> Alert:
    """Store the values under the alert's version; whoever comes second is refused."""
    changed = Alert.objects.filter(pk=alert.pk, version=alert.version).update(version=alert.version + 1, **values)
    if not changed:
        raise Refusal("stale_version", status=409)
    alert.refresh_from_db()
    return alert


def acknowledge_alert(*, alert_id: int, by: Viewer, version: int) -> Alert:
    """The department takes note: open → acknowledged, with it whatever other rules raised for the subject and period.

    Its explanation is still due.

    Refuses ``alert_unknown``, ``alert_not_yours``, ``alert_cleared``, ``alert_closed``, ``alert_acknowledged_already``,
    ``stale_version``.
    """
    with work(by.actor, "签收预警"):
        alert = _alert(alert_id, by, "alerts.explain")
        _still_active(alert)
        if alert.state != Alert.State.OPEN:
            raise Refusal(
                "alert_acknowledged_already", status=409, who=alert.acknowledged_by_post or alert.explained_by_post
            )
        _same_version(alert, version)
        _change(
            alert, state=Alert.State.ACKNOWLEDGED, acknowledged_at=clock.now(), acknowledged_by_post=by.signature
        )
        add_event(alert, AlertEvent.Verb.ACKNOWLEDGED, by)
        for other in _others(alert, (Alert.State.OPEN,)):
            _change(
                other, state=Alert.State.ACKNOWLEDGED, acknowledged_at=clock.now(), acknowledged_by_post=by.signature
            )
            add_event(other, AlertEvent.Verb.ACKNOWLEDGED, by)
    return alert


def _others(alert: Alert, states: tuple[Alert.State, ...]) -> list[Alert]:
    """What other rules raised for the same subject and period: one cause is told once. They lie in the same hands."""
    alike: dict[str, Any] = {
        "indicator_id": alert.indicator_id, "about": alert.about, "year": alert.year, "first_month": alert.first_month,
        "last_month": alert.last_month, "unit_id": alert.unit_id,
    }  # fmt: skip
    found = Alert.objects.select_for_update().filter(state__in=states, **alike)
    return list(found.exclude(pk=alert.pk).order_by("pk"))


def explain_alert(*, alert_id: int, by: Viewer, version: int, cause: str, measure: str) -> Alert:
    """Write down the cause and what is done about it: open or acknowledged → explained. May be written anew.

    What other rules raised for the subject and period and nobody explained yet is explained with it.

    An explanation for an alert that has cleared meanwhile is kept as a note on its timeline and refused with
    ``alert_cleared_note_kept``. Refuses ``required`` for an empty cause or measure, and as ``acknowledge_alert``.
    """
    cause, measure = cause.strip(), measure.strip()
    empty = [name for name, text in (("cause", cause), ("measure", measure)) if not text]
    if empty:
        raise Refusal.of([Problem("required", where=name) for name in empty])
    with work(by.actor, "说明预警"):
        alert = _alert(alert_id, by, "alerts.explain")
        too_late = alert.state == Alert.State.CLEARED
        if too_late:
            _keep_as_note(alert, by, cause, measure)
        else:
            _still_active(alert)
            _same_version(alert, version)
            _explain(alert, by, cause, measure)
            for other in _others(alert, (Alert.State.OPEN, Alert.State.ACKNOWLEDGED)):
                _explain(other, by, cause, measure)
    if too_late:
        raise Refusal("alert_cleared_note_kept", status=409, when=formats.instant_words(alert.cleared_at))
    return alert


def _explain(alert: Alert, by: Viewer, cause: str, measure: str) -> None:
    now = clock.now()
    first_seen = {} if alert.acknowledged_at else {"acknowledged_at": now, "acknowledged_by_post": by.signature}
    _change(
        alert, state=Alert.State.EXPLAINED, cause=cause, measure=measure, explained_at=now,
        explained_by_post=by.signature, **first_seen,
    )  # fmt: skip
    add_event(
        alert, AlertEvent.Verb.EXPLAINED, by, f"原因：{cause}\n措施：{measure}", f"Cause: {cause}\nMeasure: {measure}",
        cause=cause, measure=measure,
    )  # fmt: skip
    settle_notices(subject_of(alert))


def _keep_as_note(alert: Alert, by: Viewer, cause: str, measure: str) -> None:
    """Keep what was typed; sent twice it is kept once."""
    text = f"原因：{cause}\n措施：{measure}"
    kept = AlertEvent.objects.filter(alert=alert, verb=AlertEvent.Verb.NOTED, by_key=by.actor.key, text_zh=text)
    if not kept.exists():
        add_event(alert, AlertEvent.Verb.NOTED, by, text, f"Cause: {cause}\nMeasure: {measure}")


def open_matter_from_alert(
    *, alert_id: int, by: Viewer, version: int, title: str = "", description: str = "", due_on: date | None = None
) -> "Matter":
    """Open a matter of the problem ledger for what the department cannot solve alone; one alert opens one matter.

    Without title and description they are composed from the alert and its explanation. Refuses
    ``alert_matter_exists``, whatever registering a matter refuses, and as ``acknowledge_alert``.
    """
    with work(by.actor, "预警转事项"):
        alert = _alert(alert_id, by, "alerts.open_matter")
        if alert.about.startswith("matter:"):
            raise Refusal("alert_matter_exists", status=409, number=alert.about.removeprefix("matter:"))
        if alert.matter is not None:
            raise Refusal("alert_matter_exists", status=409, number=alert.matter.number)
        _still_active(alert)
        _same_version(alert, version)
        if alert.group_id is None or alert.unit_id is None:
            raise Refusal("alert_without_owner", status=409)
        matter = register_matter(
            by=by,
            ledger="problem",
            title=title.strip() or _title(alert)[:MOST_TITLE],
            description=description.strip() or _description(alert)[:MOST_TEXT],
            group_id=alert.group_id,
            unit_id=alert.unit_id,
            indicator_id=alert.indicator_id,
            source=SOURCE,
            due_on=due_on,
        )
        _change(alert, matter=matter)
        add_event(
            alert, AlertEvent.Verb.MATTER_OPENED, by, f"事项{matter.number}", f"Matter {matter.number}"
        )
    return matter


def _title(alert: Alert) -> str:
    period = alert.period
    if formats.in_chinese():
        return f"{alert.subject_zh}{period.title_zh}{_rule_name(alert)}"
    return f"{alert.subject_en}, {period.title_en}: {_rule_name(alert)}"


def _rule_name(alert: Alert) -> str:
    name = rules()[alert.rule].name
    return name.zh if formats.in_chinese() else name.en


def _description(alert: Alert) -> str:
    lines = [alert.message_zh if formats.in_chinese() else alert.message_en]
    if alert.cause:
        labels = ("原因：", "措施：") if formats.in_chinese() else ("Cause: ", "Measure: ")
        lines += [labels[0] + alert.cause, labels[1] + alert.measure]
    return "\n".join(lines)


def close_alert(*, alert_id: int, by: Viewer, version: int, reason: str) -> Alert:
    """The office closes an alert that the figures will not clear: any active state → closed.

    Nobody closes an alert of his own unit, for whichever post he acts. Refuses ``required`` for an empty reason,
    ``alert_own_unit``, and as ``acknowledge_alert``.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal("required", where="reason")
    with work(by.actor, "关闭预警"):
        alert = _alert(alert_id, by, "alerts.close")
        if alert.unit_id in own_units(viewer=by):
            raise Refusal("alert_own_unit", status=403)
        _still_active(alert)
        _same_version(alert, version)
        assert alert.state in ACTIVE
        _change(
            alert, state=Alert.State.CLOSED, closed_at=clock.now(), closed_by_post=by.signature, close_reason=reason
        )
        add_event(alert, AlertEvent.Verb.CLOSED, by, reason)
        settle_notices(subject_of(alert))
    return alert
