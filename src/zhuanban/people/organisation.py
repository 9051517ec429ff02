"""The organisation as it stood on a day, put together from rows that are read already: bands, groups, changes.

Only ties are dated (membership, lead, who holds a post). Units, posts and names are those of the present.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from zhuanban.people.models import (
    Dated,
    GroupLeader,
    GroupMember,
    Industry,
    IndustryDuty,
    Post,
    PostHolder,
    Unit,
    WorkGroup,
)

CHANGE_DAYS = 31
"""How many days, the day itself the last of them, the list of changes covers."""

LEADERSHIP, DEPARTMENTS, TERRITORIES = "leadership", "departments", "territories"
_BAND_OF = {
    Unit.Kind.LEADERSHIP: LEADERSHIP,
    Unit.Kind.STREET: TERRITORIES,
    Unit.Kind.CENTER: TERRITORIES,
}


@dataclass(frozen=True)
class Rows:
    """What was read: active units, posts and groups, all industries; the ties of any day (holders: those around the day)."""

    units: Sequence[Unit]
    posts: Sequence[Post]
    groups: Sequence[WorkGroup]
    members: Sequence[GroupMember]
    leaders: Sequence[GroupLeader]
    holders: Sequence[PostHolder]
    industries: Sequence[Industry] = ()
    duties: Sequence[IndustryDuty] = ()


@dataclass(frozen=True)
class PostOnDay:
    """A post, held or vacant on the day; who holds it is not said."""

    post: Post
    is_vacant: bool


@dataclass(frozen=True)
class UnitOnDay:
    """A unit with its posts and its sections, each with theirs."""

    unit: Unit
    posts: tuple[PostOnDay, ...]
    sections: tuple["UnitOnDay", ...]

    @property
    def all_posts(self) -> tuple[PostOnDay, ...]:
        """Its posts and those of its sections."""
        return (*self.posts, *(post for section in self.sections for post in section.all_posts))


@dataclass(frozen=True)
class GroupTies:
    """A working group with the ties in force on the day. ``since`` is the first of their beginnings; None without any."""

    group: WorkGroup
    leaders: tuple[GroupLeader, ...]
    responsible: tuple[GroupMember, ...]
    collaborating: tuple[GroupMember, ...]

    @property
    def since(self) -> date | None:
        return min((tie.valid_from for tie in (*self.leaders, *self.responsible, *self.collaborating)), default=None)


@dataclass(frozen=True)
class IndustryTies:
    """An industry with the duties in force on the day. ``since`` as with a group."""

    industry: Industry
    responsible: tuple[IndustryDuty, ...]
    collaborating: tuple[IndustryDuty, ...]

    @property
    def since(self) -> date | None:
        return min((duty.valid_from for duty in (*self.responsible, *self.collaborating)), default=None)


@dataclass(frozen=True)
class Change:
    """Ties of one sort that began on a day, or were no longer there from it.

    ``sort``: responsible, collaborating (``what`` are units), leader, holder (``what`` are posts). ``group`` is the
    group or industry it happened in; None for holders.
    """

    day: date
    began: bool
    sort: str
    group: WorkGroup | Industry | None
    what: tuple[Unit | Post, ...]


@dataclass(frozen=True)
class OrganisationOnDay:
    """The whole picture. ``changes`` are the newest first, since ``changes_since``."""

    day: date
    bands: dict[str, tuple[UnitOnDay, ...]]
    groups: tuple[GroupTies, ...]
    changes: tuple[Change, ...]
    industries: tuple[IndustryTies, ...] = ()

    @property
    def changes_since(self) -> date:
        return first_day_of_changes(self.day)

    @property
    def all_posts(self) -> tuple[PostOnDay, ...]:
        return tuple(post for units in self.bands.values() for unit in units for post in unit.all_posts)

    @property
    def vacant_count(self) -> int:
        return sum(post.is_vacant for post in self.all_posts)


def first_day_of_changes(day: date) -> date:
    """The first day whose changes are listed with those of ``day``."""
    return day - timedelta(days=CHANGE_DAYS - 1)


def put_together(rows: Rows, day: date) -> OrganisationOnDay:
    """The picture of a day."""
    return OrganisationOnDay(day, _bands(rows, day), _groups(rows, day), _changes(rows, day), _industries(rows, day))


def _bands(rows: Rows, day: date) -> dict[str, tuple[UnitOnDay, ...]]:
    held = {holder.post_id for holder in rows.holders if holder.is_in_force(day)}
    shown = {unit.pk for unit in rows.units}

    def built(unit: Unit) -> UnitOnDay:
        posts = tuple(PostOnDay(post, post.pk not in held) for post in rows.posts if post.unit_id == unit.pk)
        return UnitOnDay(unit, posts, tuple(built(each) for each in rows.units if each.parent_id == unit.pk))

    bands: dict[str, tuple[UnitOnDay, ...]] = {LEADERSHIP: (), DEPARTMENTS: (), TERRITORIES: ()}
    for unit in rows.units:
        # A section whose unit was switched off stands for itself, so that nothing is lost.
        if unit.parent_id not in shown:
            bands[_BAND_OF.get(Unit.Kind(unit.kind), DEPARTMENTS)] += (built(unit),)
    return bands


def _groups(rows: Rows, day: date) -> tuple[GroupTies, ...]:
    members = [member for member in rows.members if member.is_in_force(day)]
    leaders = [leader for leader in rows.leaders if leader.is_in_force(day)]

    def of(group: WorkGroup, part: str) -> tuple[GroupMember, ...]:
        return tuple(member for member in members if member.group_id == group.pk and member.part == part)

    return tuple(
        GroupTies(
            group,
            tuple(leader for leader in leaders if leader.group_id == group.pk),
            of(group, GroupMember.Part.RESPONSIBLE),
            of(group, GroupMember.Part.COLLABORATING),
        )
        for group in rows.groups
    )


def _industries(rows: Rows, day: date) -> tuple[IndustryTies, ...]:
    duties = [duty for duty in rows.duties if duty.is_in_force(day)]

    def of(industry: Industry, part: str) -> tuple[IndustryDuty, ...]:
        return tuple(duty for duty in duties if duty.industry_id == industry.pk and duty.part == part)

    # A dissolved industry still stands on the days on which somebody answered for it.
    answered = {duty.industry_id for duty in duties}
    return tuple(
        IndustryTies(each, of(each, GroupMember.Part.RESPONSIBLE), of(each, GroupMember.Part.COLLABORATING))
        for each in rows.industries
        if each.active or each.pk in answered
    )


def _changes(rows: Rows, day: date) -> tuple[Change, ...]:
    first, groups = first_day_of_changes(day), {group.pk: group for group in rows.groups}
    industries = {industry.pk: industry for industry in rows.industries}
    duties = [duty for duty in rows.duties if duty.industry_id in industries]
    members = [tie for tie in rows.members if tie.group_id in groups]
    leaders = [tie for tie in rows.leaders if tie.group_id in groups]
    single = [
        *(c for tie in members for c in _of_tie(tie, tie.part, groups[tie.group_id], tie.unit)),
        *(c for tie in leaders for c in _of_tie(tie, "leader", groups[tie.group_id], tie.post)),
        *(c for duty in duties for c in _of_tie(duty, duty.part, industries[duty.industry_id], duty.unit)),
        *(c for tie in rows.holders for c in _of_tie(tie, "holder", None, tie.post)),
    ]
    return _joined(change for change in single if first <= change.day <= day)


def _of_tie(tie: Dated, sort: str, group: WorkGroup | Industry | None, what: Unit | Post) -> Iterable[Change]:
    yield Change(tie.valid_from, True, sort, group, (what,))
    if tie.valid_until is not None:
        yield Change(tie.valid_until, False, sort, group, (what,))


def _joined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Newest first; what began or ended together in one group or industry is one line."""

    def key(change: Change) -> tuple[int, bool, int, str, str, bool]:
        position, code = (change.group.position, change.group.code) if change.group else (-1, "")
        return -change.day.toordinal(), isinstance(change.group, Industry), position, code, change.sort, change.began

    lines = []
    for _, together in groupby(sorted(changes, key=key), key=key):
        first, *others = together
        what = (*first.what, *(each for other in others for each in other.what))
        lines.append(Change(first.day, first.began, first.sort, first.group, what))
    return tuple(lines)
