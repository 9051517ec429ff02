"""Rights given to posts, and who acts for which post."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zhuanban.people.access import Viewer, in_force, not_over
from zhuanban.people.models import DataClass, Delegation, Grant, GroupLeader, Post, PostHolder
from zhuanban.people.roles import role_words


@dataclass(frozen=True)
class GrantRow:
    """A right as its page shows it; an empty ``group`` or ``unit`` means all.

    ``line`` is the leading post whose groups alone are reached, empty for none; ``led`` are the groups among them that
    the right reaches on the day.
    """

    id: int
    post_id: int
    post: str
    role: str
    group: str
    unit: str
    since: date
    until: date | None
    data_class: str
    line: str = ""
    led: str = ""


@dataclass(frozen=True)
class LeadingPost:
    """A post that leads groups on a day or later; ``label`` is the post with their names."""

    code: str
    label: str


def leading_posts(*, viewer: Viewer, day: date) -> tuple[LeadingPost, ...]:
    """The posts whose line a right can follow, in the posts' order, for the security administrator. One query."""
    if not viewer.can("grants.define"):
        return ()
    found = GroupLeader.objects.filter(not_over(day), post__active=True).select_related("post__unit", "group")
    groups: dict[Post, list[str]] = {}
    for tie in found.order_by("post__position", "post_id", "group__position", "pk"):
        groups.setdefault(tie.post, []).append(tie.group.name)
    return tuple(
        LeadingPost(post.code, _("%(post)s: %(groups)s") % {"post": post.label, "groups": _(", ").join(dict.fromkeys(names))})
        for post, names in groups.items()
    )


def grants_on(*, viewer: Viewer, day: date) -> tuple[GrantRow, ...]:
    """Every right in force on a day or later, by post, for the security administrator; nothing for others. One query, and
    one more where a right follows a leader's line."""
    if not viewer.can("grants.define"):
        return ()
    found = Grant.objects.filter(not_over(day), post__active=True).select_related("post__unit", "group", "unit", "line__unit")
    grants = list(found.order_by("post__position", "post_id", "pk"))
    lines = {each.line_id for each in grants if each.line_id is not None}
    ties = GroupLeader.objects.filter(in_force(day), post__in=lines).select_related("group").order_by("group__position", "pk")
    led = list(ties) if lines else []
    return tuple(
        GrantRow(
            each.pk, each.post_id, each.post.label, role_words(each.role),
            each.group.name if each.group else "", each.unit.name if each.unit else "", each.valid_from, each.valid_until,
            str(DataClass(each.data_class).label), each.line.label if each.line else "",
            _(", ").join(tie.group.name for tie in led if tie.post_id == each.line_id and each.group_id in (None, tie.group_id)),
        )
        for each in grants
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
