"""What the pages of filings share: crumbs, tabs, the month asked for, the settings of a cadence."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.calc.periods import Period, months_earlier
from zhuanban.filings.kinds.cadence import Covered, covered_month
from zhuanban.kit import clock
from zhuanban.kit.formats import say
from zhuanban.kit.office import authority_words
from zhuanban.people.access import Viewer, viewer_in


@dataclass(frozen=True)
class Crumb:
    """A step of the way to a page."""

    label: str
    url: str = ""


def month_asked(text: str) -> Period:
    """The covered month asked for; without one the month whose filings are due now."""
    year, _dash, month = text.partition("-")
    if len(year) == 4 and year.isascii() and year.isdigit() and month in {f"{each:02d}" for each in range(1, 13)}:
        return Period.month(int(year), int(month)) if 1900 < int(year) < 2199 else due_now()
    return due_now()


def due_now() -> Period:
    today = clock.today()
    return months_earlier(today.year, today.month, 1)


HOLDING = ("filings.compile", "filings.sign", "filings.weekly_write", "filings.weekly_sign")
"""Whoever may do one of these has filings of his own."""


def opens_calendar(viewer: Viewer) -> bool:
    """Whether the bare address of filings shows the calendar of the open month: for those who hold filings."""
    return any(viewer.can(action) for action in HOLDING)


def tabs_of(
    request: HttpRequest, here: str, *, covered: Period | None = None, group: int | None = None
) -> list[dict[str, Any]]:
    """The pages of filings that the viewer may open. What is chosen on this one goes along: the covered month, whose
    filings stand in the calendar of the month after, and the group."""
    viewer = viewer_in(request)
    shown = covered or due_now()
    following = months_earlier(shown.year, shown.last_month, -1)
    kept = {
        "list": {"month": shown.key},
        "calendar": {**({"month": following.key} if covered else {}), **({"group": str(group)} if group is not None else {})},
        "timeliness": {"group": str(group)} if group is not None else {},
        "consolidated": {"month": covered.key} if covered else {},
    }
    pages = [
        ("calendar", _("Calendar"), True), ("list", _("List"), True), ("timeliness", _("Timeliness"), True),
        ("consolidated", _("Consolidated"), viewer.can("filings.consolidated")),
        ("week", _("My week"), viewer.can("filings.weekly_write")),
    ]  # fmt: skip
    return [
        {
            "label": label,
            "url": reverse(f"filings:{name}") + (f"?{urlencode(kept[name])}" if kept.get(name) else ""),
            "current": name == here,
        }
        for name, label, open_to in pages
        if open_to
    ]


def shown_settings(settings: Any) -> list[dict[str, str]]:
    return [
        {
            "name": say(setting.name),
            "value": say(setting.value),
            "authority": _("the plan, clause %(clause)s") % {"clause": setting.clause}
            if setting.authority == "plan"
            else authority_words(setting.authority),
        }
        for setting in settings
    ]


def list_url(covered: Covered) -> str:
    year, month = covered_month(covered)
    return f"{reverse('filings:list')}?month={year}-{month:02d}"
