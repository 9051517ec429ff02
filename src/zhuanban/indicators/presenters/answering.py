"""Who answers for an indicator on a day, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.indicators.queries import AnswersForIndicator
from zhuanban.kit import clock
from zhuanban.people.queries import AnsweringUnit, PostOnDay

EARLIEST, LATEST = 1900, 2199


def day_asked(text: str, usual: date) -> date:
    """The day written in the address; the usual one where none is, or what is written is no day."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return usual
    return day if EARLIEST <= day.year <= LATEST else usual


def answering_card(found: AnswersForIndicator) -> dict[str, Any]:
    """Rows of (who, units or posts, the posts' state), empty ones left out where nothing can be missing."""
    group = found.group.name if found.group else ""
    rows = [
        {"name": _("Leader"), "lines": [_post(post) for post in found.leaders]},
        {"name": _("Responsible department"), "lines": _units([found.responsible] if found.responsible else [])},
        {"name": _("Territory"), "lines": _units(found.territories)},
        {"name": _("Collaborating units"), "lines": [_(", ").join(unit.name for unit in found.collaborating)] if found.collaborating else []},
    ]
    return {"day": found.day, "is_today": found.day == clock.today(), "group": group, "rows": rows}


def _units(units: Iterable[AnsweringUnit]) -> list[str]:
    return [
        _("%(unit)s: %(posts)s") % {"unit": each.unit.name, "posts": _(", ").join(_post(post, within=each) for post in each.posts)}
        if each.posts else each.unit.name
        for each in units
    ]  # fmt: skip


def _post(post: PostOnDay, *, within: AnsweringUnit | None = None) -> str:
    name = post.post.name_within(within.unit) if within else post.post.label
    return _("%(name)s (%(note)s)") % {"name": name, "note": pgettext("post", "vacant")} if post.is_vacant else name
