"""What the office may set about filings: day, way to roll, late and lock days of each kind."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period, months_earlier
from zhuanban.calc.words import Words
from zhuanban.filings import queries
from zhuanban.filings.kinds.cadence import Cadence, Covered, Dates, Rhythm, dates_of, weekday_words
from zhuanban.filings.presenters import month_title
from zhuanban.filings.services.cadences import set_cadence, withdraw_cadence
from zhuanban.kit.formats import date_words
from zhuanban.kit.office import DatedSettings, Effect, Preview, Setting, SettingVersion, versions_of
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import working_calendar

_WORKING_DAYS = Words("个工作日", "working days")
_DAY_OF_MONTH = Setting("day_of_month", Words("报送日", "Due day"), Words("日（每月）", "of the month"), Decimal(1), Decimal(31))
_WEEKDAY = Setting(
    "weekday", Words("报送日", "Due day"), choices=tuple((str(day), weekday_words(day)) for day in range(1, 8))
)
_SETTINGS = (
    Setting(
        "roll", Words("遇非工作日", "On a day off"),
        choices=(
            ("forward", Words("顺延至下一个工作日", "next working day")),
            ("backward", Words("提前至上一个工作日", "working day before")),
            ("none", Words("不移动", "does not move")),
        ),
    ),
    Setting(
        "due_time", Words("截止时间", "Until"),
        choices=tuple((f"{hour:02d}:00", Words(f"{hour:02d}:00", f"{hour:02d}:00")) for hour in range(9, 24)),
    ),
    Setting("late_after_working_days", Words("报送日后几日内不算迟报", "Not late for"), _WORKING_DAYS, Decimal(0), Decimal(20)),
    Setting("lock_after_working_days", Words("报送日后几日锁定", "Locked after"), _WORKING_DAYS, Decimal(0), Decimal(60)),
    Setting("resubmit_working_days", Words("退回后至少留", "After it was sent back at least"), _WORKING_DAYS, Decimal(1), Decimal(30)),
)  # fmt: skip
MONTHS_SHOWN = 3


def settings() -> Iterator[DatedSettings]:
    """One set per kind of filing."""
    for cadence in queries.cadences().values():
        yield DatedSettings(
            key=f"filing-{cadence.key}",
            section=gettext_lazy("Filings"),
            name=cadence.name,
            explains=gettext_lazy(
                "What counts for a filing is what was in force when the month of its due day began. "
                "Filings already listed keep their days."
            ),
            settings=(_WEEKDAY if cadence.rhythm is Rhythm.WEEKLY else _DAY_OF_MONTH, *_SETTINGS),
            versions=partial(_versions, cadence),
            preview=partial(_preview, cadence),
            write=partial(_write, cadence),
            withdraw=partial(withdraw_cadence, cadence=cadence.key),
            also=_late_before_locked,
        )


def _versions(cadence: Cadence) -> list[SettingVersion]:
    return versions_of(queries.cadence_history(viewer=system_viewer("office"), key=cadence.key), cadence.said())


def _preview(cadence: Cadence, viewer: Viewer, values: Mapping[str, str], since: date) -> Preview:
    """The days of the first filings that the change is about."""
    del viewer
    changed, calendar = cadence.with_settings(values, ""), working_calendar()
    effects = []
    for covered in _first_covered(cadence, since):
        now = queries.cadence_of(key=cadence.key, covered=covered)
        effects.append(
            Effect(
                month_title(covered),
                _said(dates_of(now, covered, calendar), now),
                _said(dates_of(changed, covered, calendar), changed),
            )
        )
    return Preview(tuple(each for each in effects if each.before != each.after), _about(cadence, since))


def _first_covered(cadence: Cadence, since: date) -> list[Covered]:
    """The first months or weeks whose filings go by what is in force from a day on."""
    if cadence.rhythm is Rhythm.WEEKLY:
        return [Week.of(_first_monday(since) + timedelta(weeks=step)) for step in range(MONTHS_SHOWN)]
    first = since if since.day == 1 else _following(since)
    due = [months_earlier(first.year, first.month, -step) for step in range(MONTHS_SHOWN)]
    return [months_earlier(month.year, month.last_month, cadence.month_offset) for month in due]


def _about(cadence: Cadence, since: date) -> str:
    if cadence.rhythm is Rhythm.WEEKLY:
        return _("The change is about weeks from %(day)s on.") % {"day": date_words(_first_monday(since))}
    first = since if since.day == 1 else _following(since)
    return _("The change is about filings due from %(month)s on.") % {"month": month_title(Period.month(first.year, first.month))}


def _first_monday(day: date) -> date:
    """The day itself, if it is a Monday, or the next one."""
    return day + timedelta(days=-day.weekday() % 7)


def _following(day: date) -> date:
    return months_earlier(day.year, day.month, -1).start_on


def _said(dates: Dates, cadence: Cadence) -> str:
    return _("due %(due)s %(time)s, late from %(late)s, locked from %(lock)s") % {
        "due": date_words(dates.due_on, "week"), "time": f"{cadence.due_time:%H:%M}",
        "late": date_words(dates.late_on, "iso"), "lock": date_words(dates.lock_on, "iso"),
    }  # fmt: skip


def _late_before_locked(values: Mapping[str, str]) -> None:
    if int(values["lock_after_working_days"]) < int(values["late_after_working_days"]):
        raise Refusal("filing_locked_before_late", where="lock_after_working_days")


def _write(cadence: Cadence, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    set_cadence(cadence=cadence.key, settings=values, since=since, authority=authority, reason=reason, by=by)
