"""Who is who on a day: groups with their units and leaders, units, holders of posts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from zhuanban.kit import clock
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import (
    GroupLeader,
    GroupMember,
    Industry,
    IndustryDuty,
    Post,
    PostHolder,
    Unit,
    User,
    WorkGroup,
)
from zhuanban.people.organisation import OrganisationOnDay, PostOnDay, Rows, first_day_of_changes, put_together

Names = tuple[str, str]
"""Chinese and English name."""


@dataclass(frozen=True)
class GroupOnDay:
    """A working group as it stood on a day. ``unit_ids`` are the responsible units; a group may have no leader."""

    id: int
    code: str
    name_zh: str
    name_en: str
    clause: str
    responsible: tuple[Names, ...]
    leaders: tuple[Names, ...]
    unit_ids: tuple[int, ...]
    collaborating: tuple[Names, ...]

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


@dataclass(frozen=True)
class GroupsHistory:
    """The working groups with all their ties, to be looked at on any day without asking again."""

    groups: tuple[WorkGroup, ...]
    members: tuple[GroupMember, ...]
    leaders: tuple[GroupLeader, ...]

    def on(self, day: date) -> tuple[GroupOnDay, ...]:
        """The groups as they stood on a day, in the plan's order."""
        members: dict[int, list[GroupMember]] = {}
        for member in self.members:
            if member.is_in_force(day):
                members.setdefault(member.group_id, []).append(member)
        leaders: dict[int, list[Names]] = {}
        for leader in self.leaders:
            if leader.is_in_force(day):
                leaders.setdefault(leader.group_id, []).append((leader.post.name_zh, leader.post.name_en))
        return tuple(
            _on_day(group, members.get(group.pk, []), tuple(leaders.get(group.pk, []))) for group in self.groups
        )


def groups_history(*, viewer: Viewer, active_only: bool = True) -> GroupsHistory:
    """All active groups, or dissolved ones too. Who is in which group is open to every viewer. Three queries."""
    del viewer
    found = WorkGroup.objects.all()
    return GroupsHistory(
        tuple(found.filter(active=True) if active_only else found),
        tuple(GroupMember.objects.select_related("unit").order_by("unit__position", "id")),
        tuple(GroupLeader.objects.select_related("post").order_by("post__position", "id")),
    )


@dataclass(frozen=True)
class PostsHistory:
    """Units, switched off ones too, and posts with everybody who held them, to be looked at on any day without asking again."""

    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    holders: tuple[PostHolder, ...]

    def on(self, day: date) -> tuple[PostOnDay, ...]:
        """The posts, held or vacant on a day, in the plan's order; nobody's name."""
        held = {holder.post_id for holder in self.holders if holder.is_in_force(day)}
        return tuple(PostOnDay(post, post.pk not in held) for post in self.posts)


def posts_history(*, viewer: Viewer) -> PostsHistory:
    """All units and active posts. The organisation is open to every viewer. Three queries."""
    del viewer
    return PostsHistory(
        tuple(Unit.objects.all()),
        tuple(Post.objects.filter(active=True).select_related("unit").order_by("unit__position", "position", "code")),
        tuple(PostHolder.objects.all()),
    )


def groups_on(*, viewer: Viewer, day: date) -> tuple[GroupOnDay, ...]:
    """All active groups as they stood on a day, in the plan's order. Three queries."""
    return groups_history(viewer=viewer).on(day)


def _on_day(group: WorkGroup, members: list[GroupMember], leaders: tuple[Names, ...]) -> GroupOnDay:
    def of(part: str) -> list[GroupMember]:
        return [member for member in members if member.part == part]

    responsible = of(GroupMember.Part.RESPONSIBLE)
    return GroupOnDay(
        id=group.pk,
        code=group.code,
        name_zh=group.name_zh,
        name_en=group.name_en,
        clause=group.clause,
        responsible=tuple((member.unit.name_zh, member.unit.name_en) for member in responsible),
        leaders=leaders,
        unit_ids=tuple(member.unit_id for member in responsible),
        collaborating=tuple((m.unit.name_zh, m.unit.name_en) for m in of(GroupMember.Part.COLLABORATING)),
    )


def units(*, viewer: Viewer, active_only: bool = True) -> tuple[Unit, ...]:
    """The units in the plan's order. The organisation is open to every viewer."""
    del viewer
    found = Unit.objects.all()
    return tuple(found.filter(active=True) if active_only else found)


def office_unit(*, viewer: Viewer) -> Unit | None:
    """The unit in which the task force's office sits."""
    del viewer
    return Unit.objects.filter(active=True, is_office=True).first()


def posts(*, viewer: Viewer) -> tuple[Post, ...]:
    """All active posts with their units."""
    del viewer
    return tuple(Post.objects.filter(active=True).select_related("unit"))


def holders(*, viewer: Viewer, post_id: int, on: date | None = None) -> tuple[User, ...]:
    """The accounts that hold a post on a day (today by default); none means vacant."""
    del viewer
    day = on or clock.today()
    return tuple(User.objects.filter(in_force(day, "held_posts__"), held_posts__post_id=post_id).distinct())


def organisation_on(*, viewer: Viewer, day: date) -> OrganisationOnDay:
    """Units, posts, groups and industries with the ties of a day, and what changed lately; nobody's name. Eight queries."""
    history = groups_history(viewer=viewer)
    first = first_day_of_changes(day)
    around = in_force(day) | Q(valid_from__range=(first, day)) | Q(valid_until__range=(first, day))
    return put_together(
        Rows(
            units=tuple(Unit.objects.filter(active=True)),
            posts=tuple(Post.objects.filter(active=True)),
            groups=history.groups,
            members=history.members,
            leaders=history.leaders,
            industries=tuple(Industry.objects.all()),
            duties=tuple(IndustryDuty.objects.select_related("unit").order_by("unit__position", "id")),
            holders=tuple(PostHolder.objects.filter(around).select_related("post__unit").order_by("post__position", "id")),
        ),
        day,
    )


@dataclass(frozen=True)
class AnswersForIndustry:
    """Who answers for an industry on a day. ``responsible`` is None where no unit is."""

    industry: Industry
    responsible: Unit | None
    collaborating: tuple[Unit, ...]


def answers_for_industry(*, viewer: Viewer, industry: str, day: date) -> AnswersForIndustry | None:
    """Who answers for the industry of that code on a day, of the past too; None where there is none such.

    The organisation is open to every viewer. Two queries.
    """
    del viewer
    found = Industry.objects.filter(code=industry).first()
    if found is None:
        return None
    duties = IndustryDuty.objects.filter(in_force(day), industry=found).select_related("unit").order_by("unit__position", "pk")
    of_part: dict[str, list[Unit]] = {}
    for duty in duties:
        of_part.setdefault(duty.part, []).append(duty.unit)
    responsible = of_part.get(GroupMember.Part.RESPONSIBLE, [])
    return AnswersForIndustry(found, responsible[0] if responsible else None, tuple(of_part.get(GroupMember.Part.COLLABORATING, ())))


def industries(*, viewer: Viewer) -> tuple[Industry, ...]:
    """The industries in their order. The organisation is open to every viewer."""
    del viewer
    return tuple(Industry.objects.filter(active=True))


def led_groups(*, viewer: Viewer) -> frozenset[int]:
    """The groups that the viewer's posts lead today, or the post he acts for. One query, none for whoever leads nothing."""
    if "leader" not in viewer.roles:
        return frozenset()
    today = clock.today()
    leading = GroupLeader.objects.filter(in_force(today), post__active=True)
    if viewer.acting_for is not None or viewer.user_id is None:
        return frozenset(leading.filter(post_id=viewer.post_id or 0).values_list("group_id", flat=True))
    held = PostHolder.objects.filter(in_force(today), user_id=viewer.user_id).values("post_id")
    return frozenset(leading.filter(post_id__in=held).values_list("group_id", flat=True))


def own_units(*, viewer: Viewer) -> frozenset[int]:
    """The units of every post that the viewer's account holds today, and of the post he acts for: where he is no second person."""
    own = frozenset({viewer.unit_id} if viewer.unit_id is not None else ())
    if viewer.user_id is None:
        return own
    held = PostHolder.objects.filter(in_force(clock.today()), user_id=viewer.user_id, post__active=True)
    units = held.values_list("post__unit_id", flat=True)
    return own | once_in_a_request(f"people.own_units:{viewer.user_id}", lambda: frozenset(units))
