"""The organisation of a day in the reader's words: what the page and the workbook both show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.people.models import Dated, GroupMember, IndustryDuty, Unit
from zhuanban.people.organisation import (
    DEPARTMENTS,
    LEADERSHIP,
    TERRITORIES,
    GroupTies,
    IndustryTies,
    OrganisationOnDay,
    UnitOnDay,
)
from zhuanban.people.roles import role_words


@dataclass(frozen=True)
class ShownPost:
    """A post: its name within its unit, its role in words, whether nobody holds it."""

    name: str
    role: str
    is_vacant: bool

    @property
    def state(self) -> str:
        return _("Vacant") if self.is_vacant else _("Held")


@dataclass(frozen=True)
class ShownUnit:
    """A unit as its card shows it."""

    name: str
    kind: str
    is_pending: bool
    posts: tuple[ShownPost, ...]
    sections: tuple["ShownUnit", ...]
    code: str = ""


@dataclass(frozen=True)
class ShownGroup:
    """One row of the table of groups; ties in one line each, empty for none."""

    name: str
    clause: str
    leaders: str
    responsible: str
    collaborating: str
    since: date | None
    code: str = ""


@dataclass(frozen=True)
class ShownIndustry:
    """One row of the table of industries; ``responsible`` and ``collaborating`` empty for none."""

    name: str
    clause: str
    responsible: str
    collaborating: str
    since: date | None


def formula(found: OrganisationOnDay) -> str:
    """The shape of the task force as the plan calls it, with today's number for N: 1+13+4."""
    return f"1+{len(found.bands[DEPARTMENTS])}+{len(found.bands[TERRITORIES])}"


def bands(found: OrganisationOnDay) -> list[tuple[str, str, list[ShownUnit]]]:
    """The three bands: key, title with the number of units, units."""
    titles = {
        LEADERSHIP: _("Leadership team"),
        DEPARTMENTS: _("Functional departments (%(count)s)"),
        TERRITORIES: _("Streets and centres (%(count)s)"),
    }
    return [
        (key, titles[key] % {"count": len(units)}, [_shown(unit) for unit in units])
        for key, units in found.bands.items()
    ]


def _shown(each: UnitOnDay) -> ShownUnit:
    unit = each.unit
    posts = tuple(
        ShownPost(post.post.name_within(unit), role_words(post.post.role), post.is_vacant) for post in each.posts
    )
    return ShownUnit(unit.name, kind_words(unit.kind), unit.name_pending, posts, tuple(_shown(section) for section in each.sections), unit.code)


def kind_words(kind: str) -> str:
    """What sort of unit it is; empty for the leadership and plain departments, whom their band names."""
    words = {
        Unit.Kind.AGENCY: _("Stationed agency"),
        Unit.Kind.STREET: _("Street office"),
        Unit.Kind.CENTER: pgettext("unit", "Centre"),
        Unit.Kind.SECTION: pgettext("unit", "Section"),
    }
    return words.get(Unit.Kind(kind), "")


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of unit in words, to choose from."""
    plain = {Unit.Kind.LEADERSHIP: _("Leadership"), Unit.Kind.DEPARTMENT: pgettext("unit", "Department")}
    return [(kind.value, plain.get(kind) or kind_words(kind)) for kind in Unit.Kind]


def groups(found: OrganisationOnDay) -> list[ShownGroup]:
    """The rows of the table of groups."""
    return [_group(each) for each in found.groups]


def _group(each: GroupTies) -> ShownGroup:
    def units(members: Iterable[GroupMember]) -> str:
        return _(", ").join(_noted(tie.unit.name, tie, each.since, on_call=tie.on_call) for tie in members)

    leaders = _(", ").join(_noted(tie.post.name, tie, each.since) for tie in each.leaders)
    group = each.group
    return ShownGroup(
        group.name, group.clause, leaders, units(each.responsible), units(each.collaborating), each.since, group.code
    )


def industries(found: OrganisationOnDay) -> list[ShownIndustry]:
    """The rows of the table of industries: the horizontal line."""
    return [_industry(each) for each in found.industries]


def _industry(each: IndustryTies) -> ShownIndustry:
    def units(duties: Iterable[IndustryDuty]) -> str:
        return _(", ").join(_noted(duty.unit.name, duty, each.since) for duty in duties)

    return ShownIndustry(each.industry.name, each.industry.clause, units(each.responsible), units(each.collaborating), each.since)


def _noted(name: str, tie: Dated, since: date | None, *, on_call: bool = False) -> str:
    """A name with what its tie has of its own: only when called, or later than the group's first ties."""
    notes = [_("when called")] if on_call else []
    if tie.valid_from != since:
        notes.append(_("since %(day)s") % {"day": tie.valid_from.isoformat()})
    return _("%(name)s (%(note)s)") % {"name": name, "note": _(", ").join(notes)} if notes else name
