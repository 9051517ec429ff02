"""What departments and the office do with the demo's alerts."""

from datetime import date, timedelta
from functools import partial

from zhuanban.alerts import services
from zhuanban.alerts.models import Alert
from zhuanban.calc.working_days import after_working_days
from zhuanban.kit import clock
from zhuanban.matters.models import Matter
from zhuanban.people.access import Viewer
from zhuanban.site.demo.cast import Cast
from zhuanban.site.demo.diary import Diary, at, moment
from zhuanban.site.demo.explanations import explanation

_CLOSING = "已说明原因和措施，后续月份按新数据重新判断，本期留档。（演示数据）"

_JUNE = {
    "fai": "acknowledged",
    "retail_rev": "acknowledged",
    "vat": "explained",
    "ind_va_below": "explained",
    "construction_output": "explained",
    "signed_100m": "matter",
}
"""How far the newest month's alerts have come on the demo's first morning; the others are new."""


def answer_month(cast: Cast, diary: Diary) -> None:
    """The clerks take note of the month's new alerts on the next working day and explain them on the second."""
    for place, alert in enumerate(_new()):
        raised_on = clock.shanghai(alert.raised_at).date()
        diary.note(at(after_working_days(raised_on, 1).on, 9, 10 + 3 * place), partial(_take_note, cast, alert.pk))
        diary.note(at(after_working_days(raised_on, 2).on, 10, 5 + 3 * place), partial(_explain, cast, alert.pk))


def answer_june(cast: Cast, diary: Diary) -> None:
    """The newest alerts, raised on the last evening: a few were answered at once."""
    for place, alert in enumerate(_new()):
        reached = _JUNE.get(alert.indicator.code, "") if alert.indicator else ""
        if reached:
            diary.note(moment(f"07-21 17:{20 + place}"), partial(_take_note, cast, alert.pk))
        if reached in ("explained", "matter"):
            diary.note(moment(f"07-24 08:{10 + place}"), partial(_explain, cast, alert.pk))


def close_older(cast: Cast, before: date) -> None:
    """The office closes what was raised and explained before a day and has no open matter."""
    settled = Alert.objects.filter(state=Alert.State.EXPLAINED, raised_at__lt=at(before, 0))
    for alert in settled.exclude(matter__in=Matter.objects.filter(closed_at=None)).order_by("id"):
        services.close_alert(alert_id=alert.pk, by=cast.reviewer, version=alert.version, reason=_CLOSING)


def alert_of(indicator: str, last_month: int) -> Alert:
    """The alert of an indicator for the months up to one of the demo's year."""
    found = Alert.objects.filter(indicator__code=indicator, year=2023, last_month=last_month)
    return found.get(rule="below_city_average")


def _new() -> list[Alert]:
    # Rules that need no figure of the city fired when the zone's came, days before the month's evening.
    since = clock.now() - timedelta(days=12)
    found = Alert.objects.filter(state=Alert.State.OPEN, raised_at__gte=since)
    # What one rule is answered with answers the others of its indicator and period.
    one_each = {(alert.indicator_id, alert.period.key): alert for alert in found.select_related("indicator").order_by("-id")}
    return sorted(one_each.values(), key=lambda alert: alert.pk)


def _take_note(cast: Cast, pk: int) -> None:
    alert = Alert.objects.select_related("unit").get(pk=pk)
    if alert.state != Alert.State.OPEN:
        return
    services.acknowledge_alert(alert_id=pk, by=_clerk(cast, alert), version=alert.version)


def _explain(cast: Cast, pk: int) -> None:
    alert = Alert.objects.select_related("unit", "indicator").get(pk=pk)
    assert alert.indicator is not None
    if alert.state not in (Alert.State.OPEN, Alert.State.ACKNOWLEDGED):
        return
    cause, measure = explanation(alert.indicator.code, alert.last_month)
    services.explain_alert(
        alert_id=pk, by=_clerk(cast, alert), version=alert.version, cause=cause, measure=measure
    )  # fmt: skip


def _clerk(cast: Cast, alert: Alert) -> Viewer:
    assert alert.unit is not None
    return cast.post(f"{alert.unit.code}_clerk")
