"""Powers that nobody joins: an administrator's with any other, and leading with recording figures.

What a post can do are all of its rights, in force or to come, and the role it is called by; what a person can do is that of
all his posts. Every way to come by a power (filling a post, a right, acting, another role) is held against it.
"""

from collections.abc import Iterable
from datetime import date

from zhuanban.people.access import not_over
from zhuanban.people.models import Delegation, Grant, Post, PostHolder
from zhuanban.people.roles import ADMINISTRATORS, LEADING, RECORDING


def powers_of(posts: Iterable[Post], day: date) -> set[str]:
    """The roles in which the posts act on a day or later."""
    found = list(posts)
    granted = Grant.objects.filter(not_over(day), post__in=found)
    return {post.role for post in found} | set(granted.values_list("role", flat=True))


def joins_administrators(powers: set[str]) -> bool:
    """Whether an administrator's power stands beside any other."""
    return bool(powers & set(ADMINISTRATORS)) and len(powers) > 1


def joins_leading_and_recording(powers: set[str]) -> bool:
    """Whether somebody who leads could record figures: a leader has no way to a value."""
    return bool(powers & LEADING) and bool(powers & RECORDING)


def posts_of(user_id: int | None, day: date) -> list[Post]:
    """The posts that an account holds on a day or later, and those it can act for."""
    held = list(Post.objects.filter(holders__in=PostHolder.objects.filter(not_over(day), user_id=user_id or 0)).distinct())
    acted = Delegation.objects.filter(not_over(day), delegate__in=held).values_list("post_id", flat=True)
    return held + list(Post.objects.filter(pk__in=list(acted)))


def holders_powers(post: Post, day: date) -> set[str]:
    """What everybody who holds a post on a day or later can do with all of his posts."""
    users = PostHolder.objects.filter(not_over(day), post=post).values_list("user_id", flat=True)
    return set().union(powers_of([post], day), *(powers_of(posts_of(user, day), day) for user in users))
