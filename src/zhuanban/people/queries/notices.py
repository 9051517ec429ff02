"""What an account was told, and who is to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from zhuanban.kit import clock
from zhuanban.people.access import Viewer, in_force, viewers_on
from zhuanban.people.models import DataClass, GroupLeader, Notice, NoticeChoice, PostHolder

PAGE = 30


@dataclass(frozen=True)
class Inbox:
    """One page of notices, newest first. ``next_before`` asks for the following page; None on the last one."""

    rows: tuple[Notice, ...]
    next_before: int | None
    unread: int


def inbox(*, viewer: Viewer, unread_only: bool = False, before: int | None = None) -> Inbox:
    """The viewer's own notices."""
    mine = Notice.objects.filter(user_id=viewer.user_id or 0)
    found = mine.filter(read_at=None) if unread_only else mine
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-id")[: PAGE + 1])
    shown = tuple(rows[:PAGE])
    return Inbox(shown, shown[-1].pk if len(rows) > PAGE else None, unread_count(viewer=viewer))


def unread_count(*, viewer: Viewer) -> int:
    """How many notices wait to be read."""
    return Notice.objects.filter(user_id=viewer.user_id or 0, read_at=None).count()


def notice(*, viewer: Viewer, notice_id: int) -> Notice | None:
    """One of the viewer's own notices."""
    return Notice.objects.filter(pk=notice_id, user_id=viewer.user_id or 0).first()


def notice_choice(*, viewer: Viewer) -> NoticeChoice:
    """How the viewer wants to be told; the usual way where he chose nothing."""
    found = NoticeChoice.objects.filter(user_id=viewer.user_id or 0).first()
    return found or NoticeChoice(user_id=viewer.user_id or 0)


class Everybody:
    """All who hold a post today, with their rights: asked once for all that is to be told at one time."""

    @cached_property
    def viewers(self) -> list[Viewer]:
        return viewers_on(clock.today())

    def who_can(
        self, action: str, *, group: int | None, unit: int | None, data_class: int = DataClass.INTERNAL
    ) -> set[int]:
        """The accounts whose right reaches the fact."""
        return {
            viewer.user_id
            for viewer in self.viewers
            if viewer.user_id is not None and viewer.scope(action).at(data_class).allows(group=group, unit=unit)
        }

    def of_units(self, units: Iterable[int]) -> set[int]:
        """The accounts whose first post belongs to one of the units."""
        wanted = set(units)
        return {viewer.user_id for viewer in self.viewers if viewer.user_id is not None and viewer.unit_id in wanted}

    def of_role(self, role: str) -> set[int]:
        """The accounts that have a role by one of their posts."""
        return {viewer.user_id for viewer in self.viewers if viewer.user_id is not None and role in viewer.roles}

    def leading(self, group: int) -> set[int]:
        """The accounts that hold a post which leads the group today."""
        return self._leading.get(group, set())

    @cached_property
    def _leading(self) -> dict[int, set[int]]:
        today = clock.today()
        holding = PostHolder.objects.filter(in_force(today), user__active=True).values_list("post_id", "user_id")
        holders: dict[int, set[int]] = {}
        for post, user in holding:
            holders.setdefault(post, set()).add(user)
        found: dict[int, set[int]] = {}
        for group, post in GroupLeader.objects.filter(in_force(today), post__active=True).values_list("group_id", "post_id"):
            found.setdefault(group, set()).update(holders.get(post, ()))
        return found


def everybody(*, viewer: Viewer) -> Everybody:
    """Who could be told; for the product's own use."""
    del viewer
    return Everybody()
