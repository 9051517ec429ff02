"""What changed since the reader was last here: a short list on the workbench and the overview, all of it on a page."""

from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhuanban.kit import clock, formats
from zhuanban.kit.changes import changes_since, has_news, last_visit, note_seen
from zhuanban.kit.policy import policy
from zhuanban.people.access import Viewer, viewer_in

SHOWN = 10
EACH = 60
"""So many news of one room are read at most."""
FIRST = 7
"""How many days back whoever looks for the first time is told."""
DAYS = (7, 30)


def news(viewer: Viewer) -> dict[str, Any] | None:
    """The newest lines since the reader's last visit, for a card; None for whom no room has news."""
    if not has_news(viewer):
        return None
    since, words = _since(viewer)
    found = changes_since(viewer, since, each=EACH)
    return {"words": words, "changes": found[:SHOWN], "count": len(found), "more": max(0, len(found) - SHOWN), "up_to": _now()}


def _since(viewer: Viewer) -> tuple[datetime, str]:
    visit = last_visit(viewer.actor.key)
    if visit is None:
        return _days_ago(FIRST), _days_words(FIRST)
    return visit, _("since your last visit, which ended %(when)s") % {"when": formats.instant_words(visit)}


def _days_ago(days: int) -> datetime:
    """The beginning of a day: the same instant for all who ask on one day, so that the boards of then are kept."""
    return datetime.combine(clock.today() - timedelta(days=days), time(0), clock.SHANGHAI)


def _days_words(days: int) -> str:
    return ngettext("in the last %(count)s day", "in the last %(count)s days", days) % {"count": days}


def _now() -> str:
    return clock.now().isoformat()


@policy(None)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """All news since the last visit, or of the last days (``days=7``), by day. Reading it changes nothing."""
    viewer, asked = viewer_in(request), request.GET.get("days", "")
    since, words = _since(viewer)
    if asked in map(str, DAYS):
        since, words = _days_ago(int(asked)), _days_words(int(asked))
    found = changes_since(viewer, since, each=EACH, alike=EACH)
    context = {
        "breadcrumbs": [{"label": _("What is new")}],
        "words": words,
        "days": [
            {"day": day, "changes": list(each)} for day, each in groupby(found, key=lambda change: clock.shanghai(change.at).date())
        ],
        "count": len(found),
        "spans": [
            {"label": _("Since the last visit"), "url": "?", "current": asked not in map(str, DAYS)},
            *({"label": _days_words(days), "url": f"?days={days}", "current": asked == str(days)} for days in DAYS),
        ],
        "up_to": _now(),
    }  # fmt: skip
    return render(request, "site/changes.html", context)


@policy(None)
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The page's script says that the list stood before the reader's eyes, up to the instant it was made.

    What a browser fetches ahead of the reader counts as not seen, and so does an instant that cannot be read.
    """
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    up_to = _instant(request.POST.get("up_to", ""))
    if up_to is not None and not ahead:
        note_seen(viewer_in(request).actor.key, up_to)
    return HttpResponse(status=204)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


