"""Which posts answer for a group and for units on a day, held or vacant; nobody's name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import GroupLeader, GroupMember, Post, PostHolder, Unit
from zhuanban.people.organisation import PostOnDay

_ROLES = ("dept_head", "dept_clerk", "territory_officer")
"""Roles of the posts through which a unit answers."""


@dataclass(frozen=True)
class AnsweringUnit:
    """A unit with the posts through which it answers."""

    unit: Unit
    posts: tuple[PostOnDay, ...]


@dataclass(frozen=True)
class Answering:
    """Leaders and collaborating units of a group, and the units asked for in the plan's order."""

    leaders: tuple[PostOnDay, ...]
    collaborating: tuple[Unit, ...]
    units: tuple[AnsweringUnit, ...]

    def unit(self, unit_id: int | None) -> AnsweringUnit | None:
        return next((each for each in self.units if each.unit.pk == unit_id), None)


def answering(*, viewer: Viewer, group: int | None, units: Collection[int], day: date) -> Answering:
    """Who leads a group and works with it on a day (None: no group), and through which posts units answer then.

    Units and posts are those of the present, ties and holders those of the day. Open to every viewer. Four queries.
    """
    del viewer
    of_unit: dict[int, list[PostOnDay]] = {}
    for post in _on_day(Post.objects.filter(active=True, unit__in=units, role__in=_ROLES), day):
        of_unit.setdefault(post.post.unit_id, []).append(post)
    leading = GroupLeader.objects.filter(in_force(day), group=group).values("post")
    members = GroupMember.objects.filter(in_force(day), group=group, part=GroupMember.Part.COLLABORATING)
    return Answering(
        tuple(_on_day(Post.objects.filter(pk__in=leading), day)),
        tuple(member.unit for member in members.select_related("unit").order_by("unit__position", "pk")),
        tuple(AnsweringUnit(unit, tuple(of_unit.get(unit.pk, ()))) for unit in Unit.objects.filter(pk__in=units)),
    )


def _on_day(posts: QuerySet[Post], day: date) -> list[PostOnDay]:
    held = Exists(PostHolder.objects.filter(in_force(day), post=OuterRef("pk")))
    return [PostOnDay(post, not post.is_held) for post in posts.select_related("unit").annotate(is_held=held)]
