"""How the office's settings are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.calc.periods import Period
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.indicators import queries as indicators
from zhuanban.indicators.queries import BoardRow
from zhuanban.kit import formats
from zhuanban.kit.office import (
    DatedSettings,
    Effect,
    Preview,
    Setting,
    SettingVersion,
    authority_words,
    office_settings,
)
from zhuanban.people.access import Viewer


def all_settings() -> list[DatedSettings]:
    """Every set of numbers, in the rooms' order."""
    return [each for source in office_settings for each in source()]


def settings_of(key: str) -> DatedSettings | None:
    """The set with a key."""
    return next((each for each in all_settings() if each.key == key), None)


def values_words(settings: tuple[Setting, ...], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each number with its name, in the reader's language."""
    return [(formats.say(each.name), _value_words(each, values.get(each.key, ""))) for each in settings]


def _value_words(setting: Setting, value: str) -> str:
    if setting.choices:
        return next((formats.say(words) for key, words in setting.choices if key == value), value)
    measure = formats.say(setting.measure)
    joint = "" if formats.in_chinese() or measure == "%" else " "
    return f"{value}{joint}{measure}" if value else formats.MISSING


@dataclass(frozen=True)
class ShownVersion:
    """One row of the history: when, what changed against the version before, on whose word; ``back`` is the day (ISO)
    of a version that lies ahead and can be taken back."""

    since: str
    values: list[tuple[str, str]]
    authority: str
    reason: str
    state: str
    back: str = ""


def history(found: DatedSettings, today: date) -> list[ShownVersion]:
    """The versions, newest first, each with the numbers in which it differs from the one before."""
    versions = found.versions()
    in_force = found.in_force(today)
    return [_shown(found, each, before, in_force, today) for each, before in zip(versions, [*versions[1:], None], strict=True)]


def _shown(
    found: DatedSettings, version: SettingVersion, before: SettingVersion | None, in_force: SettingVersion, today: date
) -> ShownVersion:
    changed = tuple(
        each for each in found.settings
        if before is None or before.values.get(each.key) != version.values.get(each.key)
    )  # fmt: skip
    ahead = version.in_force_from is not None and version.in_force_from > today
    state = _("in force") if version is in_force or version == in_force else _("ahead") if ahead else _("past")
    since = formats.date_words(version.in_force_from, "iso") if version.in_force_from else _("from the beginning")
    back = version.in_force_from.isoformat() if ahead and version.in_force_from else ""
    return ShownVersion(
        since, values_words(changed, version.values), authority_words(version.authority), version.reason, state, back
    )


def sections(today: date) -> Iterator[dict[str, Any]]:
    """The overview: each section with its sets, what is in force and since when."""
    by_section: dict[str, list[dict[str, Any]]] = {}
    for each in all_settings():
        version = each.in_force(today)
        ahead = [v for v in each.versions() if v.in_force_from is not None and v.in_force_from > today]
        by_section.setdefault(str(each.section), []).append({
            "name": formats.say(each.name),
            "url": reverse("plans:settings", args=[each.key]),
            "values": values_words(each.settings, version.values),
            "since": formats.date_words(version.in_force_from, "iso") if version.in_force_from else "",
            "authority": authority_words(version.authority),
            "ahead": formats.date_words(ahead[-1].in_force_from, "iso") if ahead else "",
        })  # fmt: skip
    return ({"title": title, "sets": sets} for title, sets in by_section.items())


@dataclass(frozen=True)
class CalendarDayShown:
    """A day of the year's calendar: ``kind`` is works, free, decided-works or decided-free, ``words`` says it."""

    day: date
    kind: str
    words: str


def calendar_months(year: int, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """Twelve months as weeks of days, Monday first; empty places are None."""
    return [_month(year, month, calendar) for month in range(1, 13)]


def _month(year: int, month: int, calendar: WorkingCalendar) -> dict[str, Any]:
    period = Period.month(year, month)
    days = [period.start_on + timedelta(days=step) for step in range((period.end_on - period.start_on).days + 1)]
    cells: list[CalendarDayShown | None] = [None] * days[0].weekday()
    cells += [_day(day, calendar) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return {"title": formats.period_words(period), "weeks": weeks, "worked": sum(calendar.is_working(day) for day in days)}


def _day(day: date, calendar: WorkingCalendar) -> CalendarDayShown:
    works = calendar.is_working(day)
    words = f"{formats.date_words(day, 'week')} {_('worked') if works else _('free')}"
    kind = "works" if works else "free"
    return CalendarDayShown(day, f"decided-{kind}" if day in calendar.overrides else kind, words)


def weekdays() -> list[str]:
    """Monday to Sunday, as short as they stand over a calendar."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def peers_preview(viewer: Viewer, place: str, indicator: str | None, from_year: int) -> Preview:
    """Whose rank would be another one on the newest month's board, were the place ranked there."""
    year, month = indicators.newest_month(viewer=viewer, as_known=None)
    members = indicators.peers_of_year(viewer=viewer, year=year, as_known=None)
    places = {each.code: each.pk for each in indicators.places_to_rank(viewer=viewer, as_known=None)}
    about = next((each.indicator_id for each in members if each.indicator and each.indicator.code == indicator), None)
    ranked = {each.place_id for each in members if each.indicator_id == about and each.from_year <= year}
    month_words = formats.period_words(Period.month(year, month))
    if from_year > year:
        return Preview((), _("The board of %(month)s lies before that year and stays as it is.") % {"month": month_words})
    changes = indicators.with_peers(
        viewer=viewer, year=year, month=month, indicator_id=about, places={*ranked, places[place]}, as_known=None
    )
    effects = tuple(
        Effect(each.before.name, _rank(each.before), _rank(each.after), reverse("indicators:indicator", args=[each.before.code]))
        for each in changes
    )
    return Preview(effects, _("Worked out with the figures of %(month)s as known now.") % {"month": month_words})


def _rank(row: BoardRow) -> str:
    return f"{row.ranked.place}/{row.ranked.of}" if row.ranked else formats.MISSING
