"""What a working group or a unit holds in a month: its indicators, and who answers, as it stood on a day.

Reading a page costs no query of its own: the structure is kept, as the boards are, until the record changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from zhuanban.indicators.models import IndicatorTerritory
from zhuanban.indicators.queries.board import light_counts
from zhuanban.indicators.queries.owners import NamesThen
from zhuanban.indicators.queries.shown import Board, BoardRow
from zhuanban.indicators.queries.year import state_of_record
from zhuanban.kit import clock
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import GroupMember, Unit, WorkGroup
from zhuanban.people.queries import AnsweringUnit, GroupsHistory, PostOnDay, PostsHistory, groups_history, posts_history

ANSWERING = ("dept_head", "dept_clerk", "territory_officer")
"""Roles of the posts through which a unit answers."""


@dataclass(frozen=True)
class HeldBy:
    """Whose page upper rooms put their panels on: a group or a unit, for a month as known at a moment (None: now)."""

    year: int
    month: int
    as_known: datetime | None
    group_id: int | None = None
    unit_id: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Holds:
    """What both pages show. ``year`` are the boards of the twelve months, with the held indicators within reach only."""

    year: tuple[Board, ...]
    board: Board
    by: HeldBy


@dataclass(frozen=True)
class GroupHolds(Holds):
    """A group: who leads it, which units are responsible and which work with it on the day."""

    group: WorkGroup
    leaders: tuple[PostOnDay, ...]
    responsible: tuple[AnsweringUnit, ...]
    collaborating: tuple[GroupMember, ...]


@dataclass(frozen=True)
class UnitHolds(Holds):
    """A unit: its posts of the day, its part in groups, the groups that its posts lead, its sections.

    Indicators of its sections are its own; ``territory`` are those of the board that it answers for on its territory only.
    """

    unit: Unit
    posts: tuple[PostOnDay, ...]
    ties: tuple[GroupMember, ...]
    leads: tuple[WorkGroup, ...]
    sections: tuple[Unit, ...]
    territory: tuple[BoardRow, ...]


@dataclass(frozen=True)
class _Structure:
    groups: GroupsHistory
    posts: PostsHistory
    territories: tuple[IndicatorTerritory, ...]

    @cached_property
    def units(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.posts.units}


@lru_cache(maxsize=8)
def _structure(state: str, as_known: datetime | None) -> _Structure:
    """Everything that is dated, with the names of the moment; kept until the record says otherwise."""
    del state
    viewer = system_viewer("board")
    found = _Structure(
        groups_history(viewer=viewer, active_only=False), posts_history(viewer=viewer), tuple(IndicatorTerritory.objects.all())
    )
    names = NamesThen(as_known)
    names.put(*found.groups.groups, *found.posts.units, *found.posts.posts, *(post.unit for post in found.posts.posts))
    for member in found.groups.members:
        names.put(member.unit)
    for leader in found.groups.leaders:
        names.put(leader.post)
    return found


def group_holds(
    *, viewer: Viewer, code: str, year: int, month: int, as_known: datetime | None, day: date | None = None
) -> GroupHolds | None:
    """A group in a month; None where there is none of that code. Who answers is that of ``day``, or of the moment.

    Groups are open to everybody, their indicators are those within the viewer's reach.
    """
    structure = _structure(state_of_record(), as_known)
    group = next((each for each in structure.groups.groups if each.code == code), None)
    boards = _boards(viewer, year, as_known, lambda row: row.group_code == code)
    if group is None or not (group.active or boards[month - 1].rows):
        return None
    day = day or _day(as_known)
    posts = structure.posts.on(day)
    leading = {each.post_id for each in structure.groups.leaders if each.group_id == group.pk and each.is_in_force(day)}
    members = [each for each in structure.groups.members if each.group_id == group.pk and each.is_in_force(day)]
    return GroupHolds(
        year=boards, board=boards[month - 1], by=HeldBy(year, month, as_known, group_id=group.pk, code=code), group=group,
        leaders=tuple(each for each in posts if each.post.pk in leading),
        responsible=tuple(
            AnsweringUnit(member.unit, tuple(_answering(posts, member.unit_id)))
            for member in members if member.part == GroupMember.Part.RESPONSIBLE
        ),
        collaborating=tuple(each for each in members if each.part == GroupMember.Part.COLLABORATING),
    )  # fmt: skip


def unit_holds(
    *, viewer: Viewer, code: str, year: int, month: int, as_known: datetime | None, day: date | None = None
) -> UnitHolds | None:
    """A unit in a month; None where there is none of that code. Otherwise as ``group_holds``."""
    structure = _structure(state_of_record(), as_known)
    unit = next((each for each in structure.posts.units if each.code == code), None)
    if unit is None:
        return None
    house = _house(structure.posts.units, unit.pk)
    day = day or _day(as_known)
    on_territory = {each.indicator_id for each in structure.territories if each.unit_id in house and each.is_in_force(day)}
    boards = _boards(viewer, year, as_known, lambda row: row.dept_id in house or row.indicator_id in on_territory)
    if not (unit.active or boards[month - 1].rows):
        return None
    posts = tuple(each for each in structure.posts.on(day) if each.post.unit_id == unit.pk)
    own = {each.post.pk for each in posts}
    leading = {each.group_id for each in structure.groups.leaders if each.post_id in own and each.is_in_force(day)}
    order = {group.pk: at for at, group in enumerate(structure.groups.groups)}
    ties = [each for each in structure.groups.members if each.unit_id == unit.pk and each.is_in_force(day) and each.group_id in order]
    return UnitHolds(
        year=boards, board=boards[month - 1], by=HeldBy(year, month, as_known, unit_id=unit.pk, code=code), unit=unit, posts=posts,
        ties=tuple(sorted(ties, key=lambda each: (each.part != GroupMember.Part.RESPONSIBLE, order[each.group_id]))),
        leads=tuple(group for group in structure.groups.groups if group.pk in leading),
        sections=tuple(each for each in structure.posts.units if each.parent_id == unit.pk and each.active),
        territory=tuple(row for row in boards[month - 1].rows if row.dept_id not in house),
    )  # fmt: skip


def groups_of(*, as_known: datetime | None) -> dict[int, WorkGroup]:
    """Every group by its number, under the names of the moment. Internal: names of groups are open to everybody."""
    return {group.pk: group for group in _structure(state_of_record(), as_known).groups.groups}


def _day(as_known: datetime | None) -> date:
    return clock.shanghai(as_known).date() if as_known else clock.today()


def _answering(posts: Iterable[PostOnDay], unit_id: int) -> Iterable[PostOnDay]:
    return (each for each in posts if each.post.unit_id == unit_id and each.post.role in ANSWERING)


def _house(units: Iterable[Unit], unit_id: int) -> frozenset[int]:
    """A unit and everything below it."""
    found, grown = {unit_id}, True
    while grown:
        below = {each.pk for each in units if each.parent_id in found} - found
        found, grown = found | below, bool(below)
    return frozenset(found)


def _boards(
    viewer: Viewer, year: int, as_known: datetime | None, held: Callable[[BoardRow], bool]
) -> tuple[Board, ...]:
    """The year's boards within reach with the rows that are held."""
    boards = []
    for each in light_counts(viewer=viewer, year=year, as_known=as_known):
        rows = tuple(row for row in each.rows if held(row))
        groups = {row.group_id for row in rows}
        boards.append(replace(each, rows=rows, groups=tuple(group for group in each.groups if group.id in groups)))
    return tuple(boards)
