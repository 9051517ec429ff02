"""Units, posts and groups as those who arrange them see them: switched off ones too, and who holds what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhuanban.people.access import Viewer, not_over
from zhuanban.people.models import (
    Dated,
    GroupLeader,
    GroupMember,
    Handover,
    Industry,
    IndustryDuty,
    Post,
    PostHolder,
    Unit,
    WorkGroup,
)
from zhuanban.people.roles import role_words

ACTION = "structure.define"


@dataclass(frozen=True)
class TieRow:
    """Something dated: whom or what it names, from when, until when (the first day without)."""

    id: int
    name: str
    since: date
    until: date | None
    note: str = ""


@dataclass(frozen=True)
class PostRow:
    """A post with those who hold it on the day or later."""

    post: Post
    role: str
    holders: tuple[TieRow, ...]


@dataclass(frozen=True)
class UnitRow:
    """A unit with its posts; ``depth`` counts the units above it."""

    unit: Unit
    depth: int
    posts: tuple[PostRow, ...]


def structure_on(*, viewer: Viewer, day: date, words: str = "", with_off: bool = False) -> tuple[UnitRow, ...]:
    """The units in their order, sections below theirs, with posts and holders; nothing for those who do not arrange them.

    ``words`` keeps units and posts whose name has them, or that an account of that name holds. Three queries.
    """
    if not viewer.can(ACTION):
        return ()
    shown = Q() if with_off else Q(active=True)
    holders = PostHolder.objects.filter(not_over(day)).select_related("user").order_by("valid_from", "pk")
    held: dict[int, list[TieRow]] = {}
    for holder in holders:
        held.setdefault(holder.post_id, []).append(_row(holder, holder.user.username))
    posts: dict[int, list[PostRow]] = {}
    for post in Post.objects.filter(shown):
        row = PostRow(post, role_words(post.role), tuple(held.get(post.pk, ())))
        posts.setdefault(post.unit_id, []).append(row)
    rows = _in_order(list(Unit.objects.filter(shown)), posts)
    return tuple(rows) if not words else tuple(_with(words.casefold(), rows))


def _in_order(units: list[Unit], posts: dict[int, list[PostRow]]) -> list[UnitRow]:
    there = {unit.pk for unit in units}
    rows: list[UnitRow] = []

    def put(parent: int | None, depth: int) -> None:
        for unit in units:
            top = unit.parent_id if unit.parent_id in there else None
            if top == parent:
                rows.append(UnitRow(unit, depth, tuple(posts.get(unit.pk, ()))))
                put(unit.pk, depth + 1)

    put(None, 0)
    return rows


def _with(words: str, rows: Iterable[UnitRow]) -> Iterable[UnitRow]:
    for row in rows:
        named = any(words in name.casefold() for name in (row.unit.name_zh, row.unit.name_en))
        posts = row.posts if named else tuple(post for post in row.posts if _has(words, post))
        if named or posts:
            yield UnitRow(row.unit, row.depth, posts)


def _has(words: str, row: PostRow) -> bool:
    names = (row.post.name_zh, row.post.name_en, *(holder.name for holder in row.holders))
    return any(words in name.casefold() for name in names)


def unit_to_arrange(*, viewer: Viewer, unit_id: int) -> Unit | None:
    """A unit, switched off or not; None where there is none or the viewer does not arrange units."""
    return Unit.objects.filter(pk=unit_id).first() if viewer.can(ACTION) else None


def post_to_arrange(*, viewer: Viewer, post_id: int) -> Post | None:
    """A post with its unit, as ``unit_to_arrange``."""
    return Post.objects.filter(pk=post_id).select_related("unit").first() if viewer.can(ACTION) else None


def holders_of(*, viewer: Viewer, post_id: int) -> tuple[TieRow, ...]:
    """Everybody who ever held a post, the newest first; nothing for those who do not arrange posts."""
    found = PostHolder.objects.filter(post_id=post_id).select_related("user").order_by("-valid_from", "-pk")
    return tuple(_row(each, each.user.username) for each in found) if viewer.can(ACTION) else ()


def _visible_handovers(viewer: Viewer) -> QuerySet[Handover]:
    """Everything for those who arrange posts, else what touches the own post."""
    if viewer.can(ACTION):
        return Handover.objects.all()
    return Handover.objects.filter(Q(post_id=viewer.post_id or 0) | Q(to_post_id=viewer.post_id or 0))


def handovers(*, viewer: Viewer, post_id: int | None = None) -> tuple[Handover, ...]:
    """What was handed over, the newest first, of one post or of all the viewer may see."""
    found = _visible_handovers(viewer)
    if post_id is not None:
        found = found.filter(Q(post_id=post_id) | Q(to_post_id=post_id))
    return tuple(found[:200])


def handover(*, viewer: Viewer, handover_id: int) -> Handover | None:
    """One handover; None where there is none or the viewer may not see it."""
    return _visible_handovers(viewer).filter(pk=handover_id).first()


@dataclass(frozen=True)
class GroupTiesRow:
    """A working group with every tie it has now or will have."""

    group: WorkGroup
    members: tuple[tuple[str, TieRow], ...]
    leaders: tuple[TieRow, ...]


def group_to_arrange(*, viewer: Viewer, group_id: int, day: date) -> GroupTiesRow | None:
    """A group with its ties of a day or later, members with their part; None as in ``unit_to_arrange``. Three queries."""
    group = WorkGroup.objects.filter(pk=group_id).first() if viewer.can(ACTION) else None
    if group is None:
        return None
    members = GroupMember.objects.filter(not_over(day), group=group).select_related("unit")
    leaders = GroupLeader.objects.filter(not_over(day), group=group).select_related("post__unit")
    return GroupTiesRow(
        group,
        tuple((m.part, _row(m, m.unit.name, "on_call" if m.on_call else "")) for m in members.order_by("-part", "unit__position", "pk")),
        tuple(_row(each, each.post.label) for each in leaders.order_by("valid_from", "pk")),
    )


@dataclass(frozen=True)
class IndustryTiesRow:
    """An industry with every duty it has now or will have."""

    industry: Industry
    members: tuple[tuple[str, TieRow], ...]


def industries_to_arrange(*, viewer: Viewer) -> tuple[Industry, ...]:
    """Every industry, switched off ones last; nothing for those who do not arrange them. One query."""
    return tuple(Industry.objects.order_by("-active", "position", "code")) if viewer.can(ACTION) else ()


def industry_to_arrange(*, viewer: Viewer, industry_id: int, day: date) -> IndustryTiesRow | None:
    """An industry with its duties of a day or later; None as in ``unit_to_arrange``. Two queries."""
    industry = Industry.objects.filter(pk=industry_id).first() if viewer.can(ACTION) else None
    if industry is None:
        return None
    duties = IndustryDuty.objects.filter(not_over(day), industry=industry).select_related("unit")
    rows = tuple((duty.part, _row(duty, duty.unit.name)) for duty in duties.order_by("-part", "valid_from", "unit__position", "pk"))
    return IndustryTiesRow(industry, rows)


def _row(tie: Dated, name: str, note: str = "") -> TieRow:
    return TieRow(tie.pk, name, tie.valid_from, tie.valid_until, note)
