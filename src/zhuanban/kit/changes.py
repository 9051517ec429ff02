"""What changed since a reader was last here: each room names its news, the workbench gathers them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from zhuanban.kit import clock
from zhuanban.kit.models import VisitMark
from zhuanban.kit.registries import Registry

APART = timedelta(minutes=30)
"""Looks that lie this far apart belong to different visits."""
MOST_ALIKE = 3
"""News of one sort beyond so many are told in one line."""


@dataclass(frozen=True)
class Change:
    """One line of news: what happened at an instant, and where it is read. ``was`` and ``now`` are lights, where one changed."""

    kind: Any
    title: str
    url: str
    at: datetime
    note: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class ChangeSource:
    """A room's news for holders of ``action``.

    ``told(viewer, since, limit, alike)`` gives at most ``limit`` of them after an instant, within the viewer's reach and
    without what he did himself; beyond ``alike`` of one sort they are one line. At most three queries.
    """

    action: str
    told: Callable[[Any, datetime, int, int], Iterable[Change]]


change_sources: Registry[ChangeSource] = Registry()
"""All rooms' news, filled in their ``apps.py``."""


def changes_since(viewer: Any, since: datetime, *, each: int, alike: int = MOST_ALIKE) -> list[Change]:
    """The news of every room after an instant, newest first, at most ``each`` of any room; beyond ``alike`` of one sort
    they are one line."""
    found = [
        change for source in change_sources if viewer.can(source.action) for change in source.told(viewer, since, each, alike)
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def has_news(viewer: Any) -> bool:
    """Whether any room could ever have news for the viewer."""
    return any(viewer.can(source.action) for source in change_sources)


def gathered(found: Sequence[Change], together: Callable[[int], tuple[str, str]], alike: int) -> list[Change]:
    """News of one sort, newest first: each by itself, or beyond ``alike`` one line of the newest's instant.

    ``together(count)`` gives that line's title and address.
    """
    if len(found) <= alike:
        return list(found)
    title, url = together(len(found))
    return [Change(found[0].kind, title, url, found[0].at)]


def last_visit(actor: str) -> datetime | None:
    """When the reader's last visit ended: his newest look if that lies half an hour back, else the end of the visit before.

    None for whoever looks for the first time. Reading changes nothing. One query.
    """
    mark = VisitMark.objects.filter(actor=actor).first()
    if mark is None:
        return None
    return mark.seen_at if clock.now() - mark.seen_at >= APART else mark.earlier_at


def note_seen(actor: str, up_to: datetime) -> None:
    """The reader saw the news up to an instant. Later than now counts as now; what an older page shows changes nothing."""
    up_to = min(up_to, clock.now())
    with transaction.atomic():
        mark = VisitMark.objects.select_for_update().filter(actor=actor).first()
        if mark is None:
            _begin(actor, up_to)
        elif up_to > mark.seen_at:
            if up_to - mark.seen_at >= APART:
                mark.earlier_at = mark.seen_at
            mark.seen_at = up_to
            mark.save()


def _begin(actor: str, up_to: datetime) -> None:
    try:
        with transaction.atomic():
            VisitMark.objects.create(actor=actor, seen_at=up_to)
    except IntegrityError:
        # Another tab of the same reader was first; it saw the same page.
        return
