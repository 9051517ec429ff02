"""Defining the organisation: units, groups, posts, and what ties them together from a day until a day.

Every function writes inside ``work`` and changes nothing when the facts are so already, so that a plan can be applied
again. Nothing is deleted: a unit, group or post is switched off by ``active=False``, a tie gets an end.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypedDict, TypeVar, Unpack

from zhuanban.kit.defining import Defined, define
from zhuanban.people.access import Viewer, not_over
from zhuanban.people.models import Dated, Grant, GroupLeader, GroupMember, Industry, IndustryDuty, Post, Unit, WorkGroup
from zhuanban.people.services.ending import end_at_once
from zhuanban.trail.services import work

D = TypeVar("D", bound=Dated)
ACTION = "structure.define"
GRANTS = "grants.define"


class NameFields(TypedDict, total=False):
    name_zh: str
    name_en: str
    position: int
    active: bool


class GroupFields(NameFields, total=False):
    clause: str


class UnitFields(NameFields, total=False):
    kind: str
    parent: str | None
    is_office: bool
    name_pending: bool
    clause: str


class PostFields(NameFields, total=False):
    unit: str
    role: str


def define_unit(*, code: str, by: Viewer, **fields: Unpack[UnitFields]) -> Defined[Unit]:
    """Make the unit ``code`` carry the given fields; ``parent`` is the code of an existing unit or None."""
    by.demand(ACTION)
    values: dict[str, Any] = dict(fields)
    if "parent" in fields:
        parent = fields["parent"]
        values["parent"] = Unit.objects.get(code=parent) if parent else None
    with work(by.actor, f"设定单位 {code}"):
        return define(Unit, {"code": code}, values)


def define_group(*, code: str, by: Viewer, **fields: Unpack[GroupFields]) -> Defined[WorkGroup]:
    """Make the working group ``code`` carry the given fields."""
    by.demand(ACTION)
    with work(by.actor, f"设定工作组 {code}"):
        return define(WorkGroup, {"code": code}, fields)


def define_post(*, code: str, by: Viewer, **fields: Unpack[PostFields]) -> Defined[Post]:
    """Make the post ``code`` carry the given fields; ``unit`` is the code of an existing unit."""
    by.demand(ACTION)
    values: dict[str, Any] = dict(fields)
    if "unit" in fields:
        values["unit"] = Unit.objects.get(code=fields["unit"])
    with work(by.actor, f"设定岗位 {code}"):
        return define(Post, {"code": code}, values)


def define_member(*, group: str, unit: str, part: str, on_call: bool, since: date, by: Viewer) -> Defined[GroupMember]:
    """Let a unit take ``part`` in a group from ``since``, unless it does already."""
    by.demand(ACTION)
    with work(by.actor, f"{unit} 参加工作组 {group}"):
        return tie(GroupMember, _member(group, unit, part), since, {"on_call": on_call})


def end_member(*, group: str, unit: str, part: str, on: date, by: Viewer) -> bool:
    """End a unit's part in a group on a day (the first day without it). False: there was none in force."""
    by.demand(ACTION)
    with work(by.actor, f"{unit} 退出工作组 {group}"):
        return untie(GroupMember, _member(group, unit, part), on)


def define_industry(*, code: str, by: Viewer, **fields: Unpack[GroupFields]) -> Defined[Industry]:
    """Make the industry ``code`` carry the given fields."""
    by.demand(ACTION)
    with work(by.actor, f"设定行业 {code}"):
        return define(Industry, {"code": code}, fields)


def define_duty(*, industry: str, unit: str, part: str, since: date, by: Viewer) -> Defined[IndustryDuty]:
    """Let a unit take ``part`` in an industry from ``since``; another unit responsible then is so no longer."""
    by.demand(ACTION)
    key = _duty(industry, unit, part)
    with work(by.actor, f"{unit} 归口行业 {industry}"):
        if part == GroupMember.Part.RESPONSIBLE:
            others = IndustryDuty.objects.filter(not_over(since), industry=key["industry"], part=part)
            for other in others.exclude(unit=key["unit"]):
                end_at_once(other, since)
        return tie(IndustryDuty, key, since, {})


def end_duty(*, industry: str, unit: str, part: str, on: date, by: Viewer) -> bool:
    """End a unit's part in an industry on a day. False: there was none in force."""
    by.demand(ACTION)
    with work(by.actor, f"{unit} 不再归口行业 {industry}"):
        return untie(IndustryDuty, _duty(industry, unit, part), on)


def define_leader(*, group: str, post: str, since: date, by: Viewer) -> Defined[GroupLeader]:
    """Let a post lead a group from ``since``, unless it does already."""
    by.demand(ACTION)
    with work(by.actor, f"{post} 牵头工作组 {group}"):
        return tie(GroupLeader, _leader(group, post), since, {})


def end_leader(*, group: str, post: str, on: date, by: Viewer) -> bool:
    """End a post's lead of a group on a day. False: it did not lead."""
    by.demand(ACTION)
    with work(by.actor, f"{post} 不再牵头工作组 {group}"):
        return untie(GroupLeader, _leader(group, post), on)


def define_grant(
    *, post: str, role: str, group: str | None, unit: str | None, since: date, by: Viewer,
    line: str | None = None, data_class: int | None = None,
) -> Defined[Grant]:  # fmt: skip
    """Give a post the actions of a role within a group and a unit (None: all) from ``since``, unless it has them.

    ``line`` is the post whose groups alone are reached (None: no such limit); ``data_class`` the most confidential one
    that it reaches, None leaves what is there, or the default.
    """
    by.demand(GRANTS)
    values = {} if data_class is None else {"data_class": data_class}
    with work(by.actor, f"授予 {post} 权限 {role}"):
        return tie(Grant, _grant(post, role, group, unit, line), since, values)


def end_grant(
    *, post: str, role: str, group: str | None, unit: str | None, on: date, by: Viewer, line: str | None = None
) -> bool:
    """Withdraw a grant on a day; the right ends with the next request. False: it was not in force."""
    by.demand(GRANTS)
    with work(by.actor, f"收回 {post} 权限 {role}"):
        return untie(Grant, _grant(post, role, group, unit, line), on)


def _member(group: str, unit: str, part: str) -> dict[str, Any]:
    return {"group": WorkGroup.objects.get(code=group), "unit": Unit.objects.get(code=unit), "part": part}


def _duty(industry: str, unit: str, part: str) -> dict[str, Any]:
    return {"industry": Industry.objects.get(code=industry), "unit": Unit.objects.get(code=unit), "part": part}


def _leader(group: str, post: str) -> dict[str, Any]:
    return {"group": WorkGroup.objects.get(code=group), "post": Post.objects.get(code=post)}


def _grant(post: str, role: str, group: str | None, unit: str | None, line: str | None) -> dict[str, Any]:
    return {
        "post": Post.objects.get(code=post),
        "role": role,
        "group": WorkGroup.objects.get(code=group) if group else None,
        "unit": Unit.objects.get(code=unit) if unit else None,
        "line": Post.objects.get(code=line) if line else None,
    }


def tie(model: type[D], key: Mapping[str, Any], since: date, values: Mapping[str, Any]) -> Defined[D]:
    """The tie that has no end yet, else one from ``since``; one that began that day and was ended is opened again.

    Inside the caller's work.
    """
    open_tie = model._default_manager.filter(**key, valid_until=None).order_by("-valid_from").first()
    begun_on = open_tie.valid_from if open_tie else since
    return define(model, {**key, "valid_from": begun_on}, {"valid_until": None, **values})


def untie(model: type[D], key: Mapping[str, Any], on: date) -> bool:
    """End the tie that has no end on a day, the first without it. False: there was none. Inside the caller's work."""
    tie = model._default_manager.filter(**key, valid_until=None).order_by("-valid_from").first()
    if tie is None:
        return False
    tie.valid_until = max(on, tie.valid_from + timedelta(days=1))
    tie.save(update_fields=["valid_until"])
    return True
