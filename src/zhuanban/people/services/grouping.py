"""Which units take part in a working group and which posts lead it, by hand and by day."""

from datetime import date

from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, not_over
from zhuanban.people.models import GroupLeader, GroupMember, Post, Unit, WorkGroup
from zhuanban.people.services.ending import end_at_once
from zhuanban.trail.services import work

ACTION = "structure.define"


def join_group(*, group_id: int, unit_id: int | None, part: str, on_call: bool, since: date, by: Viewer) -> GroupMember:
    """Let a unit take a part in a group from a day.

    Refusals: not_allowed, group_unknown (404), unit_unknown, choice_unknown, member_already.
    """
    by.demand(ACTION)
    group, unit = _group(group_id), unit_with_part(unit_id, part)
    if GroupMember.objects.filter(not_over(since), group=group, unit=unit, part=part).exists():
        raise Refusal("member_already", where="unit", status=409, unit=unit.name)
    with work(by.actor, f"{unit.code} 参加工作组 {group.code}"):
        return GroupMember.objects.create(group=group, unit=unit, part=part, on_call=on_call, valid_from=since)


def leave_group(*, member_id: int, on: date, by: Viewer) -> GroupMember:
    """End a unit's part in a group, ``on`` being the first day without it. Refusals: not_allowed, tie_absent."""
    by.demand(ACTION)
    tie = GroupMember.objects.filter(not_over(on), pk=member_id).select_related("group", "unit").first()
    if tie is None:
        raise Refusal("tie_absent", status=404)
    with work(by.actor, f"{tie.unit.code} 退出工作组 {tie.group.code}"):
        end_at_once(tie, on)
    return tie


def lead_group(*, group_id: int, post_id: int | None, since: date, by: Viewer) -> GroupLeader:
    """Let a post lead a group from a day. Refusals: not_allowed, group_unknown (404), post_unknown, leader_already."""
    by.demand(ACTION)
    group, post = _group(group_id), Post.objects.filter(pk=post_id or 0, active=True).first()
    if post is None:
        raise Refusal("post_unknown", where="post")
    if GroupLeader.objects.filter(not_over(since), group=group, post=post).exists():
        raise Refusal("leader_already", where="post", status=409, post=post.label)
    with work(by.actor, f"{post.code} 牵头工作组 {group.code}"):
        return GroupLeader.objects.create(group=group, post=post, valid_from=since)


def leave_lead(*, leader_id: int, on: date, by: Viewer) -> GroupLeader:
    """End a post's lead of a group on a day. Refusals: not_allowed, tie_absent."""
    by.demand(ACTION)
    tie = GroupLeader.objects.filter(not_over(on), pk=leader_id).select_related("group", "post").first()
    if tie is None:
        raise Refusal("tie_absent", status=404)
    with work(by.actor, f"{tie.post.code} 不再牵头工作组 {tie.group.code}"):
        end_at_once(tie, on)
    return tie


def unit_with_part(unit_id: int | None, part: str) -> Unit:
    """The unit that is to take a part. Refusals: unit_unknown, choice_unknown; both at once."""
    unit = Unit.objects.filter(pk=unit_id or 0, active=True).first()
    problems = [Problem("unit_unknown", where="unit")] if unit is None else []
    if part not in GroupMember.Part.values:
        problems.append(Problem("choice_unknown", where="part"))
    if unit is None or problems:
        raise Refusal.of(problems)
    return unit


def _group(group_id: int) -> WorkGroup:
    group = WorkGroup.objects.filter(pk=group_id).first()
    if group is None:
        raise Refusal("group_unknown", status=404)
    return group
