"""Who is who on a day: groups with their units and leaders, units, holders of posts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuanban.kit import clock
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import (
    Delegation,
    Grant,
    GroupLeader,
    GroupMember,
    OpenSession,
    Post,
    PostHolder,
    Unit,
    User,
    WorkGroup,
)
from zhuanban.people.organisation import OrganisationOnDay, Rows, first_day_of_changes, put_together
from zhuanban.people.roles import ROLES

SEEN_LATELY = timedelta(minutes=30)
"""A session seen within this time counts as open."""

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


def groups_history(*, viewer: Viewer) -> GroupsHistory:
    """All active groups. Who is in which group is open to every viewer. Three queries."""
    del viewer
    return GroupsHistory(
        tuple(WorkGroup.objects.filter(active=True)),
        tuple(GroupMember.objects.select_related("unit").order_by("unit__position", "id")),
        tuple(GroupLeader.objects.select_related("post").order_by("post__position", "id")),
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


@dataclass(frozen=True)
class AccountRow:
    """One account with the posts it holds on a day. ``has_password``: somebody has set one."""

    id: int
    username: str
    active: bool
    has_password: bool
    posts: tuple[str, ...]


def accounts_on(*, viewer: Viewer, day: date) -> tuple[AccountRow, ...]:
    """All accounts by name, for whoever makes them; nothing for others. Two queries."""
    if not viewer.can("people.accounts"):
        return ()
    held = _posts_held(day)
    return tuple(
        AccountRow(user.pk, user.username, user.active, user.has_usable_password(), tuple(held.get(user.pk, ())))
        for user in User.objects.order_by("username")
    )


def _posts_held(day: date) -> dict[int, list[str]]:
    """The labels of the posts that each account holds on a day."""
    held: dict[int, list[str]] = {}
    holders_then = PostHolder.objects.filter(in_force(day)).select_related("post__unit")
    for holder in holders_then.order_by("post__position", "post_id"):
        held.setdefault(holder.user_id, []).append(holder.post.label)
    return held


def account_name(*, viewer: Viewer, account_id: int) -> str | None:
    """The sign-in name of an account for an administrator of accounts or security; None for the absent and for others."""
    if not (viewer.can("people.accounts") or viewer.can("people.security")):
        return None
    found: str | None = User.objects.filter(pk=account_id).values_list("username", flat=True).first()
    return found


@dataclass(frozen=True)
class ProtectionRow:
    """What protects an account. ``password_set_at`` is None where it is not known; ``sessions`` were seen lately."""

    id: int
    username: str
    active: bool
    posts: tuple[str, ...]
    has_factor: bool
    password_set_at: datetime | None
    sessions: tuple[OpenSession, ...]


def protection_on(*, viewer: Viewer, day: date) -> tuple[ProtectionRow, ...]:
    """All accounts by name with what protects them, for the security administrator; nothing for others. Four queries."""
    if not viewer.can("people.security"):
        return ()
    held = _posts_held(day)
    factors = set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
    opened: dict[int, list[OpenSession]] = {}
    for session in OpenSession.objects.filter(seen_at__gte=clock.real_now() - SEEN_LATELY):
        opened.setdefault(session.user_id, []).append(session)
    return tuple(
        ProtectionRow(
            user.pk, user.username, user.active, tuple(held.get(user.pk, ())), user.pk in factors,
            user.password_set_at, tuple(opened.get(user.pk, ())),
        )
        for user in User.objects.order_by("username")
    )  # fmt: skip


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


def grants_on(*, viewer: Viewer, day: date) -> tuple[GrantRow, ...]:
    """Every right in force on a day or later, by post, for the security administrator; nothing for others. One query."""
    if not viewer.can("grants.define"):
        return ()
    found = Grant.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), post__active=True)
    return tuple(
        GrantRow(
            each.pk, each.post_id, each.post.label, str(ROLES[each.role].name) if each.role in ROLES else each.role,
            each.group.name if each.group else "", each.unit.name if each.unit else "", each.valid_from, each.valid_until,
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
    return _acting_rows(found.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day)))


def may_act_for(*, viewer: Viewer, day: date) -> tuple[Post, ...]:
    """The posts for which the viewer's own posts may act on a day."""
    found = Delegation.objects.filter(in_force(day), delegate__in=own_posts(viewer=viewer, day=day), post__active=True)
    return tuple(Post.objects.filter(delegations__in=found).select_related("unit").distinct())


def _acting_rows(found: QuerySet[Delegation]) -> tuple[ActingRow, ...]:
    return tuple(
        ActingRow(each.pk, each.post.label, each.delegate.label, each.valid_from, each.valid_until, each.reason)
        for each in found.select_related("post__unit", "delegate__unit").order_by("valid_from", "pk")
    )


def organisation_on(*, viewer: Viewer, day: date) -> OrganisationOnDay:
    """Units, posts and groups with the ties of a day, and what changed lately; nobody's name. Six queries."""
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
            holders=tuple(PostHolder.objects.filter(around).select_related("post__unit").order_by("post__position", "id")),
        ),
        day,
    )
