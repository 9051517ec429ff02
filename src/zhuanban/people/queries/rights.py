"""Rights given to posts, and who acts for which post."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhuanban.people.access import Viewer, in_force, not_over
from zhuanban.people.models import DataClass, Delegation, Grant, Post, PostHolder
from zhuanban.people.roles import role_words


@dataclass(frozen=True)
class GrantRow:
    """A right as its page shows it; an empty ``group`` or ``unit`` means all."""

    id: int
    post_id: int
    post: str
    role: str
    group: str
    unit: str
    since: date
    until: date | None
    data_class: str


def grants_on(*, viewer: Viewer, day: date) -> tuple[GrantRow, ...]:
    """Every right in force on a day or later, by post, for the security administrator; nothing for others. One query."""
    if not viewer.can("grants.define"):
        return ()
    found = Grant.objects.filter(not_over(day), post__active=True)
    return tuple(
        GrantRow(
            each.pk, each.post_id, each.post.label, role_words(each.role),
            each.group.name if each.group else "", each.unit.name if each.unit else "", each.valid_from, each.valid_until,
            str(DataClass(each.data_class).label),
        )
        for each in found.select_related("post__unit", "group", "unit").order_by("post__position", "post_id", "pk")
    )  # fmt: skip


@dataclass(frozen=True)
class ActingRow:
    """Somebody acts for a post."""

    id: int
    post: str
    delegate: str
    since: date
    until: date | None
    reason: str


def own_posts(*, viewer: Viewer, day: date) -> tuple[Post, ...]:
    """The posts that the viewer's account holds itself on a day."""
    held = PostHolder.objects.filter(in_force(day), user_id=viewer.user_id or 0, post__active=True)
    return tuple(Post.objects.filter(holders__in=held).select_related("unit").distinct())


def delegations_of(*, viewer: Viewer, day: date) -> tuple[ActingRow, ...]:
    """Who acts for the viewer's own posts on a day or later. Two queries."""
    found = Delegation.objects.filter(post__in=own_posts(viewer=viewer, day=day))
    return _acting_rows(found.filter(not_over(day)))


def may_act_for(*, viewer: Viewer, day: date) -> tuple[Post, ...]:
    """The posts for which the viewer's own posts may act on a day."""
    found = Delegation.objects.filter(in_force(day), delegate__in=own_posts(viewer=viewer, day=day), post__active=True)
    return tuple(Post.objects.filter(delegations__in=found).select_related("unit").distinct())


def _acting_rows(found: QuerySet[Delegation]) -> tuple[ActingRow, ...]:
    return tuple(
        ActingRow(each.pk, each.post.label, each.delegate.label, each.valid_from, each.valid_until, each.reason)
        for each in found.select_related("post__unit", "delegate__unit").order_by("valid_from", "pk")
    )
