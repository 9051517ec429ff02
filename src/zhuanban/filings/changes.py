"""What changed among the filings: signed, received, sent back; more time asked for or answered."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from zhuanban.filings.models import Extension, Filing, FrozenFiling
from zhuanban.filings.presenters import month_title
from zhuanban.filings.queries.reach import seen
from zhuanban.kit.changes import Change, gathered
from zhuanban.people.access import Viewer

_KIND = gettext_lazy("Filing")


def told(viewer: Viewer, since: datetime, limit: int, alike: int) -> Iterator[Change]:
    """The newest step of each filing within reach after an instant; many of one sort in one line. Two queries."""
    steps: dict[str, list[Change]] = {}
    for what, change in sorted([*_frozen(viewer, since, limit), *_asked(viewer, since, limit)], key=lambda each: each[1].at, reverse=True):
        steps.setdefault(what, []).append(change)
    for what, sort in steps.items():
        yield from gathered(sort[:limit], partial(_together, what), alike)


def _frozen(viewer: Viewer, since: datetime, limit: int) -> Iterator[tuple[str, Change]]:
    moved = Q(signed_at__gt=since) | Q(received_at__gt=since) | Q(sent_back_at__gt=since)
    found = FrozenFiling.objects.filter(moved, filing__in=_seen(viewer)).defer("body").select_related("filing__unit", "filing__group")
    for frozen in found.order_by("-signed_at", "-id")[:limit]:
        what, at, post = _step(frozen)
        if at > since and post != viewer.signature:
            yield what, _change(frozen.filing, at, _words(what))


def _seen(viewer: Viewer) -> Any:
    return Filing.objects.filter(seen(viewer)).values("pk")


def _step(frozen: FrozenFiling) -> tuple[str, datetime, str]:
    """The newest step of a signed version."""
    if frozen.sent_back_at is not None:
        return "sent_back", frozen.sent_back_at, frozen.sent_back_by_post
    if frozen.received_at is not None:
        return "received", frozen.received_at, frozen.received_by_post
    return "signed", frozen.signed_at, frozen.signed_by_post


def _asked(viewer: Viewer, since: datetime, limit: int) -> Iterator[tuple[str, Change]]:
    moved = Q(asked_at__gt=since) | Q(answered_at__gt=since, state__in=[Extension.State.GRANTED, Extension.State.DECLINED])
    found = Extension.objects.filter(moved, filing__in=_seen(viewer)).select_related("filing__unit", "filing__group")
    for each in found.order_by("-asked_at", "-id")[:limit]:
        answered = each.answered_at is not None and bool(each.answered_by_post)
        what = each.state if answered else "asked"
        at, post = (each.answered_at, each.answered_by_post) if answered else (each.asked_at, each.asked_by_post)
        if at is not None and at > since and post != viewer.signature:
            yield what, _change(each.filing, at, _words(what))


def _change(filing: Filing, at: datetime, note: str) -> Change:
    title = f"{filing.unit.name} {month_title(filing.covered)} {filing.group.name}"
    return Change(_KIND, title, reverse("filings:filing", args=[filing.pk]), at, note)


def _words(what: str) -> str:
    return {
        "signed": pgettext("filing", "signed, to be received"),
        "received": pgettext("filing", "received"),
        "sent_back": pgettext("filing", "sent back"),
        "asked": _("asks for more time"),
        "granted": _("more time granted"),
        "declined": _("more time declined"),
    }[what]


def _together(what: str, count: int) -> tuple[str, str]:
    return _many(what, count), reverse("filings:calendar")


def _many(what: str, count: int) -> str:
    said = {
        "signed": ngettext("%(count)s filing signed", "%(count)s filings signed", count),
        "received": ngettext("%(count)s filing received", "%(count)s filings received", count),
        "sent_back": ngettext("%(count)s filing sent back", "%(count)s filings sent back", count),
        "asked": ngettext("%(count)s unit asks for more time", "%(count)s units ask for more time", count),
        "granted": ngettext("%(count)s request for more time granted", "%(count)s requests for more time granted", count),
        "declined": ngettext("%(count)s request for more time declined", "%(count)s requests for more time declined", count),
    }[what]
    return said % {"count": count}
